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
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
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
    RECOUP_RETURN_IF_ERROR(ForEachBy<Demand>(reader, domain::LookupKind::kDemandOfDebtorParty,
                                             domain::Key({order.debtor.value}),
                                             [&](const Demand& demand) {
                                               if (demand.pool == order.pool)
                                                 out.demands.emplace(demand.id, demand);
                                               return absl::OkStatus();
                                             }));
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

// What of the open amount should have been paid before the day, and since when; with instalments,
// only those that were due.
void AddOverdue(const Demand& demand, absl::CivilDay day, OpenItem& item) {
  std::vector<domain::Instalment> due = demand.instalments;
  if (due.empty() && demand.due_on) due.push_back({*demand.due_on, item.line.open, Money()});
  Money rest = item.line.open;
  for (const domain::Instalment& instalment : due) {
    const Money unpaid = std::min(instalment.amount - instalment.paid, rest);
    if (instalment.due_on >= day || !unpaid.is_positive()) continue;
    rest -= unpaid;
    item.overdue += unpaid;
    item.overdue_days = std::max<std::int64_t>(item.overdue_days, day - instalment.due_on);
  }
}

void AddItems(const DebtorAccountOrder& order, DebtorAccount& out) {
  for (const AccountLine& line : out.account.lines) {
    if (!line.open.is_positive()) continue;
    OpenItem item{.demand = line.demand, .line = line, .overdue = Money(), .overdue_days = 0};
    AddOverdue(out.demands.at(line.demand), order.until, item);
    out.overdue += item.overdue;
    out.items.push_back(item);
  }
  const auto due = [&](const OpenItem& item) {
    const Demand& demand = out.demands.at(item.demand);
    return std::tuple(demand.next_due_on().value_or(absl::CivilDay::max()), demand.reference);
  };
  std::sort(out.items.begin(), out.items.end(),
            [&](const OpenItem& a, const OpenItem& b) { return due(a) < due(b); });
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

// One item is paid like its letter says. Of several, the code names the statement and each item
// with its reference and amount.
std::string CodeOf(const DebtorAccountOrder& order, const DebtorAccount& account) {
  if (account.items.empty()) return "";
  if (account.items.size() == 1) {
    const Demand& demand = account.demands.at(account.items.front().demand);
    domain::LetterContent content;
    content.sender = order.sender;
    content.amount = account.items.front().line.open;
    content.due_on = demand.next_due_on().value_or(order.until);
    content.reference = demand.reference;
    return PaymentCode(content);
  }
  std::string code = absl::StrCat(account.number, "\nCNY ", account.account.closing.ToYuan(), "\n",
                                  absl::FormatCivilTime(order.until), "\n", order.sender);
  if (account.items.size() > kCodeItemsMax) return code;
  for (const OpenItem& item : account.items) {
    absl::StrAppend(&code, "\n", account.demands.at(item.demand).reference, " ",
                    item.line.open.ToYuan());
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
