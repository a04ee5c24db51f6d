// The keys each record is found by.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "hub/domain/plate.h"
#include "hub/domain/records/account.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/agreement.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/close.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/letter.h"
#include "hub/domain/records/mediation.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/records/registry.h"
#include "hub/domain/records/settlement.h"
#include "hub/domain/records/split.h"

namespace recoup::domain {
namespace {

void AddUnique(IndexEntries& out, UniqueKeyKind kind,
               std::initializer_list<std::string_view> parts) {
  out.unique.push_back({kind, Key(parts)});
}
void AddLookup(IndexEntries& out, LookupKind kind, std::initializer_list<std::string_view> parts) {
  out.lookup.push_back({kind, Key(parts)});
}
// By number and by name: a judgment may name a person without the number that the hospital knows.
void AddPerson(IndexEntries& out, LookupKind by_id, LookupKind by_name, const Person& person) {
  if (!person.id_token.empty()) AddLookup(out, by_id, {person.id_token});
  if (!person.name_token.empty()) AddLookup(out, by_name, {person.name_token});
}

}  // namespace

void Flag::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kFlagOfVisit, {pool.value, hospital.value, visit_id});
  AddPerson(out, LookupKind::kFlagOfPerson, LookupKind::kFlagOfPersonName, patient);
}

void Advance::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kAdvanceOfSettlement, {pool.value, hospital.value, settlement_id});
  if (state == AdvanceState::kReversed) return;
  AddPerson(out, LookupKind::kAdvanceOfPerson, LookupKind::kAdvanceOfPersonName, patient);
  AddLookup(out, LookupKind::kAdvanceOfVisit, {pool.value, hospital.value, visit_id});
  for (const std::string& number : invoice_numbers) {
    AddLookup(out, LookupKind::kAdvanceOfBill, {number});
  }
}

void CourtCase::Index(IndexEntries& out) const {
  if (state != CourtCaseState::kSuperseded && state != CourtCaseState::kWithdrawn) {
    AddUnique(out, UniqueKeyKind::kCourtCaseOfNumber, {court.value, case_number_token});
  }
  if (state != CourtCaseState::kNotified) return;
  AddLookup(out, LookupKind::kCourtCaseOfCaseNumber, {case_number_token});
  for (const EarlierCase& earlier : earlier_cases) {
    AddLookup(out, LookupKind::kCourtCaseOfEarlierNumber, {earlier.case_number_token});
  }
  if (accident_on) {
    std::set<std::string> insurers;
    for (const JudgedPolicy& policy : policies) insurers.insert(policy.insurer);
    for (const std::string& insurer : insurers) {
      AddLookup(out, LookupKind::kCourtCaseOfAccident,
                {absl::FormatCivilTime(*accident_on), insurer});
    }
  }
  for (const Person& person : injured) {
    AddPerson(out, LookupKind::kCourtCaseOfPerson, LookupKind::kCourtCaseOfPersonName, person);
  }
}

void Lead::Index(IndexEntries& out) const {
  AddLookup(out, LookupKind::kLeadOfCourtCase, {court_case.value.ToBytes()});
  if (state == LeadState::kReview) AddLookup(out, LookupKind::kLeadInReview, {pool.value});
}

void Recovery::Index(IndexEntries& out) const {
  if (court_case) AddLookup(out, LookupKind::kRecoveryOfCourtCase, {court_case->value.ToBytes()});
  if (state != RecoveryState::kClosed) AddLookup(out, LookupKind::kRecoveryOpen, {pool.value});
  for (const LimitClaim& claim : limit_claims) {
    if (claim.policy) {
      AddLookup(out, LookupKind::kRecoveryOfPolicy,
                {claim.policy->value.ToBytes(), absl::FormatCivilTime(claim.accident_on)});
    } else if (!claim.party.empty()) {
      AddLookup(out, LookupKind::kRecoveryOfInsurer,
                {claim.party.value, absl::FormatCivilTime(absl::CivilMonth(claim.accident_on))});
    }
  }
  std::set<std::string> insurers;
  for (const Debtor& share : agreed_shares) {
    if (!share.party.empty() && !share.policy) insurers.insert(share.party.value);
  }
  for (const std::string& insurer : insurers) {
    for (const std::string& plate : plates) {
      AddLookup(out, LookupKind::kRecoveryOfPlate, {insurer, plate});
    }
  }
}

