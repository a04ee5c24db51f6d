#include "hub/app/letters.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::LetterKind;

std::string ChineseDay(absl::CivilDay day) {
  return absl::StrCat(day.year(), "年", day.month(), "月", day.day(), "日");
}

std::string InputText(const domain::ExplanationInput& input) {
  if (input.amount) return absl::StrCat(input.name, " ", input.amount->ToYuanGrouped(), " 元");
  if (input.ratio) return absl::StrCat(input.name, " ", RatioText(*input.ratio));
  return absl::StrCat(input.name, " ", input.text);
}

std::string LawReliedOn(const LoadedDemand& loaded) {
  if (loaded.demand.debtor_kind == domain::DebtorKind::kInjuredPerson) {
    return "《社会保险法》第三十条、《社会保险基金先行支付暂行办法》第十一条";
  }
  return "《社会保险法》第三十条、《社会保险基金先行支付暂行办法》第十二条、"
         "《民法典》第一千二百一十三条";
}

// The fund office of the caller signs under the name it is registered with. A letter that a court's
// push makes due is signed by the office that signed the demand's first letter.
absl::StatusOr<std::string> SenderOf(UnitOfWork& work, const domain::Demand& demand) {
  if (work.caller().party.kind() != domain::PartyKind::kFund) {
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<domain::Letter> letters,
        work.FindAllBy<domain::Letter>(domain::LookupKind::kLetterOfDemand,
                                       domain::Key({demand.id.value.ToBytes()})));
    for (const domain::Letter& letter : letters) {
      if (letter.content) return letter.content->sender;
    }
  }
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> party,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({work.caller().party.value})));
  return party ? party->display_name : work.caller().party.value;
}

std::string WhatHappened(const LoadedDemand& loaded) {
  const domain::Recovery& recovery = loaded.recovery;
  std::string text = absl::StrCat("参保人", recovery.injured.name, "因");
  if (recovery.accident_on) absl::StrAppend(&text, ChineseDay(*recovery.accident_on), "发生的");
  absl::StrAppend(&text, std::string(ChineseName(recovery.third_party_kind)),
                  "就医，医保基金先行支付");
  if (!recovery.case_number.empty()) {
    absl::StrAppend(&text, "；该纠纷已由人民法院以", recovery.case_number, "案件处理（",
                    std::string(ChineseName(recovery.basis)), "）");
  }
  return absl::StrCat(text, "。");
}

// A revision asks for what is still open and names what it takes the place of.
std::string WhatChanged(const domain::Demand& demand) {
  if (demand.revisions.empty()) return "";
  const domain::DemandRevision& before = demand.revisions.back();
  std::string text = absl::StrCat("本函更正并替代此前就同一付款参考号发出的函件：因", before.reason,
                                  "，请求金额由 ", before.amount.ToYuanGrouped(), " 元更正为 ",
                                  demand.amount.ToYuanGrouped(), " 元");
  if (demand.applied().is_positive()) {
    absl::StrAppend(&text, "，其中 ", demand.applied().ToYuanGrouped(), " 元已付");
  }
  return absl::StrCat(text, "。");
}

std::string LinesText(const domain::LetterContent& content) {
  std::string text;
  for (std::size_t i = 0; i < content.lines.size(); ++i) {
    const domain::LetterLine& line = content.lines[i];
    absl::StrAppend(&text, "  （", i + 1, "）结算号 ", line.settlement_id, "，",
                    absl::FormatCivilTime(line.admitted_on), " 至 ",
                    absl::FormatCivilTime(line.discharged_on), "，基金支付 ",
                    line.fund_paid.ToYuanGrouped(), " 元，本函主张 ", line.amount.ToYuanGrouped(),
                    " 元\n");
  }
  return text;
}

domain::LetterContent ContentOf(const LoadedDemand& loaded,
                                const std::optional<domain::CourtCase>& court_case,
                                std::string sender) {
  const domain::Demand& demand = loaded.demand;
  domain::LetterContent content;
  content.sender = std::move(sender);
  content.injured = loaded.recovery.injured.name;
  content.what_happened = absl::StrCat(WhatHappened(loaded), WhatChanged(demand));
  content.law = LawReliedOn(loaded);
  if (court_case) {
    content.court_name = court_case->court_name;
    content.case_number = court_case->case_number;
  }
  // What is open: a flat-quota agreement may have settled the rest as the demand was issued.
  content.amount = demand.open();
  content.due_on = *demand.due_on;
  content.reference = demand.reference;
  for (std::size_t i = 0; i < demand.lines.size(); ++i) {
    const domain::Advance& advance = loaded.advances[i];
    content.lines.push_back({advance.settlement_id, advance.admitted_on, advance.discharged_on,
                             advance.amount, demand.lines[i].stages.open()});
  }
  content.explanation = demand.explanation;
  return content;
}

