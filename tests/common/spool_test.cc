#include "adapters/common/spool.h"

#include <sys/stat.h>

#include <functional>

#include "SQLiteCpp/SQLiteCpp.h"
#include "adapters/common/stored_status.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "tests/common/spool_fixture.h"

namespace recoup::adapters {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using SpoolTest = SpoolFixture;

const absl::Status& Refusal() {
  static const absl::Status status =
      MakeError("not now", ErrorDetail{.reason = Reason::kIllegalTransition,
                                       .metadata = {{"state", "CLOSED"}},
                                       .faults = {},
                                       .preconditions = {{"STATE", "pools/1", "must be open"}},
                                       .retry_after_ms = std::nullopt});
  return status;
}

TEST_F(SpoolTest, ItemsComeBackWholeAndInOrderAfterReopening) {
  const std::string bytes("\0\xff payload", 10);
  const SpoolItem first = Item("a", "case-1", bytes);
  ASSERT_TRUE(spool_->Enqueue(first).ok());
  Put("b");
  Reopen({});
  const auto items = spool_->Peek(10);
  ASSERT_TRUE(items.ok());
  ASSERT_EQ(items->size(), 2u);
  EXPECT_EQ((*items)[0].item.source_key, "a");
  EXPECT_EQ((*items)[0].item.kind, first.kind);
  EXPECT_EQ((*items)[0].item.order_key, "case-1");
  EXPECT_EQ((*items)[0].item.payload, bytes);
  EXPECT_EQ((*items)[0].item.request_id, first.request_id);
  EXPECT_EQ((*items)[0].enqueued_time, clock_.Now());
  EXPECT_EQ((*items)[1].item.source_key, "b");
}

TEST_F(SpoolTest, SameKeyAndContentIsAlreadyThereInEveryLiveState) {
  const SpoolItem item = Item("a");
  const auto first = spool_->Enqueue(item);
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(first->already_there);
  const std::vector<std::function<absl::Status()>> moves = {
      [] { return absl::OkStatus(); },
      [&] { return spool_->MarkRefused(first->sequence, Refusal()); },
      [&] { return spool_->Retry(first->sequence, item.request_id); },
      [&] { return spool_->MarkDelivered(first->sequence, "answer"); },
  };
  for (const auto& move : moves) {
    ASSERT_TRUE(move().ok());
    const auto again = spool_->Enqueue(Item("a"));  // Another request id, the same content.
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_TRUE(again->already_there);
    EXPECT_EQ(again->sequence, first->sequence);
    EXPECT_EQ(again->request_id, item.request_id);
  }
}

TEST_F(SpoolTest, SameKeyWithOtherContentIsRefusedByName) {
  Put("a", "case-1");
  SpoolItem other_kind = Item("a", "case-1");
  other_kind.kind = "CourtService.Amend";
  for (const SpoolItem& other :
       {Item("a", "case-1", "other payload"), Item("a", "case-2"), other_kind}) {
    const auto refused = spool_->Enqueue(other);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(ReasonOf(refused.status()), Reason::kAlreadyExistsWithOtherContent);
    EXPECT_EQ(DetailOf(refused.status()).metadata.at("source_key"), "a");
  }
  EXPECT_EQ(spool_->Counts()->waiting, 1);
}

TEST_F(SpoolTest, EnqueueManyAnswersEachAndARefusedOneHarmsNobody) {
  Put("known");
  SpoolItem faulty = Item("", "");
  faulty.kind = "";
  faulty.request_id = Id{};
  const std::vector<SpoolItem> items = {Item("a"), Item("known", "", "other"), faulty, Item("a"),
                                        Item("b")};
  const auto answers = spool_->EnqueueMany(items);
  ASSERT_TRUE(answers.ok());
  ASSERT_EQ(answers->size(), 5u);
  EXPECT_TRUE((*answers)[0].ok());
  EXPECT_EQ(ReasonOf((*answers)[1].status()), Reason::kAlreadyExistsWithOtherContent);
  EXPECT_EQ(DetailOf((*answers)[2].status()).faults.size(), 3u);
  ASSERT_TRUE((*answers)[3].ok());
  EXPECT_TRUE((*answers)[3]->already_there);
  EXPECT_TRUE((*answers)[4].ok());
  EXPECT_THAT(PeekKeys(), ElementsAre("known", "a", "b"));
}

TEST_F(SpoolTest, OneItemPerOrderKeyIsHandedOutAndOthersPassIt) {
  const auto a1 = Put("a1", "A");
  Put("a2", "A");
  const auto b1 = Put("b1", "B");
  Put("free1");
  Put("free2");
  EXPECT_THAT(PeekKeys(), ElementsAre("a1", "b1", "free1", "free2"));
  EXPECT_THAT(PeekKeys(a1), ElementsAre("b1", "free1", "free2"));
  EXPECT_THAT(PeekKeys(0, 2), ElementsAre("a1", "b1"));
  ASSERT_TRUE(spool_->MarkDelivered(b1, "").ok());
  ASSERT_TRUE(spool_->MarkRefused(a1, Refusal()).ok());
  EXPECT_THAT(PeekKeys(), ElementsAre("free1", "free2")) << "a refused item holds back its key";
  EXPECT_EQ((*spool_->Find("a2"))->held_by, a1);
  EXPECT_EQ((*spool_->Find("free1"))->held_by, 0);
  ASSERT_TRUE(spool_->Drop(a1, "entered twice").ok());
  EXPECT_THAT(PeekKeys(), ElementsAre("a2", "free1", "free2"));
  EXPECT_EQ((*spool_->Find("a2"))->held_by, 0);
}

TEST_F(SpoolTest, RefusedItemsKeepTheirErrorUntilAPersonRetries) {
  const auto a = Put("a");
  ASSERT_TRUE(spool_->MarkRefused(a, Refusal()).ok());
  Reopen({});
  const auto refused = spool_->ListRefused(10);
  ASSERT_TRUE(refused.ok());
  ASSERT_EQ(refused->size(), 1u);
  EXPECT_EQ((*refused)[0].spooled.sequence, a);
  EXPECT_EQ((*refused)[0].error, Refusal());
  EXPECT_EQ(DetailOf((*refused)[0].error).preconditions, DetailOf(Refusal()).preconditions);
  const Id new_id = ids_.Next(clock_.Now());
  ASSERT_TRUE(spool_->Retry(a, new_id).ok());
  const auto items = spool_->Peek(10);
  ASSERT_EQ(items->size(), 1u);
  EXPECT_EQ((*items)[0].item.request_id, new_id);
  EXPECT_THAT(*spool_->ListRefused(10), IsEmpty());
}

TEST_F(SpoolTest, ADroppedItemStaysDroppedButACorrectedOneMayFollow) {
  const auto a = Put("a");
  ASSERT_TRUE(spool_->MarkRefused(a, Refusal()).ok());
  EXPECT_EQ(ReasonOf(spool_->Drop(a, "")), Reason::kInvalidArgument);
  ASSERT_TRUE(spool_->Drop(a, "wrong person").ok());
  const auto same = spool_->Enqueue(Item("a"));
  ASSERT_TRUE(same.ok());
  EXPECT_TRUE(same->already_there);
  EXPECT_THAT(PeekKeys(), IsEmpty());
  const auto corrected = spool_->Enqueue(Item("a", "", "corrected"));
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_FALSE(corrected->already_there);
  EXPECT_FALSE(spool_->Enqueue(Item("a", "", "a third text")).ok());
}

// Every move from every state: allowed or refused as an illegal transition.
TEST_F(SpoolTest, EveryMoveFromEveryStateIsDecided) {
  enum From { kWaiting, kDelivered, kRefused, kDropped };
  struct Row {
    From from;
    const char* move;
    bool allowed;
  };
  const std::vector<Row> rows = {
      {kWaiting, "deliver", true},  {kWaiting, "refuse", true},     {kWaiting, "retry", false},
      {kWaiting, "drop", false},    {kDelivered, "deliver", false}, {kDelivered, "refuse", false},
      {kDelivered, "retry", false}, {kDelivered, "drop", false},    {kRefused, "deliver", false},
      {kRefused, "refuse", false},  {kRefused, "retry", true},      {kRefused, "drop", true},
      {kDropped, "deliver", false}, {kDropped, "refuse", false},    {kDropped, "retry", false},
      {kDropped, "drop", false},
  };
  ASSERT_EQ(rows.size(), 16u);
  const auto move = [&](const std::string& name, std::int64_t sequence) {
    if (name == "deliver") return spool_->MarkDelivered(sequence, "x");
    if (name == "refuse") return spool_->MarkRefused(sequence, Refusal());
    if (name == "retry") return spool_->Retry(sequence, ids_.Next(clock_.Now()));
    return spool_->Drop(sequence, "why");
  };
  int number = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(testing::Message() << "from " << row.from << " " << row.move);
    const auto sequence = Put("item" + std::to_string(++number));
    if (row.from == kDelivered) {
      ASSERT_TRUE(move("deliver", sequence).ok());
    }
    if (row.from == kRefused || row.from == kDropped) {
      ASSERT_TRUE(move("refuse", sequence).ok());
    }
    if (row.from == kDropped) {
      ASSERT_TRUE(move("drop", sequence).ok());
    }
    const absl::Status status = move(row.move, sequence);
    EXPECT_EQ(status.ok(), row.allowed) << status;
    if (!row.allowed) {
      EXPECT_EQ(ReasonOf(status), Reason::kIllegalTransition);
    }
  }
  EXPECT_EQ(ReasonOf(spool_->MarkDelivered(999, "")), Reason::kNotFound);
}