Money Demand::Sum(Stage stage) const {
  Money sum;
  for (const DemandLine& line : lines) sum += line.stages.at(stage);
  return sum;
}

Money Demand::open() const {
  Money sum;
  for (const DemandLine& line : lines) sum += line.stages.open();
  return sum;
}

std::optional<absl::CivilDay> Demand::next_due_on() const {
  if (instalments.empty()) return due_on;
  std::optional<absl::CivilDay> unpaid;
  absl::CivilDay last = instalments.front().due_on;
  for (const Instalment& instalment : instalments) {
    last = std::max(last, instalment.due_on);
    if (instalment.paid < instalment.amount) {
      unpaid = std::min(unpaid.value_or(instalment.due_on), instalment.due_on);
    }
  }
  return unpaid.value_or(last);
}

void Demand::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kDemandOfReference, {reference});
  AddLookup(out, LookupKind::kDemandOfRecovery, {recovery.value.ToBytes()});
  if (state == DemandState::kDraft && policy) {
    AddLookup(out, LookupKind::kDraftOfPolicy, {policy->value.ToBytes()});
  }
  if (state == DemandState::kWithdrawn && issued_on && !debtor_party.empty()) {
    AddLookup(out, LookupKind::kDemandWithdrawnFrom, {debtor_party.value});
  }
  if (!is_issued()) return;
  if (state != DemandState::kPaid) AddLookup(out, LookupKind::kDemandOpen, {pool.value});
  if (Sum(Stage::kRecovered).is_positive()) {
    AddLookup(out, LookupKind::kDemandRecovered, {pool.value});
  }
  if (!debtor_party.empty()) AddLookup(out, LookupKind::kDemandOfDebtorParty, {debtor_party.value});
  if (state == DemandState::kPaid && !debtor_token.empty() && applied().is_positive()) {
    const std::string& debtor = debtor_party.empty() ? debtor_token : debtor_party.value;
    AddLookup(out, LookupKind::kDemandPaidBy, {pool.value, debtor, absl::StrCat(amount.fen())});
    // kDemandOfDebtorParty finds those of a party.
    if (debtor_party.empty()) AddLookup(out, LookupKind::kDemandPaidBy, {pool.value, debtor});
  }
  if (policy && (Sum(Stage::kAgreed) + applied()).is_positive()) {
    AddLookup(out, LookupKind::kDemandAcceptedOfPolicy, {policy->value.ToBytes()});
  }
  for (const SettlementLine& line : settlement_lines) {
    AddLookup(out, LookupKind::kSettlementLine,
              {line.part.value.ToBytes(), absl::StrCat(line.page)});
  }
}

void Mediation::Index(IndexEntries& out) const {
  for (const DemandId& demand : demands) {
    AddLookup(out, LookupKind::kMediationOfDemand, {demand.value.ToBytes()});
  }
  AddLookup(out, LookupKind::kMediationOfMediator, {mediator.value});
}

void Approval::Index(IndexEntries& out) const {
  if (state == ApprovalState::kPending) AddLookup(out, LookupKind::kApprovalPending, {pool.value});
}

void Letter::Index(IndexEntries& out) const {
  if (demand) AddLookup(out, LookupKind::kLetterOfDemand, {demand->value.ToBytes()});
  if (inquiry) AddLookup(out, LookupKind::kInquiryOfRecovery, {inquiry->recovery.value.ToBytes()});
  if (court_case) AddLookup(out, LookupKind::kLetterOfCourtCase, {court_case->value.ToBytes()});
}

