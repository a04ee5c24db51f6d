#include "adapters/court/medical_covers.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

bool IsInjuredName(const JudgmentElements& elements, const std::string& name) {
  const auto& injured = elements.injured_persons;
  return std::ranges::find(injured, name, &InjuredPerson::name) != injured.end();
}

// Whether somebody pays or is liable, and so is paid only what he has paid before.
bool Answers(const JudgmentElements& elements, const std::string& creditor) {
  const std::vector<std::string> names = absl::StrSplit(creditor, "、");
  return std::ranges::any_of(names, [&](const std::string& name) {
    if (IsInjuredName(elements, name)) return false;
    const auto& shares = elements.liability;
    const auto& owed = elements.obligations;
    return std::ranges::find(shares, name, &LiabilityShare::party) != shares.end() ||
           std::ranges::find(owed, name, &Obligation::debtor) != owed.end();
  });
}

// An heir who is paid like the injured person, and pays on a counterclaim, or gives back.
bool IsClaimant(const JudgmentElements& elements, const Obligation& owed) {
  return Answers(elements, owed.creditor) &&
         std::ranges::any_of(elements.obligations,
                             [&](const Obligation& other) {
                               return other.creditor == owed.debtor &&
                                      other.debtor_kind == PartyKind::kInsurer;
                             }) &&
         std::ranges::find(elements.liability, owed.debtor, &LiabilityShare::party) ==
             elements.liability.end();
}

// A company, or an institution, is nobody's heir: it gets back what it has advanced.
bool IsPerson(const Reading& reading, const std::string& creditor) {
  const std::vector<std::string> names = absl::StrSplit(creditor, "、");
  return std::ranges::all_of(names, [&](const std::string& name) {
    const auto party = reading.document.parties.Find(name);
    return !party.has_value() || reading.document.parties[*party].kind == PartyKind::kPerson;
  });
}

bool OnSideOfClaimant(const Reading& reading, const std::string& creditor) {
  const std::vector<std::string> names = absl::StrSplit(creditor, "、");
  return std::ranges::all_of(names, [&](const std::string& name) {
    if (IsInjuredName(reading.elements, name)) return true;
    const auto party = reading.document.parties.Find(name);
    return party.has_value() && reading.document.parties[*party].side != Side::kRespondent;
  });
}

Cover& CoverOf(std::vector<Cover>& covers, const Obligation& obligation) {
  const auto known = std::ranges::find_if(covers, [&](const Cover& cover) {
    return cover.debtor == obligation.debtor && cover.policy == obligation.policy_kind;
  });
  if (known != covers.end()) return *known;
  Cover cover;
  cover.debtor = obligation.debtor;
  cover.kind = obligation.debtor_kind;
  cover.policy = obligation.policy_kind;
  covers.push_back(std::move(cover));
  return covers.back();
}

}  // namespace

std::vector<Cover> SumBySum(const JudgmentElements& elements, const std::vector<Cover>& covers) {
  std::vector<Cover> apart;
  for (const Cover& cover : covers) {
    for (const std::size_t i : cover.direct) {
      Cover own = cover;
      own.direct = {i};
      own.ordered = elements.obligations[i].amount;
      own.returns.clear();
      own.returned = Money();
      apart.push_back(std::move(own));
    }
    if (cover.returns.empty()) continue;
    Cover returned = cover;
    returned.direct.clear();
    returned.ordered = Money();
    apart.push_back(std::move(returned));
  }
  return apart;
}

Covers CoversOf(const Reading& reading) {
  const JudgmentElements& elements = reading.elements;
  Covers found;
  std::optional<std::string> claimant;
  for (std::size_t i = 0; i < elements.obligations.size(); ++i) {
    const Obligation& obligation = elements.obligations[i];
    if (IsFund(reading, obligation.creditor)) {
      found.to_fund.push_back(i);
      continue;
    }
    // Of several who were hurt one may answer for another's loss.
    const bool counterclaim =
        IsInjuredName(elements, obligation.debtor) && !IsInjuredName(elements, obligation.creditor);
    if (counterclaim || IsClaimant(elements, obligation)) {
      found.by_injured.push_back(i);
      continue;
    }
    Cover& cover = CoverOf(found.covers, obligation);
    const bool to_claimant = !Answers(elements, obligation.creditor) &&
                             IsPerson(reading, obligation.creditor) &&
                             OnSideOfClaimant(reading, obligation.creditor);
    if (!to_claimant) {
      cover.returns.push_back(i);
      cover.returned += obligation.amount;
      continue;
    }
    if (claimant.has_value() && *claimant != obligation.creditor) found.one_claimant = false;
    claimant = obligation.creditor;
    cover.direct.push_back(i);
    cover.ordered += obligation.amount;
  }
  return found;
}

}  // namespace recoup::court
