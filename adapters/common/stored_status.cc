#include "adapters/common/stored_status.h"

#include <cstdint>
#include <vector>

#include "absl/strings/cord.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup::adapters {
namespace {

// CBOR keeps bytes that are no UTF-8 as they are.
using Json = nlohmann::json;

Json Binary(std::string_view text) {
  return Json::binary(std::vector<std::uint8_t>(text.begin(), text.end()));
}

std::string FromBinary(const Json& json) {
  const auto& bytes = json.get_binary();
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace

std::string StatusToBytes(const absl::Status& status) {
  Json payloads = Json::array();
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    payloads.push_back(Json::array({Binary(std::string(url)), Binary(std::string(payload))}));
  });
  const Json stored = {{"code", static_cast<int>(status.code())},
                       {"message", Binary(std::string(status.message()))},
                       {"payloads", std::move(payloads)}};
  std::string bytes;
  Json::to_cbor(stored, bytes);
  return bytes;
}

absl::Status StatusFromBytes(std::string_view bytes) {
  try {
    const Json stored = Json::from_cbor(bytes);
    absl::Status status(static_cast<absl::StatusCode>(stored.at("code").get<int>()),
                        FromBinary(stored.at("message")));
    for (const Json& payload : stored.at("payloads")) {
      status.SetPayload(FromBinary(payload.at(0)), absl::Cord(FromBinary(payload.at(1))));
    }
    return status;
  } catch (const Json::exception&) {
    return MakeError(Reason::kInternal, "the stored error cannot be read");
  }
}

}  // namespace recoup::adapters
