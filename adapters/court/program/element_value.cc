#include "adapters/court/program/element_value.h"

#include "absl/strings/str_cat.h"

namespace recoup::court {
namespace {

using Json = nlohmann::ordered_json;

Json::json_pointer PointerTo(const std::string& path) {
  std::string pointer = "/";
  for (const char c : path) {
    if (c == ']') continue;
    pointer += c == '[' || c == '.' ? '/' : c;
  }
  return Json::json_pointer(pointer);
}

}  // namespace

std::string ElementValueText(const Json& report, const std::string& path) {
  const Json::json_pointer pointer = PointerTo(path);
  if (!report.contains(pointer) || report[pointer].is_null()) return "";
  const Json& value = report[pointer];
  if (!value.is_object()) return value.dump();
  std::string text;
  for (const auto& [key, member] : value.items()) {
    if (key == "id_number" || member.is_null()) continue;
    absl::StrAppend(&text, text.empty() ? "" : " ",
                    member.is_string() ? member.get<std::string>() : member.dump());
  }
  return text;
}

}  // namespace recoup::court
