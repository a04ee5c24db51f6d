// Random commands of hospitals, funds, insurers, mediators and banks on few things, so that their
// states collide in every way. Watches the five laws after each command and checks them from the
// journal up every five thousand. The same seed gives the same history. Not thread-safe.
#ifndef RECOUP_TESTS_SIMULATION_SIMULATION_H_
#define RECOUP_TESTS_SIMULATION_SIMULATION_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <iostream>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/app/books.h"
#include "hub/app/decide_approval.h"
#include "hub/app/demand_answers.h"
#include "hub/app/demands.h"
#include "hub/app/flag_admission.h"
#include "hub/app/import_statement.h"
#include "hub/app/mediation.h"
#include "hub/app/pass_on.h"
#include "hub/app/payments.h"
#include "hub/app/reconcile.h"
#include "hub/app/report_settlement.h"
#include "hub/app/resolve_break.h"
#include "hub/app/self_check.h"
#include "hub/app/trial_balance.h"
#include "hub/base/error.h"
#include "hub/engine/engine.h"
#include "hub/rpc/journal_export.h"
#include "tests/app/payment_story.h"
#include "tests/simulation/law_watch.h"
#include "tests/support/hub_world.h"
#include "tests/support/memory_store.h"

namespace recoup::testing {

using app::UnitOfWork;
using domain::Demand;
using domain::LookupKind;
using domain::Money;
using domain::StatementEntry;

inline std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  std::uint64_t value = otherwise;
  if (text != nullptr && !absl::SimpleAtoi(text, &value)) ADD_FAILURE() << name << " is no number";
  return value;
}

// The random words of one command, drawn before it runs, so that a second run decides the same.
class Words {
 public:
  explicit Words(Random& random) {
    for (std::uint64_t& word : words_) word = random.Next() >> 8;
  }
  std::uint64_t Below(std::uint64_t bound) { return words_[next_++ % words_.size()] % bound; }
  bool Chance(std::uint64_t percent) { return Below(100) < percent; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }
  // Of a positive amount: all of it, or some.
  Money Part(Money whole) {
    if (Chance(50)) return whole;
    return Money::Fen(1 +
                      static_cast<std::int64_t>(Below(static_cast<std::uint64_t>(whole.fen()))));
  }

