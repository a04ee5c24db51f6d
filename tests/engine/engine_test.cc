#include "hub/engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "hub/audit/tree_head.h"
#include "hub/base/error.h"
#include "hub/domain/records/admission.h"
#include "tests/support/hub_world.h"

namespace recoup::engine {
namespace {

using testing::HubWorld;

class EngineTest : public ::testing::Test {
 protected:
  Command Make(std::string content,
               std::function<absl::StatusOr<std::string>(app::UnitOfWork&)> run) {
    Command command;
    command.caller = world_.hospital;
    command.method = "Test";
    command.request_id = ids_.Next(world_.clock().Now());
    command.partition = world_.pool.value;
    command.content = std::move(content);
    command.run = std::move(run);
    return command;
  }
  // Writes a flag for the visit; answers its id.
  Command MakeFlag(const std::string& visit) {
    return Make(visit, [this, visit](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
      domain::Flag flag;
      flag.id = work.NewId<domain::FlagId>();
      flag.pool = world_.pool;
      flag.hospital = work.caller().party;
      flag.visit_id = visit;
      work.Put(flag);
      return flag.id.ToString();
    });
  }
  Command MakeRefused(std::string content) {
    return Make(std::move(content), [this](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
      domain::Flag half;  // What a refused command has put must leave no trace.
      half.id = work.NewId<domain::FlagId>();
      half.pool = world_.pool;
      half.visit_id = "half-written";
      work.Put(half);
      return MakeError(Reason::kIllegalTransition, "not now");
    });
  }
  std::vector<Outcome> Run(std::vector<Command> commands, GroupMode mode = GroupMode::kContinue) {
    std::promise<std::vector<Outcome>> done;
    world_.engine().Submit({std::move(commands), mode, [&done](std::vector<Outcome> outcomes) {
                              done.set_value(std::move(outcomes));
                            }});
    return done.get_future().get();
  }
  Outcome RunOne(Command command) { return Run({std::move(command)}).front(); }
  std::size_t Flags() { return world_.All<domain::Flag>(world_.pool.value).size(); }
  std::int64_t Events() {
    std::int64_t events = 0;
    world_.Read([&](app::RecordReader& reader) {
      events = reader.view().StateOf(world_.pool.value)->events;
    });
    return events;
  }

