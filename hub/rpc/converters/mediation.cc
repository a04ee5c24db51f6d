#include "hub/rpc/converters/mediation.h"

#include <algorithm>
#include <string>

#include "hub/base/clock.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

using google::protobuf::RepeatedPtrField;

constexpr int kDemandsMax = 100;
constexpr int kInstalmentsMax = 120;
constexpr int kPanelMax = 10;
constexpr std::int32_t kWholeBp = 10'000;
constexpr std::size_t kSha256Size = 32;

// Offers are counted from 1 within their mediation.
std::string OfferId(std::size_t index) { return absl::StrCat(index + 1); }

void TermsToProto(const domain::PoolId& pool, const std::vector<domain::AgreedDemand>& terms,
                  RepeatedPtrField<recoup::v1::MediationTerm>* out) {
  for (const domain::AgreedDemand& term : terms) {
    auto* proto = out->Add();
    proto->set_demand(app::NameOf(pool, term.demand));
    proto->set_amount_fen(term.agreed.fen());
    proto->set_relinquished_fen(term.relinquished.fen());
    if (term.ratio_bp) proto->set_ratio_bp(static_cast<std::int32_t>(*term.ratio_bp));
    for (const domain::Instalment& instalment : term.instalments) {
      auto* one = proto->add_instalments();
      one->set_due_on(DayText(instalment.due_on));
      one->set_amount_fen(instalment.amount.fen());
    }
  }
}

std::vector<domain::AgreedDemand> TermsFromProto(
    FieldReader& in, const domain::PoolId& pool,
    const RepeatedPtrField<recoup::v1::MediationTerm>& terms) {
  std::vector<domain::AgreedDemand> out;
  if (terms.empty()) in.Add("terms", "missing");
  if (terms.size() > kDemandsMax) in.Add("terms", "more than 100");
  for (int i = 0; i < std::min(terms.size(), kDemandsMax); ++i) {
    const recoup::v1::MediationTerm& term = terms.Get(i);
    FieldReader term_in = in.In("terms", i);
    domain::AgreedDemand agreed;
    const auto name = term_in.Name<domain::DemandId>("demand", term.demand());
    if (name.pool != pool) term_in.Add("demand", "not of the mediation's pool");
    agreed.demand = name.id;
    agreed.agreed = term_in.Amount("amount_fen", term.amount_fen());
    agreed.relinquished = term_in.Amount("relinquished_fen", term.relinquished_fen());
    if (term.ratio_bp() != 0) {
      agreed.ratio_bp = term.ratio_bp();
      if (term.ratio_bp() < 0 || term.ratio_bp() > kWholeBp)
        term_in.Add("ratio_bp", "not between 1 and 10000");
      if (term.amount_fen() != 0 || term.relinquished_fen() != 0)
        term_in.Add("ratio_bp", "given together with amounts: the hub computes them");
    }
    if (term.instalments_size() > kInstalmentsMax) term_in.Add("instalments", "more than 120");
    for (int j = 0; j < std::min(term.instalments_size(), kInstalmentsMax); ++j) {
      FieldReader one = term_in.In("instalments", j);
      agreed.instalments.push_back(
          {.due_on = one.Day("due_on", term.instalments(j).due_on()),
           .amount = one.PositiveAmount("amount_fen", term.instalments(j).amount_fen()),
           .paid = {}});
    }
    out.push_back(std::move(agreed));
  }
  return out;
}

template <typename Command, typename Request>
void ReadMediation(FieldReader& in, const Request& request, Command& out) {
  const auto name = in.Name<domain::MediationId>("name", request.name());
  out.pool = name.pool;
  out.mediation = name.id;
}

}  // namespace

void MediationToProto(const domain::Mediation& mediation, recoup::v1::Mediation* out) {
  out->set_name(app::NameOf(mediation.pool, mediation.id));
  out->set_mediator(app::PartyName(mediation.mediator));
  for (const domain::DemandId id : mediation.demands)
    out->add_demands(app::NameOf(mediation.pool, id));
  out->set_state(static_cast<recoup::v1::MediationState>(mediation.state));
  for (std::size_t i = 0; i < mediation.offers.size(); ++i) {
    const domain::Offer& offer = mediation.offers[i];
    auto* proto = out->add_offers();
    proto->set_offer_id(OfferId(i));
    proto->set_offered_by(absl::StrCat("parties/", offer.by));
    TermsToProto(mediation.pool, offer.terms, proto->mutable_terms());
    proto->set_text(offer.text);
    proto->set_valid_until_on(DayText(offer.valid_until));
    SetTime(offer.offered_time, proto->mutable_offered_time());
  }
  if (mediation.agreed_on) {
    auto* agreement = out->mutable_agreement();
    TermsToProto(mediation.pool, mediation.agreement, agreement->mutable_terms());
    agreement->set_reason(mediation.agreement_reason);
    agreement->set_agreed_on(DayText(mediation.agreed_on));
    if (mediation.approval)
      agreement->set_approval(app::NameOf(mediation.pool, *mediation.approval));
    if (mediation.protocol) {
      agreement->mutable_protocol()->set_number(mediation.protocol->number);
      agreement->mutable_protocol()->set_debtor_signatory(mediation.protocol->debtor_signatory);
      agreement->mutable_protocol()->set_document_sha256(mediation.protocol->document_sha256);
    }
    agreement->set_confirmation_due_on(DayText(mediation.confirmation_due_on));
  }
  if (mediation.ruling) {
    auto* ruling = out->mutable_judicial_confirmation();
    ruling->set_case_number(mediation.ruling->case_number);
    ruling->set_court_name(mediation.ruling->court_name);
    ruling->set_decided_on(DayText(mediation.ruling->decided_on));
    ruling->set_confirmed(mediation.ruling->confirmed);
    ruling->set_document_sha256(mediation.ruling->document_sha256);
  }
  out->set_failure_reason(mediation.failure_reason);
  SetTime(mediation.opened_time, out->mutable_opened_time());
  SetTime(mediation.recorded_time, out->mutable_recorded_time());
  for (const domain::PanelMember& member : mediation.panel) {
    auto* proto = out->add_panel();
    proto->set_name(member.name);
    proto->set_role(member.role);
  }
}

