// The Chinese words for the fields and enumerators of the API, as people see them on a screen.
#ifndef RECOUP_CTL_LABELS_H_
#define RECOUP_CTL_LABELS_H_

#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace recoup::ctl {

// "open_fen" → "未偿金额"; the field's own name where there is no word for it.
std::string FieldLabel(std::string_view field_name);

// "DEMAND_STATE_ISSUED" → "已发出"; empty for …_UNSPECIFIED. The words are the domain's own where
// it has them.
std::string EnumLabel(const google::protobuf::EnumValueDescriptor& value);

// The enumerator without the prefix of its type: "ISSUED".
std::string EnumShortName(const google::protobuf::EnumValueDescriptor& value);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_LABELS_H_
