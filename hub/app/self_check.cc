#include "hub/app/self_check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Money;
using ledger::Account;
using ledger::Transfer;

constexpr std::size_t kChunk = 1000;

template <StoredKind R>
absl::StatusOr<std::int64_t> AddAll(RecordReader& reader, const std::string& pool,
                                    ledger::LawCheck& check) {
  std::int64_t count = 0;
  Id after;
  for (;;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<R> rows, reader.Scan<R>(pool, after, kChunk));
    for (const R& row : rows) check.Add(row);
    count += static_cast<std::int64_t>(rows.size());
    if (rows.size() < kChunk) return count;
    after = rows.back().id.value;
  }
}

std::string Yuan(const ledger::Balances& balances, Account account) {
  return absl::StrCat(std::string(ToString(account)), " ", balances.at(account).ToYuan());
}

void CheckBalances(const ledger::Balances& b, std::vector<ledger::Violation>& out) {
  if (b.at(Account::kBank) !=
      b.at(Account::kUnapplied) + b.at(Account::kApplied) + b.at(Account::kRefundable)) {
    out.push_back(
        {2, "cash:bank",
         absl::StrCat(Yuan(b, Account::kBank), " is not ", Yuan(b, Account::kUnapplied), " + ",
                      Yuan(b, Account::kApplied), " + ", Yuan(b, Account::kRefundable))});
  }
  for (const auto& [cash, tracking] : {std::pair(Account::kApplied, Account::kRecovered),
                                       std::pair(Account::kPassedOnToPool, Account::kPassedOn),
                                       std::pair(Account::kDelivered, Account::kPassedOn)}) {
    if (b.at(cash) == b.at(tracking)) continue;
    out.push_back({3, std::string(ToString(cash)),
                   absl::StrCat(Yuan(b, cash), " differs from ", Yuan(b, tracking))});
  }
  Money tracking;
  for (const Account account : domain::AllOf<Account>()) {
    if (!ledger::IsTracking(account)) continue;
    tracking += ledger::IsDebitNormal(account) ? b.at(account) : -b.at(account);
  }
  if (!tracking.is_zero()) {
    out.push_back(
        {1, "tracking", absl::StrCat("debits and credits differ by ", tracking.ToYuan())});
  }
}

// Walks back from the end of the journal until every account that holds money was seen.
absl::Status CheckLastTransfers(ReadView& view, const std::string& pool,
                                const ledger::Balances& stored, std::int64_t last,
                                CheckedLedger& out) {
  std::set<Account> unseen;
  for (const Account account : domain::AllOf<Account>()) unseen.insert(account);
  const auto holds = [&](Account account) { return !stored.at(account).is_zero(); };
  const auto check = [&](const Transfer& transfer, Account account, Money left) {
    if (unseen.erase(account) == 0 || stored.at(account) == left) return;
    out.violations.push_back({5, std::string(ToString(account)),
                              absl::StrCat("stored ", stored.at(account).ToYuan(), ", transfer ",
                                           transfer.sequence, " left ", left.ToYuan())});
  };
  std::int64_t end = last;
  while (end > 0 && std::any_of(unseen.begin(), unseen.end(), holds)) {
    const std::int64_t begin = std::max<std::int64_t>(0, end - static_cast<std::int64_t>(kChunk));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Transfer> chunk,
                            view.Transfers(pool, begin, static_cast<std::size_t>(end - begin)));
    if (chunk.size() != static_cast<std::size_t>(end - begin) || chunk.back().sequence != end) {
      out.violations.push_back(
          {5, absl::StrCat("transfers/", end), "the journal has a gap or ends early"});
      return absl::OkStatus();
    }
    for (auto it = chunk.rbegin(); it != chunk.rend(); ++it) {
      check(*it, it->posting.debit, it->debit_balance);
      check(*it, it->posting.credit, it->credit_balance);
    }
    out.transfers += static_cast<std::int64_t>(chunk.size());
    end = begin;
  }
  for (const Account account : unseen) {
    if (!holds(account)) continue;
    out.violations.push_back(
        {5, std::string(ToString(account)), "holds money that no transfer brought"});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CheckedLedger> CheckLedgerFully(RecordReader& reader, const domain::PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(const ledger::Balances stored, reader.view().BalancesOf(pool.value));
  ledger::LawCheck check(stored);
  CheckedLedger out;
  for (std::int64_t after = 0;;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Transfer> chunk,
                            reader.view().Transfers(pool.value, after, kChunk));
    for (const Transfer& transfer : chunk) check.Add(transfer);
    out.transfers += static_cast<std::int64_t>(chunk.size());
    if (chunk.size() < kChunk) break;
    after = chunk.back().sequence;
  }
  RECOUP_ASSIGN_OR_RETURN(out.advances, AddAll<domain::Advance>(reader, pool.value, check));
  RECOUP_ASSIGN_OR_RETURN(out.demands, AddAll<domain::Demand>(reader, pool.value, check));
  out.violations = check.Finish();
  return out;
}

absl::StatusOr<CheckedLedger> CheckLedgerQuickly(ReadView& view, const std::string& pool) {
  RECOUP_ASSIGN_OR_RETURN(const ledger::Balances stored, view.BalancesOf(pool));
  RECOUP_ASSIGN_OR_RETURN(const PartitionState state, view.StateOf(pool));
  CheckedLedger out;
  CheckBalances(stored, out.violations);
  RECOUP_RETURN_IF_ERROR(CheckLastTransfers(view, pool, stored, state.transfers, out));
  return out;
}

absl::Status SelfCheck(ReadView& view) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> partitions, view.Partitions());
  for (const std::string& partition : partitions) {
    if (!domain::PoolId::Parse(partition)) continue;
    RECOUP_ASSIGN_OR_RETURN(const CheckedLedger checked, CheckLedgerQuickly(view, partition));
    if (checked.violations.empty()) continue;
    const ledger::Violation& first = checked.violations.front();
    return MakeError(
        Reason::kLedgerLawBroken,
        absl::StrCat("pool ", partition, ": law ", first.law, ", ", first.subject, ": ",
                     first.description, " (", checked.violations.size(), " violations)"));
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
