#include "adapters/court/program/elements_report.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "hub/base/check.h"
#include "hub/domain/identity.h"

namespace recoup::court {
namespace {

constexpr char kSilent[] = "（文书未载明）";

std::string_view DocumentTypeInChinese(DocumentType value) {
  switch (value) {
    case DocumentType::kJudgment:
      return "判决书";
    case DocumentType::kRuling:
      return "裁定书";
    case DocumentType::kMediation:
      return "调解书";
    case DocumentType::kOther:
      return "其他文书";
  }
  RECOUP_CHECK(false);
}

std::string_view InstanceInChinese(Instance value) {
  switch (value) {
    case Instance::kFirst:
      return "一审";
    case Instance::kSecond:
      return "二审";
    case Instance::kRetrial:
      return "再审";
    case Instance::kOther:
      return "其他程序";
  }
  RECOUP_CHECK(false);
}

std::string_view PolicyInChinese(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::kCompulsory:
      return "交强险";
    case PolicyKind::kCommercial:
      return "商业险";
  }
  RECOUP_CHECK(false);
}

std::string TextOrSilent(const std::optional<std::string>& text) { return text.value_or(kSilent); }

std::string Yuan(const std::optional<domain::Money>& money) {
  return money ? absl::StrCat(money->ToYuanGrouped(), " 元") : kSilent;
}

std::string Day(const std::optional<absl::CivilDay>& day) {
  return day ? adapters::FormatDate(*day) : kSilent;
}

template <typename T>
std::string InChinese(const std::optional<T>& value, std::string_view (*name)(T)) {
  return value ? std::string(name(*value)) : kSilent;
}

// Identity numbers are shown masked: a clerk's screen is seen by others.
std::string PersonText(const InjuredPerson& person) {
  if (!person.id_number) return person.name;
  return absl::StrCat(person.name, "（", domain::MaskIdentityNumber(*person.id_number), "）");
}

std::string SharePercent(Percent share) {
  const std::int64_t whole = share.hundredths / 100;
  const std::int64_t rest = share.hundredths % 100;
  if (rest == 0) return absl::StrCat(whole, "%");
  return absl::StrCat(whole, ".", rest < 10 ? "0" : "", rest, "%");
}

std::string MedicalText(const JudgmentElements& elements, std::size_t obligation) {
  const auto share =
      std::ranges::find(elements.medical_shares, obligation, &MedicalShare::obligation);
  if (share == elements.medical_shares.end()) return "";
  return share->amount ? share->amount->ToYuanGrouped() : "未能确定";
}

void AppendObligations(const JudgmentElements& elements, std::string& out) {
  if (elements.obligations.empty()) return;
  adapters::Table table({{"义务人"},
                         {"权利人"},
                         {"险种"},
                         {"金额（元）", adapters::Align::kRight},
                         {"其中医疗费", adapters::Align::kRight}});
  for (std::size_t i = 0; i < elements.obligations.size(); ++i) {
    const Obligation& row = elements.obligations[i];
    table.AddRow({row.debtor, row.creditor,
                  row.policy_kind ? std::string(PolicyInChinese(*row.policy_kind)) : "",
                  row.amount.ToYuanGrouped(), MedicalText(elements, i)});
  }
  absl::StrAppend(&out, "给付义务\n", table.Render());
  for (const MedicalShare& share : elements.medical_shares) {
    absl::StrAppend(&out, "  第", share.obligation + 1, "项的医疗费",
                    !share.source                                   ? "未能确定"
                    : share.source == MedicalShare::Source::kStated ? "（文书载明）"
                                                                    : "（推算）",
                    "：", share.how, "。\n");
  }
}

void AppendPolicies(const JudgmentElements& elements, std::string& out) {
  if (elements.policies.empty()) return;
  adapters::Table table({{"保险公司"},
                         {"险种"},
                         {"限额（元）", adapters::Align::kRight},
                         {"医疗限额余额（元）", adapters::Align::kRight}});
  for (const Policy& row : elements.policies) {
    table.AddRow({row.insurer, std::string(PolicyInChinese(row.kind)),
                  row.limit ? row.limit->ToYuanGrouped() : "未载明",
                  row.medical_remaining ? row.medical_remaining->ToYuanGrouped() : "未载明"});
  }
  absl::StrAppend(&out, "保险\n", table.Render());
}

}  // namespace

