#include "hub/app/deliveries.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/app/batch_entries.h"
#include "hub/app/books.h"
#include "hub/app/event_of_pool.h"
#include "hub/app/payments.h"
#include "hub/app/reconcile_facts.h"
#include "hub/app/refusal.h"
#include "hub/app/run_breaks.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/reconcile/deliveries.h"

namespace recoup::app {
namespace {

using domain::Delivery;
using domain::Direction;
using domain::LookupKind;
using domain::Money;
using domain::PoolId;
using domain::StatementEntry;

// Thousands of payments may have one amount, and banks send money back within days.
constexpr std::size_t kAlikeMax = 200;

// The youngest last.
template <typename R>
absl::StatusOr<std::vector<R>> YoungestBy(UnitOfWork& work, LookupKind kind,
                                          const std::string& key) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> keys, work.FindAll(kind, key));
  std::vector<R> found;
  for (std::size_t i = keys.size() - std::min(keys.size(), kAlikeMax); i < keys.size(); ++i) {
    RECOUP_ASSIGN_OR_RETURN(R one, work.Get<R>(keys[i].partition, keys[i].id));
    found.push_back(std::move(one));
  }
  return found;
}

absl::StatusOr<Delivery> DeliveryOfThisEvent(UnitOfWork& work, const PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t event, EventOfPool(work, pool));
  RECOUP_ASSIGN_OR_RETURN(std::optional<Delivery> known,
                          work.FindBy<Delivery>(domain::UniqueKeyKind::kDeliveryOfEvent,
                                                domain::Key({pool.value, absl::StrCat(event)})));
  if (known) return *std::move(known);
  Delivery fresh;
  fresh.id = work.NewId<domain::DeliveryId>();
  fresh.pool = pool;
  fresh.event_sequence = event;
  fresh.passed_on = work.today();
  return fresh;
}

bool IsMarkedReturn(const StatementEntry& entry) {
  return entry.reversal || !entry.return_reason.empty();
}

// Whether the debit may give a payment of its amount back to its payer: what was passed on is often
// exactly one payment.
absl::StatusOr<bool> MayBeReturn(UnitOfWork& work, const StatementEntry& debit) {
  if (absl::StrContains(debit.remittance_text, "上解") &&
      !absl::StrContains(debit.remittance_text, "退")) {
    return false;
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> credits,
                          YoungestBy<StatementEntry>(
                              work, LookupKind::kEntryOfAmount,
                              domain::Key({debit.pool.value, absl::StrCat(debit.amount.fen())})));
  const bool names_nobody = debit.counterparty_name.empty() && debit.counterparty_account.empty();
  return std::ranges::any_of(credits, [&](const StatementEntry& credit) {
    return credit.booked_on <= debit.booked_on && (names_nobody || SamePayer(debit, credit));
  });
}

absl::StatusOr<std::vector<Delivery>> UnpaidDeliveries(UnitOfWork& work, const PoolId& pool) {
  return work.FindAllBy<Delivery>(LookupKind::kDeliveryUnpaid, domain::Key({pool.value}));
}

reconcile::DeliveryFact FactOf(const Delivery& delivery) {
  return {.key = delivery.id.ToString(),
          .payable = delivery.payable(),
          .passed_on = delivery.passed_on,
          .bank_reference = delivery.bank_reference};
}

// One or more, whose sum the debit has.
absl::Status PayOut(UnitOfWork& work, StatementEntry& debit,
                    const std::vector<Delivery*>& deliveries, std::string certificate) {
  RECOUP_RETURN_IF_ERROR(SettleDebit(work, debit));
  debit.delivery_event = deliveries.front()->event_sequence;
  debit.certificate = std::move(certificate);
  for (Delivery* delivery : deliveries) {
    if (delivery != deliveries.front()) {
      debit.further_delivery_events.push_back(delivery->event_sequence);
    }
    delivery->debit = debit.id;
    if (deliveries.size() > 1) delivery->debit_amount = debit.amount;
    work.Put(*delivery);
  }
  work.Put(debit);
  return absl::OkStatus();
}

bool NamesPayment(const StatementEntry& credit, const StatementEntry& debit) {
  for (const std::string& named : {credit.end_to_end_id, credit.bank_reference}) {
    if (!named.empty() && (named == debit.end_to_end_id || named == debit.bank_reference)) {
      return true;
    }
  }
  return false;
}

class DeliveryRun {
 public:
  DeliveryRun(UnitOfWork& work, const PoolId& pool, bool verify)
      : work_(work), pool_(pool), verify_(verify) {}

  absl::StatusOr<PostedDeliveries> Run() {
    RECOUP_RETURN_IF_ERROR(TakeInSentBack());
    RECOUP_RETURN_IF_ERROR(PayOutAll());
    RECOUP_RETURN_IF_ERROR(FindOverdue());
    return std::move(out_);
  }

