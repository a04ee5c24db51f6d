#include "hub/app/inquiries.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/demands.h"
#include "hub/app/follow_limits.h"
#include "hub/app/judged_apportionment.h"
#include "hub/app/names.h"
#include "hub/app/personal_award.h"
#include "hub/app/recoveries.h"
#include "hub/app/refusal.h"
#include "hub/app/timeline.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::DebtorKind;
using domain::InquiryCommand;
using domain::InquiryState;
using domain::Letter;
using domain::Recovery;

class AddresseeList {
 public:
  AddresseeList(const CourtCase& court_case, const std::string& person)
      : court_case_(court_case), person_(person) {}

  void Add(const std::string& name, DebtorKind kind) {
    const bool known = std::ranges::any_of(
        addressees_, [&](const Addressee& addressee) { return addressee.name == name; });
    if (known || name == person_ || NamesFund(name)) return;
    // Another victim of the accident answers for somebody else's injury only when liable for it.
    if (BearsOnlyOwnLoss(court_case_, name, person_)) return;
    addressees_.push_back({.name = name, .kind = kind, .party = {}});
  }
  std::vector<Addressee> Take() {
    if (addressees_.empty()) addressees_.push_back({person_, DebtorKind::kInjuredPerson, {}});
    return std::move(addressees_);
  }

 private:
  const CourtCase& court_case_;
  const std::string& person_;
  std::vector<Addressee> addressees_;
};

absl::StatusOr<std::vector<Letter>> InquiriesOf(UnitOfWork& work, const Recovery& recovery) {
  return work.FindAllBy<Letter>(domain::LookupKind::kInquiryOfRecovery,
                                domain::Key({recovery.id.value.ToBytes()}));
}

absl::StatusOr<std::vector<Letter>> OpenInquiriesOf(UnitOfWork& work, const Recovery& recovery) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Letter> letters, InquiriesOf(work, recovery));
  std::erase_if(letters,
                [](const Letter& letter) { return letter.inquiry->state != InquiryState::kOpen; });
  return letters;
}

absl::Status RefuseToAsk(const Recovery& recovery, std::string_view message, std::string why) {
  return Refuse(Reason::kIllegalTransition, message, "STATE", NameOf(recovery.pool, recovery.id),
                std::move(why));
}

// The case an inquiry may be about.
absl::StatusOr<CourtCase> CaseToAskAbout(UnitOfWork& work, const Recovery& recovery) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<CourtCase> court_case, ConsentedCase(work, recovery));
  if (!court_case) {
    return RefuseToAsk(recovery, "no court case is behind this recovery", "该追偿不以裁判为依据");
  }
  if (recovery.obstacle.empty()) {
    return RefuseToAsk(recovery, "the amount is known: issue the demands",
                       "金额已能计算，请发出追偿函");
  }
  if (!IsBasis(*court_case)) {
    return RefuseToAsk(recovery, "the case is no basis any more", "追偿依据消失，等待新的裁判");
  }
  RECOUP_ASSIGN_OR_RETURN(const bool issued, HasIssuedDemand(work, recovery));
  if (issued) {
    return RefuseToAsk(recovery, "a demand of this recovery is issued", "已有追偿函发出，以其为准");
  }
  return *std::move(court_case);
}

// Those of the case with these names; the injured person may always be asked.
absl::StatusOr<std::vector<Addressee>> Chosen(const std::vector<std::string>& names,
                                              const std::string& person,
                                              const std::vector<Addressee>& of_case) {
  if (names.empty()) return of_case;
  std::vector<Addressee> chosen;
  Faults faults;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::ranges::find(of_case, names[i], &Addressee::name);
    if (found != of_case.end()) {
      chosen.push_back(*found);
    } else if (names[i] == person) {
      chosen.push_back({person, DebtorKind::kInjuredPerson, {}});
    } else {
      faults.Add(absl::StrCat("addressees[", i, "]"),
                 "neither liable by the case nor the injured person");
    }
  }
  if (!faults.empty()) return faults.ToStatus();
  return chosen;
}

absl::Status End(UnitOfWork& work, Recovery& recovery, Letter& letter, InquiryCommand by,
                 const std::string& note) {
  domain::Inquiry& inquiry = *letter.inquiry;
  RECOUP_ASSIGN_OR_RETURN(inquiry.state, domain::Next(inquiry.state, by));
  inquiry.note = note;
  inquiry.ended_time = work.now();
  AddTimeline(work, recovery, About(domain::TimelineKind::kInquiryEnded, letter), work.now(),
              absl::StrCat("致", letter.addressee, "的核查函", letter.number,
                           std::string(ChineseName(inquiry.state)), "：", note));
  work.Put(letter);
  return absl::OkStatus();
}

void Send(UnitOfWork& work, Recovery& recovery, Letter& letter) {
  AddTimeline(work, recovery, About(domain::TimelineKind::kInquiryIssued, letter), work.now(),
              absl::StrCat("向", letter.addressee, "发出核查函", letter.number, "，",
                           absl::FormatCivilTime(letter.content->due_on), " 前答复；须送达"));
  work.Put(letter);
}

