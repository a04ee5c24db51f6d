// Random commands of hospitals, funds, insurers, mediators and banks on few things, so that their
// states collide in every way. Watches the five laws after each command and checks them from the
// journal up every five thousand. The same seed gives the same history. Not thread-safe.
#ifndef RECOUP_TESTS_SIMULATION_SIMULATION_H_
#define RECOUP_TESTS_SIMULATION_SIMULATION_H_

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "hub/app/import_statement.h"
#include "hub/app/trial_balance.h"
#include "hub/engine/engine.h"
#include "hub/rpc/journal_export.h"
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
  explicit Simulation(std::uint64_t seed);
  ~Simulation() { engine_.Stop(); }

  void Run(std::uint64_t commands);

  // The whole journal as plain text.
  std::string Export(ledger::Dialect dialect);
  app::TrialBalance Balances();
  const domain::PoolId& pool() const { return pool_; }
  void Read(const std::function<void(app::RecordReader&)>& read);

  const std::map<std::string, std::map<std::string, int>>& outcomes() const { return outcomes_; }
  std::int64_t transfers() const { return watch_.transfers(); }
  std::int64_t transfers_by(const std::string& kind) const;

 private:
  using UseCase = std::function<absl::Status(UnitOfWork&, Words)>;

  void CheckFully();

  engine::Outcome Submit(engine::Command command);

  bool Do(const std::string& kind, const app::Caller& caller, UseCase use_case);

  void Step();

  // Thirty visits at a time; old ones are left behind, or they would hold thousands of settlements.
  std::string Visit(Words& w) const;

  void Flag();

  // A settlement of a visit has its own number; now and then one comes again, or with other
  // figures.
  void Settle();

  void Reverse();

  // A recovery with a drafted demand on one to three advances, which others may claim as well.
  void DraftDemand();

  void OnDemand(const std::string& kind, const app::Caller& caller,
                std::function<absl::Status(UnitOfWork&, Words&, const Demand&)> use_case);

  void Issue();
  void Withdraw();
  void Relinquish();

  void AnswerDemand();

  void Mediate();

  // What the bank may report next: payments of every kind, returns, refunds, and what nobody knows.
  StatementEntry NextEntry(UnitOfWork& work, Words& w, int number);

  void Import();

  void Reconcile();

  // Mostly what a sensible officer would choose, so that unsettled money does not pile up.
  static domain::BreakResolution KindFor(const domain::Break& finding, Words& w);

  void Resolve();

  void PassOn();

  // The second person: whoever asked may not decide.
  void Approve();
  absl::StatusOr<std::vector<domain::Approval>> Pending(UnitOfWork& work) const;

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
