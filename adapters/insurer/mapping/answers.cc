#include "adapters/insurer/mapping/answers.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/insurer/mapping/names.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
#include "hub/domain/money.h"

namespace recoup::insurer::mapping {

std::string SourceKeyOf(std::string_view verb, std::string_view demand,
                        const google::protobuf::MessageLite& answer) {
  constexpr std::size_t kDigestCharacters = 16;
  const std::string digest = crypto::ToHex(crypto::Sha256(answer.SerializeAsString()));
  return absl::StrCat(std::string(verb), " ", std::string(demand), " ",
                      digest.substr(0, kDigestCharacters));
}

absl::StatusOr<std::vector<v1::DisputedLine>> DisputedLinesFrom(
    const std::vector<std::string>& texts) {
  Faults faults;
  std::vector<v1::DisputedLine> lines;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string path = absl::StrCat("--line[", i, "]");
    const std::vector<std::string> parts = absl::StrSplit(texts[i], '=');
    if (parts.size() != 3 || parts[0].empty()) {
      faults.Add(path, "must be ADVANCE=AMOUNT=REASON");
      continue;
    }
    const absl::StatusOr<domain::Money> amount = domain::Money::FromYuan(parts[1]);
    if (!amount.ok() || !amount->is_positive()) {
      faults.Add(path, "the amount must be positive, in yuan");
    }
    const std::optional<v1::DisputeReason> reason = DisputeReasonFrom(parts[2]);
    if (!reason.has_value()) faults.Add(path, "unknown reason");
    if (!amount.ok() || !reason.has_value()) continue;
    v1::DisputedLine line;
    line.set_advance(parts[0]);
    line.set_disputed_fen(amount->fen());
    line.set_reason(*reason);
    lines.push_back(std::move(line));
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return lines;
}

std::vector<v1::DisputedLine> AllLinesOf(const v1::Demand& demand, v1::DisputeReason reason) {
  std::vector<v1::DisputedLine> lines;
  for (const v1::DemandLine& from : demand.lines()) {
    v1::DisputedLine line;
    line.set_advance(from.advance());
    line.set_disputed_fen(from.amount_fen());
    line.set_reason(reason);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace recoup::insurer::mapping
