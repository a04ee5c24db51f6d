#include "adapters/hospital/mapping/visit_facts.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/hospital/mapping/fields.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"

namespace recoup::hospital::mapping {
namespace {

bool IsMidnight(absl::Time time) {
  return absl::FromCivil(ChinaDate(time), ChinaTimeZone()) == time;
}

// Takes the facts of one message into what is known.
class Learner {
 public:
  Learner(absl::Time own, VisitFacts& facts) : own_(own), facts_(facts) {}

  // Whether this message may say what `kind` is; from then on it has.
  bool MaySay(FactKind kind) {
    absl::Time& told = facts_.told[kind];
    if (IsOlder(own_, told)) return false;
    told = std::max(told, own_);
    return true;
  }

  void Text(FactKind kind, const std::string& said, std::string& known) {
    if (!said.empty() && MaySay(kind)) known = said;
  }

  void Pool(const PoolHint& pool) {
    Text(FactKind::kArea, pool.area_code, facts_.pool.area_code);
    Text(FactKind::kInsurance, pool.insurance_type, facts_.pool.insurance_type);
  }

  void Admitted(absl::Time time) {
    if (!MaySay(FactKind::kAdmitted)) return;
    facts_.admitted_at = time;
    facts_.admitted_on = ChinaDayText(time);
  }

  void Person(const v1::Person& said) {
    v1::Person& known = facts_.patient;
    Text(FactKind::kName, said.name(), *known.mutable_name());
    Text(FactKind::kInsuredNumber, said.insured_number(), *known.mutable_insured_number());
    Text(FactKind::kBirth, said.birth_on(), *known.mutable_birth_on());
    Text(FactKind::kPhone, said.phone(), *known.mutable_phone());
    if (said.id_number().empty() || !MaySay(FactKind::kIdNumber)) return;
    known.set_id_kind(said.id_kind());
    known.set_id_number(said.id_number());
  }

 private:
  const absl::Time own_;
  VisitFacts& facts_;
};

// Outpatients are settled on the day they come (med_type 11 to 19); nothing else tells their day.
bool IsOutpatient(const std::string& med_type) { return med_type.starts_with('1'); }

}  // namespace

std::string ToldTimes::ToText() const {
  std::string text;
  for (const absl::Time time : of) {
    absl::StrAppend(&text, text.empty() ? "" : " ",
                    time == absl::InfinitePast() ? "-" : absl::StrCat(absl::ToUnixMillis(time)));
  }
  return text;
}

ToldTimes ToldTimes::FromText(std::string_view text) {
  ToldTimes times;
  std::size_t kind = 0;
  const std::vector<std::string> words = absl::StrSplit(std::string(text), ' ', absl::SkipEmpty());
  for (const std::string& word : words) {
    std::int64_t ms = 0;
    if (kind < kFactKinds && absl::SimpleAtoi(word, &ms)) times.of[kind] = absl::FromUnixMillis(ms);
    ++kind;
  }
  return times;
}

bool IsOlder(absl::Time time, absl::Time than) {
  if (time >= than) return false;
  return !IsMidnight(time) || ChinaDate(time) != ChinaDate(than);
}

absl::Time OwnTime(const AdmissionDocument& admission, absl::Time now) {
  return std::min(admission.sent_at.value_or(now), now);
}

absl::Time OwnTime(const SettlementDocument& settlement, absl::Time now) {
  return std::min(settlement.settled_at.value_or(now), now);
}

VisitFacts FactsAfter(const AdmissionDocument& admission, const VisitFacts& before,
                      absl::Time own) {
  VisitFacts after = before;
  Learner learner(own, after);
  learner.Pool(admission.pool);
  learner.Person(PersonFrom(admission.patient, admission.source));
  if (admission.admitted_at) learner.Admitted(*admission.admitted_at);
  if (admission.discharge_withdrawn && learner.MaySay(FactKind::kDischarged)) {
    after.discharged_on.clear();
  }
  if (admission.discharged_at && learner.MaySay(FactKind::kDischarged)) {
    after.discharged_on = ChinaDayText(*admission.discharged_at);
  }
  std::vector<std::string> codes;
  for (const Diagnosis& diagnosis : admission.diagnoses) {
    if (!diagnosis.code.empty()) codes.push_back(diagnosis.code);
  }
  // A single fact of a visit does not speak for its other diagnoses.
  if (!codes.empty() && admission.whole && learner.MaySay(FactKind::kDiagnoses)) {
    after.diagnosis_codes = std::move(codes);
  }
  return after;
}

VisitFacts FactsAfter(const SettlementDocument& settlement, const VisitFacts& before,
                      absl::Time own) {
  VisitFacts after =
      FactsAfter(PersonFrom(settlement.patient, SourceKind::kNationalInterface), before, own);
  LearnPool(settlement.pool, own, after);
  if (IsOutpatient(settlement.med_type) && settlement.settled_at && !after.admitted_at) {
    // An admission message of any time says it better.
    LearnAdmission(*settlement.settled_at, absl::UnixEpoch(), after);
  }
  return after;
}

VisitFacts FactsAfter(const v1::Person& person, const VisitFacts& before, absl::Time own) {
  VisitFacts after = before;
  Learner(own, after).Person(person);
  return after;
}

void LearnAdmission(absl::Time admitted, absl::Time own, VisitFacts& facts) {
  Learner(own, facts).Admitted(admitted);
}

void LearnPool(const PoolHint& pool, absl::Time own, VisitFacts& facts) {
  Learner(own, facts).Pool(pool);
}

void LearnWord(Word word, absl::Time own, VisitFacts& facts) {
  if (Learner(own, facts).MaySay(FactKind::kWord)) facts.word = word;
}

PoolHint CompletePool(const PoolHint& pool, const VisitFacts& visit) {
  PoolHint complete = pool;
  if (complete.area_code.empty()) complete.area_code = visit.pool.area_code;
  if (complete.insurance_type.empty()) complete.insurance_type = visit.pool.insurance_type;
  return complete;
}

v1::Flag Completed(v1::Flag flag, const VisitFacts& visit) {
  flag.mutable_patient()->MergeFrom(visit.patient);  // Fields on which the visit is silent stay.
  if (visit.admitted_at) SetTime(*visit.admitted_at, *flag.mutable_admitted_time());
  if (!visit.pool.area_code.empty() && !visit.pool.insurance_type.empty()) {
    flag.set_pool(PoolNameOf(visit.pool));
  }
  return flag;
}

v1::Flag FilledFrom(const v1::Flag& flag, v1::Flag older) {
  if (flag.diagnosis_codes_size() > 0) older.clear_diagnosis_codes();
  if (flag.evidence_size() > 0) older.clear_evidence();
  older.MergeFrom(flag);
  return older;
}

std::vector<Missing> MissingFrom(const v1::Flag& flag) {
  std::vector<Missing> missing;
  if (flag.pool().empty()) missing.push_back(Missing::kPool);
  const v1::Person& patient = flag.patient();
  if (patient.name().empty() && patient.id_number().empty() && patient.insured_number().empty()) {
    missing.push_back(Missing::kPatient);
  }
  if (!flag.has_admitted_time()) missing.push_back(Missing::kAdmitted);
  return missing;
}

std::string InChinese(Missing missing) {
  switch (missing) {
    case Missing::kPool:
      return "统筹区与险种";
    case Missing::kPatient:
      return "姓名或证件号码";
    case Missing::kAdmitted:
      return "入院时间";
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::hospital::mapping
