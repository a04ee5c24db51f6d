// A hub without its network: a real engine over a temporary SQLite store, with a seal that does
// nothing, plain tokens and a clock that stands still. For tests of use cases.
//
//   HubWorld world;
//   world.Register({.party = fund, .display_name = "…", .pools = {pool}});
//   const auto answer = world.Run(world.fund, [&](app::UnitOfWork& work) {
//     return app::IssueDemandOf(command, work);
//   });
//
// Every command that is accepted is followed by a check of the five laws over all pools; a breach
// fails the test. Not thread-safe.
#ifndef RECOUP_TESTS_SUPPORT_HUB_WORLD_H_
#define RECOUP_TESTS_SUPPORT_HUB_WORLD_H_

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hub/app/ports.h"
#include "hub/app/record_reader.h"
#include "hub/app/unit_of_work.h"
#include "hub/base/clock.h"
#include "hub/crypto/signing.h"
#include "hub/domain/records/registry.h"
#include "hub/engine/engine.h"

namespace recoup::testing {

class IdentitySeal final : public app::RecordSeal {
 public:
  std::string Seal(const std::string& partition, std::string_view place,
                   std::string_view plain) override;
  absl::StatusOr<std::string> Open(const std::string& partition, std::string_view place,
                                   std::string_view sealed) override;
};

class PlainBlinder final : public app::Blinder {
 public:
  std::string IdNumber(std::string_view normalised) override;
  std::string Name(std::string_view normalised) override;
  std::string CaseNumber(std::string_view normalised) override;
};

class HubWorld {
 public:
  HubWorld();
  ~HubWorld();
  HubWorld(const HubWorld&) = delete;
  HubWorld& operator=(const HubWorld&) = delete;

  // Runs the use case as one command of the caller and returns its answer. The laws are checked
  // when it was accepted.
  template <typename UseCase>
  auto Run(const app::Caller& caller, UseCase use_case)
      -> decltype(use_case(std::declval<app::UnitOfWork&>())) {
    using Answer = decltype(use_case(std::declval<app::UnitOfWork&>()));
    auto answer = std::make_shared<std::optional<Answer>>();
    const absl::Status status =
        Submit(caller, [answer, use_case](app::UnitOfWork& work) -> absl::Status {
          answer->reset();  // A command may run more than once.
          answer->emplace(use_case(work));
          return StatusOf(**answer);
        });
    if (!status.ok()) return Answer(status);
    return *std::move(*answer);
  }

  void Register(domain::Party party);

  // Reads what is stored.
  template <app::StoredKind R>
  R Get(const std::string& partition, Id id) {
    std::optional<R> found;
    Read([&](app::RecordReader& reader) {
      const absl::StatusOr<R> record = reader.Get<R>(partition, id);
      ASSERT_TRUE(record.ok()) << record.status();
      found = *record;
    });
    return found.value_or(R());
  }
  template <app::StoredKind R>
  std::vector<R> All(const std::string& partition) {
    std::vector<R> all;
    Read([&](app::RecordReader& reader) {
      const absl::StatusOr<std::vector<R>> rows = reader.Scan<R>(partition, Id(), 10'000);
      ASSERT_TRUE(rows.ok()) << rows.status();
      all = *rows;
    });
    return all;
  }
  void Read(const std::function<void(app::RecordReader&)>& read);
  // Every breach of the five laws in the pool, in words; empty when they hold.
  std::vector<std::string> BrokenLaws(const std::string& pool);

  ManualClock& clock() { return clock_; }
  absl::CivilDay today() { return ChinaDate(clock_.Now()); }
  app::Store& store() { return *store_; }
  app::RecordSeal& seal() { return seal_; }
  app::Blinder& blinder() { return blinder_; }
  engine::Engine& engine() { return *engine_; }

  // Who takes part in most stories; the constructor registers them.
  const domain::PoolId pool{"310115-310"};
  const app::Caller fund{{"fund/pudong"}, "fund/pudong/wang-min"};
  const app::Caller other_officer{{"fund/pudong"}, "fund/pudong/li-hua"};
  const app::Caller hospital{{"hospital/renji"}, "hospital/renji"};
  const app::Caller court{{"court/pudong"}, "court/pudong"};
  const app::Caller insurer{{"insurer/huaan"}, "insurer/huaan"};
  const app::Caller mediator{{"mediator/pudong"}, "mediator/pudong"};
  const crypto::SigningKey& court_key() const { return *court_key_; }

 private:
  static absl::Status StatusOf(const absl::Status& status) { return status; }
  template <typename T>
  static absl::Status StatusOf(const absl::StatusOr<T>& answer) {
    return answer.status();
  }
  absl::Status Submit(const app::Caller& caller,
                      std::function<absl::Status(app::UnitOfWork&)> command);

  std::filesystem::path directory_;
  ManualClock clock_;
  SeededRandom random_{20260321};
  SeededRandom request_random_{17};
  IdSource request_ids_{request_random_};
  IdentitySeal seal_;
  PlainBlinder blinder_;
  std::optional<crypto::SigningKey> hub_key_;
  std::optional<crypto::SigningKey> court_key_;
  std::unique_ptr<app::Store> store_;
  std::unique_ptr<engine::Engine> engine_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_SUPPORT_HUB_WORLD_H_