std::string_view BasisInChinese(Basis basis) {
  switch (basis) {
    case Basis::kNone:
      return "未判决医疗费或无基金支付";
    case Basis::kGross:
      return "未扣减：判决医疗费含基金支付部分，由受领人退回";
    case Basis::kNet:
      return "已扣减：判决医疗费不含基金支付部分，向侵权人及保险公司追偿";
    case Basis::kFundAwarded:
      return "判归基金：判决直接向医保基金支付";
  }
  RECOUP_CHECK(false);
}

std::string_view GradeInChinese(Grade grade) {
  switch (grade) {
    case Grade::kNoAdvance:
      return "无垫付";
    case Grade::kAdvanceRepaid:
      return "已垫付且已返还";
    case Grade::kAdvanceOutstanding:
      return "已垫付未返还";
  }
  RECOUP_CHECK(false);
}

std::string LeadsInChinese(std::int64_t persons) {
  if (persons > 0) return absl::StrCat(persons, " 人有追偿线索");
  return "0 人有追偿线索：平台尚无受害人由基金垫付的结算；医院上报结算后自动关联";
}

std::string InquiriesInChinese(std::int64_t recoveries) {
  if (recoveries == 0) return "";
  return absl::StrCat("核查（未定金额）", recoveries, " 件：文书要素不能计算应退金额");
}

std::string ElementsForPeople(const JudgmentElements& elements) {
  std::string out;
  const auto line = [&out](const char* label, const std::string& value) {
    absl::StrAppend(&out, label, "  ", value, "\n");
  };
  line("案    号", TextOrSilent(elements.case_number));
  line("法    院", TextOrSilent(elements.court));
  line("文    书", absl::StrCat(InChinese(elements.document_type, DocumentTypeInChinese), " ",
                                InChinese(elements.instance, InstanceInChinese)));
  line("案    由", TextOrSilent(elements.cause));
  line("裁判日期", Day(elements.closed_on));
  line("事故日期", Day(elements.accident_on));
  line("受 害 人", elements.injured_persons.empty()
                       ? kSilent
                       : absl::StrJoin(elements.injured_persons, "、",
                                       [](std::string* to, const InjuredPerson& person) {
                                         absl::StrAppend(to, PersonText(person));
                                       }));
  line("责任比例", elements.liability.empty()
                       ? kSilent
                       : absl::StrJoin(elements.liability, "、",
                                       [](std::string* to, const LiabilityShare& share) {
                                         absl::StrAppend(to, share.party, " ",
                                                         SharePercent(share.share_percent));
                                       }));
  for (const LiabilityShare& share : elements.liability) {
    if (!share.uninsured_medical) continue;
    line("未投交强险", absl::StrCat(share.party, "，先行承担医疗费用限额 ",
                                    share.uninsured_medical->ToYuanGrouped(), " 元"));
  }
  line("医疗费总额", Yuan(elements.medical_expense_total));
  line("  基金支付", Yuan(elements.fund_paid));
  line("  个人支付", Yuan(elements.self_paid));
  line("判决医疗费", Yuan(elements.medical_expense_awarded));
  line("判决口径", std::string(BasisInChinese(elements.basis)));
  line("分    级", std::string(GradeInChinese(elements.grade)));
  AppendObligations(elements, out);
  AppendPolicies(elements, out);
  for (const std::string& warning : elements.warnings) line("提    示", warning);
  return out;
}

}  // namespace recoup::court
