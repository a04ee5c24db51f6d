// A mediation (调解) of one or more demands: offers, terms, protocol, judicial confirmation.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_MEDIATION_H_
#define RECOUP_HUB_DOMAIN_RECORDS_MEDIATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/money.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/states.h"

namespace recoup::domain {

// What is offered or agreed for one demand: what is paid, what is given up, and when.
struct AgreedDemand {
  DemandId demand;
  Money agreed;
  Money relinquished;
  std::vector<Instalment> instalments;
  // Where a share was named instead of amounts, in basis points of what is open: the amounts follow
  // from it.
  std::optional<std::int64_t> ratio_bp;
  bool operator==(const AgreedDemand&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "demand", self.demand);
    visit(2, "agreed", self.agreed);
    visit(3, "relinquished", self.relinquished);
    visit(4, "instalments", self.instalments);
    visit(5, "ratio_bp", self.ratio_bp);
  }
};

struct Offer {
  std::string by;  // Party.
  absl::Time offered_time;
  std::vector<AgreedDemand> terms;
  std::string text;
  std::optional<absl::CivilDay> valid_until;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "by", self.by);
    visit(2, "offered_time", self.offered_time);
    visit(3, "terms", self.terms);
    visit(4, "text", self.text);
    visit(5, "valid_until", self.valid_until);
  }
};

// One of those who mediate (调解员).
struct PanelMember {
  std::string name;
  std::string role;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "name", self.name);
    visit(2, "role", self.role);
  }
};

// The signed minutes by which a mediation body proves what both sides have agreed.
struct MediationProtocol {
  std::string number;
  std::string debtor_signatory;
  std::string document_sha256;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "number", self.number);
    visit(2, "debtor_signatory", self.debtor_signatory);
    visit(3, "document_sha256", self.document_sha256);
  }
};

// The court's ruling on the agreement (司法确认).
struct JudicialRuling {
  std::string case_number;
  std::string court_name;
  absl::CivilDay decided_on;
  bool confirmed = false;  // False: the court refused.
  std::string document_sha256;
  bool operator==(const JudicialRuling&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "case_number", self.case_number);
    visit(2, "court_name", self.court_name);
    visit(3, "decided_on", self.decided_on);
    visit(4, "confirmed", self.confirmed);
    visit(5, "document_sha256", self.document_sha256);
  }
};

struct Mediation {
  static constexpr RecordKind kKind = RecordKind::kMediation;
  MediationId id;
  std::int64_t version = 0;
  PoolId pool;
  MediationState state = MediationState::kOpen;
  PartyId mediator;
  std::vector<DemandId> demands;
  std::vector<Offer> offers;
  std::vector<AgreedDemand> agreement;
  std::string agreement_reason;
  std::optional<absl::CivilDay> agreed_on;
  std::optional<absl::CivilDay>
      confirmation_due_on;  // Joint application within 30 days (民诉法 205).
  std::optional<JudicialRuling> ruling;
  std::optional<ApprovalId> approval;
  std::string failure_reason;
  std::string rejection_reason;  // Why the last agreement was not approved.
  absl::Time opened_time;
  absl::Time recorded_time;
  std::vector<PanelMember> panel;
  std::optional<MediationProtocol> protocol;  // What proves the agreement of both sides.

  // What the debtors are to pay by the agreement.
  Money agreed() const {
    Money sum;
    for (const AgreedDemand& term : agreement) sum += term.agreed;
    return sum;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "state", self.state);
    visit(5, "mediator", self.mediator);
    visit(6, "demands", self.demands);
    visit(7, "offers", self.offers);
    visit(8, "agreement", self.agreement);
    visit(9, "agreement_reason", self.agreement_reason);
    visit(10, "agreed_on", self.agreed_on);
    visit(11, "confirmation_due_on", self.confirmation_due_on);
    visit(12, "ruling", self.ruling);
    visit(13, "approval", self.approval);
    visit(14, "failure_reason", self.failure_reason);
    visit(15, "opened_time", self.opened_time);
    visit(16, "rejection_reason", self.rejection_reason);
    visit(17, "recorded_time", self.recorded_time);
    visit(18, "panel", self.panel);
    visit(19, "protocol", self.protocol);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_MEDIATION_H_
