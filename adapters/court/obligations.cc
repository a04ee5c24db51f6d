// Who owes whom how much by the ruling, and where it says so.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/court/awards.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

std::string Names(const Parties& parties, const Named& named) {
  return absl::StrJoin(named.parties, "、", [&](std::string* out, std::size_t party) {
    absl::StrAppend(out, parties[party].name);
  });
}

Obligation ToObligation(const Reading& reading, const Award& award) {
  const Parties& parties = reading.document.parties;
  Obligation obligation;
  obligation.debtor = Names(parties, award.debtors);
  obligation.debtor_kind = parties[award.debtors.parties.front()].kind;
  const auto injured = reading.elements.injured_persons.empty()
                           ? std::string()
                           : reading.elements.injured_persons.front().name;
  obligation.creditor = award.creditors.empty() ? injured : Names(parties, award.creditors);
  obligation.amount = award.amount.money;
  if (obligation.debtor_kind == PartyKind::kInsurer) {
    if (award.policy.has_value()) obligation.policy_kind = award.policy->kind;
  }
  return obligation;
}

// Where the item names the sum, who owes it, to whom, and under which policy.
void NoteWhy(const Reading& reading, const Award& award, const std::string& field) {
  reading.Note(absl::StrCat(field, ".amount"), award.amount.span, "ruling.pay",
               award.creditors.empty() ? 70 : 94);
  reading.Note(absl::StrCat(field, ".debtor"), award.debtors.span, "ruling.debtor", 94);
  if (!award.creditors.empty()) {
    reading.Note(absl::StrCat(field, ".creditor"), award.creditors.span, "ruling.creditor", 94);
  } else if (!reading.elements.injured_persons.empty()) {
    reading.Derive(absl::StrCat(field, ".creditor"), "injured_persons",
                   "ruling.creditor_is_injured", 70);
  }
  if (reading.elements.obligations.back().policy_kind.has_value()) {
    reading.Note(absl::StrCat(field, ".policy_kind"), award.policy->span, "policy.term", 94);
  }
}

// "原告收到赔偿款后将医保支付的12000元退还医疗保障局": no part of what the wrongdoer owes, and the
// fund did not sue for it.
bool IsRefundByInjured(const Reading& reading, const Award& award) {
  const Parties& parties = reading.document.parties;
  if (award.creditors.parties.size() != 1) return false;
  const Party& creditor = parties[award.creditors.parties.front()];
  if (creditor.kind != PartyKind::kFund || creditor.side != Side::kOutsider) return false;
  const auto& injured = reading.elements.injured_persons;
  const std::string& debtor = parties[award.debtors.parties.front()].name;
  return std::ranges::find(injured, debtor, &InjuredPerson::name) != injured.end();
}

}  // namespace

void ReadObligations(const Reading& reading) {
  for (const Span item : ItemsInForce(reading)) {
    if (OrdersNoPayment(reading, item)) continue;
    // The first item of an agreement may tell what happened, and who has paid the hospital.
    if (reading.Has("ruling.story", item) && !reading.Has("ruling.compensates", item)) continue;
    for (const Award& award : ReadAwards(reading, item)) {
      if (award.debtors.empty()) {
        reading.Warn("有一项给付未能识别付款义务人，请核对判项。");
        continue;
      }
      if (IsRefundByInjured(reading, award)) continue;
      const std::string field =
          absl::StrCat("obligations[", reading.elements.obligations.size(), "]");
      reading.elements.obligations.push_back(ToObligation(reading, award));
      NoteWhy(reading, award, field);
    }
  }
}

}  // namespace recoup::court