  HubWorld world_;
  SeededRandom random_{5};
  IdSource ids_{random_};
};

TEST_F(EngineTest, SameIdAndContentGivesTheFirstAnswerAgain) {
  const Command command = MakeFlag("v1");
  const Outcome first = RunOne(command);
  ASSERT_TRUE(first.status.ok());
  EXPECT_FALSE(first.replayed);
  const Outcome second = RunOne(command);
  EXPECT_TRUE(second.status.ok());
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(second.answer, first.answer);
  EXPECT_EQ(Flags(), 1u);
  EXPECT_EQ(Events(), 1);
}

TEST_F(EngineTest, ReplayWithinOneBatchIsAReplayToo) {
  const Command command = MakeFlag("v1");
  const std::vector<Outcome> outcomes = Run({command, command, command});
  EXPECT_FALSE(outcomes[0].replayed);
  EXPECT_TRUE(outcomes[1].replayed);
  EXPECT_EQ(outcomes[2].answer, outcomes[0].answer);
  EXPECT_EQ(Flags(), 1u);
}

TEST_F(EngineTest, SameIdWithOtherContentIsRefusedByName) {
  Command command = MakeFlag("v1");
  ASSERT_TRUE(RunOne(command).status.ok());
  command.content = "v2";
  EXPECT_EQ(ReasonOf(RunOne(command).status), Reason::kRequestIdReused);
  command.content = "v1";
  command.method = "Other";
  EXPECT_EQ(ReasonOf(RunOne(command).status), Reason::kRequestIdReused);
}

TEST_F(EngineTest, SameIdOfAnotherPartyIsAnotherRequest) {
  Command command = MakeFlag("v1");
  ASSERT_TRUE(RunOne(command).status.ok());
  command.caller = world_.insurer;
  EXPECT_FALSE(RunOne(command).replayed);
}

TEST_F(EngineTest, AFinalRefusalIsRememberedAndCannotSucceedLater) {
  Command command = MakeRefused("x");
  const Outcome first = RunOne(command);
  EXPECT_EQ(ReasonOf(first.status), Reason::kIllegalTransition);
  command.run = [](app::UnitOfWork&) -> absl::StatusOr<std::string> {
    return std::string("would succeed now");
  };
  const Outcome second = RunOne(command);
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(ReasonOf(second.status), Reason::kIllegalTransition);
  EXPECT_EQ(second.status.message(), "not now");
}

TEST_F(EngineTest, AFaultThatMayPassIsNotRemembered) {
  Command command = Make("x", [](app::UnitOfWork&) -> absl::StatusOr<std::string> {
    return MakeError(Reason::kStoreUnavailable, "try again");
  });
  EXPECT_FALSE(RunOne(command).status.ok());
  command.run = [](app::UnitOfWork&) -> absl::StatusOr<std::string> { return std::string("now"); };
  const Outcome second = RunOne(command);
  EXPECT_TRUE(second.status.ok());
  EXPECT_FALSE(second.replayed);
  EXPECT_EQ(Events(), 1);
}

TEST_F(EngineTest, RequestIdsOutsideTheWindowAreRefused) {
  struct Case {
    absl::Duration age;
    Reason reason;
  };
  for (const Case& c : {Case{absl::Hours(24 * 40) + absl::Seconds(1), Reason::kRequestIdExpired},
                        Case{-absl::Hours(25), Reason::kInvalidArgument}}) {
    Command command = MakeFlag("v");
    IdSource old(random_);
    command.request_id = old.Next(world_.clock().Now() - c.age);
    EXPECT_EQ(ReasonOf(RunOne(command).status), c.reason);
  }
  Command ahead = MakeFlag("x");
  IdSource young(random_);
  ahead.request_id = young.Next(world_.clock().Now() + absl::Hours(25));
  const ErrorDetail refused = DetailOf(RunOne(ahead).status);
  ASSERT_EQ(refused.faults.size(), 1u);
  EXPECT_EQ(refused.faults[0], (FieldFault{"request_id", "in the future"}));
  Command within = MakeFlag("w");
  IdSource old(random_);
  within.request_id = old.Next(world_.clock().Now() - absl::Hours(24 * 40) + absl::Seconds(1));
  EXPECT_TRUE(RunOne(within).status.ok());
}

TEST_F(EngineTest, ARefusedCommandNeverHarmsItsNeighbours) {
  const std::vector<Outcome> outcomes = Run({MakeFlag("a"), MakeRefused("b"), MakeFlag("c")});
  EXPECT_TRUE(outcomes[0].status.ok());
  EXPECT_FALSE(outcomes[1].status.ok());
  EXPECT_TRUE(outcomes[2].status.ok());
  EXPECT_EQ(Flags(), 2u);
  EXPECT_EQ(Events(), 3);  // The refusal is in the log as well.
}

TEST_F(EngineTest, AtomicIsAllOrNone) {
  const Command good = MakeFlag("a");
  const std::vector<Outcome> outcomes =
      Run({good, MakeRefused("b"), MakeFlag("c")}, GroupMode::kAtomic);
  EXPECT_EQ(ReasonOf(outcomes[0].status), Reason::kAtomicBatchRefused);
  EXPECT_EQ(ReasonOf(outcomes[1].status), Reason::kIllegalTransition);
  EXPECT_EQ(ReasonOf(outcomes[2].status), Reason::kAtomicBatchRefused);
  EXPECT_EQ(Flags(), 0u);
  EXPECT_EQ(Events(), 0);
  // What only a neighbour spoiled may come again.
  EXPECT_TRUE(RunOne(good).status.ok());
}

TEST_F(EngineTest, ADryRunLeavesNoTrace) {
  Command command = MakeFlag("a");
  command.validate_only = true;
  EXPECT_TRUE(RunOne(command).status.ok());
  EXPECT_EQ(Flags(), 0u);
  EXPECT_EQ(Events(), 0);
}

TEST_F(EngineTest, ASecondRecordWithTheSameUniqueKeyIsRefused) {
  const std::vector<Outcome> outcomes =
      Run({MakeFlag("same"), MakeFlag("same"), MakeFlag("other")});
  EXPECT_TRUE(outcomes[0].status.ok());
  EXPECT_EQ(ReasonOf(outcomes[1].status), Reason::kAlreadyExistsWithOtherContent);
  EXPECT_TRUE(outcomes[2].status.ok());
  EXPECT_EQ(ReasonOf(RunOne(MakeFlag("same")).status), Reason::kAlreadyExistsWithOtherContent);
}

TEST_F(EngineTest, APassedDeadlineIsNotTakenUp) {
  Command command = MakeFlag("late");
  command.deadline = world_.clock().Now() - absl::Seconds(1);
  EXPECT_EQ(ReasonOf(RunOne(command).status), Reason::kDeadlineExceeded);
  EXPECT_EQ(Flags(), 0u);
}

TEST_F(EngineTest, EventsFormAMerkleTreeWithASignedHead) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(RunOne(MakeFlag(absl::StrCat("v", i))).status.ok());
  world_.Read([&](app::RecordReader& reader) {
    const auto events = reader.view().Events(world_.pool.value, 0, 100);
    ASSERT_EQ(events->size(), 20u);
    audit::Frontier frontier;
    for (const app::StoredEvent& event : *events) {
      const audit::Digest leaf = audit::LeafHash(event.header);
      EXPECT_EQ(event.leaf, std::string(reinterpret_cast<const char*>(leaf.data()), leaf.size()));
      frontier.Append(leaf);
    }
    const auto head = reader.view().LatestTreeHead(world_.pool.value);
    ASSERT_TRUE(head.ok() && head->has_value());
    EXPECT_EQ((*head)->size, 20);
    const crypto::VerifyKey key = world_.engine().signing_key().verify_key();
    EXPECT_TRUE(key.Verify((*head)->head, (*head)->signature));
    std::string other = (*head)->head;
    other.back() = static_cast<char>(other.back() ^ 1);
    EXPECT_FALSE(key.Verify(other, (*head)->signature));
    EXPECT_NE(
        (*head)->head.find(std::string(reinterpret_cast<const char*>(frontier.Root().data()), 32)),
        std::string::npos);
  });
}

TEST_F(EngineTest, AFullQueueTurnsAwayAtOnceAndStopAnswersWhatIsQueued) {
  // A second engine over its own world with a tiny queue, its writer held inside a command.
  std::promise<void> entered, release;
  std::shared_future<void> released = release.get_future().share();
  std::promise<std::vector<Outcome>> held;
  Command holding =
      Make("hold", [&entered, released](app::UnitOfWork&) -> absl::StatusOr<std::string> {
        entered.set_value();
        released.wait();
        return std::string("held");
      });
  world_.engine().Submit({{holding}, GroupMode::kContinue, [&held](std::vector<Outcome> outcomes) {
                            held.set_value(std::move(outcomes));
                          }});
  entered.get_future().wait();
  std::vector<Command> many;
  for (int i = 0; i < 20'000; ++i)
    many.push_back(Make(absl::StrCat(i),
                        [](app::UnitOfWork&) { return absl::StatusOr<std::string>("queued"); }));
  std::promise<std::vector<Outcome>> queued;
  world_.engine().Submit(
      {std::move(many), GroupMode::kContinue,
       [&queued](std::vector<Outcome> outcomes) { queued.set_value(std::move(outcomes)); }});
  const Outcome turned_away = RunOne(MakeFlag("one too many"));
  EXPECT_EQ(ReasonOf(turned_away.status), Reason::kQueueFull);
  EXPECT_TRUE(DetailOf(turned_away.status).retry_after_ms.has_value());
  release.set_value();
  world_.engine().Stop();
  EXPECT_TRUE(held.get_future().get().front().status.ok());
  EXPECT_EQ(queued.get_future().get().back().answer, "queued");
  EXPECT_EQ(ReasonOf(RunOne(MakeFlag("after")).status), Reason::kShuttingDown);
}

TEST_F(EngineTest, ASlowAnswerDoesNotHoldUpTheNextBatch) {
  std::promise<void> release;
  std::promise<void> first_answered;
  world_.engine().Submit({{MakeFlag("v1")}, GroupMode::kContinue, [&](std::vector<Outcome>) {
                            release.get_future().wait();
                            first_answered.set_value();
                          }});
  std::promise<bool> second_answered;
  world_.engine().Submit({{MakeFlag("v2")}, GroupMode::kContinue, [&](std::vector<Outcome> out) {
                            second_answered.set_value(out.front().status.ok());
                          }});
  while (Events() < 2) std::this_thread::yield();  // Committed while the first is still answering.
  release.set_value();
  first_answered.get_future().wait();
  EXPECT_TRUE(second_answered.get_future().get());
}

TEST_F(EngineTest, NoticesRingTheWatchersOfTheirRecipient) {
  std::atomic<int> rings{0};
  const NoticeBoard::Token token =
      world_.engine().notices().Subscribe(world_.insurer.party.value, [&rings] { ++rings; });
  const auto notify = [this](const domain::PartyId& to) {
    return Make(to.value, [this, to](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
      RECOUP_RETURN_IF_ERROR(
          work.Notify(to, {world_.pool.value, domain::RecordKind::kDemand, Id{1, 2}}, "issued"));
      return std::string();
    });
  };
  ASSERT_TRUE(RunOne(notify(world_.court.party)).status.ok());
  EXPECT_EQ(rings, 0);
  ASSERT_TRUE(RunOne(notify(world_.insurer.party)).status.ok());
  ASSERT_TRUE(RunOne(notify(world_.insurer.party)).status.ok());
  EXPECT_EQ(rings, 2);
  world_.engine().notices().Unsubscribe(token);
  world_.Read([&](app::RecordReader& reader) {
    const auto notices = reader.view().Notices(world_.insurer.party.value, 1, 10);
    ASSERT_EQ(notices->size(), 1u);
    EXPECT_EQ(notices->front().sequence, 2);
    EXPECT_EQ(notices->front().subject.id, (Id{1, 2}));
  });
}

}  // namespace
}  // namespace recoup::engine