bool TellsTheSame(const domain::LetterContent& a, const domain::LetterContent& b) {
  return a.what_happened == b.what_happened && a.lines == b.lines && a.court_name == b.court_name &&
         a.case_number == b.case_number && a.law == b.law;
}

}  // namespace

absl::StatusOr<std::vector<Addressee>> AddresseesOf(UnitOfWork& work, const CourtCase& court_case,
                                                    const std::string& person) {
  AddresseeList list(court_case, person);
  for (const domain::JudgedPolicy& policy : court_case.policies) {
    list.Add(policy.insurer, DebtorKind::kInsurer);
  }
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    list.Add(obligation.debtor, obligation.debtor_kind);
  }
  for (const domain::LiabilityShare& share : court_case.liability) {
    if (share.basis_points > 0) list.Add(share.party, DebtorKindOf(court_case, share.party));
  }
  std::vector<Addressee> addressees = list.Take();
  for (Addressee& addressee : addressees) {
    if (addressee.kind != DebtorKind::kInsurer) continue;
    RECOUP_ASSIGN_OR_RETURN(addressee.party, InsurerNamed(work, addressee.name));
  }
  return addressees;
}

absl::StatusOr<std::vector<Letter>> IssueInquiriesOf(const IssueInquiries& command,
                                                     UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Recovery recovery,
                          work.Get<Recovery>(command.pool.value, command.recovery.value));
  RECOUP_ASSIGN_OR_RETURN(const CourtCase court_case, CaseToAskAbout(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(const absl::CivilDay due_on, DueOn(work, command.pool, command.due_on));
  RECOUP_ASSIGN_OR_RETURN(const std::string person, PersonOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(std::vector<Addressee> addressees,
                          AddresseesOf(work, court_case, person));
  RECOUP_ASSIGN_OR_RETURN(addressees, Chosen(command.addressees, person, addressees));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Letter> open, OpenInquiriesOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Advance> advances, AdvancesOf(work, recovery));
  std::vector<Letter> letters;
  for (const Addressee& addressee : addressees) {
    if (std::ranges::find(open, addressee.name, &Letter::addressee) != open.end()) continue;
    RECOUP_ASSIGN_OR_RETURN(Letter letter, WriteInquiry(work, {recovery, advances, court_case},
                                                        addressee, due_on, std::nullopt));
    Send(work, recovery, letter);
    letters.push_back(std::move(letter));
  }
  if (letters.empty()) {
    return RefuseToAsk(recovery, "everybody to be asked has an open inquiry",
                       "核查函待答复；先登记答复或者撤回");
  }
  work.Put(recovery);
  return letters;
}

absl::StatusOr<Letter> EndInquiryOf(const EndInquiry& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Letter letter,
                          work.Get<Letter>(command.pool.value, command.letter.value));
  if (!letter.inquiry) {
    return Refuse(Reason::kIllegalTransition, "the letter is no inquiry", "STATE",
                  NameOf(letter.pool, letter.id), "只有核查函可以登记答复或者撤回");
  }
  RECOUP_ASSIGN_OR_RETURN(Recovery recovery,
                          work.Get<Recovery>(command.pool.value, letter.inquiry->recovery.value));
  letter.inquiry->document_sha256 = command.document_sha256;
  RECOUP_RETURN_IF_ERROR(End(work, recovery, letter, command.by, command.note));
  work.Put(recovery);
  return letter;
}

absl::Status EndInquiries(UnitOfWork& work, Recovery& recovery, InquiryCommand by,
                          const std::string& reason) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Letter> open, OpenInquiriesOf(work, recovery));
  for (Letter& letter : open) {
    RECOUP_RETURN_IF_ERROR(End(work, recovery, letter, by, reason));
  }
  return absl::OkStatus();
}

absl::Status ReviseInquiries(UnitOfWork& work, Recovery& recovery, const CourtCase& court_case,
                             const std::string& person) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Letter> open, OpenInquiriesOf(work, recovery));
  // Without consent nothing further is sent out.
  if (open.empty() || court_case.state != domain::CourtCaseState::kNotified) {
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<Addressee> addressees,
                          AddresseesOf(work, court_case, person));
  addressees.push_back({person, DebtorKind::kInjuredPerson, {}});
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Advance> advances, AdvancesOf(work, recovery));
  RECOUP_ASSIGN_OR_RETURN(const absl::CivilDay due_on, DueOn(work, recovery.pool, std::nullopt));
  const InquiryFacts facts{recovery, advances, court_case};
  for (Letter& letter : open) {
    const auto addressee = std::ranges::find(addressees, letter.addressee, &Addressee::name);
    if (addressee == addressees.end()) {
      RECOUP_RETURN_IF_ERROR(
          End(work, recovery, letter, InquiryCommand::kWithdraw, "案件更正后不再向其核查；须告知"));
      continue;
    }
    RECOUP_ASSIGN_OR_RETURN(Letter anew, WriteInquiry(work, facts, *addressee, due_on, letter));
    if (TellsTheSame(*anew.content, *letter.content)) continue;
    Send(work, recovery, anew);
    RECOUP_RETURN_IF_ERROR(End(work, recovery, letter, InquiryCommand::kSupersede,
                               absl::StrCat("案件或者垫付有变，由", anew.number, "替代")));
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
