// Messages of the API as JSON for --format json: field names as in the protos, enums by name, int64
// as strings (the protobuf JSON mapping), fields without a value shown too, so that scripts find
// every key.
#ifndef RECOUP_ADAPTERS_COMMON_PROTO_JSON_H_
#define RECOUP_ADAPTERS_COMMON_PROTO_JSON_H_

#include <string>

#include "google/protobuf/message.h"

namespace recoup::adapters {

// One line, with its line end.
std::string ProtoAsJson(const google::protobuf::Message& message);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PROTO_JSON_H_
