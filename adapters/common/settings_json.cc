#include "adapters/common/settings_json.h"

#include <variant>

#include "nlohmann/json.hpp"

namespace recoup::adapters {
namespace {

using Json = nlohmann::ordered_json;

Json ValueAsJson(const config::Value& value) {
  return std::visit(
      [](const auto& held) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, absl::Duration>) {
          return std::string(absl::FormatDuration(held));
        } else {
          return held;
        }
      },
      value);
}

}  // namespace

std::string SettingsAsJson(const config::Config& config, const config::Schema& schema) {
  Json settings = Json::array();
  for (const config::KeyRow& row : schema.rows()) {
    Json setting = {{"key", std::string(row.name)}};
    if (const config::Setting* found = config.Find(row.name)) {
      if (row.show == config::Show::kValue) setting["value"] = ValueAsJson(found->value);
      setting["origin"] = found->origin;
    }
    settings.push_back(std::move(setting));
  }
  return Json{{"settings", settings}}.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace recoup::adapters