void RemittanceAdvice::Index(IndexEntries& out) const {
  AddLookup(out, LookupKind::kAdviceOfPayer, {payer.value});
  AddUnique(out, UniqueKeyKind::kAdviceOfSender, {pool.value, payer.value, advice_number});
  if (state == RemittanceAdviceState::kSent || state == RemittanceAdviceState::kPartiallyMatched) {
    AddLookup(out, LookupKind::kAdviceOpen, {pool.value});
  }
}

void Statement::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kStatementOfAccount, {pool.value, account, statement_id});
  AddLookup(out, LookupKind::kStatementOfAccountAll, {pool.value, account});
}

Money StatementEntry::applied() const {
  Money sum;
  for (const Application& application : applications) sum += application.effective();
  return sum + batched;
}

void StatementEntry::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kEntryOfStatement, {pool.value, account, entry_key});
  AddLookup(out, LookupKind::kEntryOfStatementId, {statement.value.ToBytes()});
  for (const StatementId& other : also_in) {
    AddLookup(out, LookupKind::kEntryOfStatementId, {other.value.ToBytes()});
  }
  if (state == StatementEntryState::kUnmatched || state == StatementEntryState::kPartiallyApplied) {
    AddLookup(out, LookupKind::kEntryUnsettled, {pool.value});
  }
  // Applications are only ever added. Whoever adds the n-th one from an outdated view of the entry
  // finds its key taken.
  for (std::size_t n = 0; n < applications.size(); ++n) {
    AddUnique(out, UniqueKeyKind::kApplicationOfEntry, {id.value.ToBytes(), absl::StrCat(n)});
  }
  for (const Application& application : applications) {
    AddLookup(out, LookupKind::kEntryOfDemand, {application.demand.value.ToBytes()});
  }
  if (refundable.is_positive()) AddLookup(out, LookupKind::kEntryRefundable, {pool.value});
  if (direction != Direction::kCredit || state == StatementEntryState::kReturned ||
      state == StatementEntryState::kRefunded) {
    return;
  }
  AddLookup(out, LookupKind::kEntryOfAmount, {pool.value, absl::StrCat(amount.fen())});
  for (const std::string& reference : {end_to_end_id, bank_reference}) {
    if (!reference.empty()) {
      AddLookup(out, LookupKind::kEntryOfPaymentId, {pool.value, reference});
    }
  }
}

void Delivery::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kDeliveryOfEvent, {pool.value, absl::StrCat(event_sequence)});
  if (owed().is_positive()) AddLookup(out, LookupKind::kDeliveryOwed, {pool.value});
  if (debit) {
    if (debit_amount) {
      AddUnique(out, UniqueKeyKind::kDeliveryOfDebit,
                {debit->value.ToBytes(), absl::StrCat(event_sequence)});
    } else {
      AddUnique(out, UniqueKeyKind::kDeliveryOfDebit, {debit->value.ToBytes()});
    }
    AddLookup(out, LookupKind::kDeliveryPaid,
              {pool.value, absl::StrCat(debit_amount.value_or(payable()).fen())});
  } else if (payable().is_positive()) {
    AddLookup(out, LookupKind::kDeliveryUnpaid, {pool.value});
  }
}

void Break::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kBreakOfFinding, {pool.value, finding});
  if (state != BreakState::kResolved) AddLookup(out, LookupKind::kBreakOpen, {pool.value});
}

void DayClose::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kDayCloseOfDay, {pool.value, absl::FormatCivilTime(day)});
  AddLookup(out, LookupKind::kDayCloseOfPool, {pool.value});
}

void SettlementPart::Index(IndexEntries& out) const {
  if (state == SettlementPartState::kCollecting) {
    AddUnique(out, UniqueKeyKind::kSettlementPartCollecting, {insurer.value, pool.value});
    AddLookup(out, LookupKind::kSettlementPartOfInsurer, {insurer.value});
    return;
  }
  AddLookup(out, LookupKind::kSettlementPartOfPool, {pool.value, "closed"});
  if (state == SettlementPartState::kDue || state == SettlementPartState::kReleasing ||
      state == SettlementPartState::kReturning) {
    AddLookup(out, LookupKind::kSettlementPartOfPool, {pool.value, "due"});
  }
}

