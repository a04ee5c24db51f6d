// The intake's part about merged patients (ADT A40): the visits of the number that goes become
// those of the number that stays, and their flags name the person that stays.
#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/fields.h"
#include "adapters/hospital/program/intake.h"
#include "hub/base/status.h"

namespace recoup::hospital {

absl::Status Intake::TakeMerges(const AdmissionDocument& document, Taken& taken) {
  std::string told;
  for (std::size_t i = 0; i < document.merges.size(); ++i) {
    const std::string key = i == 0 ? taken.source_key : absl::StrCat(taken.source_key, "#", i + 1);
    RECOUP_RETURN_IF_ERROR(TakeMerge(document.merges[i], document.source, key,
                                     mapping::OwnTime(document, taken.time), taken));
    absl::StrAppend(&told, told.empty() ? "" : "\n", taken.outcome);
  }
  taken.outcome = std::move(told);
  return absl::OkStatus();
}

absl::Status Intake::TakeMerge(const Merge& merge, SourceKind source, const std::string& key,
                               absl::Time own, Taken& taken) {
  const std::string& from = merge.replaced_patient_number;
  const std::string& to = merge.patient.person_number;
  if (from == to) {
    taken.outcome = "患者合并：新旧病案号相同，无需处理。";
    return absl::OkStatus();
  }
  const std::string reason = absl::StrCat("患者合并：病案号 ", from, " 并入 ", to);
  const v1::Person person = mapping::PersonFrom(merge.patient, source);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> visits, book_.ListVisitsOfPatient(from));
  std::size_t amended = 0;
  for (const std::string& visit_id : visits) {
    RECOUP_ASSIGN_OR_RETURN(const Visit visit, VisitAsTheHubKnows(visit_id));
    // One request per visit, each known by itself.
    const Plan plan = PlanForMerge(visit, mapping::FactsAfter(person, visit.facts, own), person,
                                   absl::StrCat(key, "#", visit_id), taken.time, reason);
    if (!plan.outgoing.empty()) ++amended;
    RECOUP_RETURN_IF_ERROR(Keep(visit, plan, QuestionState::kOpen, "", taken));
    RECOUP_RETURN_IF_ERROR(book_.AddVisitEvent(visit_id, {taken.time, reason}));
    RECOUP_ASSIGN_OR_RETURN(std::optional<Question> open, book_.FindOpenQuestion(visit_id));
    if (!open) continue;
    *open->proposed.mutable_patient() = MergedPerson(open->proposed.patient(), person);
    RECOUP_RETURN_IF_ERROR(book_.PutQuestion(*open).status());
  }
  RECOUP_RETURN_IF_ERROR(book_.MovePatientVisits(from, to));
  if (visits.empty()) {
    taken.outcome = absl::StrCat(reason, "；没有该病案号的就诊。");
    return absl::OkStatus();
  }
  taken.outcome = absl::StrCat(reason, "；移动 ", visits.size(), " 次就诊，更正 ", amended,
                               " 个标志中的人员信息。");
  if (amended > 0) {
    taken.outcome +=
        "这些就诊已结算的垫付随标志更正到保留的患者；已在追偿中的不变，由基金经办人核对。";
  }
  if (amended < visits.size()) {
    absl::StrAppend(&taken.outcome, "另 ", visits.size() - amended,
                    " 次就诊无标志，其结算仍记在结算时的患者名下。");
  }
  return absl::OkStatus();
}

}  // namespace recoup::hospital
