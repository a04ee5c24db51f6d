#include "hub/app/debtor_account.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "hub/app/letters.h"
#include "hub/app/party_name.h"
#include "hub/app/record_scan.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
#include "hub/domain/records/open_parts.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;

// More items than this make a code that phones do not scan from paper; such a payer sends an
// advice.
constexpr std::size_t kCodeItemsMax = 20;

absl::Status ReadDemands(RecordReader& reader, const DebtorAccountOrder& order,
                         DebtorAccount& out) {
  if (!order.demand) {
    out.debtor = order.debtor;
    RECOUP_ASSIGN_OR_RETURN(out.demands, DemandsOnAccount(reader, order.pool, order.debtor));
    if (out.demands.empty()) return NotFound("no such account");
    RECOUP_ASSIGN_OR_RETURN(out.debtor_name, PartyDisplayName(reader, order.debtor));
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(const Demand named,
                          reader.Get<Demand>(order.pool.value, order.demand->value));
  if (!named.debtor_party.empty()) {
    DebtorAccountOrder of_party = order;
    of_party.demand.reset();
    of_party.debtor = named.debtor_party;
    return ReadDemands(reader, of_party, out);
  }
  out.debtor_name = named.debtor_name;
  return ForEachBy<Demand>(
      reader, domain::LookupKind::kDemandOfRecovery, domain::Key({named.recovery.value.ToBytes()}),
      [&](const Demand& demand) {
        if (demand.debtor_index == named.debtor_index && demand.debtor_name == named.debtor_name) {
          out.demands.emplace(demand.id, demand);
        }
        return absl::OkStatus();
      });
}

void AddMovements(DebtorAccount& out) {
  using Kind = AccountMovementKind;
  for (const AccountMovement& movement : out.account.movements) {
    switch (movement.kind) {
      case Kind::kDemanded:
      case Kind::kWithdrawn:
        out.demanded += movement.change;
        break;
      case Kind::kReceived:
      case Kind::kTakenBack:
        out.received -= movement.change;
        break;
      case Kind::kRelinquished:
      case Kind::kAskedAgain:
        out.relinquished -= movement.change;
        break;
    }
  }
}

absl::Status AddBankReferences(RecordReader& reader, const domain::PoolId& pool,
                               DebtorAccount& out) {
  for (const AccountMovement& movement : out.account.movements) {
    if (movement.entry.is_nil() || out.bank_references.contains(movement.entry)) continue;
    RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::StatementEntry> entry,
                            reader.Find<domain::StatementEntry>(pool.value, movement.entry.value));
    out.bank_references.emplace(movement.entry, entry ? entry->bank_reference : "");
  }
  return absl::OkStatus();
}

// A demand in instalments is as many items, each with what concerns it alone.
OpenItem ItemOf(const AccountLine& line, const domain::OpenPart& part, bool whole,
                absl::CivilDay day) {
  OpenItem item{.demand = line.demand, .line = line, .due_on = part.due_on};
  if (!whole) {
    item.line.amount = part.amount;
    item.line.applied = part.paid;
    item.line.relinquished = part.amount - part.paid - part.open;
    item.line.open = part.open;
  }
  if (part.due_on && *part.due_on < day) {
    item.overdue = part.open;
    item.overdue_days = day - *part.due_on;
  }
  return item;
}

void AddItemsOf(const AccountLine& line, const Demand& demand, absl::CivilDay day,
                DebtorAccount& out) {
  const std::vector<domain::OpenPart> parts =
      domain::OpenPartsOf(demand, line.open, absl::FromCivil(day + 1, ChinaTimeZone()));
  const bool whole = std::none_of(parts.begin(), parts.end(),
                                  [](const domain::OpenPart& part) { return part.is_instalment; });
  for (const domain::OpenPart& part : parts) {
    out.items.push_back(ItemOf(line, part, whole, day));
    out.overdue += out.items.back().overdue;
  }
  if (!whole) out.in_instalments.push_back(line);
}

// The items stand by due day.
void AskForWhatIsPayable(absl::CivilDay day, DebtorAccount& out) {
  std::set<domain::DemandId> asked;
  for (OpenItem& item : out.items) {
    const bool is_first = asked.insert(item.demand).second;
    if (is_first || (item.due_on && *item.due_on <= day)) item.payable = item.line.open;
    out.payable += item.payable;
  }
}

