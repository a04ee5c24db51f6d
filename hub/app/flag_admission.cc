#include "hub/app/flag_admission.h"

#include <algorithm>
#include <utility>

#include "hub/app/books.h"
#include "hub/app/link_court_case.h"
#include "hub/app/people.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AdvanceState;
using domain::Flag;
using domain::FlagCommand;
using domain::FlagState;

absl::StatusOr<std::vector<Advance>> AdvancesOfVisit(UnitOfWork& work, const Flag& flag) {
  return work.FindAllBy<Advance>(
      domain::LookupKind::kAdvanceOfVisit,
      domain::Key({flag.pool.value, flag.hospital.value, flag.visit_id}));
}

absl::StatusOr<std::vector<domain::AdvanceId>> Claim(UnitOfWork& work, const Flag& flag) {
  std::vector<domain::AdvanceId> moved;
  RECOUP_ASSIGN_OR_RETURN(std::vector<Advance> advances, AdvancesOfVisit(work, flag));
  for (Advance& advance : advances) {
    advance.flag = flag.id;
    if (advance.state == AdvanceState::kCandidate && advance.amount.is_positive()) {
      RECOUP_RETURN_IF_ERROR(PutOnBooks(work, advance));
      moved.push_back(advance.id);
    }
    work.Put(advance);
  }
  return moved;
}

// What has been claimed from a debtor stays: a person decides about it. The rest goes off the
// books.
absl::StatusOr<std::vector<domain::AdvanceId>> Release(UnitOfWork& work, const Flag& flag) {
  std::vector<domain::AdvanceId> moved;
  RECOUP_ASSIGN_OR_RETURN(std::vector<Advance> advances, AdvancesOfVisit(work, flag));
  for (Advance& advance : advances) {
    const bool untouched = advance.state == AdvanceState::kOpen && !advance.recovery.has_value() &&
                           advance.stages.at(domain::Stage::kAdvanced) == advance.amount;
    if (!untouched) continue;
    RECOUP_RETURN_IF_ERROR(TakeOffBooks(work, advance, AdvanceState::kCandidate));
    moved.push_back(advance.id);
    work.Put(advance);
  }
  return moved;
}

bool NamesSamePerson(const domain::Person& a, const domain::Person& b) {
  return a.id_number == b.id_number && a.name == b.name;
}

// The settlements of a visit are those of the flag's patient: when the flag is corrected (HL7 A40:
// somebody brought in without a name), they follow. No money moves by it: movements name no person.
// What a recovery claims already stays as it is, since its debtor was found for the person it
// names, and so does one whose name or identity number the platform knew when the new patient has
// none: a person decides about these. The earlier person is in the events, who corrected it and why
// in the flag's history.
absl::Status MovePatient(UnitOfWork& work, const Flag& flag) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Advance> advances, AdvancesOfVisit(work, flag));
  std::optional<Advance> last_moved;
  for (Advance& advance : advances) {
    if (NamesSamePerson(advance.patient, flag.patient)) continue;
    const bool loses_number = flag.patient.id_number.empty() && !advance.patient.id_number.empty();
    const bool loses_name = flag.patient.name.empty() && !advance.patient.name.empty();
    const bool moves = !advance.recovery.has_value() && !loses_number && !loses_name;
    advance.quality_notes.emplace_back(moves ? "患者随就诊标志更正；原登记及原因见标志与审计记录"
                                             : "就诊标志的患者已更正，本结算未随之更正，请核对");
    if (moves) {
      const std::string phone = std::move(advance.patient.phone);
      advance.patient = flag.patient;
      if (advance.patient.phone.empty()) advance.patient.phone = phone;
    }
    work.Put(advance);
    if (moves) last_moved = advance;
  }
  // A judgment may have waited for the settlements of this person.
  return last_moved ? LinkLateSettlement(work, *last_moved) : absl::OkStatus();
}

void Remember(const UnitOfWork& work, Flag& flag, absl::Time happened, std::string reason,
              std::vector<std::string> changed_fields) {
  flag.history.push_back({.recorded_time = work.now(),
                          .happened_time = happened,
                          .to = flag.state,
                          .third_party_kind = flag.third_party_kind,
                          .actor = work.caller().actor,
                          .reason = std::move(reason),
                          .changed_fields = std::move(changed_fields)});
}

absl::StatusOr<Flag> FindFlag(UnitOfWork& work, const domain::PoolId& pool, const FlagOf& wanted) {
  const domain::PartyId& hospital = work.caller().party;
  if (wanted.id) {
    RECOUP_ASSIGN_OR_RETURN(Flag flag, work.Get<Flag>(pool.value, wanted.id->value));
    if (flag.hospital != hospital) return NotFound("no such flag");
    return flag;
  }
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<Flag> flag,
      work.FindBy<Flag>(domain::UniqueKeyKind::kFlagOfVisit,
                        domain::Key({pool.value, hospital.value, wanted.visit_id})));
  if (!flag) return NotFound("this visit has no flag");
  return *std::move(flag);
}

