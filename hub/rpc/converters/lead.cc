#include "hub/rpc/converters/lead.h"

#include "hub/app/names.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {

std::string CandidateIdOf(std::size_t index) { return absl::StrCat(index + 1); }

void LeadToProto(const domain::Lead& lead, recoup::v1::Lead* out) {
  out->set_name(app::NameOf(lead.pool, lead.id));
  out->set_court_case(app::CourtCaseName(lead.court, lead.court_case));
  out->set_case_number(lead.case_number);
  out->mutable_injured_person()->set_name(lead.person_name);
  out->set_state(static_cast<recoup::v1::LeadState>(lead.state));
  for (std::size_t i = 0; i < lead.candidates.size(); ++i) {
    const domain::LeadCandidate& candidate = lead.candidates[i];
    auto* proto = out->add_candidates();
    proto->set_candidate_id(CandidateIdOf(i));
    PersonToProto(candidate.person, proto->mutable_person());
    for (const domain::FlagId flag : candidate.flags) {
      proto->add_flags(app::NameOf(lead.pool, flag));
    }
    for (const domain::AdvanceId advance : candidate.advances) {
      proto->add_advances(app::NameOf(lead.pool, advance));
    }
    proto->set_amount_fen(candidate.amount.fen());
    proto->set_score(candidate.score);
    for (const domain::LeadReason& reason : candidate.reasons) {
      auto* row = proto->add_reasons();
      row->set_rule(reason.rule);
      row->set_text(reason.text);
      row->set_points(reason.points);
    }
  }
  out->set_margin(lead.margin);
  if (lead.decided_time) {
    out->set_decided_by(lead.decided_by == domain::kDecidedByRule
                            ? recoup::v1::LEAD_DECISION_RULE
                            : recoup::v1::LEAD_DECISION_PERSON);
    SetTime(*lead.decided_time, out->mutable_decided_time());
    out->set_decision_reason(lead.decision_reason);
  }
  if (lead.chosen) {
    out->set_chosen_candidate_id(CandidateIdOf(static_cast<std::size_t>(*lead.chosen)));
  }
  if (lead.recovery) out->set_recovery(app::NameOf(lead.pool, *lead.recovery));
  SetTime(lead.created_time, out->mutable_recorded_time());
}

}  // namespace recoup::rpc
