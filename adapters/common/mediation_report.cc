#include "adapters/common/mediation_report.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "hub/base/clock.h"

namespace recoup::adapters {
namespace {

std::string InstalmentsText(const v1::MediationTerm& term) {
  std::string text;
  for (const v1::Instalment& one : term.instalments()) {
    absl::StrAppend(&text, text.empty() ? "" : "，", one.due_on(), " ",
                    FormatYuan(one.amount_fen()));
  }
  return text;
}

std::string TermsForPeople(const google::protobuf::RepeatedPtrField<v1::MediationTerm>& terms) {
  Table table({{"追偿函"},
               {"比例", Align::kRight},
               {"支付（元）", Align::kRight},
               {"放弃（元）", Align::kRight},
               {"分期"}});
  for (const v1::MediationTerm& term : terms) {
    table.AddRow({term.demand(),
                  term.ratio_bp() == 0 ? "" : absl::StrCat(FormatYuan(term.ratio_bp()), "%"),
                  FormatYuan(term.amount_fen()), FormatYuan(term.relinquished_fen()),
                  InstalmentsText(term)});
  }
  return table.Render();
}

// "，" and the text, where there is one.
std::string More(std::string_view label, std::string_view text) {
  return text.empty() ? "" : absl::StrCat("，", std::string(label), std::string(text));
}

std::string OfferForPeople(const v1::MediationOffer& offer) {
  return absl::StrCat("\n方案 ", offer.offer_id(), "  ", offer.offered_by(),
                      More("至 ", offer.valid_until_on()),
                      offer.text().empty() ? "" : absl::StrCat("：", offer.text()), "\n",
                      TermsForPeople(offer.terms()));
}

std::string AgreementForPeople(const v1::MediationAgreement& agreement) {
  const std::string protocol =
      agreement.has_protocol() ? absl::StrCat(agreement.protocol().number(), "（",
                                              agreement.protocol().debtor_signatory(), " 签字）")
                               : "";
  return absl::StrCat(
      "\n协议  ", agreement.agreed_on(), More("协议书 ", protocol),
      More("司法确认申请截止 ", agreement.confirmation_due_on()),
      More("审批 ", agreement.approval()), "\n",
      agreement.reason().empty() ? "" : absl::StrCat("理由  ", agreement.reason(), "\n"),
      TermsForPeople(agreement.terms()));
}

}  // namespace

// As everywhere (hub/domain/states.h), and said to insurers who it is that approves.
std::string_view InChinese(v1::MediationState state) {
  if (state == v1::MEDIATION_STATE_OPEN) return "已开启";
  if (state == v1::MEDIATION_STATE_OFFERED) return "已提出方案";
  if (state == v1::MEDIATION_STATE_PENDING_APPROVAL) return "待基金审批";
  if (state == v1::MEDIATION_STATE_EFFECTIVE) return "协议已生效";
  if (state == v1::MEDIATION_STATE_FAILED) return "调解不成";
  return "其他";
}

std::string MediationForPeople(const v1::Mediation& mediation) {
  std::string out =
      absl::StrCat(mediation.name(), "\n状态    ", std::string(InChinese(mediation.state())),
                   "\n调解组织 ", mediation.mediator(), "\n");
  if (mediation.has_opened_time()) {
    const absl::Time opened = absl::FromUnixSeconds(mediation.opened_time().seconds());
    absl::StrAppend(&out, "开启    ", FormatDate(ChinaDate(opened)), "\n");
  }
  for (const std::string& demand : mediation.demands()) {
    absl::StrAppend(&out, "追偿函  ", demand, "\n");
  }
  for (const v1::PanelMember& member : mediation.panel()) {
    absl::StrAppend(&out, "调解员  ", member.name(), More("", member.role()), "\n");
  }
  for (const v1::MediationOffer& offer : mediation.offers()) {
    out += OfferForPeople(offer);
  }
  if (mediation.has_agreement()) out += AgreementForPeople(mediation.agreement());
  if (mediation.has_judicial_confirmation()) {
    const v1::JudicialConfirmation& ruling = mediation.judicial_confirmation();
    absl::StrAppend(&out, "\n司法确认  ", ruling.confirmed() ? "已确认" : "不予确认", "，",
                    ruling.decided_on(), More("", ruling.court_name()),
                    More("", ruling.case_number()), "\n");
  }
  if (!mediation.failure_reason().empty()) {
    absl::StrAppend(&out, "\n调解不成  ", mediation.failure_reason(), "\n");
  }
  return out;
}

}  // namespace recoup::adapters