// One row per amendable field.
struct AmendableField {
  const char* name;
  void (*apply)(const Flag& from, Flag& to);
};
constexpr AmendableField kAmendable[] = {
    {"third_party_kind",
     [](const Flag& from, Flag& to) { to.third_party_kind = from.third_party_kind; }},
    {"accident_on", [](const Flag& from, Flag& to) { to.accident_on = from.accident_on; }},
    {"accident_place", [](const Flag& from, Flag& to) { to.accident_place = from.accident_place; }},
    {"diagnosis_codes",
     [](const Flag& from, Flag& to) { to.diagnosis_codes = from.diagnosis_codes; }},
    {"evidence", [](const Flag& from, Flag& to) { to.evidence = from.evidence; }},
    {"plate", [](const Flag& from, Flag& to) { to.plate = from.plate; }},
    {"insurer_name", [](const Flag& from, Flag& to) { to.insurer_name = from.insurer_name; }},
    {"patient", [](const Flag& from, Flag& to) { to.patient = from.patient; }},
};

bool SaysTheSame(const Flag& a, const Flag& b) {
  return a.patient.id_number == b.patient.id_number && a.patient.name == b.patient.name &&
         a.admitted_time == b.admitted_time && a.third_party_kind == b.third_party_kind &&
         a.accident_on == b.accident_on && a.diagnosis_codes == b.diagnosis_codes &&
         a.evidence == b.evidence;
}

}  // namespace

const std::vector<std::string>& AmendableFlagFields() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const AmendableField& field : kAmendable) all.emplace_back(field.name);
    return all;
  }();
  return names;
}

absl::StatusOr<FlagAnswer> FlagAdmissionOf(const FlagAdmission& command, UnitOfWork& work) {
  Flag flag = command.flag;
  flag.pool = command.pool;
  flag.hospital = work.caller().party;
  flag.state = command.state;
  Blind(work.blinder(), flag.patient);

  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<Flag> known,
      work.FindBy<Flag>(domain::UniqueKeyKind::kFlagOfVisit,
                        domain::Key({flag.pool.value, flag.hospital.value, flag.visit_id})));
  if (known) {
    // The same report again, under another request id: the first answer stands.
    if (SaysTheSame(*known, flag)) return FlagAnswer{*known, {}};
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "this visit already has a flag that says something else; amend it");
  }
  flag.id = work.NewId<domain::FlagId>();
  Remember(work, flag, command.flagged_time,
           flag.evidence.empty() ? "" : flag.evidence.front().text, {});
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::AdvanceId> moved, Claim(work, flag));
  work.Put(flag);
  return FlagAnswer{std::move(flag), std::move(moved)};
}

absl::StatusOr<FlagAnswer> AmendFlagOf(const AmendFlag& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Flag flag, FindFlag(work, command.pool, command.flag));
  const bool reinstate = flag.state == FlagState::kCleared && command.state.has_value() &&
                         *command.state != FlagState::kCleared;
  FlagCommand transition = FlagCommand::kAmend;
  if (reinstate) {
    transition = FlagCommand::kReinstate;
  } else if (command.state == FlagState::kConfirmed && flag.state == FlagState::kSuspected) {
    transition = FlagCommand::kConfirm;
  }
  const FlagState state_before = flag.state;
  RECOUP_ASSIGN_OR_RETURN(flag.state, domain::Next(flag.state, transition));
  std::vector<std::string> changed;
  if (flag.state != state_before) changed.emplace_back("state");
  const domain::Person before = flag.patient;
  for (const AmendableField& field : kAmendable) {
    const bool named =
        std::find(command.fields.begin(), command.fields.end(), field.name) != command.fields.end();
    if (!named) continue;
    field.apply(command.changes, flag);
    changed.emplace_back(field.name);
  }
  Blind(work.blinder(), flag.patient);
  Remember(work, flag, command.changed_time, command.reason, std::move(changed));
  std::vector<domain::AdvanceId> moved;
  if (reinstate) {
    RECOUP_ASSIGN_OR_RETURN(moved, Claim(work, flag));
  }
  work.Put(flag);
  if (!NamesSamePerson(before, flag.patient)) RECOUP_RETURN_IF_ERROR(MovePatient(work, flag));
  return FlagAnswer{std::move(flag), std::move(moved)};
}

absl::StatusOr<FlagAnswer> ClearFlagOf(const ClearFlag& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Flag flag, FindFlag(work, command.pool, command.flag));
  RECOUP_ASSIGN_OR_RETURN(flag.state, domain::Next(flag.state, FlagCommand::kClear));
  Remember(work, flag, command.cleared_time, command.reason, {"state"});
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::AdvanceId> moved, Release(work, flag));
  work.Put(flag);
  return FlagAnswer{std::move(flag), std::move(moved)};
}

}  // namespace recoup::app
