#include "hub/app/letters.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "hub/app/personal_award.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::LetterKind;
using domain::Money;

// Nobody is to pay on an inquiry, and nobody to leave it unanswered.
constexpr char kInquiryRemark[] =
    "本函不要求付款，应退金额核定后另行发函，写明金额和付款参考号；此前无须向医保基金付款。"
    "逾期没有答复的，将依据现有证据核定应退金额，依法追偿。";

std::string ChineseDay(absl::CivilDay day) {
  return absl::StrCat(day.year(), "年", day.month(), "月", day.day(), "日");
}

std::string InputText(const domain::ExplanationInput& input) {
  if (input.amount) return absl::StrCat(input.name, " ", input.amount->ToYuanGrouped(), " 元");
  if (input.ratio) return absl::StrCat(input.name, " ", RatioText(*input.ratio));
  return absl::StrCat(input.name, " ", input.text);
}

std::string LawReliedOn(domain::DebtorKind debtor) {
  if (debtor == domain::DebtorKind::kInjuredPerson) {
    return "《社会保险法》第三十条、《社会保险基金先行支付暂行办法》第十一条";
  }
  return "《社会保险法》第三十条、《社会保险基金先行支付暂行办法》第十二条、"
         "《民法典》第一千二百一十三条";
}

struct Sender {
  std::string name;
  std::string contact;
};

// The fund office of the caller signs under the name it is registered with. A letter that another
// party's fact makes due is signed by the office that signed the ones before it.
absl::StatusOr<Sender> SenderOf(UnitOfWork& work, const std::vector<domain::Letter>& before) {
  if (work.caller().party.kind() != domain::PartyKind::kFund) {
    for (const domain::Letter& letter : before) {
      if (letter.content) return Sender{letter.content->sender, letter.content->sender_contact};
    }
  }
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> party,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({work.caller().party.value})));
  return party ? Sender{party->display_name, party->contact}
               : Sender{work.caller().party.value, ""};
}

// `paid` follows "医保基金先行支付", `decided` says what the document is.
std::string WhatHappened(const domain::Recovery& recovery, const std::string& paid,
                         const std::string& court, const std::string& decided) {
  std::string text = absl::StrCat("参保人", recovery.injured.name, "因");
  if (recovery.accident_on) absl::StrAppend(&text, ChineseDay(*recovery.accident_on), "发生的");
  absl::StrAppend(&text,
                  recovery.third_party_kind == domain::ThirdPartyKind::kUnknown
                      ? "第三人侵权"
                      : std::string(ChineseName(recovery.third_party_kind)),
                  "就医，医保基金先行支付", paid);
  if (!recovery.case_number.empty()) {
    absl::StrAppend(&text, "；该纠纷已由", court, "以", recovery.case_number, "案件处理（", decided,
                    "）");
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

// The inquiries to the same debtor that asked what this letter now knows.
absl::StatusOr<std::vector<std::string>> InquiriesBefore(UnitOfWork& work,
                                                         const domain::Demand& demand) {
  std::vector<std::string> numbers;
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::Letter> inquiries,
      work.FindAllBy<domain::Letter>(domain::LookupKind::kInquiryOfRecovery,
                                     domain::Key({demand.recovery.value.ToBytes()})));
  for (const domain::Letter& letter : inquiries) {
    if (letter.addressee == demand.debtor_name &&
        letter.inquiry->state != domain::InquiryState::kWithdrawn) {
      numbers.push_back(letter.number);
    }
  }
  return numbers;
}

std::string ReplacesText(const std::vector<std::string>& numbers) {
  if (numbers.empty()) return "";
  return absl::StrCat("本函替代此前发出的", absl::StrJoin(numbers, "、"), "核查函。");
}

std::string LinesText(const domain::LetterContent& content, bool claims) {
  std::string text;
  for (std::size_t i = 0; i < content.lines.size(); ++i) {
    const domain::LetterLine& line = content.lines[i];
    absl::StrAppend(&text, "  （", i + 1, "）结算号 ", line.settlement_id, "，",
                    absl::FormatCivilTime(line.admitted_on), " 至 ",
                    absl::FormatCivilTime(line.discharged_on), "，基金支付 ",
                    line.fund_paid.ToYuanGrouped(), " 元");
    if (claims) absl::StrAppend(&text, "，本函主张 ", line.amount.ToYuanGrouped(), " 元");
    absl::StrAppend(&text, "\n");
  }
  return text;
}

// What a demand rests on: how the judgment counted, or without a judgment the document.
std::string BasisText(const domain::Recovery& recovery,
                      const std::optional<domain::CourtCase>& court_case) {
  return std::string(recovery.basis == domain::Basis::kNone && court_case
                         ? ChineseName(court_case->document_type)
                         : ChineseName(recovery.basis));
}

domain::LetterContent ContentOf(const LoadedDemand& loaded,
                                const std::optional<domain::CourtCase>& court_case,
                                std::string sender, std::vector<std::string> replaces) {
  const domain::Demand& demand = loaded.demand;
  domain::LetterContent content;
  content.sender = std::move(sender);
  content.injured = loaded.recovery.injured.name;
  content.what_happened = absl::StrCat(
      WhatHappened(loaded.recovery, "", "人民法院", BasisText(loaded.recovery, court_case)),
      WhatChanged(demand));
  content.replaces = std::move(replaces);
  content.law = LawReliedOn(demand.debtor_kind);
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
    content.fund_paid = content.fund_paid.value_or(Money()) + advance.amount;
  }
  content.explanation = demand.explanation;
  return content;
}

