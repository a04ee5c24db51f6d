#include "adapters/hospital/national/half.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/national/exchange.h"
#include "adapters/hospital/national/national.h"

namespace recoup::hospital::national {
namespace {

// 2401 gets its mdtrt_id from the platform, settlements their amounts.
constexpr std::array<std::string_view, 5> kAnsweredByResponse = {"2401", "2304", "2207", "2207A",
                                                                 "5203"};

// Repaired as for reading; nothing for what is no JSON of the interface.
std::optional<JsonValue> DocumentIn(std::string_view bytes) {
  if (!LooksNational(bytes)) return std::nullopt;
  std::vector<QualityNote> notes;
  absl::StatusOr<JsonValue> document = ParseJson(Trimmed(bytes), "", notes);
  if (!document.ok()) return std::nullopt;
  ExpandNestedJson(*document, notes);
  return *std::move(document);
}

struct SidesOfDocument {
  const JsonValue* request = nullptr;
  const JsonValue* response = nullptr;
};

// One of them at least.
SidesOfDocument SidesOf(const JsonValue& document) {
  SidesOfDocument sides{document.Find("request"), document.Find("response")};
  if (sides.request == nullptr && sides.response == nullptr) {
    const bool asks = document.Find("infno") != nullptr || document.Find("input") != nullptr;
    (asks ? sides.request : sides.response) = &document;
  }
  return sides;
}

std::optional<Half> RequestHalf(const ObjectReader& request) {
  const std::string infno = request.Text("infno", 6);
  if (std::find(kAnsweredByResponse.begin(), kAnsweredByResponse.end(), infno) ==
      kAnsweredByResponse.end()) {
    return std::nullopt;
  }
  const std::string message_id = request.Text("msgid", 30);
  const ObjectReader input = request.Child("input");
  if (!input.present()) return std::nullopt;  // Cipher text: no answer makes it readable.
  const ObjectReader visit = input.Child("mdtrtinfo");
  const bool knows_visit = infno == "2401" && !visit.Text("mdtrt_id", 30).empty();
  if (message_id.empty() || knows_visit) return std::nullopt;
  return Half{true, request.Text("fixmedins_code", 30), {message_id}, false};
}

Half ResponseHalf(const ObjectReader& response) {
  Half half;
  const ObjectReader setlinfo = response.Child("output").Child("setlinfo");
  for (std::string reference : {response.Text("inf_refmsgid", 64), response.Text("msgid", 64),
                                setlinfo.Text("medins_setl_id", 64)}) {
    if (!reference.empty()) half.references.push_back(std::move(reference));
  }
  half.names_itself = response.Says("msgid") || setlinfo.Says("medins_setl_id");
  const JsonValue* const infcode = response.Find("infcode");
  half.refused_by_platform =
      infcode != nullptr && !infcode->is_blank() && Trimmed(infcode->text) != "0";
  return half;
}

}  // namespace

std::optional<Half> HalfOf(std::string_view bytes) {
  const std::optional<JsonValue> document = DocumentIn(bytes);
  if (!document) return std::nullopt;
  const auto [request, response] = SidesOf(*document);
  if (request != nullptr && response != nullptr) return std::nullopt;
  std::vector<QualityNote> notes;
  Faults faults;
  if (request != nullptr) return RequestHalf(ObjectReader(request, "", faults, notes));
  if (response->Find("infcode") == nullptr) return std::nullopt;
  return ResponseHalf(ObjectReader(response, "", faults, notes));
}

bool AskTheSame(std::string_view request, std::string_view other) {
  const std::optional<JsonValue> first = DocumentIn(request), second = DocumentIn(other);
  if (!first || !second) return false;
  const JsonValue* const a = SidesOf(*first).request;
  const JsonValue* const b = SidesOf(*second).request;
  if (a == nullptr || b == nullptr) return false;
  const auto same = [&](std::string_view name) {
    const JsonValue* const asked = a->Find(name);
    const JsonValue* const asked_again = b->Find(name);
    return asked != nullptr && asked_again != nullptr && *asked == *asked_again;
  };
  return same("infno") && same("input");
}

std::optional<std::vector<std::string>> PairedMessages(
    const std::vector<std::string_view>& messages) {
  if (messages.empty() || messages.size() % 2 != 0) return std::nullopt;
  std::vector<std::string> request_ids;
  std::vector<std::vector<std::string>> referred;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    std::vector<QualityNote> notes;
    Faults faults;
    absl::StatusOr<JsonValue> document = ParseJson(Trimmed(messages[i]), "", notes);
    if (!document.ok()) return std::nullopt;
    const bool asks = document->Find("infno") != nullptr && document->Find("input") != nullptr;
    const bool answers = document->Find("infcode") != nullptr && !asks;
    if (i % 2 == 0 ? !asks : !answers) return std::nullopt;
    const ObjectReader side(&*document, "", faults, notes);
    if (asks) {
      request_ids.push_back(side.Text("msgid", 30));
    } else {
      referred.push_back(ResponseHalf(side).references);
    }
  }
  std::vector<std::string> joined;
  for (std::size_t i = 0; i < referred.size(); ++i) {
    for (const std::string& reference : referred[i]) {
      const auto named = std::find(request_ids.begin(), request_ids.end(), reference);
      if (named != request_ids.end() && *named != request_ids[i]) return std::nullopt;
    }
    joined.push_back(Joined(messages[2 * i], messages[2 * i + 1]));
  }
  return joined;
}

std::string Joined(std::string_view request, std::string_view response) {
  // Each half may stand in its own envelope, and in its own character set.
  const auto inner = [](std::string_view bytes, std::string_view side) {
    std::string text(WithoutByteOrderMark(bytes));
    if (!IsValidUtf8(text)) text = Utf8FromGb18030(text).value_or(text);
    std::vector<QualityNote> ignored;
    const absl::StatusOr<JsonValue> document = ParseJson(Trimmed(text), "", ignored);
    const bool wrapped = document.ok() && document->Find(side) != nullptr;
    // {"request": …}: without the braces it is a member already.
    if (!wrapped) return absl::StrCat("\"", std::string(side), "\":", text);
    const std::string_view braced = Trimmed(text);
    return std::string(braced.substr(1, braced.rfind('}') - 1));
  };
  return absl::StrCat("{", inner(request, "request"), ",", inner(response, "response"), "}");
}

}  // namespace recoup::hospital::national
