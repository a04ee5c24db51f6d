// What courts push, and the leads that come of it.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_COURT_CASE_H_
#define RECOUP_HUB_DOMAIN_RECORDS_COURT_CASE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/records/person.h"
#include "hub/domain/states.h"

namespace recoup::domain {

struct LiabilityShare {
  std::string party;
  std::int32_t basis_points = 0;  // 7000 = 70 %.
  // Of the limit of the compulsory cover that the party failed to buy: what was left for the case.
  std::optional<Money> uninsured_medical{};

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "party", self.party);
    visit(2, "basis_points", self.basis_points);
    visit(3, "uninsured_medical", self.uninsured_medical);
  }
};

struct CourtObligation {
  std::string debtor;
  DebtorKind debtor_kind = DebtorKind::kPerson;
  std::string creditor;
  Money amount;
  std::optional<Money> medical;  // The medical part, where the text or the law's order gives it.
  std::optional<PolicyKind> policy_kind;
  std::optional<Money> medical_set_off{};  // Medical costs paid before, no longer in the amount.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "debtor", self.debtor);
    visit(2, "debtor_kind", self.debtor_kind);
    visit(3, "creditor", self.creditor);
    visit(4, "amount", self.amount);
    visit(5, "medical", self.medical);
    visit(6, "policy_kind", self.policy_kind);
    visit(7, "medical_set_off", self.medical_set_off);
  }
};

struct JudgedPolicy {
  std::string insurer;
  PolicyKind kind = PolicyKind::kCtp;
  std::optional<Money> limit;
  std::optional<Money> medical_remaining;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "insurer", self.insurer);
    visit(2, "kind", self.kind);
    visit(3, "limit", self.limit);
    visit(4, "medical_remaining", self.medical_remaining);
  }
};

// One element of the judgment with the sentence that shows it and the rule that read it.
struct ElementEvidence {
  std::string element;
  std::string sentence;
  std::string rule;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "element", self.element);
    visit(2, "sentence", self.sentence);
    visit(3, "rule", self.rule);
  }
};

// 履行情况: what has been paid on the judgment, as the court reports it.
struct Performance {
  absl::CivilDay reported_on;
  std::string debtor;
  Money amount;
  bool to_fund = false;
  std::string note;
  std::string payee;
  std::optional<Money> medical;
  bool complete = false;  // Nothing is left to be paid under the judgment.
  absl::Time recorded_time;
  std::string injured_person{};  // Of several: for whose injury, as named.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "reported_on", self.reported_on);
    visit(2, "debtor", self.debtor);
    visit(3, "amount", self.amount);
    visit(4, "to_fund", self.to_fund);
    visit(5, "note", self.note);
    visit(6, "payee", self.payee);
    visit(7, "medical", self.medical);
    visit(8, "complete", self.complete);
    visit(9, "recorded_time", self.recorded_time);
    visit(110, "injured_person", self.injured_person);
  }
};

// A report that the court took back.
struct WithdrawnPerformance {
  Performance performance;
  std::string reason;
  absl::Time withdrawn_time;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "performance", self.performance);
    visit(2, "reason", self.reason);
    visit(3, "withdrawn_time", self.withdrawn_time);
  }
};

// A decision of the same dispute that came before, as the document names it (原审).
struct EarlierCase {
  std::string court_name;  // Empty when the document names only the number.
  std::string case_number;
  std::string case_number_token;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "court_name", self.court_name);
    visit(2, "case_number", self.case_number);
    visit(3, "case_number_token", self.case_number_token);
  }
};

