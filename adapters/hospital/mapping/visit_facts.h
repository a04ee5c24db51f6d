// What is known of a visit, out of all its messages, in whatever order they arrive.
//
// Each fact keeps the time of the message that told it, which is the message's own (MSH-7, EVN-2,
// inf_time, setl_time): a message that is older than the one a fact came from does not change it.
// Silence takes nothing back. Pure values; the case book keeps them.
#ifndef RECOUP_ADAPTERS_HOSPITAL_MAPPING_VISIT_FACTS_H_
#define RECOUP_ADAPTERS_HOSPITAL_MAPPING_VISIT_FACTS_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "adapters/hospital/documents.h"
#include "recoup/v1/common.pb.h"
#include "recoup/v1/flag.pb.h"

namespace recoup::hospital::mapping {

// Stored by number: only added to.
enum class FactKind {
  kArea = 0,
  kInsurance = 1,
  kAdmitted = 2,
  kDischarged = 3,
  kName = 4,
  kIdNumber = 5,
  kInsuredNumber = 6,
  kBirth = 7,
  kPhone = 8,
  kDiagnoses = 9,
  kWord = 10,
};
inline constexpr std::size_t kFactKinds = 11;

// What the newest message that said anything of a third party said. Stored by number.
enum class Word { kNone = 0, kSpoke = 1, kDenied = 2, kCancelled = 3 };

// When each fact was told; InfinitePast: never, or before this was kept.
struct ToldTimes {
  std::array<absl::Time, kFactKinds> of;
  ToldTimes() { of.fill(absl::InfinitePast()); }
  absl::Time& operator[](FactKind kind) { return of[static_cast<std::size_t>(kind)]; }
  absl::Time operator[](FactKind kind) const { return of[static_cast<std::size_t>(kind)]; }
  // Milliseconds in the order of the kinds, "-" for never.
  std::string ToText() const;
  // Of an earlier version's text the rest is "never".
  static ToldTimes FromText(std::string_view text);
};

struct VisitFacts {
  PoolHint pool;
  std::string admitted_on;    // "YYYY-MM-DD", or empty.
  std::string discharged_on;  // The same.
  std::optional<absl::Time> admitted_at = std::nullopt;
  v1::Person patient = {};
  std::vector<std::string> diagnosis_codes = {};
  Word word = Word::kNone;
  ToldTimes told = {};
};

// A day without a time is as new as anything of that day.
bool IsOlder(absl::Time time, absl::Time than);

// When the sender made the message, and `now` where it does not say or its clock is ahead.
absl::Time OwnTime(const AdmissionDocument& admission, absl::Time now);
absl::Time OwnTime(const SettlementDocument& settlement, absl::Time now);

VisitFacts FactsAfter(const AdmissionDocument& admission, const VisitFacts& before, absl::Time own);
VisitFacts FactsAfter(const SettlementDocument& settlement, const VisitFacts& before,
                      absl::Time own);
// A person said it: the clerk, or a message about the patient beside the visit.
VisitFacts FactsAfter(const v1::Person& person, const VisitFacts& before, absl::Time own);
void LearnAdmission(absl::Time admitted, absl::Time own, VisitFacts& facts);
void LearnPool(const PoolHint& pool, absl::Time own, VisitFacts& facts);
void LearnWord(Word word, absl::Time own, VisitFacts& facts);

// `pool` completed by what the visit knows.
PoolHint CompletePool(const PoolHint& pool, const VisitFacts& visit);

// `flag` with person, time of admission and pool as the visit knows them.
v1::Flag Completed(v1::Flag flag, const VisitFacts& visit);
// `flag` where it speaks, and what only `older` says: for a message that comes too late to correct.
v1::Flag FilledFrom(const v1::Flag& flag, v1::Flag older);
// What the hub needs of a flag and this one lacks; empty: it can be sent.
enum class Missing { kPool, kPatient, kAdmitted };
std::vector<Missing> MissingFrom(const v1::Flag& flag);
std::string InChinese(Missing missing);

}  // namespace recoup::hospital::mapping

#endif  // RECOUP_ADAPTERS_HOSPITAL_MAPPING_VISIT_FACTS_H_
