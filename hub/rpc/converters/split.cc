#include "hub/rpc/converters/split.h"

#include "hub/app/names.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

using domain::SplitPart;
using domain::SplitQuote;
using domain::SplitState;

void PartToProto(const SplitPart& part, recoup::v1::SplitPart* out) {
  out->set_policy(app::PolicyName(part.insurer, part.policy));
  out->set_insurer(app::PartyName(part.insurer));
  out->set_kind(static_cast<recoup::v1::PolicyKind>(part.kind));
  out->set_answer(static_cast<recoup::v1::SplitAnswer>(part.answer));
  const bool whole = part.kind == domain::PolicyKind::kCtp;
  if (part.answer == domain::SplitAnswer::kAccepted) {
    out->set_share_bp(whole ? 10'000 : static_cast<std::int32_t>(part.share_basis_points));
  }
  if (part.amount_max) out->set_amount_max_fen(part.amount_max->fen());
  out->set_amount_fen(part.amount.fen());
  if (part.answered_time) SetTime(*part.answered_time, out->mutable_answered_time());
  out->set_claim_number(part.claim_number);
  out->set_text(part.text);
  out->set_by_silence(part.by_silence);
}

void FactsToProto(const SplitQuote& quote, SplitState state, recoup::v1::Split* out) {
  out->set_name(app::NameOf(quote.pool, quote.id));
  out->set_state(static_cast<recoup::v1::SplitState>(state));
  out->set_hospital(app::PartyName(quote.hospital));
  out->set_visit_id(quote.visit_id);
  PersonToProto(quote.patient, out->mutable_patient());
  out->set_accident_on(DayText(quote.accident_on));
  out->set_plate(quote.plate);
  out->set_total_fen(quote.total.fen());
  out->set_fund_paid_fen(quote.fund_paid.fen());
  out->set_self_paid_fen(quote.self_paid.fen());
  SetTime(quote.quoted_time, out->mutable_quoted_time());
  if (quote.answer_due_time) SetTime(*quote.answer_due_time, out->mutable_answer_due_time());
  SetTime(quote.expires_time, out->mutable_expires_time());
  out->set_settlement_id(quote.settlement_id);
  if (quote.advance) out->set_advance(app::NameOf(quote.pool, *quote.advance));
}

// Sums to the total: what the hospital bears is what nobody else does.
template <typename Shares>
void AddShares(const SplitQuote& quote, Shares* out) {
  for (const SplitPart& part : quote.parts) {
    if (part.amount.is_zero()) continue;
    recoup::v1::SplitShare& share = *out->Add();
    share.mutable_debtor()->set_kind(recoup::v1::DEBTOR_KIND_INSURER);
    share.mutable_debtor()->set_party(app::PartyName(part.insurer));
    share.mutable_debtor()->set_display_name(part.insurer_name);
    share.set_amount_fen(part.amount.fen());
  }
  recoup::v1::SplitShare& fund = *out->Add();
  fund.set_is_fund(true);
  fund.set_amount_fen(quote.fund_part.fen());
  recoup::v1::SplitShare& patient = *out->Add();
  patient.set_is_patient(true);
  patient.set_amount_fen(quote.patient_part.fen());
  const domain::Money hospital =
      quote.total - quote.fund_part - quote.patient_part - quote.insured();
  if (hospital.is_zero()) return;
  recoup::v1::SplitShare& own = *out->Add();
  own.set_is_hospital(true);
  own.set_amount_fen(hospital.fen());
}

void ExplanationOf(const SplitQuote& quote, recoup::v1::Explanation* out) {
  ExplanationToProto(quote.explanation, out);
  out->set_subject(app::NameOf(quote.pool, quote.id));
  out->set_figure("shares");
  out->set_title("出院分账");
  out->set_result_fen(quote.fund_part.fen());
}

}  // namespace

absl::StatusOr<app::QuoteSplit> QuoteSplitFromProto(const recoup::v1::QuoteSplitRequest& request,
                                                    absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::QuoteSplit command;
  command.pool = in.Pool("pool", request.pool());
  command.visit_id = in.Text("visit_id", request.visit_id());
  command.total = in.PositiveAmount("total_fen", request.total_fen());
  command.fund_paid = in.Amount("fund_paid_fen", request.fund_paid_fen());
  command.self_paid = in.Amount("self_paid_fen", request.self_paid_fen());
  if (faults.empty() && command.fund_paid + command.self_paid > command.total) {
    in.Add("total_fen", "less than fund_paid_fen and self_paid_fen together");
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::SettleSplit> SettleSplitFromProto(const recoup::v1::SettleSplitRequest& request,
                                                      absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::SettleSplit command;
  const auto name = in.Name<domain::SplitQuoteId>("quote", request.quote());
  command.pool = name.pool;
  command.split = name.id;
  command.settlement_id = in.Text("settlement_id", request.settlement_id());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AnswerSplit> AnswerSplitFromProto(const recoup::v1::AnswerSplitRequest& request,
                                                      absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::AnswerSplit command;
  const auto name = in.Name<domain::SplitQuoteId>("name", request.name());
  command.pool = name.pool;
  command.split = name.id;
  if (const auto policy = app::ParsePolicyName(request.policy())) {
    command.insurer = policy->first;
    command.policy = policy->second;
  } else {
    in.Add("policy", "not a name like policies/<insurer>.<id>");
  }
  command.accept = request.accept();
  command.share_basis_points = request.share_bp();
  if (request.has_amount_max_fen()) {
    command.amount_max = in.PositiveAmount("amount_max_fen", request.amount_max_fen());
  }
  command.claim_number = in.Text("claim_number", request.claim_number(), Need::kOptional);
  command.text = in.Text("text", request.text(), Need::kOptional, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void SplitToProto(const SplitQuote& quote, SplitState state, recoup::v1::Split* out) {
  FactsToProto(quote, state, out);
  for (const SplitPart& part : quote.parts) PartToProto(part, out->add_parts());
  AddShares(quote, out->mutable_shares());
  ExplanationOf(quote, out->mutable_explanation());
}

void SplitForInsurer(const SplitQuote& quote, SplitState state, const domain::PartyId& insurer,
                     recoup::v1::Split* out) {
  FactsToProto(quote, state, out);
  for (const SplitPart& part : quote.parts) {
    if (part.insurer == insurer) PartToProto(part, out->add_parts());
  }
}

void QuoteSplitToProto(const SplitQuote& quote, recoup::v1::QuoteSplitResponse* out) {
  out->set_quote(app::NameOf(quote.pool, quote.id));
  AddShares(quote, out->mutable_shares());
  SetTime(quote.expires_time, out->mutable_expires_time());
  ExplanationOf(quote, out->mutable_explanation());
  if (quote.answer_due_time) SetTime(*quote.answer_due_time, out->mutable_answer_due_time());
  SplitToProto(quote, quote.state, out->mutable_split());
}

void SettleSplitToProto(const SplitQuote& quote, recoup::v1::SettleSplitResponse* out) {
  AddShares(quote, out->mutable_shares());
  if (quote.advance) out->set_advance(app::NameOf(quote.pool, *quote.advance));
  SplitToProto(quote, quote.state, out->mutable_split());
}

void AnswerSplitToProto(const app::AnsweredSplit& answer, recoup::v1::AnswerSplitResponse* out) {
  SplitForInsurer(answer.quote, answer.quote.state, answer.insurer, out->mutable_split());
}

}  // namespace recoup::rpc
