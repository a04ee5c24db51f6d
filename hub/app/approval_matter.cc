#include "hub/app/approval_matter.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "hub/app/letters.h"
#include "hub/app/names.h"
#include "hub/app/party_name.h"
#include "hub/app/policy_book.h"
#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/domain/apportionment.h"

namespace recoup::app {
namespace {

using domain::Approval;
using domain::ApprovalAction;
using domain::Demand;
using domain::Money;

std::string Yuan(Money amount) { return absl::StrCat(amount.ToYuanGrouped(), " 元"); }

// "刘洋（RF18539007547034）".
std::string DebtorText(const Demand& demand) {
  return absl::StrCat(demand.debtor_name, "（", demand.reference, "）");
}

absl::Status AddDemand(RecordReader& reader, const Approval& approval, domain::DemandId id,
                       ApprovalMatter& matter) {
  RECOUP_ASSIGN_OR_RETURN(matter.demands.emplace_back(),
                          reader.Get<Demand>(approval.pool.value, id.value));
  return absl::OkStatus();
}

absl::Status AddMediation(RecordReader& reader, const Approval& approval, ApprovalMatter& matter) {
  RECOUP_ASSIGN_OR_RETURN(matter.mediation, reader.Get<domain::Mediation>(
                                                approval.pool.value, approval.mediation->value));
  for (const domain::DemandId& id : matter.mediation->demands) {
    RECOUP_RETURN_IF_ERROR(AddDemand(reader, approval, id, matter));
  }
  return absl::OkStatus();
}

absl::Status AddBreak(RecordReader& reader, const Approval& approval, ApprovalMatter& matter) {
  RECOUP_ASSIGN_OR_RETURN(matter.finding,
                          reader.Get<domain::Break>(approval.pool.value, approval.finding->value));
  if (!matter.finding->entry) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(matter.entry, reader.Get<domain::StatementEntry>(
                                            approval.pool.value, matter.finding->entry->value));
  return absl::OkStatus();
}

absl::Status AddAgreement(RecordReader& reader, const Approval& approval, ApprovalMatter& matter) {
  const std::string& pool = approval.pool.value;
  RECOUP_ASSIGN_OR_RETURN(matter.agreement,
                          reader.Get<domain::Agreement>(pool, approval.agreement->value));
  RECOUP_ASSIGN_OR_RETURN(matter.insurer_name, PartyDisplayName(reader, matter.agreement->insurer));
  if (!matter.agreement->replaces) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(matter.replaced,
                          reader.Get<domain::Agreement>(pool, matter.agreement->replaces->value));
  return absl::OkStatus();
}

absl::Status AddRule(RecordReader& reader, const Approval& approval, ApprovalMatter& matter) {
  if (approval.state != domain::ApprovalState::kPending) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData rules, LoadPolicyData(reader));
  const domain::PolicyDatum& datum = *approval.policy_datum;
  const auto now = rules.Find(datum.key, datum.pool, datum.effective_from);
  if (now.ok()) matter.rule_now = **now;
  return absl::OkStatus();
}

// "，现未付 5,400.00 元": what is open now says something only before it is decided.
std::string OpenText(const Approval& approval, std::string_view what, Money open) {
  if (approval.state != domain::ApprovalState::kPending) return "";
  return absl::StrCat("，现", std::string(what), " ", Yuan(open));
}

std::string RelinquishText(const Approval& approval, const ApprovalMatter& matter) {
  if (matter.advance) {
    return absl::StrCat(
        "结算 ", matter.advance->settlement_id, " 的垫付放弃 ", Yuan(approval.amount),
        OpenText(approval, "未主张", matter.advance->stages.at(domain::Stage::kAdvanced)));
  }
  const Demand& demand = matter.demands.front();
  return absl::StrCat("对", DebtorText(demand), "放弃 ", Yuan(approval.amount),
                      OpenText(approval, "未付", demand.open()));
}

std::string WriteOffText(const Approval& approval, const ApprovalMatter& matter) {
  const Demand& demand = matter.demands.front();
  return absl::StrCat(std::string(ChineseName(matter.finding->kind)), "：对", DebtorText(demand),
                      "核减 ", Yuan(approval.amount), OpenText(approval, "未付", demand.open()));
}

std::string RefundText(const Approval& approval, const ApprovalMatter& matter) {
  std::string text = absl::StrCat(std::string(ChineseName(matter.finding->kind)), "：");
  if (matter.entry) {
    absl::StrAppend(&text, absl::FormatCivilTime(matter.entry->booked_on), " ",
                    matter.entry->counterparty_name, "付来 ", Yuan(matter.entry->amount), "，");
  }
  return absl::StrCat(text, "退回付款人 ", Yuan(approval.amount));
}

std::string TermText(const domain::AgreedDemand& term, const ApprovalMatter& matter) {
  const auto demand = std::find_if(matter.demands.begin(), matter.demands.end(),
                                   [&](const Demand& one) { return one.id == term.demand; });
  std::string text =
      absl::StrCat(demand == matter.demands.end() ? std::string() : DebtorText(*demand), "付 ",
                   Yuan(term.agreed));
  if (term.instalments.size() > 1) {
    absl::StrAppend(&text, "（分 ", term.instalments.size(), " 期）");
  }
  return absl::StrCat(text, "，放弃 ", Yuan(term.relinquished));
}

// A rejected agreement is gone from the mediation, which may have another one by now.
std::string MediationText(const Approval& approval, const ApprovalMatter& matter) {
  std::string text;
  if (matter.mediation->approval == approval.id) {
    for (const domain::AgreedDemand& term : matter.mediation->agreement) {
      absl::StrAppend(&text, text.empty() ? "" : "；", TermText(term, matter));
    }
    return text;
  }
  for (const Demand& demand : matter.demands) {
    absl::StrAppend(&text, text.empty() ? "" : "、", DebtorText(demand));
  }
  return absl::StrCat(text, "，放弃 ", Yuan(approval.amount));
}

std::string AgreementText(const ApprovalMatter& matter) {
  const domain::AgreementTerms& terms = matter.agreement->terms;
  return absl::StrCat("与", matter.insurer_name, "：",
                      std::string(ChineseName(terms.third_party_kind)), "，付 ",
                      RatioText({terms.quota_basis_points, domain::kBasisPoints}), "，上限 ",
                      Yuan(terms.cap), "，自 ", absl::FormatCivilTime(terms.effective_from), " 起",
                      matter.replaced ? "，替代原协议" : "");
}

std::string OfferText(const Approval& approval, const ApprovalMatter& matter) {
  const domain::SettlementOffer* offer = OfferOf(approval, matter);
  std::string text = DebtorText(matter.demands.front());
  if (offer != nullptr) {
    absl::StrAppend(&text, "以 ", Yuan(offer->amount), "了结 ", Yuan(offer->open));
  }
  return absl::StrCat(text, "，放弃 ", Yuan(approval.amount));
}

std::string YieldText(const Approval& approval, const ApprovalMatter& matter) {
  const Demand& demand = matter.demands.front();
  return absl::StrCat("就", DebtorText(demand), "异议的 ", approval.yields.size(), " 项让步 ",
                      Yuan(approval.amount),
                      OpenText(approval, "异议", demand.Sum(domain::Stage::kDisputed)));
}

std::string RuleText(const Approval& approval) {
  const domain::PolicyDatum& datum = *approval.policy_datum;
  return absl::StrCat(datum.key, " 自 ", absl::FormatCivilTime(datum.effective_from), " 起为 ",
                      Yuan(Money::Fen(datum.value)));
}

}  // namespace