// The paper has the same parts in the same order.
std::string TextOf(const domain::Letter& letter, const domain::LetterContent& content,
                   const domain::CreditorReference& reference) {
  std::string text = absl::StrCat(
      std::string(ChineseName(letter.kind)), "\n", letter.number, "\n\n", letter.addressee,
      "：\n\n一、事由\n  ", content.what_happened, "\n\n二、请求\n  依据", content.law, "，请于 ",
      ChineseDay(content.due_on), " 前向医保基金支付 ", content.amount.ToYuanGrouped(),
      " 元。\n\n三、垫付明细\n", LinesText(content), "\n四、计算\n",
      ExplanationText(content.explanation), "\n五、付款\n  付款附言请注明付款参考号：",
      reference.Spaced(),
      "\n  参考号供自动核销使用；附言未注明的，款项须人工核对。\n\n六、异议\n"
      "  对事实或者金额有异议的，请在上述期限内书面提出并附证据；已经支付的，请附付款凭证。\n\n");
  if (!content.court_name.empty()) {
    absl::StrAppend(&text, "抄送：", content.court_name, "，", content.case_number, "案\n");
  }
  return absl::StrCat(text, content.sender, "\n", ChineseDay(letter.issued_on), "\n");
}

}  // namespace

std::string RatioText(domain::Ratio ratio) {
  if (ratio.denominator != 10'000) {
    return absl::StrCat(ratio.numerator, "/", ratio.denominator);
  }
  std::string text = absl::StrCat(ratio.numerator / 100);
  if (ratio.numerator % 100 != 0) {
    absl::StrAppend(&text, ".", ratio.numerator % 100 / 10);
    if (ratio.numerator % 10 != 0) absl::StrAppend(&text, ratio.numerator % 10);
  }
  return absl::StrCat(text, "%");
}

std::string ExplanationText(const domain::Explanation& explanation) {
  std::string text;
  for (std::size_t i = 0; i < explanation.steps.size(); ++i) {
    const domain::ExplanationStep& step = explanation.steps[i];
    absl::StrAppend(&text, "  ", i + 1, ". ", step.label, "：", step.formula, "；");
    for (const domain::ExplanationInput& input : step.inputs) {
      absl::StrAppend(&text, InputText(input), "，");
    }
    if (step.result) {
      absl::StrAppend(&text, "得 ", step.result->ToYuanGrouped(), " 元");
    } else {
      absl::StrAppend(&text, "得 ", step.result_text);
    }
    // Which rule of the program it was stands in the letter's data; a reader needs the law.
    absl::StrAppend(&text, "（依据：", step.source, "）\n");
  }
  return text;
}

std::string PaymentCode(const domain::LetterContent& content) {
  return absl::StrCat(content.reference, "\nCNY ", content.amount.ToYuan(), "\n",
                      absl::FormatCivilTime(content.due_on), "\n", content.sender);
}

absl::StatusOr<domain::Letter> WriteLetter(UnitOfWork& work, const LoadedDemand& loaded,
                                           const std::optional<domain::CourtCase>& court_case) {
  const domain::Demand& demand = loaded.demand;
  const absl::StatusOr<domain::CreditorReference> reference =
      domain::CreditorReference::Parse(demand.reference);
  if (!reference.ok()) return MakeError(Reason::kInternal, "a demand has no valid reference");
  RECOUP_ASSIGN_OR_RETURN(const std::string sender, SenderOf(work, demand));
  domain::Letter letter;
  letter.id = work.NewId<domain::LetterId>();
  letter.pool = demand.pool;
  letter.kind = demand.debtor_kind == domain::DebtorKind::kInjuredPerson
                    ? LetterKind::kReturnAndVerification
                    : LetterKind::kDemand;
  letter.number = absl::StrCat(letter.kind == LetterKind::kDemand ? "医保追函" : "医保退核函", "〔",
                               work.today().year(), "〕", std::string(reference->body()), "号");
  if (!demand.revisions.empty()) absl::StrAppend(&letter.number, "之", demand.revisions.size());
  letter.addressee = demand.debtor_name;
  letter.addressee_party = demand.debtor_party;
  letter.demand = demand.id;
  letter.issued_on = work.today();
  if (court_case) {
    letter.court = court_case->court;
    letter.court_case = court_case->id;
  }
  letter.content = ContentOf(loaded, court_case, sender);
  letter.text = TextOf(letter, *letter.content, *reference);
  return letter;
}

}  // namespace recoup::app
