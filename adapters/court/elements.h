// What Recoup reads out of one court document: the values, and why it believes each of them.
//
// Plain values. A value is absent where the text is silent; an empty list means that
// the document has none. Parties keep the name of the document, in full where it gives one.
#ifndef RECOUP_ADAPTERS_COURT_ELEMENTS_H_
#define RECOUP_ADAPTERS_COURT_ELEMENTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/domain/money.h"

namespace recoup::court {

// A value believed less than this is for a person to look at before anybody acts on it.
inline constexpr int kReviewBelowPercent = 60;
// What is contradicted by other figures of the document, or rests on one that cannot be read.
inline constexpr int kContradictedPercent = 55;

enum class DocumentType { kJudgment, kRuling, kMediation, kOther };
// kOther: mediation before filing, judicial confirmation, special procedure.
enum class Instance { kFirst, kSecond, kRetrial, kOther };
// Whether the judged medical compensation contains what the fund paid (GROSS), only the injured
// person's own part (NET), or whether the fund itself is awarded money (FUND_AWARDED).
enum class Basis { kNone, kGross, kNet, kFundAwarded };
enum class Grade { kNoAdvance, kAdvanceRepaid, kAdvanceOutstanding };
enum class PartyKind { kPerson, kInsurer, kCompany, kFund, kOther };
enum class PolicyKind { kCompulsory, kCommercial };
enum class ThirdPartyKind {
  kTraffic,
  kAssault,
  kAnimal,
  kPremises,
  kWork,
  kMedical,
  kSchool,
  kProduct,
  kFallingObject,
  kOther
};

// What this decision does to the earlier ones of the same dispute (原审).
enum class CaseOutcome {
  kUpheld,
  kChanged,
  kRemanded,
  kSuitWithdrawn,
  kAppealWithdrawn,
  kCorrected
};

// A share of liability in hundredths of a percent: 70 % is 7000.
struct Percent {
  std::int64_t hundredths = 0;
  auto operator<=>(const Percent&) const = default;
};

struct InjuredPerson {
  std::string name;
  std::optional<std::string> id_number;
  bool operator==(const InjuredPerson&) const = default;
};

struct LiabilityShare {
  std::string party;
  Percent share_percent;
  // What the party bears like an insurer of the compulsory medical limit, because its vehicle was
  // not insured (道交解释 16).
  std::optional<domain::Money> uninsured_medical{};
  bool operator==(const LiabilityShare&) const = default;
};

// One sum to be paid after set-off. Joint debtors of one sum are joined by "、".
struct Obligation {
  std::string debtor;
  PartyKind debtor_kind = PartyKind::kOther;
  std::string creditor;
  domain::Money amount;
  std::optional<PolicyKind> policy_kind;  // Of insurers only.
  bool operator==(const Obligation&) const = default;
};

// What of one obligation is medical expense (医疗费), and what of it was paid before and is
// therefore no longer in the sum.
struct MedicalShare {
  enum class Source { kStated, kWorkedOut };

  std::size_t obligation = 0;            // Index.
  std::optional<domain::Money> amount;   // At most the obligation; absent: the text does not tell.
  std::optional<domain::Money> set_off;  // Paid before by this debtor; absent where amount is.
  std::optional<Source> source;          // Absent where amount is.
  std::string how;                       // Chinese, with the figures; or why there is no amount.
  bool operator==(const MedicalShare&) const = default;
};

struct Policy {
  std::string insurer;
  PolicyKind kind = PolicyKind::kCompulsory;
  std::optional<domain::Money> limit;
  std::optional<domain::Money> medical_remaining;
  bool operator==(const Policy&) const = default;
};

// An earlier decision that the document names; the court is empty when only the number is given.
struct EarlierCase {
  std::string court;
  std::string case_number;
  bool operator==(const EarlierCase&) const = default;
};

// Why a value was read: `field` is its path ("obligations[1].amount"), begin and end are code
// points of the original text, half open.
struct Evidence {
  std::string field;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string sentence;
  std::string rule;
  int confidence_percent = 0;
  // What of the file this is ("s27", "PJJG", "第 2 页"); empty for plain text.
  std::string place = {};
};

struct JudgmentElements {
  std::optional<std::string> case_number;
  std::optional<std::string> court;
  std::optional<DocumentType> document_type;
  std::optional<Instance> instance;
  std::optional<std::string> cause;
  std::optional<absl::CivilDay> closed_on;
  std::optional<absl::CivilDay> accident_on;
  std::vector<InjuredPerson> injured_persons;
  std::vector<LiabilityShare> liability;
  std::optional<domain::Money> medical_expense_total;    // A + C
  std::optional<domain::Money> medical_expense_awarded;  // B
  std::optional<domain::Money> fund_paid;                // C; zero where the text denies a payment
  std::optional<domain::Money> self_paid;                // A
  Basis basis = Basis::kNone;
  Grade grade = Grade::kNoAdvance;
  std::vector<Obligation> obligations;
  std::vector<MedicalShare> medical_shares;  // In the order of the obligations; not all have one.
  std::vector<Policy> policies;
  std::optional<ThirdPartyKind> third_party_kind;
  std::vector<std::string> hospitals;
  std::vector<EarlierCase> earlier_cases;
  std::optional<CaseOutcome> outcome;

  std::vector<Evidence> evidence;
  std::vector<std::string> warnings;  // Chinese, for the clerk.
};

// Whether the obligations tell what each of several injured persons is awarded for treatment, which
// a GROSS judgment's refund is computed from. True where one was hurt, or one is paid.
bool TellsAwardOfEach(const JudgmentElements& elements);

// The wire names, as the interface of the hub spells them.
std::string_view Name(DocumentType value);
std::string_view Name(Instance value);
std::string_view Name(Basis value);
std::string_view Name(CaseOutcome value);
std::string_view Name(Grade value);
std::string_view Name(PartyKind value);
std::string_view Name(PolicyKind value);
std::string_view Name(MedicalShare::Source value);
std::string_view Name(ThirdPartyKind value);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_ELEMENTS_H_