TEST_F(SpoolTest, CountsAnswersAndRetention) {
  const auto a = Put("a");
  const auto b = Put("b");
  const auto c = Put("c");
  Put("d");
  ASSERT_TRUE(spool_->MarkDelivered(a, "the answer").ok());
  ASSERT_TRUE(spool_->MarkRefused(b, Refusal()).ok());
  ASSERT_TRUE(spool_->MarkRefused(c, Refusal()).ok());
  ASSERT_TRUE(spool_->Drop(c, "why").ok());
  EXPECT_EQ(*spool_->Counts(),
            (SpoolCounts{.waiting = 1, .delivered = 1, .refused = 1, .dropped = 1}));
  EXPECT_EQ(*spool_->AnswerOf("a"), "the answer");
  EXPECT_EQ(ReasonOf(spool_->AnswerOf("d").status()), Reason::kNotFound);

  EXPECT_EQ(*spool_->DeleteFinishedBefore(clock_.Now()), 0) << "the boundary itself is kept";
  EXPECT_EQ(*spool_->DeleteFinishedBefore(clock_.Now() + absl::Milliseconds(1)), 2);
  EXPECT_EQ(*spool_->Counts(),
            (SpoolCounts{.waiting = 1, .delivered = 0, .refused = 1, .dropped = 0}));
  SQLite::Database raw(folder_.File("spool.db"));
  EXPECT_EQ(raw.execAndGet("SELECT count(*) FROM item").getInt(), 2);
}