std::string SignatureText(const domain::Letter& letter, const domain::LetterContent& content) {
  std::string text;
  if (!content.court_name.empty()) {
    absl::StrAppend(&text, "抄送：", content.court_name, "，", content.case_number, "案\n");
  }
  return absl::StrCat(text, content.sender, "\n", ChineseDay(letter.issued_on), "\n");
}

// The paper has the same parts in the same order.
std::string TextOf(const domain::Letter& letter, const domain::LetterContent& content,
                   const domain::CreditorReference& reference) {
  std::string text = absl::StrCat(
      std::string(ChineseName(letter.kind)), "\n", letter.number, "\n\n", letter.addressee,
      "：\n\n一、事由\n  ", content.what_happened, ReplacesText(content.replaces),
      "\n\n二、请求\n  依据", content.law, "，请于 ", ChineseDay(content.due_on),
      " 前向医保基金支付 ", content.amount.ToYuanGrouped(), " 元。\n\n三、垫付明细\n",
      LinesText(content, true), "\n四、计算\n", ExplanationText(content.explanation),
      "\n五、付款\n  付款附言请注明付款参考号：", reference.Spaced(),
      "\n  参考号供自动核销使用；附言未注明的，款项须人工核对。\n\n六、异议\n"
      "  对事实或者金额有异议的，请在上述期限内书面提出并附证据；已经支付的，请附付款凭证。\n\n");
  return absl::StrCat(text, SignatureText(letter, content));
}

// What the fund paid, by its settlements, else by the document; the sum of several injured persons
// is nobody's.
std::optional<Money> FundPaidFor(const InquiryFacts& facts) {
  Money sum;
  for (const domain::Advance& advance : facts.advances) sum += advance.amount;
  if (sum.is_positive()) return sum;
  return HasSeveralInjured(facts.court_case) ? std::nullopt : facts.court_case.fund_paid;
}

std::string PaidText(const InquiryFacts& facts, const std::optional<Money>& paid) {
  if (!paid) return "（金额待核）";
  const std::string amount = absl::StrCat(paid->ToYuanGrouped(), " 元");
  return facts.advances.empty() ? absl::StrCat("（裁判文书载明 ", amount, "，待核）")
                                : absl::StrCat(" ", amount);
}

std::vector<std::string> QuestionsTo(domain::DebtorKind addressee) {
  if (addressee == domain::DebtorKind::kInjuredPerson) {
    return {"就上述伤害已从何人、于何时、以何种方式收到多少元，尚有多少元没有收到；",
            "上述款项中医疗费多少元，是否包含医保基金已经支付的部分；",
            "附收款凭证、赔偿或者调解协议、医疗费票据等证据；",
            "已收到的款项中包含医保基金支付部分的，该部分应当退回医保基金，请写明拟退回的时间。"};
  }
  return {"就上述伤害已向何人、于何时、以何种方式支付多少元，尚有多少元没有支付；",
          "上述款项中医疗费多少元，是否包含医保基金已经支付的部分；",
          "附付款凭证、赔偿或者调解协议、保险理赔计算书等证据；",
          "其中属于医保基金支付的部分应当退回医保基金：没有付出的，请勿付给他人；已经付出的，"
          "请写明收款人。"};
}