 private:
  // Credits that the bank marks as a return of what it had paid out.
  absl::Status TakeInSentBack() {
    RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> credits,
                            UndecidedEntries(work_, pool_, Direction::kCredit));
    std::erase_if(credits, [](const StatementEntry& one) { return !IsMarkedReturn(one); });
    for (StatementEntry& credit : credits) {
      if (credit.unapplied != credit.amount) continue;
      RECOUP_ASSIGN_OR_RETURN(std::optional<Sent> sent, SentBackBy(credit));
      if (sent) RECOUP_RETURN_IF_ERROR(SendBack(credit, *std::move(sent)));
    }
    return absl::OkStatus();
  }

  struct Sent {
    std::vector<Delivery> deliveries;  // All that the debit paid out.
    StatementEntry debit;
    bool named = false;  // By the credit.
  };

  // The one it names, else the only one of its amount and other side.
  absl::StatusOr<std::optional<Sent>> SentBackBy(const StatementEntry& credit) {
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<Delivery> deliveries,
        YoungestBy<Delivery>(work_, LookupKind::kDeliveryPaid,
                             domain::Key({pool_.value, absl::StrCat(credit.amount.fen())})));
    std::vector<Sent> fitting;
    for (Delivery& delivery : deliveries) {
      const auto known = std::ranges::find_if(
          fitting, [&](const Sent& one) { return one.debit.id == *delivery.debit; });
      if (known != fitting.end()) {
        known->deliveries.push_back(std::move(delivery));
        continue;
      }
      RECOUP_ASSIGN_OR_RETURN(StatementEntry debit,
                              work_.Get<StatementEntry>(pool_.value, delivery.debit->value));
      if (debit.booked_on > credit.booked_on) continue;
      const bool named = NamesPayment(credit, debit);
      if (!named && !SamePayer(debit, credit)) continue;
      fitting.push_back({{std::move(delivery)}, std::move(debit), named});
    }
    if (std::ranges::any_of(fitting, &Sent::named)) {
      std::erase_if(fitting, [](const Sent& one) { return !one.named; });
    }
    if (fitting.size() != 1) return std::nullopt;
    return std::move(fitting.front());
  }

  absl::Status SendBack(StatementEntry& credit, Sent sent) {
    ledger::Postings postings;
    ledger::TakeBack(credit.id, credit.amount, postings);
    RECOUP_RETURN_IF_ERROR(PostMovement(work_, pool_, postings, {}, {}));
    credit.unapplied = Money();
    credit.returns = sent.debit.id;
    const std::string days =
        absl::StrJoin(sent.deliveries, "、", [](std::string* out, const Delivery& one) {
          absl::StrAppend(out, absl::FormatCivilTime(one.passed_on));
        });
    credit.certificate = absl::StrCat(
        "PASS_ON_SENT_BACK；银行退回 ", days, " 上解的 ", credit.amount.ToYuanGrouped(), " 元，",
        sent.named ? "写明原付款参考号" : "对方与金额唯一相符", "；该上解款待重新付出");
    RECOUP_ASSIGN_OR_RETURN(credit.settled_event, EventOfPool(work_, pool_));
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(credit, domain::StatementEntryCommand::kReturn));
    work_.Put(credit);
    for (Delivery& delivery : sent.deliveries) {
      delivery.debit.reset();
      delivery.debit_amount.reset();
      work_.Put(delivery);
    }
    out_.posted.push_back(credit.id);
    return absl::OkStatus();
  }

  absl::Status PayOutAll() {
    RECOUP_ASSIGN_OR_RETURN(std::vector<Delivery> unpaid, UnpaidDeliveries(work_, pool_));
    if (unpaid.empty()) return absl::OkStatus();
    std::vector<reconcile::DeliveryFact> deliveries;
    for (const Delivery& delivery : unpaid) deliveries.push_back(FactOf(delivery));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<reconcile::OutgoingDebit> debits, OutgoingDebits());
    const reconcile::DeliveryPolicy policy;
    const reconcile::PaidOutResult result = reconcile::FindPaidOut(deliveries, debits, policy);
    if (verify_) {
      RECOUP_RETURN_IF_ERROR(reconcile::VerifyPaidOut(deliveries, debits, policy, result));
    }
    for (const reconcile::PaidOut& paid : result.paid) {
      const auto at = [&](const auto& all, const std::string& key) {
        return static_cast<std::size_t>(
            std::ranges::find(all, key, [](const auto& one) { return one.key; }) - all.begin());
      };
      std::vector<Delivery*> paid_out;
      for (const std::string& key : paid.delivery_keys) {
        paid_out.push_back(&unpaid[at(deliveries, key)]);
      }
      const reconcile::OutgoingDebit& fact = debits[at(debits, paid.debit_key)];
      RECOUP_ASSIGN_OR_RETURN(
          StatementEntry debit,
          work_.Get<StatementEntry>(pool_.value,
                                    IdOf<domain::StatementEntryId>(paid.debit_key).value));
      RECOUP_RETURN_IF_ERROR(
          PayOut(work_, debit, paid_out, reconcile::CertificateOf(paid, deliveries, fact, policy)));
      out_.posted.push_back(debit.id);
    }
    for (const reconcile::DeliveryDoubt& doubt : result.doubts) {
      out_.doubtful.emplace(IdOf<domain::StatementEntryId>(doubt.debit_key),
                            reconcile::ExplanationOf(doubt, deliveries));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<reconcile::OutgoingDebit>> OutgoingDebits() {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<StatementEntry> entries,
                            UndecidedEntries(work_, pool_, Direction::kDebit));
    std::vector<reconcile::OutgoingDebit> debits;
    for (const StatementEntry& debit : entries) {
      // A person, or the batch that it names, says what it is.
      if (IsMarkedReturn(debit) || !debit.settlement_batch.empty()) continue;
      RECOUP_ASSIGN_OR_RETURN(const bool may_be_return, MayBeReturn(work_, debit));
      debits.push_back({.key = debit.id.ToString(),
                        .amount = debit.amount,
                        .booked_on = debit.booked_on,
                        .bank_reference = debit.bank_reference,
                        .end_to_end_id = debit.end_to_end_id,
                        .text = debit.remittance_text,
                        .may_be_return = may_be_return});
    }
    return debits;
  }

  absl::Status FindOverdue() {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Delivery> unpaid, UnpaidDeliveries(work_, pool_));
    if (unpaid.empty()) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* rules, work_.policy_data());
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t days,
                            rules->Integer("break.grace_days", pool_.value, work_.today()));
    for (const Delivery& delivery : unpaid) {
      if (work_.today() <= delivery.passed_on + days) continue;
      domain::Break found;
      found.pool = pool_;
      found.kind = domain::BreakKind::kUnpaidDelivery;
      found.finding = absl::StrCat(kRunFinding, "UNPAID_DELIVERY:", delivery.id.ToString());
      found.amount = delivery.payable();
      found.explanation = absl::StrCat(
          absl::FormatCivilTime(delivery.passed_on), " 上解（事件 ", delivery.event_sequence,
          delivery.bank_reference.empty() ? "" : absl::StrCat("，凭证 ", delivery.bank_reference),
          "），银行应付 ", delivery.payable().ToYuanGrouped(), " 元，至今没有相应的支出。");
      found.suggestion =
          "核实银行是否已付；已付而未认出的，对该笔支出的差异以 --kind apply --pays-delivery "
          "认定。";
      found.grace_until = delivery.passed_on + days;
      out_.breaks.push_back(std::move(found));
    }
    return absl::OkStatus();
  }

  UnitOfWork& work_;
  const PoolId& pool_;
  const bool verify_;
  PostedDeliveries out_;
};

}  // namespace

