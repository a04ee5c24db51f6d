#include "tests/simulation/simulation.h"

#include <future>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/app/books.h"
#include "hub/app/self_check.h"
#include "hub/base/error.h"

namespace recoup::testing {

Simulation::Simulation(std::uint64_t seed)
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

void Simulation::Run(std::uint64_t commands) {
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

std::string Simulation::Export(ledger::Dialect dialect) {
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

app::TrialBalance Simulation::Balances() {
  const auto view = store_->Snapshot();
  const auto balance = app::TrialBalanceOf(**view, pool_, absl::InfiniteFuture());
  EXPECT_TRUE(balance.ok()) << balance.status();
  return balance.value_or(app::TrialBalance());
}

void Simulation::Read(const std::function<void(app::RecordReader&)>& read) {
  const auto view = store_->Snapshot();
  app::RecordReader reader(**view, seal_);
  read(reader);
}

void Simulation::CheckFully() {
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
    std::cout << ", " << (*view)->FindAll(kind, domain::Key({pool_.value}))->size() << " " << what;
  }
  std::cout << "\n";
}

engine::Outcome Simulation::Submit(engine::Command command) {
  std::promise<engine::Outcome> answered;
  engine::CommandGroup group;
  group.commands.push_back(std::move(command));
  group.done = [&](std::vector<engine::Outcome> outcomes) {
    answered.set_value(std::move(outcomes.front()));
  };
  engine_.Submit(std::move(group));
  return answered.get_future().get();
}

bool Simulation::Do(const std::string& kind, const app::Caller& caller, UseCase use_case) {
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
  ++outcomes_[kind][outcome.status.ok() ? "OK" : std::string(ReasonName(ReasonOf(outcome.status)))];
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

void Simulation::Step() {
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

}  // namespace recoup::testing
