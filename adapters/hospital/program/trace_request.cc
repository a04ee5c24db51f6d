#include "adapters/hospital/program/trace_request.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"

namespace recoup::hospital {
namespace {

using domain::Money;

std::int64_t FenOf(const std::string& yuan, const std::string& path, Faults& faults) {
  const absl::StatusOr<Money> amount = Money::FromYuan(yuan);
  if (amount.ok() && !amount->is_negative()) return amount->fen();
  faults.Add(path, "不是金额（元），如 18265.31");
  return 0;
}

v1::Basis BasisOf(const std::string& text) {
  if (text == "gross") return v1::BASIS_GROSS;
  if (text == "net") return v1::BASIS_NET;
  if (text == "fund-awarded") return v1::BASIS_FUND_AWARDED;
  return v1::BASIS_NONE;
}

// 号码[=总额[/基金支付]][@日期]
void AddBill(const std::string& text, v1::TraceInjuryRequest& request, Faults& faults) {
  const std::vector<std::string> dated = absl::StrSplit(text, absl::MaxSplits('@', 1));
  const std::vector<std::string> sides = absl::StrSplit(dated[0], absl::MaxSplits('=', 1));
  v1::PresentedBill& bill = *request.add_bills();
  bill.set_invoice_number(sides[0]);
  bill.set_source("--bill");
  if (dated.size() == 2) bill.set_issued_on(dated[1]);
  const std::string path = absl::StrCat("--bill ", sides[0]);
  if (sides[0].empty()) faults.Add(path, "缺少票据号码");
  if (sides.size() < 2) return;
  const std::vector<std::string> amounts = absl::StrSplit(sides[1], absl::MaxSplits('/', 1));
  bill.set_total_fen(FenOf(amounts[0], path, faults));
  if (amounts.size() == 2) bill.set_fund_paid_fen(FenOf(amounts[1], path, faults));
}

void AddExclusion(const std::string& text, v1::TraceInjuryRequest& request, Faults& faults) {
  constexpr std::string_view kBill = "票据:";
  const std::vector<std::string> sides = absl::StrSplit(text, absl::MaxSplits('=', 1));
  if (sides.size() < 2 || sides[1].empty()) {
    faults.Add("--exclude", "应写作 就诊ID=理由 或 票据:号码=理由");
    return;
  }
  v1::TraceExclusion& exclusion = *request.add_exclusions();
  if (sides[0].starts_with(kBill)) {
    exclusion.set_invoice_number(sides[0].substr(kBill.size()));
  } else {
    exclusion.set_visit_id(sides[0]);
  }
  exclusion.set_reason(sides[1]);
}

}  // namespace

void FillFrom(const LeadFile& lead, TraceOptions& options) {
  const auto fill = [](const std::string& from, std::string& to) {
    if (to.empty()) to = from;
  };
  fill(lead.name, options.name);
  fill(lead.id_number, options.id_number);
  fill(lead.injured_on, options.injured_on);
  fill(lead.until_on, options.until_on);
  fill(lead.judged_yuan, options.judged);
  fill(lead.basis, options.basis);
  fill(lead.share_percent, options.share);
  fill(lead.liable, options.liable);
  options.paid = options.paid || lead.paid;
  for (const std::string& number : lead.invoice_numbers) {
    // A number that the clerk gives with amounts says more than the lead does.
    const bool given =
        std::any_of(options.bills.begin(), options.bills.end(), [&](const std::string& bill) {
          return bill == number || bill.starts_with(number + "=") || bill.starts_with(number + "@");
        });
    if (!given) options.bills.push_back(number);
  }
}

absl::StatusOr<v1::TraceInjuryRequest> TraceRequestFrom(const TraceOptions& options) {
  Faults faults;
  v1::TraceInjuryRequest request;
  if (options.name.empty()) faults.Add("--name", "缺少受伤人姓名（也可由线索文件给出）");
  if (options.injured_on.empty()) {
    faults.Add("--injured-on", "缺少受伤日期（也可由线索文件给出）");
  }
  request.mutable_person()->set_name(options.name);
  if (!options.id_number.empty()) {
    request.mutable_person()->set_id_kind(v1::ID_KIND_RESIDENT_ID);
    request.mutable_person()->set_id_number(options.id_number);
  }
  request.set_injured_on(options.injured_on);
  request.set_until_on(options.until_on);
  request.set_basis(BasisOf(options.basis));
  if (!options.judged.empty()) {
    request.set_judged_medical_fen(FenOf(options.judged, "--judged", faults));
  }
  if (!options.share.empty()) {
    // Percent with two decimals and basis points are the same digits, as yuan and fen are.
    const std::int64_t share = FenOf(options.share, "--share", faults);
    if (share > 10'000) faults.Add("--share", "不超过 100");
    request.set_liable_share_bp(static_cast<std::int32_t>(std::min<std::int64_t>(share, 10'000)));
  }
  request.set_liable_name(options.liable);
  request.set_paid_to_injured_person(options.paid);
  for (const std::string& bill : options.bills) AddBill(bill, request, faults);
  for (const std::string& exclusion : options.exclusions) AddExclusion(exclusion, request, faults);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return request;
}

}  // namespace recoup::hospital
