#include "adapters/common/proto_json.h"

#include "google/protobuf/util/json_util.h"

namespace recoup::adapters {

std::string ProtoAsJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails only for Any of unknown type and for times outside years 1 to 9999; the API has no Any.
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) return "{\"error\":{\"reason\":\"INTERNAL\",\"message\":\"unprintable\"}}\n";
  return json + "\n";
}

}  // namespace recoup::adapters
