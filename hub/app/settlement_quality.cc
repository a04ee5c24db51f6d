#include "hub/app/settlement_quality.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/domain/fund_pay_type.h"

namespace recoup::app {

using domain::FundLine;
using domain::Money;

absl::Status DecideFundLines(domain::Advance& settlement, const domain::PolicyData& policy_data) {
  if (settlement.fund_lines.empty()) return absl::OkStatus();
  const absl::CivilDay day = ChinaDate(settlement.settled_time);
  Faults differing;
  std::int64_t of_fund = 0;  // Figures from outside: many of them may be more than a Money holds.
  for (std::size_t i = 0; i < settlement.fund_lines.size(); ++i) {
    FundLine& line = settlement.fund_lines[i];
    const std::optional<bool> by_table =
        domain::IsFundPayType(line.fund_pay_type, settlement.pool.value, day, policy_data);
    const bool said = line.is_fund;
    line.is_fund = by_table.value_or(false);
    if (line.is_fund) of_fund += line.amount.fen();
    if (by_table && line.is_fund == said) continue;
    const std::string row = absl::StrCat("支付明细第 ", i + 1, " 行（", line.fund_pay_type,
                                         line.name.empty() ? "" : " ", line.name, "，",
                                         line.amount.ToYuanGrouped(), " 元）");
    if (!by_table) {
      settlement.quality_notes.push_back(
          absl::StrCat(row, "的支付类型不在本统筹区的支付类型表中，不计入基金支付"));
    } else {
      settlement.quality_notes.push_back(
          absl::StrCat(row, "报为", said ? "基金" : "非基金", "款项，按支付类型表应为",
                       said ? "非基金" : "基金", "款项，已按表更正"));
    }
    differing.Add(absl::StrCat("settlement.fund_lines[", i, "].is_fund"),
                  !by_table   ? absl::StrCat("no rule covers type ", line.fund_pay_type)
                  : *by_table ? absl::StrCat("public fund by type ", line.fund_pay_type)
                              : absl::StrCat("no public fund by type ", line.fund_pay_type));
  }
  if (of_fund == settlement.amount.fen()) return absl::OkStatus();
  const absl::StatusOr<Money> sum = Money::Create(of_fund);
  differing.Add("settlement.fund_paid_fen", absl::StrCat("is ", settlement.amount.ToYuan(),
                                                         " yuan, the fund's own lines sum to ",
                                                         sum.ok() ? sum->ToYuan() : "more"));
  return differing.ToStatus();
}

void NoteWhatDoesNotAddUp(domain::Advance& settlement) {
  const auto sum_is = [](Money whole, std::initializer_list<Money> parts) {
    std::int64_t sum = 0;
    for (const Money part : parts) sum += part.fen();
    return sum == whole.fen();
  };
  // Where an insurer settles at the same time, its part stands in the rows and in no other sum.
  std::int64_t of_insurers = 0;
  for (const FundLine& line : settlement.fund_lines) {
    if (!line.is_fund && domain::IsCommercialInsurance(line.fund_pay_type)) {
      of_insurers += line.amount.fen();
    }
  }
  const std::int64_t others = settlement.total.fen() - settlement.amount.fen() -
                              settlement.self_paid.fen() - settlement.hospital_paid.fen();
  if (others != 0 && others != of_insurers) {
    settlement.quality_notes.push_back(absl::StrCat(
        "费用总额 ", settlement.total.ToYuanGrouped(), " 元不等于基金支付 ",
        settlement.amount.ToYuanGrouped(), " 元、个人负担 ", settlement.self_paid.ToYuanGrouped(),
        " 元与医院负担 ", settlement.hospital_paid.ToYuanGrouped(), " 元之和"));
  }
  const bool given = settlement.account_paid.is_positive() || settlement.cash_paid.is_positive();
  if (given && !sum_is(settlement.self_paid, {settlement.account_paid, settlement.cash_paid})) {
    settlement.quality_notes.push_back(
        absl::StrCat("个人负担 ", settlement.self_paid.ToYuanGrouped(), " 元不等于个人账户 ",
                     settlement.account_paid.ToYuanGrouped(), " 元与现金 ",
                     settlement.cash_paid.ToYuanGrouped(), " 元之和"));
  }
}

}  // namespace recoup::app
