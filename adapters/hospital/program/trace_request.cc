#include "adapters/hospital/program/trace_request.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/bill_number.h"
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

// Percent with two decimals and basis points are the same digits, as yuan and fen are.
std::int32_t ShareOf(const std::string& percent, const std::string& path, Faults& faults) {
  const absl::StatusOr<Money> share = Money::FromYuan(percent);
  constexpr std::int64_t kWhole = 10'000;
  if (share.ok() && !share->is_negative() && share->fen() <= kWhole) {
    return static_cast<std::int32_t>(share->fen());
  }
  faults.Add(path, absl::StrCat("不是责任比例：", percent,
                                "；应为 0 到 100 的百分数，最多两位小数，如 70 或 33.33"));
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
  if (sides[0].empty()) {
    faults.Add(path, "缺少票据号码");
  } else if (!domain::IsBillNumber(sides[0])) {
    faults.Add(path, "不是票据号码");
  }
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
  const auto fill = [&options](const std::string& from, std::string& to, const char* option) {
    if (!to.empty() || from.empty()) return;
    to = from;
    options.from_lead.insert(option);
  };
  fill(lead.name, options.name, "--name");
  fill(lead.id_number, options.id_number, "--id-number");
  fill(lead.injured_on, options.injured_on, "--injured-on");
  fill(lead.until_on, options.until_on, "--until");
  fill(lead.judged_yuan, options.judged, "--judged");
  fill(lead.basis, options.basis, "--basis");
  fill(lead.share_percent, options.share, "--share");
  fill(lead.liable, options.liable, "--liable");
  options.paid = options.paid || lead.paid;
  for (const std::string& number : lead.invoice_numbers) {
    if (!domain::IsBillNumber(number)) continue;
    // A number that the clerk gives with amounts says more than the lead does.
    const bool given =
        std::any_of(options.bills.begin(), options.bills.end(), [&](const std::string& bill) {
          return bill == number || bill.starts_with(number + "=") || bill.starts_with(number + "@");
        });
    if (!given) options.bills.push_back(number);
  }
}

std::string OptionPlace(std::string_view option, const TraceOptions& options) {
  const std::string name(option);
  if (!options.from_lead.contains(name)) return name;
  const char* const term = name == "--judged" ? "判决医疗费" : name == "--share" ? "责任比例" : "";
  return absl::StrCat(options.lead, "/", name.substr(2), *term == 0 ? "" : "（", term,
                      *term == 0 ? "" : "）");
}

absl::Status Assign(const std::vector<std::string>& assignments, v1::TraceInjuryRequest& request) {
  Faults faults;
  for (const std::string& text : assignments) {
    const std::size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
      faults.Add("--assign", absl::StrCat(text, "：应写作 票据=结算ID，如 scan.png=S1"));
      continue;
    }
    const std::string name = text.substr(0, equals);
    std::vector<v1::PresentedBill*> meant;
    for (v1::PresentedBill& bill : *request.mutable_bills()) {
      const std::string file = std::filesystem::path(bill.source()).filename().string();
      if (bill.source() == name || bill.invoice_number() == name || file == name) {
        meant.push_back(&bill);
      }
    }
    if (meant.size() == 1) {
      meant.front()->set_settlement_id(text.substr(equals + 1));
    } else {
      faults.Add("--assign", absl::StrCat(name, meant.empty() ? "：没有这张票据"
                                                              : "：不止一张，请写文件的全名"));
    }
  }
  return faults.ToStatus();
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
    request.set_judged_medical_fen(FenOf(options.judged, OptionPlace("--judged", options), faults));
  }
  if (!options.share.empty()) {
    request.set_liable_share_bp(ShareOf(options.share, OptionPlace("--share", options), faults));
  }
  request.set_liable_name(options.liable);
  request.set_paid_to_injured_person(options.paid);
  for (const std::string& bill : options.bills) AddBill(bill, request, faults);
  for (const std::string& exclusion : options.exclusions) AddExclusion(exclusion, request, faults);
  request.mutable_same_bill_settlements()->Assign(options.same_bill.begin(),
                                                  options.same_bill.end());
  request.mutable_other_bill_settlements()->Assign(options.other_bill.begin(),
                                                   options.other_bill.end());
  request.set_plate(options.plate);
  if (!options.limit_left.empty()) {
    request.set_ctp_left_fen(FenOf(options.limit_left, "--limit-left", faults));
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return request;
}

}  // namespace recoup::hospital