 private:
  std::array<std::uint64_t, 24> words_{};
  std::size_t next_ = 0;
};

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed)
      : random_(seed),
        engine_random_(seed + 1),
        request_ids_(random_),
        clock_(absl::FromCivil(absl::CivilSecond(2026, 3, 1, 8, 0, 0), ChinaTimeZone())),
        key_(crypto::SigningKey::Generate(engine_random_)),
        store_(MakeMemoryStore([this](const app::WriteSet& w) { watch_.OnCommit(w); })),
        engine_({*store_, seal_, blinder_, clock_, engine_random_, key_}, {}) {
    engine_.Start();
    for (const char* name : {"insurer/huaan", "mediator/pudong"}) {
      Do("register", fund_, [name](UnitOfWork& work, Words) {
        domain::Party party;
        party.id = work.NewId<domain::PartyRecordId>();
        party.party = {name};
        party.display_name = name;
        if (party.party.kind() == domain::PartyKind::kInsurer) party.aliases = {kInsurer};
        work.Put(party);
        return absl::OkStatus();
      });
    }
  }
  ~Simulation() { engine_.Stop(); }

  void Run(std::uint64_t commands) {
    for (std::uint64_t i = 1; i <= commands && !::testing::Test::HasFailure(); ++i) {
      clock_.Advance(absl::Seconds(20));
      Step();
      const std::vector<std::string> broken = watch_.TakeBroken();
      if (!broken.empty()) {
        ADD_FAILURE() << "command " << i << " (" << last_kind_
                      << "): " << absl::StrJoin(broken, "\n");
      }
      if (i % 5'000 == 0) CheckFully();
    }
    CheckFully();
  }

  // The whole journal as plain text.
  std::string Export(ledger::Dialect dialect) {
    rpc::JournalExport journal(pool_, std::nullopt, std::nullopt, dialect);
    std::string text;
    const auto view = store_->Snapshot();
    while (!journal.done() && !::testing::Test::HasFailure()) {
      const auto part = journal.Next(**view, clock_.Now());
      EXPECT_TRUE(part.ok()) << part.status();
      if (part.ok()) text += *part;
    }
    return text;
  }
  app::TrialBalance Balances() {
    const auto view = store_->Snapshot();
    const auto balance = app::TrialBalanceOf(**view, pool_, absl::InfiniteFuture());
    EXPECT_TRUE(balance.ok()) << balance.status();
    return balance.value_or(app::TrialBalance());
  }
  const domain::PoolId& pool() const { return pool_; }
  void Read(const std::function<void(app::RecordReader&)>& read) {
    const auto view = store_->Snapshot();
    app::RecordReader reader(**view, seal_);
    read(reader);
  }

  const std::map<std::string, std::map<std::string, int>>& outcomes() const { return outcomes_; }
  std::int64_t transfers() const { return watch_.transfers(); }
  std::int64_t transfers_by(const std::string& kind) const {
    const auto found = moved_.find(kind);
    return found == moved_.end() ? 0 : found->second;
  }

 private:
  using UseCase = std::function<absl::Status(UnitOfWork&, Words)>;

  void CheckFully() {
    const auto view = store_->Snapshot();
    app::RecordReader reader(**view, seal_);
    const auto checked = app::CheckLedgerFully(reader, pool_);
    ASSERT_TRUE(checked.ok()) << checked.status();
    for (const ledger::Violation& violation : checked->violations) {
      ADD_FAILURE() << "law " << violation.law << " " << violation.subject << ": "
                    << violation.description;
    }
    EXPECT_EQ(checked->transfers, watch_.transfers());
    EXPECT_TRUE(app::SelfCheck(**view).ok());
    std::cout << transfers() << " transfers";
    for (const auto& [what, kind] : {std::pair("unsettled entries", LookupKind::kEntryUnsettled),
                                     std::pair("open demands", LookupKind::kDemandOpen),
                                     std::pair("open breaks", LookupKind::kBreakOpen)}) {
      std::cout << ", " << (*view)->FindAll(kind, domain::Key({pool_.value}))->size() << " "
                << what;
    }
    std::cout << "\n";
  }

  engine::Outcome Submit(engine::Command command) {
    std::promise<engine::Outcome> answered;
    engine::CommandGroup group;
    group.commands.push_back(std::move(command));
    group.done = [&](std::vector<engine::Outcome> outcomes) {
      answered.set_value(std::move(outcomes.front()));
    };
    engine_.Submit(std::move(group));
    return answered.get_future().get();
  }

  bool Do(const std::string& kind, const app::Caller& caller, UseCase use_case) {
    last_kind_ = kind;
    engine::Command command;
    command.caller = caller;
    command.method = kind;
    command.request_id = request_ids_.Next(clock_.Now());
    command.partition = pool_.value;
    command.content = command.request_id.ToBytes();
    command.run = [use_case = std::move(use_case),
                   words = Words(random_)](UnitOfWork& work) -> absl::StatusOr<std::string> {
      if (absl::Status status = use_case(work, words); !status.ok()) return status;
      return std::string("done");
    };
    const std::int64_t before = watch_.transfers();
    const engine::Outcome outcome = Submit(command);
    moved_[kind] += watch_.transfers() - before;
    ++outcomes_[kind]
               [outcome.status.ok() ? "OK" : std::string(ReasonName(ReasonOf(outcome.status)))];
    // A refusal is an answer; a fault of the hub is not.
    const Reason reason = outcome.status.ok() ? Reason::kNotFound : ReasonOf(outcome.status);
    if (reason == Reason::kInternal || reason == Reason::kLedgerLawBroken) {
      ADD_FAILURE() << kind << ": " << outcome.status;
    }
    if (random_.Next() % 32 == 0) {
      last_kind_ = "replay of " + kind;
      const engine::Outcome again = Submit(command);
      EXPECT_TRUE(again.replayed) << kind;
      EXPECT_EQ(again.status, outcome.status) << kind;
      ++outcomes_["replay"][again.replayed ? "OK" : "anew"];
    }
    return outcome.status.ok();
  }

  void Step() {
    const std::uint64_t dice = random_.Next() % 100;
    if (dice < 6) return Flag();
    if (dice < 18) return Settle();
    if (dice < 21) return Reverse();
    if (dice < 32) return DraftDemand();
    if (dice < 44) return Issue();
    if (dice < 46) return Withdraw();
    if (dice < 58) return AnswerDemand();
    if (dice < 70) return Mediate();
    if (dice < 78) return Import();
    if (dice < 81) return Reconcile();
    if (dice < 91) return Resolve();
    if (dice < 93) return PassOn();
    if (dice < 95) return Relinquish();
    return Approve();
  }

  // Thirty visits at a time; old ones are left behind, or they would hold thousands of settlements.
  std::string Visit(Words& w) const {
    return absl::StrCat("V", static_cast<std::uint64_t>(settlements_) / 10 + w.Below(30));
  }

  void Flag() {
    Do("flag", hospital_, [this](UnitOfWork& work, Words w) -> absl::Status {
      const std::string visit = Visit(w);
      if (w.Chance(25)) {
        return app::ClearFlagOf({pool_, {std::nullopt, visit}, work.now(), "非外伤"}, work)
            .status();
      }
      app::FlagAdmission command;
      command.pool = pool_;
      command.flag.pool = pool_;
      command.flag.visit_id = visit;
      command.flag.admitted_time = kAdmitted;
      command.flagged_time = work.now();
      if (w.Chance(50)) return app::FlagAdmissionOf(command, work).status();
      app::AmendFlag amend;
      amend.pool = pool_;
      amend.flag.visit_id = visit;
      amend.state = domain::FlagState::kConfirmed;
      amend.changed_time = work.now();
      amend.reason = "复核";
      return app::AmendFlagOf(amend, work).status();
    });
  }

  // A settlement of a visit has its own number; now and then one comes again, or with other
  // figures.
  void Settle() {
    const int number =
        random_.Next() % 10 == 0 && settlements_ > 0 ? settlements_ - 1 : settlements_;
    std::optional<domain::AdvanceId> added;
    const bool ok = Do("settle", hospital_, [&](UnitOfWork& work, Words w) -> absl::Status {
      app::ReportSettlement command;
      command.pool = pool_;
      domain::Advance& s = command.settlement;
      s.visit_id = Visit(w);
      s.settlement_id = absl::StrCat("S", number);
      s.settled_time = kAdmitted;
      s.amount = Money::Fen(static_cast<std::int64_t>(w.Below(1'000'000)));
      s.total = s.amount;
      const auto answer = app::ReportSettlementOf(command, work);
      if (answer.ok()) added = answer->advance.id;
      return answer.status();
    });
    if (!ok || number != settlements_) return;
    ++settlements_;
    advances_.push_back(*added);
    if (advances_.size() > 40) advances_.erase(advances_.begin());
  }

  void Reverse() {
    if (settlements_ == 0) return;
    Do("reverse", hospital_, [this](UnitOfWork& work, Words w) -> absl::Status {
      const auto recent = static_cast<std::uint64_t>(std::min(settlements_, 60));
      const int number = settlements_ - 1 - static_cast<int>(w.Below(recent));
      return app::ReverseSettlementOf(
                 {pool_, absl::StrCat("S", number), absl::StrCat("R", number), work.now(), "冲正"},
                 work)
          .status();
    });
  }

  // A recovery with a drafted demand on one to three advances, which others may claim as well.
  void DraftDemand() {
    if (advances_.empty() || live_.size() >= kLiveDemandsMax) return;
    std::optional<domain::DemandId> drafted;
    const int number = ++demands_;
    const bool ok = Do("draft", fund_, [&](UnitOfWork& work, Words w) -> absl::Status {
      domain::Recovery recovery;
      recovery.id = work.NewId<domain::RecoveryId>();
      recovery.pool = pool_;
      Demand demand;
      demand.id = work.NewId<domain::DemandId>();
      demand.pool = pool_;
      demand.recovery = recovery.id;
      demand.debtor_name = kInsurer;
      demand.debtor_party = insurer_.party;
      demand.reference = ReferenceOf(absl::StrCat("S", number));
      const std::uint64_t lines = 1 + w.Below(3);
      for (std::uint64_t i = 0; i < lines; ++i) {
        const domain::AdvanceId id = w.Pick(advances_);
        RECOUP_ASSIGN_OR_RETURN(const domain::Advance* advance,
                                work.Find<domain::Advance>(pool_.value, id.value));
        const bool twice = std::find(recovery.advances.begin(), recovery.advances.end(), id) !=
                           recovery.advances.end();
        if (twice || advance->state != domain::AdvanceState::kOpen) continue;
        const Money free = advance->stages.at(domain::Stage::kAdvanced);
        if (!free.is_positive()) continue;
        const Money amount = w.Part(free);
        recovery.advances.push_back(id);
        domain::DemandLine& line = demand.lines.emplace_back();
        line.advance = id;
        line.amount = amount;
        demand.amount += amount;
      }
      if (demand.lines.empty()) return app::NotFound("nothing to claim");
      domain::Debtor debtor;
      debtor.name = kInsurer;
      debtor.party = insurer_.party;
      debtor.amount = demand.amount;
      recovery.debtors.push_back(debtor);
      recovery.demands.push_back(demand.id);
      work.Put(recovery);
      work.Put(demand);
      drafted = demand.id;
      return absl::OkStatus();
    });
    if (ok) live_.push_back(*drafted);
  }

  void OnDemand(const std::string& kind, const app::Caller& caller,
                std::function<absl::Status(UnitOfWork&, Words&, const Demand&)> use_case) {
    if (live_.empty()) return;
    const domain::DemandId id = live_[random_.Next() % live_.size()];
    bool withdrawn = false;
    bool draft = false;
    bool paid = false;
    Do(kind, caller, [&, use_case](UnitOfWork& work, Words w) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(const Demand demand, work.Get<Demand>(pool_.value, id.value));
      draft = demand.state == domain::DemandState::kDraft;
      paid = demand.state == domain::DemandState::kPaid;
      RECOUP_RETURN_IF_ERROR(use_case(work, w, demand));
      RECOUP_ASSIGN_OR_RETURN(const Demand now, work.Get<Demand>(pool_.value, id.value));
      withdrawn = now.state == domain::DemandState::kWithdrawn;
      return absl::OkStatus();
    });
    // Paid ones leave now and then; until then returns and second payments find them.
    if (withdrawn || (paid && random_.Next() % 5 == 0) || (draft && random_.Next() % 60 == 0)) {
      std::erase(live_, id);
    }
  }

  void Issue() {
    OnDemand("issue", fund_, [this](UnitOfWork& work, Words& w, const Demand& demand) {
      std::optional<absl::CivilDay> due;
      if (w.Chance(50)) due = work.today() + static_cast<std::int64_t>(w.Below(3));
      return app::IssueDemandOf({pool_, demand.id, "", due}, work).status();
    });
  }
  void Withdraw() {
    OnDemand("withdraw", fund_, [this](UnitOfWork& work, Words&, const Demand& demand) {
      return app::WithdrawDemandOf({pool_, demand.id, "", "重新核算"}, work).status();
    });
  }
  void Relinquish() {
    OnDemand("relinquish", fund_, [this](UnitOfWork& work, Words& w, const Demand& demand) {
      if (!demand.open().is_positive()) return app::NotFound("nothing is open");
      return app::WriteOffOpen(work, pool_, demand.id, w.Part(demand.open()), "协商减免");
    });
  }

  void AnswerDemand() {
    OnDemand("answer", insurer_, [this](UnitOfWork& work, Words& w, const Demand& demand) {
      if (w.Chance(20)) {
        return app::AcknowledgeDemandOf({pool_, demand.id, "", work.now(), "C1"}, work).status();
      }
      if (w.Chance(60)) {
        app::AcceptDemand accept{pool_, demand.id, "", work.now(), std::nullopt, ""};
        if (w.Chance(50) && demand.open().is_positive()) accept.amount = w.Part(demand.open());
        return app::AcceptDemandOf(accept, work).status();
      }
      app::DisputeDemand dispute;
      dispute.pool = pool_;
      dispute.demand = demand.id;
      dispute.happened = work.now();
      dispute.text = "非本次事故";
      const domain::DemandLine& line = w.Pick(demand.lines);
      dispute.parts.push_back({.advance = line.advance,
                               .amount = w.Part(line.amount),
                               .ground = domain::DisputeReason::kOther,
                               .text = "无关用药"});
      return app::DisputeDemandOf(dispute, work).status();
    });
  }

  void Mediate() {
    if (mediations_.empty() || random_.Next() % 3 == 0) {
      OnDemand("mediate", fund_, [this](UnitOfWork& work, Words&, const Demand& demand) {
        const auto opened = app::OpenMediationOf(
            {pool_, {demand.id}, domain::PartyId{"mediator/pudong"}, work.now()}, work);
        if (opened.ok()) opened_ = opened->id;
        return opened.status();
      });
      if (opened_) mediations_.push_back(*opened_);
      opened_.reset();
      if (mediations_.size() > 8) mediations_.erase(mediations_.begin());
      return;
    }
    const domain::MediationId id = mediations_[random_.Next() % mediations_.size()];
    Do("negotiate", fund_, [this, id](UnitOfWork& work, Words w) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(domain::Mediation mediation,
                              work.Get<domain::Mediation>(pool_.value, id.value));
      if (mediation.state == domain::MediationState::kPendingApproval) {
        return app::NotFound("it waits for its approval");
      }
      if (w.Chance(15))
        return app::FailMediationOf({pool_, id, "未达成一致", work.now()}, work).status();
      RECOUP_ASSIGN_OR_RETURN(const Demand demand,
                              work.Get<Demand>(pool_.value, mediation.demands[0].value));
      if (!demand.open().is_positive()) return app::NotFound("nothing is open");
      domain::AgreedDemand term;
      term.demand = demand.id;
      term.agreed = w.Part(demand.open());
      term.relinquished = demand.open() - term.agreed;
      if (w.Chance(30) && term.agreed.fen() > 1) {
        const Money first = Money::Fen(term.agreed.fen() / 2);
        term.instalments = {{work.today() + 1, first, Money()},
                            {work.today() + 30, term.agreed - first, Money()}};
      }
      if (mediation.state == domain::MediationState::kOpen || w.Chance(20)) {
        app::MakeOffer offer{pool_, id, {}};
        offer.offer.offered_time = work.now();
        offer.offer.terms = {term};
        return app::MakeOfferOf(offer, work).status();
      }
      return app::AgreeMediationOf({pool_, id, {term}, "协商一致", work.today()}, work).status();
    });
  }

  // What the bank may report next: payments of every kind, returns, refunds, and what nobody knows.
  StatementEntry NextEntry(UnitOfWork& work, Words& w, int number) {
    const std::string bank_reference = absl::StrCat("B", number);
    StatementEntry entry =
        Credit(work.today(), Money::Fen(1 + static_cast<std::int64_t>(w.Below(3000))),
               bank_reference, "不明单位", "往来");
    entry.end_to_end_id = absl::StrCat("E", number);
    const auto unsettled = [&](LookupKind kind) {
      return *work.FindAllBy<StatementEntry>(kind, domain::Key({pool_.value}));
    };
    const std::uint64_t dice = w.Below(100);
    if (dice < 65 && !live_.empty()) {
      const auto demand = work.Get<Demand>(pool_.value, w.Pick(live_).value);
      if (!demand.ok()) return entry;
      const Money open = demand->open();
      entry.amount = open.is_positive() ? w.Part(open) : w.Part(demand->amount);
      if (w.Chance(15)) entry.amount += Money::Fen(1 + static_cast<std::int64_t>(w.Below(500)));
      entry.counterparty_name = kInsurer;
      if (w.Chance(40)) {
        entry.creditor_reference = demand->reference;
      } else if (w.Chance(70)) {
        entry.remittance_text = absl::StrCat("赔款", demand->reference, w.Chance(20) ? "结清" : "");
      }
    } else if (dice < 80 && !credits_.empty()) {
      const auto paid = work.Get<StatementEntry>(pool_.value, w.Pick(credits_).value);
      if (!paid.ok()) return entry;
      entry = Debit(work.today(), w.Chance(80) ? paid->amount : w.Part(paid->amount),
                    bank_reference, paid->counterparty_name, "退汇");
      entry.end_to_end_id = paid->end_to_end_id;
      entry.return_reason = "AC04";
    } else if (dice < 92) {
      const std::vector<StatementEntry> refundable = unsettled(LookupKind::kEntryRefundable);
      if (refundable.empty()) return entry;
      const StatementEntry& paid = w.Pick(refundable);
      entry = Debit(work.today(), paid.refundable, bank_reference, paid.counterparty_name, "退款");
    } else if (dice < 95) {
      entry = Debit(work.today(), entry.amount, bank_reference, "某银行", "手续费");
    }
    return entry;
  }

  void Import() {
    if (random_.Next() % 10 == 0 && last_import_) {
      Do("import again", fund_, [this](UnitOfWork& work, Words) {
        return app::ImportStatementOf(*last_import_, work).status();
      });
      return;
    }
    if (imports_ % 40 == 0) balance_ = Money();  // Another account.
    const int number = ++imports_;
    std::optional<app::ImportStatement> sent;
    std::vector<domain::StatementEntryId> credits;
    const bool ok = Do("import", fund_, [&](UnitOfWork& work, Words w) -> absl::Status {
      std::vector<StatementEntry> entries;
      const std::uint64_t count = 1 + w.Below(2);
      for (std::uint64_t i = 0; i < count; ++i) {
        entries.push_back(NextEntry(work, w, number * 10 + static_cast<int>(i)));
      }
      app::ImportStatement command = StatementOf(pool_, absl::StrCat(number), balance_,
                                                 work.today(), work.today(), std::move(entries));
      command.statement.account = absl::StrCat("A", (number - 1) / 40);
      if (w.Chance(3)) command.statement.closing += Money::Fen(1);
      sent = command;
      RECOUP_ASSIGN_OR_RETURN(const app::ImportAnswer answer,
                              app::ImportStatementOf(command, work));
      RECOUP_ASSIGN_OR_RETURN(const std::vector<app::RecordKey> keys,
                              work.FindAll(LookupKind::kEntryOfStatementId,
                                           domain::Key({answer.statement.id.value.ToBytes()})));
      for (const app::RecordKey& key : keys) credits.push_back({key.id});
      return absl::OkStatus();
    });
    if (!ok) return;
    last_import_ = sent;
    balance_ = sent->statement.closing;
    for (const auto& id : credits) credits_.push_back(id);
    if (credits_.size() > 15) credits_.erase(credits_.begin(), credits_.end() - 15);
  }

  void Reconcile() {
    const auto run = [this](app::ReconcileAnswer* out) {
      return [this, out](UnitOfWork& work, Words w) -> absl::Status {
        const app::Reconcile command{.pool = pool_, .verify = w.Chance(25)};
        RECOUP_ASSIGN_OR_RETURN(*out, app::ReconcileOf(command, work));
        return absl::OkStatus();
      };
    };
    app::ReconcileAnswer first;
    if (!Do("reconcile", fund_, run(&first))) return;
    if (random_.Next() % 10 != 0) return;
    const std::int64_t before = watch_.transfers();
    app::ReconcileAnswer second;
    Do("reconcile again", fund_, run(&second));
    EXPECT_EQ(watch_.transfers(), before) << "a second run moved money";
    EXPECT_EQ(second.opened.size() + second.closed.size(), 0u) << "a second run found something";
  }

  // Mostly what a sensible officer would choose, so that unsettled money does not pile up.
  static domain::BreakResolution KindFor(const domain::Break& finding, Words& w) {
    using R = domain::BreakResolution;
    if (w.Chance(15))
      return w.Pick(std::vector<R>{R::kApply, R::kRefund, R::kWriteOff, R::kNotOurs});
    switch (finding.kind) {
      case domain::BreakKind::kUnderpaid:
        return R::kWriteOff;
      case domain::BreakKind::kOverpaid:
      case domain::BreakKind::kDuplicatePayment:
      case domain::BreakKind::kUnknownPayment:
      case domain::BreakKind::kAmbiguousPayment:
        return w.Pick(std::vector<R>{R::kApply, R::kRefund, R::kRefund, R::kNotOurs,
                                     w.Chance(4) ? R::kExplained : R::kRefund});
      case domain::BreakKind::kReturnedPayment:
      case domain::BreakKind::kLatePayment:
      case domain::BreakKind::kAdviceWithoutMoney:
      case domain::BreakKind::kSettlementReversed:
      case domain::BreakKind::kStatementGap:
      case domain::BreakKind::kPolicyLimitMismatch:
      case domain::BreakKind::kSplitMismatch:
        return R::kExplained;
      case domain::BreakKind::kCaseChanged:
        return w.Chance(50) ? R::kAmend : R::kExplained;
    }
    return R::kExplained;
  }

  void Resolve() {
    Do("resolve", fund_, [this](UnitOfWork& work, Words w) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(
          std::vector<domain::Break> open,
          work.FindAllBy<domain::Break>(LookupKind::kBreakOpen, domain::Key({pool_.value})));
      if (!w.Chance(5)) {
        RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Approval> pending, Pending(work));
        std::erase_if(open, [&](const domain::Break& finding) {
          return std::any_of(pending.begin(), pending.end(), [&](const domain::Approval& approval) {
            return approval.finding == finding.id;
          });
        });
      }
      if (open.empty()) return app::NotFound("no break is open");
      // The oldest first, mostly, so that they do not pile up.
      const domain::Break& finding = w.Chance(70) ? open.front() : w.Pick(open);
      app::ResolveBreak command;
      command.pool = pool_;
      command.finding = finding.id;
      command.reason = "已核实";
      command.kind = KindFor(finding, w);
      if (finding.entry && !w.Chance(10)) {
        RECOUP_ASSIGN_OR_RETURN(const StatementEntry* entry,
                                work.Find<StatementEntry>(pool_.value, finding.entry->value));
        const bool credit = entry->direction == domain::Direction::kCredit;
        if (!credit) command.kind = domain::BreakResolution::kExplained;
      }
      if (command.kind == domain::BreakResolution::kApply && !live_.empty()) {
        const auto demand = work.Get<Demand>(pool_.value, w.Pick(live_).value);
        if (demand.ok() && demand->open().is_positive()) {
          const Money most = std::min(demand->open(), finding.amount);
          command.applications = {{demand->id, w.Part(std::max(most, Money::Fen(1)))}};
        }
        if (command.applications.empty()) command.kind = domain::BreakResolution::kRefund;
      }
      return app::ResolveBreakOf(command, work).status();
    });
  }

  void PassOn() {
    Do("pass on", fund_, [this](UnitOfWork& work, Words w) -> absl::Status {
      app::PassOn command{pool_, {}, work.today(), ""};
      if (w.Chance(70) && !live_.empty()) command.demands = {w.Pick(live_)};
      return app::PassOnOf(command, work).status();
    });
  }

  // The second person: whoever asked may not decide.
  void Approve() {
    Do("approve", chief_, [this](UnitOfWork& work, Words w) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Approval> pending, Pending(work));
      if (pending.empty()) return app::NotFound("nothing waits");
      // Too late is an answer too: the demand may have been paid since.
      const domain::Approval& approval = w.Chance(70) ? pending.front() : w.Pick(pending);
      return app::DecideApprovalOf({pool_, approval.id, w.Chance(60), "复核"}, work).status();
    });
  }
  absl::StatusOr<std::vector<domain::Approval>> Pending(UnitOfWork& work) const {
    return work.FindAllBy<domain::Approval>(LookupKind::kApprovalPending,
                                            domain::Key({pool_.value}));
  }

  static constexpr char kInsurer[] = "华安联合财产保险股份有限公司";
  static constexpr std::size_t kLiveDemandsMax = 12;
  const absl::Time kAdmitted = absl::FromUnixSeconds(1'770'000'000);

  const domain::PoolId pool_{"310115-310"};
  const app::Caller fund_{{"fund/pudong"}, "fund/pudong/wang-min"};
  const app::Caller chief_{{"fund/pudong"}, "fund/pudong/li-hua"};
  const app::Caller hospital_{{"hospital/renji"}, "hospital/renji"};
  const app::Caller insurer_{{"insurer/huaan"}, "insurer/huaan"};

  SeededRandom random_;
  SeededRandom engine_random_;
  IdSource request_ids_;
  ManualClock clock_;
  IdentitySeal seal_;
  PlainBlinder blinder_;
  const crypto::SigningKey key_;
  LawWatch watch_;
  std::unique_ptr<app::Store> store_;
  engine::Engine engine_;

  int settlements_ = 0;
  int demands_ = 0;
  int imports_ = 0;
  Money balance_;
  std::vector<domain::AdvanceId> advances_;
  std::vector<domain::DemandId> live_;
  std::vector<domain::MediationId> mediations_;
  std::vector<domain::StatementEntryId> credits_;
  std::optional<domain::MediationId> opened_;
  std::optional<app::ImportStatement> last_import_;
  std::string last_kind_;
  std::map<std::string, std::map<std::string, int>> outcomes_;
  std::map<std::string, std::int64_t> moved_;  // Transfers, by kind of command.
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_SIMULATION_SIMULATION_H_