absl::Status NoteDelivery(UnitOfWork& work, const PoolId& pool, Money amount,
                          absl::CivilDay passed_on, const std::string& bank_reference) {
  if (amount.is_zero()) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(Delivery delivery, DeliveryOfThisEvent(work, pool));
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<Delivery> owed,
      work.FindAllBy<Delivery>(LookupKind::kDeliveryOwed, domain::Key({pool.value})));
  delivery.amount += amount;
  delivery.passed_on = passed_on;
  delivery.bank_reference = bank_reference;
  for (Delivery& debt : owed) {
    const Money part = std::min(delivery.payable(), debt.owed());
    if (part.is_zero()) break;
    debt.kept_back += part;
    delivery.kept_back += part;
    work.Put(debt);
  }
  work.Put(delivery);
  return absl::OkStatus();
}

absl::Status NoteTakenFromPool(UnitOfWork& work, const PoolId& pool, Money amount) {
  if (amount.is_zero()) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(Delivery delivery, DeliveryOfThisEvent(work, pool));
  delivery.amount -= amount;
  work.Put(delivery);
  return absl::OkStatus();
}

absl::StatusOr<PostedDeliveries> PostDeliveries(UnitOfWork& work, const PoolId& pool, bool verify) {
  return DeliveryRun(work, pool, verify).Run();
}

absl::Status PayOldestDelivery(UnitOfWork& work, StatementEntry debit, const std::string& reason) {
  const auto refuse = [&](std::string_view why, std::string why_chinese) {
    return Refuse(Reason::kIllegalTransition,
                  absl::StrCat("the debit pays out no delivery: ", std::string(why)), "DELIVERY",
                  debit.id.ToString(), std::move(why_chinese));
  };
  if (debit.direction != Direction::kDebit) return refuse("it is a credit", "该流水是到账");
  if (debit.state != domain::StatementEntryState::kUnmatched) {
    return refuse("it is posted or explained already", "该支出已入账或已说明");
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<Delivery> unpaid, UnpaidDeliveries(work, debit.pool));
  std::erase_if(unpaid, [&](const Delivery& one) { return one.payable() != debit.amount; });
  if (unpaid.empty()) {
    return refuse("nothing of its amount was passed on and is not paid out yet",
                  "没有应付金额与之相同而尚未付出的上解款");
  }
  Delivery& oldest = *std::ranges::min_element(
      unpaid, {}, [](const Delivery& one) { return std::pair(one.passed_on, one.id); });
  return PayOut(work, debit, {&oldest},
                absl::StrCat("PERSON；经办人员 ", work.caller().actor, " 认定为 ",
                             absl::FormatCivilTime(oldest.passed_on), " 上解款的付出：", reason));
}

}  // namespace recoup::app