absl::StatusOr<ApprovalMatter> MatterOf(RecordReader& reader, const Approval& approval) {
  ApprovalMatter matter;
  if (approval.mediation) RECOUP_RETURN_IF_ERROR(AddMediation(reader, approval, matter));
  if (approval.finding) RECOUP_RETURN_IF_ERROR(AddBreak(reader, approval, matter));
  if (approval.agreement) RECOUP_RETURN_IF_ERROR(AddAgreement(reader, approval, matter));
  if (approval.policy_datum) RECOUP_RETURN_IF_ERROR(AddRule(reader, approval, matter));
  if (approval.demand) {
    RECOUP_RETURN_IF_ERROR(AddDemand(reader, approval, *approval.demand, matter));
  }
  if (const auto advance = ParseName<domain::AdvanceId>(approval.subject)) {
    RECOUP_ASSIGN_OR_RETURN(matter.advance,
                            reader.Get<domain::Advance>(approval.pool.value, advance->id.value));
  }
  return matter;
}

std::string AboutOf(const Approval& approval, const ApprovalMatter& matter) {
  switch (approval.action) {
    case ApprovalAction::kRelinquish:
      return RelinquishText(approval, matter);
    case ApprovalAction::kWriteOff:
      return WriteOffText(approval, matter);
    case ApprovalAction::kRefund:
      return RefundText(approval, matter);
    case ApprovalAction::kMediationAgreement:
      return MediationText(approval, matter);
    case ApprovalAction::kAgreement:
      return AgreementText(matter);
    case ApprovalAction::kSettlementOffer:
      return OfferText(approval, matter);
    case ApprovalAction::kDisputeYield:
      return YieldText(approval, matter);
    case ApprovalAction::kPolicyDatum:
      return RuleText(approval);
  }
  RECOUP_CHECK(false);
}

const domain::SettlementOffer* OfferOf(const Approval& approval, const ApprovalMatter& matter) {
  for (const Demand& demand : matter.demands) {
    for (const domain::SettlementOffer& offer : demand.offers) {
      if (offer.approval == approval.id) return &offer;
    }
  }
  return nullptr;
}

}  // namespace recoup::app
