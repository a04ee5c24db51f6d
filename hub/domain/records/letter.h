// Letters (函件) that the hub made out, as sent.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_LETTER_H_
#define RECOUP_HUB_DOMAIN_RECORDS_LETTER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/explanation.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/states.h"

namespace recoup::domain {

// INQUIRY is the second kind while its amount is not known: it asks for an answer, not for money.
#define RECOUP_LETTER_KINDS(X)                                                  \
  X(kDemand, 1, "DEMAND", "追偿函")                                             \
  X(kReturnAndVerification, 2, "RETURN_AND_VERIFICATION", "医保基金退回核查函") \
  X(kInquiry, 7, "INQUIRY", "医保基金退回核查函")
RECOUP_ENUM(LetterKind, RECOUP_LETTER_KINDS)

// One visit a letter asks for.
struct LetterLine {
  std::string settlement_id;
  absl::CivilDay admitted_on;
  absl::CivilDay discharged_on;
  Money fund_paid;
  Money amount;  // What the letter asks for it.
  bool operator==(const LetterLine&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "settlement_id", self.settlement_id);
    visit(2, "admitted_on", self.admitted_on);
    visit(3, "discharged_on", self.discharged_on);
    visit(4, "fund_paid", self.fund_paid);
    visit(5, "amount", self.amount);
  }
};

// What a letter says, as data: its text and its paper are two ways to print it.
struct LetterContent {
  std::string sender;
  std::string injured;
  std::string what_happened;  // A sentence.
  std::string law;
  std::string court_name;  // Of the judgment, if there is one.
  std::string case_number;
  Money amount;  // Zero in an inquiry, and no reference and explanation with it.
  absl::CivilDay due_on;
  std::string reference;  // ISO 11649.
  std::vector<LetterLine> lines;
  Explanation explanation;
  std::optional<Money> fund_paid{};      // By settlements, else by the document; absent: not known.
  std::vector<std::string> questions{};  // Of an inquiry.
  std::vector<std::string> replaces{};   // Numbers of the inquiries it takes the place of.
  std::string sender_contact{};          // Where an inquiry is answered to; empty: not registered.
  bool operator==(const LetterContent&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "sender", self.sender);
    visit(2, "injured", self.injured);
    visit(3, "what_happened", self.what_happened);
    visit(4, "law", self.law);
    visit(5, "court_name", self.court_name);
    visit(6, "case_number", self.case_number);
    visit(7, "amount", self.amount);
    visit(8, "due_on", self.due_on);
    visit(9, "reference", self.reference);
    visit(10, "lines", self.lines);
    visit(11, "explanation", self.explanation);
    visit(120, "fund_paid", self.fund_paid);
    visit(121, "questions", self.questions);
    visit(122, "replaces", self.replaces);
    visit(123, "sender_contact", self.sender_contact);
  }
};

// What became of a letter that asks.
struct Inquiry {
  RecoveryId recovery;
  InquiryState state = InquiryState::kOpen;
  std::string note;  // What was answered, or why it ended; empty while it is open.
  std::optional<absl::Time> ended_time;
  std::string document_sha256;  // Of the answer, 32 bytes; empty: none.
  bool operator==(const Inquiry&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "recovery", self.recovery);
    visit(2, "state", self.state);
    visit(3, "note", self.note);
    visit(4, "ended_time", self.ended_time);
    visit(5, "document_sha256", self.document_sha256);
  }
};

// A letter as it was sent: frozen text, so that what people read never changes afterwards.
struct Letter {
  static constexpr RecordKind kKind = RecordKind::kLetter;
  LetterId id;
  std::int64_t version = 0;
  PoolId pool;
  LetterKind kind = LetterKind::kDemand;
  std::string number;
  std::string addressee;
  PartyId court;  // The court that receives a copy, if any.
  std::optional<CourtCaseId> court_case;
  std::optional<DemandId> demand;  // Absent in an inquiry.
  absl::CivilDay issued_on;
  std::string text;
  std::optional<LetterContent> content;  // Absent in letters from before it was kept.
  PartyId addressee_party;               // Empty when the addressee is no party of the hub.
  std::optional<Inquiry> inquiry{};      // Of an inquiry only.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "kind", self.kind);
    visit(5, "number", self.number);
    visit(6, "addressee", self.addressee);
    visit(7, "court", self.court);
    visit(8, "court_case", self.court_case);
    visit(9, "demand", self.demand);
    visit(10, "issued_on", self.issued_on);
    visit(11, "text", self.text);
    visit(12, "content", self.content);
    visit(90, "addressee_party", self.addressee_party);
    visit(120, "inquiry", self.inquiry);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_LETTER_H_