TEST_F(SpoolTest, SequencesAreNeverUsedAgain) {
  const auto a = Put("a");
  ASSERT_TRUE(spool_->MarkDelivered(a, "").ok());
  ASSERT_EQ(*spool_->DeleteFinishedBefore(absl::InfiniteFuture()), 1);
  EXPECT_GT(Put("b"), a);
}

TEST_F(SpoolTest, TheFileIsForItsOwnerOnly) {
  for (const char* name : {"spool.db", "spool.db-wal"}) {
    struct stat info = {};
    ASSERT_EQ(::stat(folder_.File(name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777u, 0600u) << name;
  }
}

TEST_F(SpoolTest, ForeignAndLaterFilesAreRefused) {
  {
    SQLite::Database other(folder_.File("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE guests(name)");
  }
  const auto foreign = Spool::Open(folder_.File("other.db"), {}, clock_);
  EXPECT_THAT(std::string(foreign.status().message()), HasSubstr("not a spool"));
  spool_.reset();
  {
    SQLite::Database later(folder_.File("spool.db"), SQLite::OPEN_READWRITE);
    later.exec("PRAGMA user_version = 2");
  }
  const auto later = Spool::Open(folder_.File("spool.db"), {}, clock_);
  EXPECT_THAT(std::string(later.status().message()), HasSubstr("version (2)"));
  const auto nowhere = Spool::Open(folder_.File("missing/spool.db"), {}, clock_);
  EXPECT_EQ(ReasonOf(nowhere.status()), Reason::kStoreUnavailable);
}

class SpoolAlertTest : public SpoolFixture {
 protected:
  SpoolOptions Options() {
    return {.alert_starts_at = 3, .alert_clears_at = 1, .on_alert = [this](QueueAlert a, auto n) {
              alerts_ += (a == QueueAlert::kStarted ? "+" : "-") + std::to_string(n);
            }};
  }
  void SetUp() override { Reopen(Options()); }
  void Deliver() {
    const auto head = spool_->Peek(1);
    ASSERT_TRUE(head.ok() && head->size() == 1);
    ASSERT_TRUE(spool_->MarkDelivered(head->front().sequence, "").ok());
  }
  std::string alerts_;
};

TEST_F(SpoolAlertTest, OneAlertWhenAQueueStartsAndOneWhenItClears) {
  Put("1");
  Put("2");
  EXPECT_EQ(alerts_, "");
  Put("3");
  EXPECT_EQ(alerts_, "+3");
  Put("4");
  Deliver();
  Deliver();
  EXPECT_EQ(alerts_, "+3");
  Deliver();
  EXPECT_EQ(alerts_, "+3-1");
  Deliver();
  EXPECT_EQ(alerts_, "+3-1");
}

TEST_F(SpoolAlertTest, AQueueThatHoversDoesNotStorm) {
  Put("1");
  Put("2");
  for (int i = 0; i < 200; ++i) {
    Put("hover" + std::to_string(i));
    Deliver();  // 3, 2, 3, 2 … : over the start, never down to the clearing.
  }
  EXPECT_EQ(alerts_, "+3");
}

TEST_F(SpoolAlertTest, ARestartDoesNotRepeatTheAlert) {
  for (const char* key : {"1", "2", "3"}) Put(key);
  Reopen(Options());
  Put("4");
  EXPECT_EQ(alerts_, "+3");
  for (int i = 0; i < 3; ++i) Deliver();
  EXPECT_EQ(alerts_, "+3-1");
}

TEST_F(SpoolAlertTest, AnAlertThatCouldNeverClearIsRefused) {
  const auto opened =
      Spool::Open(folder_.File("other.db"),
                  {.alert_starts_at = 3, .alert_clears_at = 3, .on_alert = {}}, clock_);
  EXPECT_EQ(ReasonOf(opened.status()), Reason::kInvalidArgument);
}

TEST_F(SpoolAlertTest, TheCallbackMayUseTheSpool) {
  SpoolOptions options = Options();
  std::int64_t seen = 0;
  options.on_alert = [&](QueueAlert, std::int64_t) { seen = spool_->Counts()->waiting; };
  Reopen(std::move(options));
  for (const char* key : {"1", "2", "3"}) Put(key);
  EXPECT_EQ(seen, 3);
}

TEST(StoredStatusTest, BytesThatAreNoStatusSaySo) {
  for (const char* bytes : {"", "x", "\xa0",
                            "\xa1\x64"
                            "code\x01"}) {
    EXPECT_EQ(StatusFromBytes(bytes).code(), absl::StatusCode::kInternal);
  }
  const absl::Status odd(absl::StatusCode::kAborted, "bytes \xff\xfe");
  EXPECT_EQ(StatusFromBytes(StatusToBytes(odd)), odd);
}

}  // namespace
}  // namespace recoup::adapters