absl::StatusOr<app::OpenMediation> OpenMediationFromProto(
    const recoup::v1::OpenMediationRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::OpenMediation command;
  if (request.demands_size() == 0) in.Add("demands", "missing: at least one");
  if (request.demands_size() > kDemandsMax) in.Add("demands", "more than 100");
  for (int i = 0; i < std::min(request.demands_size(), kDemandsMax); ++i) {
    const std::string field = absl::StrCat("demands[", i, "]");
    const auto name = in.Name<domain::DemandId>(field, request.demands(i));
    if (i == 0) command.pool = name.pool;
    if (name.pool != command.pool) in.Add(field, "of another pool");
    command.demands.push_back(name.id);
  }
  command.mediator = in.Party("mediator", request.mediator(), Need::kOptional);
  if (request.panel_size() > kPanelMax) in.Add("panel", "more than 10");
  for (int i = 0; i < std::min(request.panel_size(), kPanelMax); ++i) {
    FieldReader member = in.In("panel", i);
    command.panel.push_back(
        {.name = member.Text("name", request.panel(i).name(), Need::kRequired, kNameMax),
         .role = member.Text("role", request.panel(i).role(), Need::kOptional, kNameMax)});
  }
  command.opened_time =
      request.has_opened_time() ? in.Time("opened_time", true, request.opened_time(), now) : now;
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::MakeOffer> MakeOfferFromProto(const recoup::v1::MakeOfferRequest& request,
                                                  absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::MakeOffer command;
  ReadMediation(in, request, command);
  command.offer.terms = TermsFromProto(in, command.pool, request.terms());
  command.offer.text = in.Text("text", request.text(), Need::kOptional, kTextMax);
  command.offer.valid_until = in.OptionalDay("valid_until_on", request.valid_until_on());
  command.offer.offered_time =
      request.has_offered_time() ? in.Time("offered_time", true, request.offered_time(), now) : now;
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AgreeMediation> AgreeMediationFromProto(
    const recoup::v1::AgreeMediationRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::AgreeMediation command;
  ReadMediation(in, request, command);
  command.terms = TermsFromProto(in, command.pool, request.terms());
  command.reason = in.Text("reason", request.reason(), Need::kOptional, kTextMax);
  command.agreed_on = in.Day("agreed_on", request.agreed_on(), ChinaDate(now));
  if (request.has_protocol()) {
    FieldReader of = in.In("protocol");
    domain::MediationProtocol protocol;
    protocol.number = of.Text("number", request.protocol().number());
    protocol.debtor_signatory = of.Text("debtor_signatory", request.protocol().debtor_signatory(),
                                        Need::kRequired, kNameMax);
    protocol.document_sha256 = request.protocol().document_sha256();
    if (!protocol.document_sha256.empty() && protocol.document_sha256.size() != kSha256Size)
      of.Add("document_sha256", "not 32 bytes");
    command.protocol = std::move(protocol);
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::FailMediation> FailMediationFromProto(
    const recoup::v1::FailMediationRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::FailMediation command;
  ReadMediation(in, request, command);
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  command.failed_time =
      request.has_failed_time() ? in.Time("failed_time", true, request.failed_time(), now) : now;
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::RecordJudicialConfirmation> RecordJudicialConfirmationFromProto(
    const recoup::v1::RecordJudicialConfirmationRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::RecordJudicialConfirmation command;
  ReadMediation(in, request, command);
  FieldReader ruling_in = in.In("judicial_confirmation");
  const recoup::v1::JudicialConfirmation& ruling = request.judicial_confirmation();
  command.ruling.case_number = ruling_in.Text("case_number", ruling.case_number());
  command.ruling.court_name =
      ruling_in.Text("court_name", ruling.court_name(), Need::kRequired, kNameMax);
  command.ruling.decided_on = ruling_in.Day("decided_on", ruling.decided_on(), ChinaDate(now));
  command.ruling.confirmed = ruling.confirmed();
  command.ruling.document_sha256 = ruling_in.Sha256("document_sha256", ruling.document_sha256());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void MakeOfferToProto(const domain::Mediation& mediation, recoup::v1::MakeOfferResponse* out) {
  MediationToProto(mediation, out->mutable_mediation());
  out->set_offer_id(OfferId(mediation.offers.size() - 1));
}

void AgreeMediationToProto(const domain::Mediation& mediation,
                           recoup::v1::AgreeMediationResponse* out) {
  MediationToProto(mediation, out->mutable_mediation());
  if (mediation.state == domain::MediationState::kPendingApproval && mediation.approval)
    out->set_approval(app::NameOf(mediation.pool, *mediation.approval));
}

}  // namespace recoup::rpc