domain::LetterContent InquiryContentOf(const InquiryFacts& facts, const Addressee& addressee,
                                       absl::CivilDay due_on) {
  const domain::CourtCase& court_case = facts.court_case;
  domain::LetterContent content;
  content.injured = facts.recovery.injured.name;
  content.fund_paid = FundPaidFor(facts);
  const std::string decided(court_case.outcome ? ChineseName(*court_case.outcome)
                                               : ChineseName(court_case.document_type));
  content.what_happened =
      absl::StrCat(WhatHappened(facts.recovery, PaidText(facts, content.fund_paid),
                                court_case.court_name, decided),
                   "依据现有法律文书，应当退回医保基金的金额尚不能确定。");
  content.law = LawReliedOn(addressee.kind);
  content.court_name = court_case.court_name;
  content.case_number = court_case.case_number;
  content.due_on = due_on;
  for (const domain::Advance& advance : facts.advances) {
    content.lines.push_back({advance.settlement_id, advance.admitted_on, advance.discharged_on,
                             advance.amount, Money()});
  }
  content.questions = QuestionsTo(addressee.kind);
  return content;
}

std::string InquiryTextOf(const domain::Letter& letter, const domain::LetterContent& content) {
  std::string text =
      absl::StrCat(std::string(ChineseName(letter.kind)), "\n", letter.number, "\n\n",
                   letter.addressee, "：\n\n一、事由\n  ", content.what_happened,
                   ReplacesText(content.replaces), "\n\n二、核查事项\n  依据", content.law,
                   "，请于 ", ChineseDay(content.due_on), " 前书面答复下列事项：\n");
  for (std::size_t i = 0; i < content.questions.size(); ++i) {
    absl::StrAppend(&text, "  （", i + 1, "）", content.questions[i], "\n");
  }
  absl::StrAppend(&text, "\n三、垫付明细\n",
                  content.lines.empty() ? "  结算明细待核。\n" : LinesText(content, false),
                  "\n四、答复\n  答复请注明本函函号，送交", content.sender);
  if (!content.sender_contact.empty()) absl::StrAppend(&text, "（", content.sender_contact, "）");
  absl::StrAppend(&text, "。\n  ", kInquiryRemark, "\n\n");
  return absl::StrCat(text, SignatureText(letter, content));
}

// The random end of the letter's id, behind area and insurance type of the pool as in payment
// references; a later version of a letter keeps its number.
std::string InquiryNumber(UnitOfWork& work, const domain::Letter& letter,
                          const std::optional<domain::Letter>& before) {
  if (!before) {
    const std::string id = letter.id.ToString();
    return absl::StrCat("医保核函〔", work.today().year(), "〕", letter.pool.value.substr(0, 6),
                        letter.pool.value.substr(7),
                        absl::AsciiStrToUpper(id.substr(id.size() - 12)), "号");
  }
  const std::vector<std::string> parts = absl::StrSplit(before->number, "之");
  std::int64_t version = 0;
  if (parts.size() > 1 && !absl::SimpleAtoi(parts[1], &version)) version = 0;
  return absl::StrCat(parts[0], "之", version + 1);
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
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Letter> before,
                          work.FindAllBy<domain::Letter>(domain::LookupKind::kLetterOfDemand,
                                                         domain::Key({demand.id.value.ToBytes()})));
  RECOUP_ASSIGN_OR_RETURN(Sender sender, SenderOf(work, before));
  std::vector<std::string> replaces;
  if (demand.revisions.empty()) {
    RECOUP_ASSIGN_OR_RETURN(replaces, InquiriesBefore(work, demand));
  }
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
  letter.content = ContentOf(loaded, court_case, std::move(sender.name), std::move(replaces));
  letter.text = TextOf(letter, *letter.content, *reference);
  return letter;
}

absl::StatusOr<domain::Letter> WriteInquiry(UnitOfWork& work, const InquiryFacts& facts,
                                            const Addressee& addressee, absl::CivilDay due_on,
                                            const std::optional<domain::Letter>& before) {
  std::vector<domain::Letter> earlier;
  if (before) earlier.push_back(*before);
  RECOUP_ASSIGN_OR_RETURN(Sender sender, SenderOf(work, earlier));
  domain::Letter letter;
  letter.id = work.NewId<domain::LetterId>();
  letter.pool = facts.recovery.pool;
  letter.kind = LetterKind::kInquiry;
  letter.number = InquiryNumber(work, letter, before);
  letter.addressee = addressee.name;
  letter.addressee_party = addressee.party;
  letter.court = facts.court_case.court;
  letter.court_case = facts.court_case.id;
  letter.issued_on = work.today();
  letter.inquiry.emplace().recovery = facts.recovery.id;
  domain::LetterContent content = InquiryContentOf(facts, addressee, due_on);
  content.sender = std::move(sender.name);
  content.sender_contact = std::move(sender.contact);
  if (before) content.replaces.push_back(before->number);
  letter.text = InquiryTextOf(letter, content);
  letter.content = std::move(content);
  return letter;
}

}  // namespace recoup::app
