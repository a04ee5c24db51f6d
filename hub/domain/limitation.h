// The limitation clock (诉讼时效) of one debtor: until when a court must hear the claim.
//
// Three years from knowing of the damage and the obligor, or from the last due date of instalments
// (民法典 188, 189); the first day is not counted, the last is the same day of the month or the
// month's end, moved to the next working day (201 to 203). An interruption starts the period anew,
// a proceeding at its end (195); one against a joint debtor counts for all (法释〔2020〕17号 15).
// An obstacle in the last six months gives six months after it ends (194). Never later than twenty
// years from the damage, though a court may extend that (188).
//
// Expiry is a defence only the debtor can raise (192, 193): EXPIRED never bars a demand here. What
// happens after expiry does not restart the clock; whether an acknowledgement then gives up the
// defence is for a person to judge, and the explanation says so. Pure and deterministic.
#ifndef RECOUP_HUB_DOMAIN_LIMITATION_H_
#define RECOUP_HUB_DOMAIN_LIMITATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/domain/calendar.h"
#include "hub/domain/enum.h"
#include "hub/domain/explanation.h"
#include "hub/domain/policy_data.h"

namespace recoup::domain {

#define RECOUP_INTERRUPTION_KINDS(X)                             \
  X(kDemand, 1, "DEMAND", "追偿函送达")                          \
  X(kAcknowledgement, 2, "ACKNOWLEDGEMENT", "义务人承认")        \
  X(kPartPayment, 3, "PART_PAYMENT", "部分履行")                 \
  X(kInstalmentPromise, 4, "INSTALMENT_PROMISE", "承诺分期履行") \
  X(kSuit, 5, "SUIT", "起诉、仲裁或支付令")                      \
  X(kMediation, 6, "MEDIATION", "申请调解")                      \
  X(kPoliceReport, 7, "POLICE_REPORT", "报案")                   \
  X(kObstacle, 8, "OBSTACLE", "障碍（时效中止）")
RECOUP_ENUM(InterruptionKind, RECOUP_INTERRUPTION_KINDS)

#define RECOUP_LIMITATION_STATES(X)         \
  X(kRunning, 1, "RUNNING", "未届满")       \
  X(kSoonDue, 2, "SOON_DUE", "即将届满")    \
  X(kExpired, 3, "EXPIRED", "已届满")       \
  X(kProceeding, 4, "PROCEEDING", "程序中") \
  X(kObstructed, 5, "OBSTRUCTED", "障碍未消除")
RECOUP_ENUM(LimitationState, RECOUP_LIMITATION_STATES)

// A SUIT, MEDIATION or POLICE_REPORT: the period runs anew from its end only (民法典 195).
bool IsProceeding(InterruptionKind kind);

// What a debtor's record keeps of what moves the clock. An OBSTACLE is kept beside the
// interruptions, but suspends only: LimitationInput takes it as a Suspension.
struct Interruption {
  InterruptionKind kind = InterruptionKind::kDemand;
  absl::CivilDay date;  // A demand: when it arrived or should have arrived.
  // Only a proceeding or an OBSTACLE has an end; while it has none, the clock stands.
  std::optional<absl::CivilDay> ended_on;
  std::string debtor;
  std::string evidence;           // A delivery receipt, a bank entry: without it nothing is proven.
  std::string document_sha256{};  // Of the document that proves it, 32 bytes; empty: none.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "kind", self.kind);
    visit(2, "date", self.date);
    visit(3, "ended_on", self.ended_on);
    visit(4, "debtor", self.debtor);
    visit(5, "evidence", self.evidence);
    visit(90, "document_sha256", self.document_sha256);
  }
};

// An obstacle such as force majeure, or no representative (民法典 194).
struct Suspension {
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;  // Absent: it continues.
  std::string reason;
};

struct LimitationInput {
  std::string pool;
  std::string debtor;
  std::vector<std::string> jointly_with;
  absl::CivilDay damage_on;
  absl::CivilDay known_on;  // Damage and obligor known.
  std::optional<absl::CivilDay> last_instalment_due;
  std::vector<Interruption> interruptions;  // In any order, no OBSTACLE.
  std::vector<Suspension> suspensions;
  absl::CivilDay today;
};

struct Limitation {
  // The last day. Absent while a proceeding or an obstacle continues.
  std::optional<absl::CivilDay> expires_on;
  // The day the period that ends then began: the first start or the last interruption that counts.
  absl::CivilDay started_on;
  LimitationState state = LimitationState::kRunning;
  Explanation explanation;
};

// Events after `today` are faults, as are events without evidence: all faults are named.
absl::StatusOr<Limitation> LimitationOf(const LimitationInput& input,
                                        const PolicyData& policy_data);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_LIMITATION_H_
