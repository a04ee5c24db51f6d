// A flat-quota agreement (定额分摊协议) between a pool and an insurer: of demands that fall under
// it the insurer pays a fixed share without dispute, and the fund gives up the rest.
//
// After the German Teilungsabkommen: a framework for many small cases in which proving liability
// would cost both sides more than it decides.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_AGREEMENT_H_
#define RECOUP_HUB_DOMAIN_RECORDS_AGREEMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enum.h"
#include "hub/domain/enums.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/states.h"

namespace recoup::domain {

// What the two sides agree on.
struct AgreementTerms {
  ThirdPartyKind third_party_kind = ThirdPartyKind::kUnknown;
  std::optional<PolicyKind> policy_kind;  // Absent: whatever policy pays.
  bool judged = false;                    // Demands that rest on a judgment fall under it too.
  std::int64_t quota_basis_points = 0;
  Money cap;  // Of what one insurer is asked in one recovery; above it the ordinary way.
  // Days of the accident, both included; without a last day, until it is ended.
  absl::CivilDay effective_from;
  std::optional<absl::CivilDay> effective_until;
  std::int64_t notice_days = 0;  // Between saying that it shall end and its last day.
  bool operator==(const AgreementTerms&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "third_party_kind", self.third_party_kind);
    visit(2, "policy_kind", self.policy_kind);
    visit(3, "judged", self.judged);
    visit(4, "quota_basis_points", self.quota_basis_points);
    visit(5, "cap", self.cap);
    visit(6, "effective_from", self.effective_from);
    visit(7, "effective_until", self.effective_until);
    visit(8, "notice_days", self.notice_days);
  }
};

// What a side says to a proposal. Numbers equal recoup.v1.AgreementAnswer.
#define RECOUP_AGREEMENT_ANSWERS(X)   \
  X(kAccept, 1, "ACCEPT", "同意")     \
  X(kDecline, 2, "DECLINE", "不同意") \
  X(kWithdraw, 3, "WITHDRAW", "撤回")
RECOUP_ENUM(AgreementAnswer, RECOUP_AGREEMENT_ANSWERS)

struct AgreementChange {
  AgreementState to = AgreementState::kDrafted;
  std::string actor;
  absl::Time recorded_time;
  std::string text;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "to", self.to);
    visit(2, "actor", self.actor);
    visit(3, "recorded_time", self.recorded_time);
    visit(4, "text", self.text);
  }
};

struct Agreement {
  static constexpr RecordKind kKind = RecordKind::kAgreement;
  AgreementId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId insurer;
  AgreementState state = AgreementState::kDrafted;
  AgreementTerms terms;
  bool proposed_by_fund = false;
  bool shown_to_insurer = false;
  std::optional<AgreementId> replaces;
  std::optional<ApprovalId> approval;
  std::vector<AgreementChange> changes;  // Oldest first.
  // What it has settled so far.
  std::int64_t settled_demands = 0;
  Money accepted;
  Money relinquished;

  // Its terms hold for accidents of its days. One that was ended goes on holding for accidents up
  // to its last day, however late they are claimed.
  bool is_binding() const {
    return state == AgreementState::kInForce || state == AgreementState::kEnded;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "insurer", self.insurer);
    visit(5, "state", self.state);
    visit(6, "terms", self.terms);
    visit(7, "proposed_by_fund", self.proposed_by_fund);
    visit(8, "shown_to_insurer", self.shown_to_insurer);
    visit(9, "replaces", self.replaces);
    visit(10, "approval", self.approval);
    visit(11, "changes", self.changes);
    visit(12, "settled_demands", self.settled_demands);
    visit(13, "accepted", self.accepted);
    visit(14, "relinquished", self.relinquished);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_AGREEMENT_H_
