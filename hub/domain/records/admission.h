// What hospitals report: flags and the settlements that become advances.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_ADMISSION_H_
#define RECOUP_HUB_DOMAIN_RECORDS_ADMISSION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/records/person.h"
#include "hub/domain/stage.h"
#include "hub/domain/states.h"

namespace recoup::domain {

// Why somebody or a rule says so, in words a clerk reads.
struct Evidence {
  std::string rule;
  std::string text;
  bool operator==(const Evidence&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "rule", self.rule);
    visit(2, "text", self.text);
  }
};

struct FlagChange {
  absl::Time recorded_time;
  absl::Time happened_time;
  FlagState to = FlagState::kSuspected;
  ThirdPartyKind third_party_kind = ThirdPartyKind::kUnknown;
  std::string actor;
  std::string reason;
  std::vector<std::string> changed_fields{};  // Of the API's Flag; empty for the first version.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "recorded_time", self.recorded_time);
    visit(2, "happened_time", self.happened_time);
    visit(3, "to", self.to);
    visit(4, "third_party_kind", self.third_party_kind);
    visit(5, "actor", self.actor);
    visit(6, "reason", self.reason);
    visit(90, "changed_fields", self.changed_fields);
  }
};

// A hospital's statement that an admission may involve a third party (外伤/第三方标志).
struct Flag {
  static constexpr RecordKind kKind = RecordKind::kFlag;
  FlagId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId hospital;
  std::string visit_id;
  Person patient;
  absl::Time admitted_time;
  FlagState state = FlagState::kSuspected;
  ThirdPartyKind third_party_kind = ThirdPartyKind::kUnknown;
  std::optional<absl::CivilDay> accident_on;
  std::string accident_place;
  std::vector<std::string> diagnosis_codes;
  std::vector<Evidence> evidence;
  std::string plate;
  std::string insurer_name;
  std::vector<FlagChange> history;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "hospital", self.hospital);
    visit(5, "visit_id", self.visit_id);
    visit(6, "patient", self.patient);
    visit(7, "admitted_time", self.admitted_time);
    visit(8, "state", self.state);
    visit(9, "third_party_kind", self.third_party_kind);
    visit(10, "accident_on", self.accident_on);
    visit(11, "accident_place", self.accident_place);
    visit(12, "diagnosis_codes", self.diagnosis_codes);
    visit(13, "evidence", self.evidence);
    visit(14, "plate", self.plate);
    visit(15, "insurer_name", self.insurer_name);
    visit(16, "history", self.history);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

// One row of setldetail: who paid how much. Only rows of the fund's own types count into the
// advance.
struct FundLine {
  std::string fund_pay_type;
  std::string name;
  Money amount;
  bool is_fund = false;
  bool operator==(const FundLine&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "fund_pay_type", self.fund_pay_type);
    visit(2, "name", self.name);
    visit(3, "amount", self.amount);
    visit(4, "is_fund", self.is_fund);
  }
};

// What a medical bill says of itself. Numbers equal recoup.v1.BillState.
#define RECOUP_BILL_STATES(X)           \
  X(kNormal, 1, "NORMAL", "正常")       \
  X(kRed, 2, "RED", "红字票据")         \
  X(kReversed, 3, "REVERSED", "已冲红") \
  X(kExchanged, 4, "EXCHANGED", "已换开")
RECOUP_ENUM(BillState, RECOUP_BILL_STATES)

// A medical bill attached to an advance as evidence, with what was seen on it.
struct AttachedBill {
  std::string number;
  std::string code;
  std::optional<Money> total;
  std::optional<Money> fund_paid;
  std::optional<absl::CivilDay> issued_on;
  BillState state = BillState::kNormal;
  std::int64_t confidence_percent = 100;
  std::string evidence;  // In words a person reads: what was read where, and how surely.
  std::string source;
  PartyId attached_by;
  absl::Time attached_time;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "number", self.number);
    visit(2, "code", self.code);
    visit(3, "total", self.total);
    visit(4, "fund_paid", self.fund_paid);
    visit(5, "issued_on", self.issued_on);
    visit(6, "state", self.state);
    visit(7, "confidence_percent", self.confidence_percent);
    visit(8, "evidence", self.evidence);
    visit(9, "source", self.source);
    visit(10, "attached_by", self.attached_by);
    visit(11, "attached_time", self.attached_time);
  }
};

// What one pool paid in one hospital settlement (垫付). A candidate is recorded but off the books
// until a flag or a confirmed lead claims it; once on the books its amount is spread over the
// stages.
struct Advance {
  static constexpr RecordKind kKind = RecordKind::kAdvance;
  AdvanceId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId hospital;
  std::string visit_id;
  std::string settlement_id;
  std::string sender_message_id;
  Person patient;
  absl::CivilDay admitted_on;
  absl::CivilDay discharged_on;
  absl::Time settled_time;
  absl::Time recorded_time;
  Money total;      // medfee_sumamt
  Money amount;     // C: what the pool paid; the sum of the fund's own lines.
  Money self_paid;  // A: psn_part_amt, the personal account included.
  Money account_paid;
  Money cash_paid;
  Money hospital_paid;
  std::vector<FundLine> fund_lines;
  std::vector<std::string> quality_notes;
  std::vector<std::string> invoice_numbers;
  AdvanceState state = AdvanceState::kCandidate;
  StageAmounts stages;  // Sums to `amount` while on the books, to zero before and after.
  std::optional<FlagId> flag;
  std::optional<RecoveryId> recovery;
  std::vector<std::int64_t> transfers;  // Journal sequence numbers, oldest first.
  std::string reversal_id;              // The hospital's reversal (2305), when there is one.
  std::vector<AttachedBill> bills;      // Their numbers are among invoice_numbers.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "hospital", self.hospital);
    visit(5, "visit_id", self.visit_id);
    visit(6, "settlement_id", self.settlement_id);
    visit(7, "sender_message_id", self.sender_message_id);
    visit(8, "patient", self.patient);
    visit(9, "admitted_on", self.admitted_on);
    visit(10, "discharged_on", self.discharged_on);
    visit(11, "settled_time", self.settled_time);
    visit(12, "recorded_time", self.recorded_time);
    visit(13, "total", self.total);
    visit(14, "amount", self.amount);
    visit(15, "self_paid", self.self_paid);
    visit(16, "account_paid", self.account_paid);
    visit(17, "cash_paid", self.cash_paid);
    visit(18, "hospital_paid", self.hospital_paid);
    visit(19, "fund_lines", self.fund_lines);
    visit(20, "quality_notes", self.quality_notes);
    visit(21, "invoice_numbers", self.invoice_numbers);
    visit(22, "state", self.state);
    visit(23, "stages", self.stages);
    visit(24, "flag", self.flag);
    visit(25, "recovery", self.recovery);
    visit(26, "transfers", self.transfers);
    visit(27, "reversal_id", self.reversal_id);
    visit(28, "bills", self.bills);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_ADMISSION_H_
