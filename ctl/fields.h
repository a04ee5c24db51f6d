// Texts of a command line into the fields of a request, by the conventions of the API's names.
//
//   …_fen     yuan, "1234.50" or "1,234.50"      …_on      "2026-03-05" or "today"
//   …_bp      percent, "70%", or basis points    …_time    "now", RFC 3339, or China's civil time
//   enums     "issued", "ISSUED" or the Chinese word
//   bytes     hex; "@FILE": of …_sha256 the file's hash, of public_key the PEM in it
//   messages  "field=value,field=value", with dots for fields within fields; or JSON
//
// Flags are the names of fields with dashes, without the unit: amount_fen → --amount.
#ifndef RECOUP_CTL_FIELDS_H_
#define RECOUP_CTL_FIELDS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "hub/base/error.h"

namespace recoup::ctl {

std::string FlagOf(const google::protobuf::FieldDescriptor& field);  // "amount", without dashes

// Sets the field, or adds to it when it is repeated. What does not fit goes into `faults` under
// `place`. `now` answers "now" and "today".
void SetField(const google::protobuf::FieldDescriptor& field, std::string_view text, absl::Time now,
              const std::string& place, google::protobuf::Message& message, Faults& faults);

// What the help says a value looks like: "YUAN", "DATE", "open|settled".
std::string ValueHint(const google::protobuf::FieldDescriptor& field);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_FIELDS_H_