void SettlementBatch::Index(IndexEntries& out) const {
  if (!reference.empty()) {
    AddUnique(out, UniqueKeyKind::kSettlementBatchOfReference, {reference});
  }
  AddLookup(out, LookupKind::kSettlementBatchOf, {insurer.value});
  if (state != SettlementBatchState::kOpen) {
    AddLookup(out, LookupKind::kSettlementBatchOf, {collecting_pool.value});
  }
}

void Party::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kPartyOfName, {party.value});
  AddUnique(out, UniqueKeyKind::kPartyOfAlias, {display_name});
  for (const std::string& alias : aliases) {
    if (alias != display_name) AddUnique(out, UniqueKeyKind::kPartyOfAlias, {alias});
  }
}

void RegisteredPolicy::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kPolicyOfNumber,
            {insurer.value, policy_number, std::string_view(ToString(kind))});
  if (!plate.empty()) AddLookup(out, LookupKind::kPolicyOfPlate, {NormalisePlate(plate)});
  for (const PolicyUse& use : uses) {
    AddLookup(out, LookupKind::kPolicyOfAccident,
              {insurer.value, absl::FormatCivilTime(use.accident_on)});
  }
}

Money SplitQuote::insured() const {
  Money sum;
  for (const SplitPart& part : parts) sum += part.amount;
  return sum;
}

void SplitQuote::Index(IndexEntries& out) const {
  if (state == SplitState::kSettled) {
    AddUnique(out, UniqueKeyKind::kSplitOfSettlement, {pool.value, hospital.value, settlement_id});
  }
  if (state == SplitState::kQuoted) {
    AddUnique(out, UniqueKeyKind::kSplitOpenOfVisit, {pool.value, hospital.value, visit_id});
  }
  const bool holds = state == SplitState::kQuoted || state == SplitState::kSettled;
  std::vector<std::string> insurers;
  for (const SplitPart& part : parts) {
    const bool accepted = part.answer == SplitAnswer::kAccepted;
    const std::string policy = part.policy.value.ToBytes();
    const std::string day = absl::FormatCivilTime(accident_on);
    if (holds && accepted) {
      AddLookup(out, LookupKind::kSplitOfPolicy, {policy, day});
      AddLookup(out, LookupKind::kSplitOfPolicy, {policy});
    }
    // Liability that was accepted in words and without a maximum outlives the quote.
    if (accepted && !part.amount_max && !part.by_silence) {
      AddLookup(out, LookupKind::kSplitOfPolicy, {policy, day, kLiabilityAccepted});
    }
    // One insurer may cover two policies of a vehicle; the key names the quote once.
    if (std::find(insurers.begin(), insurers.end(), part.insurer.value) == insurers.end()) {
      AddLookup(out, LookupKind::kSplitOfInsurer, {part.insurer.value});
      insurers.push_back(part.insurer.value);
    }
  }
}

void Agreement::Index(IndexEntries& out) const {
  // A fund's draft is the fund's own business until a second officer has approved it.
  if (shown_to_insurer) AddLookup(out, LookupKind::kAgreementOfInsurer, {insurer.value});
  if (is_binding()) AddLookup(out, LookupKind::kAgreementOf, {pool.value, insurer.value});
}

void EvidenceChunk::Index(IndexEntries&) const {}  // Found by the demand that lists it.

void SignedAccount::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kSignedAccountOf, {pool.value, insurer.value, document_sha256});
  AddLookup(out, LookupKind::kSignedAccountOfInsurer, {insurer.value});
}

void PolicyDatum::Index(IndexEntries& out) const {
  AddUnique(out, UniqueKeyKind::kPolicyDatumOf, {key, pool, absl::FormatCivilTime(effective_from)});
}

}  // namespace recoup::domain