void AddItems(const DebtorAccountOrder& order, DebtorAccount& out) {
  for (const AccountLine& line : out.account.lines) {
    AddItemsOf(line, out.demands.at(line.demand), order.until, out);
  }
  const auto due = [&](const OpenItem& item) {
    return std::tuple(item.due_on.value_or(absl::CivilDay::max()),
                      out.demands.at(item.demand).reference);
  };
  std::stable_sort(out.items.begin(), out.items.end(),
                   [&](const OpenItem& a, const OpenItem& b) { return due(a) < due(b); });
  AskForWhatIsPayable(order.until, out);
}

std::string NumberOf(const DebtorAccountOrder& order, const DebtorAccount& account) {
  const std::string debtor =
      account.debtor.empty() ? account.demands.begin()->first.ToString() : account.debtor.value;
  const crypto::Digest digest = crypto::Sha256(
      absl::StrCat(order.pool.value, "\n", debtor, "\n", absl::FormatCivilTime(account.from), "\n",
                   absl::FormatCivilTime(order.until), "\n", account.account.last_transfer));
  const std::string hex = absl::BytesToHexString(
      std::string(reinterpret_cast<const char*>(digest.data()), digest.size()));
  return absl::StrCat("医保对账〔", order.until.year(), "〕",
                      absl::AsciiStrToUpper(hex.substr(0, 10)), "号");
}

// What is to be paid now of one demand, under one reference.
struct Payable {
  domain::DemandId demand;
  Money amount;
  absl::CivilDay due_on;  // Of the youngest part.
};

std::vector<Payable> PayableByDemand(const DebtorAccountOrder& order,
                                     const DebtorAccount& account) {
  std::vector<Payable> all;
  for (const OpenItem& item : account.items) {
    if (item.payable.is_zero()) continue;
    const absl::CivilDay due_on = item.due_on.value_or(order.until);
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const Payable& one) { return one.demand == item.demand; });
    if (known == all.end()) {
      all.push_back({item.demand, item.payable, due_on});
    } else {
      known->amount += item.payable;
      known->due_on = due_on;
    }
  }
  return all;
}

// One demand is paid like its letter says. Of several, the code names the statement and each demand
// with its reference and the amount that is payable.
std::string CodeOf(const DebtorAccountOrder& order, const DebtorAccount& account) {
  const std::vector<Payable> payable = PayableByDemand(order, account);
  if (payable.empty()) return "";
  if (payable.size() == 1) {
    domain::LetterContent content;
    content.sender = order.sender;
    content.amount = payable.front().amount;
    content.due_on = payable.front().due_on;
    content.reference = account.demands.at(payable.front().demand).reference;
    return PaymentCode(content);
  }
  std::string code = absl::StrCat(account.number, "\nCNY ", account.payable.ToYuan(), "\n",
                                  absl::FormatCivilTime(order.until), "\n", order.sender);
  if (payable.size() > kCodeItemsMax) return code;
  for (const Payable& one : payable) {
    absl::StrAppend(&code, "\n", account.demands.at(one.demand).reference, " ",
                    one.amount.ToYuan());
  }
  return code;
}

// The account tells one story in three ways; they must agree before a debtor reads it.
absl::Status Check(const DebtorAccountOrder& order, const DebtorAccount& out) {
  const Money moved = out.demanded - out.received - out.relinquished;
  Money items;
  for (const OpenItem& item : out.items) items += item.line.open;
  bool agrees = out.account.opening + moved == out.account.closing && items == out.account.closing;
  if (order.until >= order.today) {
    Money open;
    for (const auto& [id, demand] : out.demands) open += demand.open();
    agrees = agrees && open == out.account.closing;
  }
  if (agrees) return absl::OkStatus();
  return MakeError(Reason::kLedgerLawBroken,
                   "opening, movements, closing and open demands of an account do not agree");
}

}  // namespace

absl::StatusOr<DebtorAccount> DebtorAccountOf(RecordReader& reader,
                                              const DebtorAccountOrder& order) {
  DebtorAccount out;
  RECOUP_RETURN_IF_ERROR(ReadDemands(reader, order, out));
  std::set<domain::DemandId> ids;
  for (const auto& [id, demand] : out.demands) ids.insert(id);
  RECOUP_ASSIGN_OR_RETURN(
      out.account, StatementOfAccountOf(reader.view(), order.pool, ids,
                                        order.from.value_or(absl::CivilDay::min()), order.until));
  out.from = order.from.value_or(out.account.movements.empty() ? order.until
                                                               : out.account.movements.front().day);
  AddMovements(out);
  RECOUP_RETURN_IF_ERROR(AddBankReferences(reader, order.pool, out));
  AddItems(order, out);
  RECOUP_RETURN_IF_ERROR(Check(order, out));
  out.number = NumberOf(order, out);
  out.payment_code = CodeOf(order, out);
  return out;
}

}  // namespace recoup::app
