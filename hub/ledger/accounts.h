// The accounts of a pool's two ledgers.
//
// Tracking says where the advanced money stands; cash says what lies in the recovery account and
// whose it is. Every posting debits one account and credits another of the same ledger, so each
// ledger balances by itself.
#ifndef RECOUP_HUB_LEDGER_ACCOUNTS_H_
#define RECOUP_HUB_LEDGER_ACCOUNTS_H_

#include <array>
#include <string_view>

#include "hub/domain/enum.h"
#include "hub/domain/stage.h"

namespace recoup::domain {

// Debit-normal: the stages (money outstanding or come home), bank, delivered. Credit-normal:
// origin, unapplied, applied, refundable, passed on. Numbers of stages equal those of
// domain::Stage.
#define RECOUP_ACCOUNTS(X)                                    \
  X(kAdvanced, 1, "tracking:advanced", "追踪:已垫付")         \
  X(kClaimed, 2, "tracking:claimed", "追踪:已追偿")           \
  X(kDisputed, 3, "tracking:disputed", "追踪:有异议")         \
  X(kMediating, 4, "tracking:mediating", "追踪:调解中")       \
  X(kAgreed, 5, "tracking:agreed", "追踪:已认可")             \
  X(kRecovered, 6, "tracking:recovered", "追踪:已收回")       \
  X(kPassedOn, 7, "tracking:passed-on", "追踪:已上解")        \
  X(kRelinquished, 8, "tracking:relinquished", "追踪:已放弃") \
  X(kOrigin, 9, "tracking:origin", "追踪:垫付来源")           \
  X(kBank, 20, "cash:bank", "现金:银行存款")                  \
  X(kUnapplied, 21, "cash:unapplied", "现金:待核销")          \
  X(kApplied, 22, "cash:applied", "现金:已核销")              \
  X(kRefundable, 23, "cash:refundable", "现金:应退付款人")    \
  X(kPassedOnToPool, 24, "cash:passed-on", "现金:已上解基金") \
  X(kDelivered, 25, "cash:delivered", "现金:上解交付")
RECOUP_ENUM(Account, RECOUP_ACCOUNTS)

}  // namespace recoup::domain

namespace recoup::ledger {

using domain::Account;

constexpr Account AccountOf(domain::Stage stage) {
  return static_cast<Account>(static_cast<int>(stage));
}
constexpr bool IsTracking(Account account) { return static_cast<int>(account) < 20; }
constexpr bool IsDebitNormal(Account account) {
  switch (account) {
    case Account::kOrigin:
    case Account::kUnapplied:
    case Account::kApplied:
    case Account::kRefundable:
    case Account::kPassedOnToPool:
      return false;
    case Account::kAdvanced:
    case Account::kClaimed:
    case Account::kDisputed:
    case Account::kMediating:
    case Account::kAgreed:
    case Account::kRecovered:
    case Account::kPassedOn:
    case Account::kRelinquished:
    case Account::kBank:
    case Account::kDelivered:
      return true;
  }
  return true;
}

}  // namespace recoup::ledger

#endif  // RECOUP_HUB_LEDGER_ACCOUNTS_H_