// A closed case (已结案件) with the elements of its judgment. It lives in the court's own
// partition; the fund sees it only after the court has consented to notify.
struct CourtCase {
  static constexpr RecordKind kKind = RecordKind::kCourtCase;
  CourtCaseId id;
  std::int64_t version = 0;
  PartyId court;
  CourtCaseState state = CourtCaseState::kPushed;
  std::string case_number;  // Normalised: half width, round brackets.
  std::string case_number_token;
  std::string court_name;
  DocumentType document_type = DocumentType::kJudgment;
  Instance instance = Instance::kFirst;
  std::string cause;
  absl::CivilDay closed_on;
  std::optional<absl::CivilDay> accident_on;
  std::vector<Person> injured;
  std::vector<LiabilityShare> liability;
  std::optional<Money> medical_total;    // A + C as judged.
  std::optional<Money> medical_awarded;  // B
  std::optional<Money> fund_paid;        // C
  std::optional<Money> self_paid;        // A
  Basis basis = Basis::kNone;
  Grade grade = Grade::kNoAdvance;
  std::vector<CourtObligation> obligations;
  std::vector<JudgedPolicy> policies;
  ThirdPartyKind third_party_kind = ThirdPartyKind::kUnknown;
  std::vector<std::string> hospitals;
  std::string document_sha256;
  std::vector<ElementEvidence> evidence;
  std::string elements;  // The bytes the court signed, and its signature over them.
  std::string signature;
  std::string signing_key_id;
  absl::Time recorded_time;
  std::optional<absl::Time> consented_time;
  std::string consented_by;
  std::optional<CourtCaseId> superseded_by;
  std::vector<Performance> performances;
  std::int32_t case_version = 1;  // One more for each amendment; what the receipt names.
  std::optional<absl::Time> consent_changed_time;
  absl::Time first_recorded_time;
  PartyId superseded_by_court;  // Set with superseded_by; another court when of a higher instance.
  std::vector<EarlierCase> earlier_cases;
  std::optional<CaseOutcome> outcome;  // What it does to them; absent when the document is silent.
  std::vector<WithdrawnPerformance> withdrawn_performances{};  // Oldest first; they count no more.
  std::optional<Grade> grade_of_elements{};                    // As the court's adapter saw it.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "court", self.court);
    visit(4, "state", self.state);
    visit(5, "case_number", self.case_number);
    visit(6, "case_number_token", self.case_number_token);
    visit(7, "court_name", self.court_name);
    visit(8, "document_type", self.document_type);
    visit(9, "instance", self.instance);
    visit(10, "cause", self.cause);
    visit(11, "closed_on", self.closed_on);
    visit(12, "accident_on", self.accident_on);
    visit(13, "injured", self.injured);
    visit(14, "liability", self.liability);
    visit(15, "medical_total", self.medical_total);
    visit(16, "medical_awarded", self.medical_awarded);
    visit(17, "fund_paid", self.fund_paid);
    visit(18, "self_paid", self.self_paid);
    visit(19, "basis", self.basis);
    visit(20, "grade", self.grade);
    visit(21, "obligations", self.obligations);
    visit(22, "policies", self.policies);
    visit(23, "third_party_kind", self.third_party_kind);
    visit(24, "hospitals", self.hospitals);
    visit(25, "document_sha256", self.document_sha256);
    visit(26, "evidence", self.evidence);
    visit(27, "elements", self.elements);
    visit(28, "signature", self.signature);
    visit(29, "signing_key_id", self.signing_key_id);
    visit(30, "recorded_time", self.recorded_time);
    visit(31, "consented_time", self.consented_time);
    visit(32, "consented_by", self.consented_by);
    visit(33, "superseded_by", self.superseded_by);
    visit(34, "performances", self.performances);
    visit(35, "case_version", self.case_version);
    visit(36, "consent_changed_time", self.consent_changed_time);
    visit(37, "first_recorded_time", self.first_recorded_time);
    visit(38, "superseded_by_court", self.superseded_by_court);
    visit(39, "earlier_cases", self.earlier_cases);
    visit(40, "outcome", self.outcome);
    visit(41, "withdrawn_performances", self.withdrawn_performances);
    visit(42, "grade_of_elements", self.grade_of_elements);
  }
  const std::string& partition() const { return court.value; }
  void Index(IndexEntries& out) const;
};

struct LeadReason {
  std::string rule;
  std::string text;
  std::int32_t points = 0;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "rule", self.rule);
    visit(2, "text", self.text);
    visit(3, "points", self.points);
  }
};

// One person's visits that may be the injury the judgment speaks of.
struct LeadCandidate {
  std::vector<AdvanceId> advances;
  std::vector<FlagId> flags;
  std::int32_t score = 0;
  std::vector<LeadReason> reasons;
  Person person;  // As the hospital knows them.
  Money amount;   // Sum of the advances.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "advances", self.advances);
    visit(2, "flags", self.flags);
    visit(3, "score", self.score);
    visit(4, "reasons", self.reasons);
    visit(5, "person", self.person);
    visit(6, "amount", self.amount);
  }
};

// Lead::decided_by when no person decided.
inline constexpr char kDecidedByRule[] = "rule";

// A scored, explained link between a court case and what a pool paid (追偿线索).
struct Lead {
  static constexpr RecordKind kKind = RecordKind::kLead;
  LeadId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId court;
  CourtCaseId court_case;
  std::string person_name;
  std::int32_t person_index = 0;  // Which injured person of the case.
  LeadState state = LeadState::kReview;
  std::vector<LeadCandidate> candidates;  // Best first.
  std::int32_t margin = 0;                // Score of the best above the runner-up.
  std::string verdict;                    // Why it is certain or needs a person.
  std::string rule_version;
  absl::Time created_time;
  std::string decided_by;
  std::string decision_reason;
  std::optional<absl::Time> decided_time;
  std::optional<RecoveryId> recovery;
  std::string case_number;
  std::optional<std::int32_t> chosen;  // The candidate that was confirmed.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "court", self.court);
    visit(5, "court_case", self.court_case);
    visit(6, "person_name", self.person_name);
    visit(7, "person_index", self.person_index);
    visit(8, "state", self.state);
    visit(9, "candidates", self.candidates);
    visit(10, "margin", self.margin);
    visit(11, "verdict", self.verdict);
    visit(12, "rule_version", self.rule_version);
    visit(13, "created_time", self.created_time);
    visit(14, "decided_by", self.decided_by);
    visit(15, "decision_reason", self.decision_reason);
    visit(16, "decided_time", self.decided_time);
    visit(17, "recovery", self.recovery);
    visit(18, "case_number", self.case_number);
    visit(19, "chosen", self.chosen);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_COURT_CASE_H_
