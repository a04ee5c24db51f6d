// Every kind of stored record and the keys it is found by. Numbers are stored: never reuse one.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_KINDS_H_
#define RECOUP_HUB_DOMAIN_RECORDS_KINDS_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/enum.h"

namespace recoup::domain {

// The text beside each is the collection under which the API and reports name such a record.
#define RECOUP_RECORD_KINDS(X)                              \
  X(kFlag, 1, "flags", "第三方伤害标记")                    \
  X(kAdvance, 2, "advances", "先行支付")                    \
  X(kCourtCase, 3, "courtCases", "法院案件")                \
  X(kLead, 4, "leads", "追偿线索")                          \
  X(kRecovery, 5, "recoveries", "追偿案")                   \
  X(kDemand, 6, "demands", "追偿函")                        \
  X(kMediation, 7, "mediations", "调解")                    \
  X(kRemittanceAdvice, 8, "remittanceAdvices", "付款清单")  \
  X(kStatement, 9, "statements", "银行对账单")              \
  X(kStatementEntry, 10, "statementEntries", "对账单分录")  \
  X(kBreak, 11, "breaks", "对账差异")                       \
  X(kPolicy, 12, "policies", "保险单")                      \
  X(kLetter, 13, "letters", "函件")                         \
  X(kApproval, 14, "approvals", "审批")                     \
  X(kPolicyDatum, 15, "policyData", "政策数据")             \
  X(kParty, 16, "parties", "参与方")                        \
  X(kSplitQuote, 30, "splits", "出院分摊")                  \
  X(kDayClose, 31, "dayCloses", "日结")                     \
  X(kSettlementBatch, 32, "settlementBatches", "结算批次")  \
  X(kAgreement, 33, "agreements", "定额协议")               \
  X(kEvidenceChunk, 43, "evidence", "证据材料")             \
  X(kSignedAccount, 44, "signedAccounts", "双方签认的对账") \
  X(kDelivery, 110, "deliveries", "上解款")                 \
  X(kSettlementPart, 64, "settlementParts", "结算批次的基金部分")
RECOUP_ENUM(RecordKind, RECOUP_RECORD_KINDS)

// Keys that name at most one record; a second record with the same key is a broken constraint.
enum class UniqueKeyKind {
  kFlagOfVisit = 1,                  // pool, hospital, visit
  kAdvanceOfSettlement = 2,          // pool, hospital, settlement
  kCourtCaseOfNumber = 3,            // court, case number token
  kDemandOfReference = 4,            // RF reference
  kStatementOfAccount = 5,           // pool, account, statement id
  kEntryOfStatement = 6,             // pool, account, entry key with occurrence
  kPolicyOfNumber = 7,               // insurer, policy number, kind
  kPartyOfName = 8,                  // party id
  kPolicyDatumOf = 9,                // key, pool, effective date
  kAdviceOfSender = 10,              // payer, sender's advice number
  kBreakOfFinding = 11,              // pool, finding (what the break is about)
  kPartyOfAlias = 12,                // a name under which an organisation appears in documents
  kSplitOfSettlement = 30,           // pool, hospital, settlement
  kSplitOpenOfVisit = 31,            // pool, hospital, visit: the quote that can be settled
  kDayCloseOfDay = 32,               // pool, day
  kApplicationOfEntry = 33,          // entry, number of the application: nothing is matched twice
  kSettlementPartCollecting = 34,    // insurer, pool: the part that takes in what is accepted now
  kSettlementBatchOfReference = 35,  // RF reference
  kSignedAccountOf = 36,             // pool, insurer, hash of what both signed
  kDeliveryOfEvent = 110,            // pool, event that passed on or took from the pool
  kDeliveryOfDebit = 111,            // entry: one debit pays out one delivery; several by events
};

// Keys that find several records. Keys of open work hold only what is open, so lists of work stay
// short.
enum class LookupKind {
  kFlagOfPerson = 1,         // id token
  kFlagOfPersonName = 2,     // name token
  kAdvanceOfPerson = 3,      // id token
  kAdvanceOfPersonName = 4,  // name token
  kAdvanceOfVisit = 5,       // pool, hospital, visit
  kCourtCaseOfPerson = 6,    // id token, notified cases only
  kCourtCaseOfPersonName = 7,
  kLeadOfCourtCase = 8,
  kLeadInReview = 9,  // pool
  kRecoveryOfCourtCase = 10,
  kDemandOfRecovery = 11,
  kDemandOpen = 12,           // pool
  kDemandOfDebtorParty = 13,  // debtor party, issued demands only
  kMediationOfDemand = 14,
  kEntryUnsettled = 15,  // pool
  kEntryOfStatementId = 16,
  kBreakOpen = 17,        // pool
  kApprovalPending = 18,  // pool
  kLetterOfDemand = 19,
  kLetterOfCourtCase = 20,
  kPolicyOfPlate = 21,
  kAdviceOpen = 22,               // pool
  kEntryOfDemand = 23,            // applied entries of a demand
  kCourtCaseOfCaseNumber = 24,    // case number token, any court
  kRecoveryOpen = 25,             // pool
  kEntryOfAmount = 40,            // pool, amount: credits that may still go back
  kEntryOfPaymentId = 41,         // pool, end-to-end id or bank reference: the same credits
  kEntryRefundable = 42,          // pool
  kStatementOfAccountAll = 43,    // pool, account
  kDemandRecovered = 44,          // pool: money that can be passed on
  kPolicyOfAccident = 26,         // insurer, day of the accident
  kMediationOfMediator = 45,      // mediation body
  kAdviceOfPayer = 46,            // payer
  kSplitOfPolicy = 60,            // policy, and policy with day: what is reserved or due
  kSplitOfInsurer = 61,           // insurer
  kDayCloseOfPool = 62,           // pool
  kAdvanceOfBill = 75,            // number of a bill
  kDemandAcceptedOfPolicy = 76,   // policy: demands of which its insurer accepted or paid some
  kSettlementLine = 63,           // part, page: the demands of one page of lines
  kSettlementPartOfInsurer = 64,  // insurer: parts that take in what is accepted now
  kSettlementBatchOf = 65,        // insurer; from the cut on also the collecting pool
  kSettlementPartOfPool = 66,     // pool, "closed"; those with work to do also pool, "due"
  // Token of a case number that a notified case names as an earlier one.
  kCourtCaseOfEarlierNumber = 70,
  // Policy: demands that are drafted.
  kDraftOfPolicy = 71,
  // Day of the accident, insurer as the judgment names it: notified cases.
  kCourtCaseOfAccident = 72,
  // Policy, day of the accident: recoveries that claim on its limit.
  kRecoveryOfPolicy = 90,
  // Insurer, month of the accident: recoveries that claim on a policy which is not known yet.
  kRecoveryOfInsurer = 91,
  // Insurer, plate: recoveries of which the insurer has an agreed share without a named policy.
  kRecoveryOfPlate = 93,
  // Pool, debtor; then also the amount: demands that were paid. Debtor: party, else token of the
  // name.
  kDemandPaidBy = 92,
  kAgreementOf = 67,             // pool, insurer: in force or ended, for their days
  kAgreementOfInsurer = 68,      // insurer, once it may see it
  kSignedAccountOfInsurer = 69,  // insurer
  kDeliveryUnpaid = 110,         // pool: the bank has not paid it out
  kDeliveryPaid = 111,           // pool, amount of the debit, which the bank may send back
  kDeliveryOwed = 112,           // pool: taken from it, and not yet kept back
  kDemandWithdrawnFrom = 121,    // debtor party: demands that were issued and taken back
  kInquiryOfRecovery = 120,      // recovery: letters that ask, ended ones too
};

// Joins the parts of a key so that no two lists of parts give the same key.
std::string Key(std::initializer_list<std::string_view> parts);

struct UniqueEntry {
  UniqueKeyKind kind;
  std::string key;
  bool operator==(const UniqueEntry&) const = default;
};
struct LookupEntry {
  LookupKind kind;
  std::string key;
  bool operator==(const LookupEntry&) const = default;
};
struct IndexEntries {
  std::vector<UniqueEntry> unique;
  std::vector<LookupEntry> lookup;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_KINDS_H_
