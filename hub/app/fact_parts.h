// The parts of large records that reconciliation looks at. Their fields carry the numbers of the
// whole record (hub/domain/records), so a stored record decodes into its part and everything else
// is skipped: no strings are made that nobody reads. Texts are views into the decoded bytes, days
// are numbers since 1970-01-01, as both are stored. They are never encoded.
#ifndef RECOUP_HUB_APP_FACT_PARTS_H_
#define RECOUP_HUB_APP_FACT_PARTS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/records/demand.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

// Of domain::DemandLine.
struct LinePart {
  domain::StageAmounts stages;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(3, "stages", self.stages);
  }
};

// Of domain::Demand: what a demand is called, who owes it, and what is open.
struct DemandPart {
  static constexpr domain::RecordKind kKind = domain::RecordKind::kDemand;
  domain::DemandId id;
  std::string_view debtor_name;
  std::string_view debtor_party;
  std::string_view case_number;
  std::string_view reference;
  domain::Money amount;
  std::vector<LinePart> lines;
  std::int32_t issued_on = 0;
  std::optional<std::int32_t> due_on;
  std::vector<domain::Instalment> instalments;

  domain::Money open() const {
    domain::Money sum;
    for (const LinePart& line : lines) sum += line.stages.open();
    return sum;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(8, "debtor_name", self.debtor_name);
    visit(9, "debtor_party", self.debtor_party);
    visit(11, "case_number", self.case_number);
    visit(12, "reference", self.reference);
    visit(13, "amount", self.amount);
    visit(14, "lines", self.lines);
    visit(15, "issued_on", self.issued_on);
    visit(16, "due_on", self.due_on);
    visit(17, "instalments", self.instalments);
  }
};

// Of domain::Application.
struct ApplicationPart {
  domain::Money amount;
  domain::Money returned;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(2, "amount", self.amount);
    visit(3, "returned", self.returned);
  }
};

// Of domain::StatementEntry: what the bank says of a payment, and what is left of it.
struct EntryPart {
  static constexpr domain::RecordKind kKind = domain::RecordKind::kStatementEntry;
  domain::StatementEntryId id;
  std::string_view bank_reference;
  std::int32_t booked_on = 0;
  std::int32_t valued_on = 0;
  domain::Money amount;
  domain::Direction direction = domain::Direction::kCredit;
  bool reversal = false;
  std::string_view counterparty_name;
  std::string_view counterparty_account;
  std::string_view end_to_end_id;
  std::string_view creditor_reference;
  std::string_view remittance_text;
  std::string_view return_reason;
  domain::Money unapplied;
  std::vector<ApplicationPart> applications;
  domain::Money batched;

  domain::Money applied() const {
    domain::Money sum = batched;
    for (const ApplicationPart& part : applications) sum += part.amount - part.returned;
    return sum;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(7, "bank_reference", self.bank_reference);
    visit(8, "booked_on", self.booked_on);
    visit(9, "valued_on", self.valued_on);
    visit(10, "amount", self.amount);
    visit(11, "direction", self.direction);
    visit(12, "reversal", self.reversal);
    visit(13, "counterparty_name", self.counterparty_name);
    visit(14, "counterparty_account", self.counterparty_account);
    visit(15, "end_to_end_id", self.end_to_end_id);
    visit(16, "creditor_reference", self.creditor_reference);
    visit(17, "remittance_text", self.remittance_text);
    visit(18, "return_reason", self.return_reason);
    visit(20, "unapplied", self.unapplied);
    visit(22, "applications", self.applications);
    visit(26, "batched", self.batched);
  }
};

// Of domain::StatementEntry: what moved in which account, and whether it is in the books.
struct BookedPart {
  static constexpr domain::RecordKind kKind = domain::RecordKind::kStatementEntry;
  domain::StatementEntryId id;
  std::string_view account;
  std::int32_t booked_on = 0;
  domain::Money amount;
  domain::Direction direction = domain::Direction::kCredit;
  domain::StatementEntryState state = domain::StatementEntryState::kUnmatched;
  std::optional<domain::StatementEntryId> returns;
  std::int64_t event_sequence = 0;
  std::int64_t settled_event = 0;
  std::int64_t delivery_event = 0;
  std::vector<std::int64_t> further_delivery_events;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(5, "account", self.account);
    visit(8, "booked_on", self.booked_on);
    visit(10, "amount", self.amount);
    visit(11, "direction", self.direction);
    visit(19, "state", self.state);
    visit(23, "returns", self.returns);
    visit(29, "event_sequence", self.event_sequence);
    visit(30, "settled_event", self.settled_event);
    visit(110, "delivery_event", self.delivery_event);
    visit(112, "further_delivery_events", self.further_delivery_events);
  }
};

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_FACT_PARTS_H_
