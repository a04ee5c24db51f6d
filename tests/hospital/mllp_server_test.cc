// The MLLP listener and what senders do to it, over real sockets.
#include "adapters/hospital/program/mllp_server.h"

#include <set>
#include <thread>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hospital/listening_desk.h"
#include "tests/hospital/mllp_peer.h"

namespace recoup::hospital {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The reception may be writing when a test wants the file.
constexpr int kLockPatienceMs = 10'000;

class MllpServerTest : public ListeningDesk {
 protected:
  // An admission that leads to a flag, so that it can be counted in the spool.
  static AdtMessage Injury(int number) {
    return {.id = absl::StrCat("M", number),
            .visit = absl::StrCat("V", number),
            .code = "S82.2",
            .words = "车祸致右小腿疼痛"};
  }
  static std::string CodeOf(const std::string& answer) { return FieldOf(answer, "MSA", 1); }
  static std::string ControlIdOf(const std::string& answer) { return FieldOf(answer, "MSA", 2); }
};

TEST_F(MllpServerTest, AMessageIsOnTheDiskBeforeItsAcknowledgement) {
  MllpPeer peer(port());
  const std::string answer = peer.SendAndReceive(Injury(1).Text());
  EXPECT_EQ(CodeOf(answer), "AA");
  EXPECT_EQ(ControlIdOf(answer), "M1");
  // Read by another connection to the file, as after a crash.
  SQLite::Database file(BookFile(), SQLite::OPEN_READONLY);
  EXPECT_EQ(file.execAndGet("SELECT count(*) FROM message").getInt(), 1);
  EXPECT_EQ(Spooled(), 1);
}

TEST_F(MllpServerTest, PipelinedMessagesAreAnsweredInOrder_EachWithItsOwnId) {
  MllpPeer peer(port());
  std::string all;
  constexpr int kMessages = 1000;
  for (int i = 0; i < kMessages; ++i) all += hl7::Framed(Injury(i).Text());
  std::thread sender([&] { peer.SendRaw(all); });
  for (int i = 0; i < kMessages; ++i) {
    const std::optional<std::string> answer = peer.Receive();
    ASSERT_TRUE(answer.has_value()) << i;
    ASSERT_EQ(ControlIdOf(*answer), absl::StrCat("M", i));
    ASSERT_EQ(CodeOf(*answer), "AA");
  }
  sender.join();
  EXPECT_EQ(Spooled(), kMessages);
}

TEST_F(MllpServerTest, EnhancedModeAnswersTwice) {
  MllpPeer peer(port());
  AdtMessage message = Injury(1);
  message.accept = "AL";
  message.application = "AL";
  EXPECT_EQ(CodeOf(peer.SendAndReceive(message.Text())), "CA");
  EXPECT_EQ(CodeOf(peer.Receive().value_or("")), "AA");
  message.id = "M2";
  message.trigger = "A60";
  EXPECT_EQ(CodeOf(peer.SendAndReceive(message.Text())), "CR");
  // Nobody waits for an answer here; the next one is that of the next message.
  message = Injury(3);
  message.accept = "NE";
  message.application = "NE";
  EXPECT_TRUE(peer.Send(message.Text()));
  EXPECT_EQ(ControlIdOf(peer.SendAndReceive(Injury(4).Text())), "M4");
  EXPECT_EQ(Spooled(), 3);
}

TEST_F(MllpServerTest, WhatCannotBeUsedIsRefusedWithItsPlaceAndLeavesNothing) {
  MllpPeer peer(port());
  AdtMessage message = Injury(1);
  message.visit = "";
  const std::string faulty = peer.SendAndReceive(message.Text());
  EXPECT_EQ(CodeOf(faulty), "AE");
  EXPECT_EQ(FieldOf(faulty, "ERR", 2), "PV1^1^19");
  EXPECT_THAT(peer.SendAndReceive("MSH|^~\\&|LIS|D|HUB|F|2026||ORU^R01|R1|P|2.5.1\rPID|1\r"),
              HasSubstr("MSA|AR|R1|"));
  EXPECT_THAT(peer.SendAndReceive(R"({"infno":"2401"})"), HasSubstr("MSA|AE|"));
  EXPECT_EQ(CodeOf(peer.SendAndReceive(Injury(1).Text())), "AA") << "mended, under the same id";
  EXPECT_EQ(Spooled(), 1);
}

TEST_F(MllpServerTest, ABatchIsAnsweredByOneBatch) {
  MllpPeer peer(port());
  AdtMessage faulty = Injury(2);
  faulty.visit = "";
  const std::string answer =
      peer.SendAndReceive(absl::StrCat("FHS|^~\\&|HIS\rBHS|^~\\&|HIS\r", Injury(1).Text(),
                                       faulty.Text(), Injury(3).Text(), "BTS|3\rFTS|1\r"));
  EXPECT_THAT(answer, StartsWith("BHS|^~\\&\rMSH|"));
  EXPECT_THAT(answer, HasSubstr("MSA|AA|M1|"));
  EXPECT_THAT(answer, HasSubstr("MSA|AE|M2|"));
  EXPECT_THAT(answer, HasSubstr("MSA|AA|M3|"));
  EXPECT_TRUE(answer.ends_with("BTS|3\r"));
  EXPECT_EQ(Spooled(), 2);
}

// "ACK sent though not stored": the disk takes nothing for a while.
TEST_F(MllpServerTest, NothingIsAcknowledgedWhileTheDiskTakesNothing) {
  MllpPeer peer(port());
  EXPECT_EQ(CodeOf(peer.SendAndReceive(Injury(1).Text())), "AA");
  {
    SQLite::Database file(BookFile(), SQLite::OPEN_READWRITE, kLockPatienceMs);
    // As if the disk were full: every insertion fails.
    file.exec(
        "CREATE TRIGGER full BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'full'); END");
  }
  const std::string refused = peer.SendAndReceive(Injury(2).Text());
  EXPECT_EQ(CodeOf(refused), "AR");
  EXPECT_EQ(ControlIdOf(refused), "M2");
  EXPECT_THAT(refused, HasSubstr("|207^"));
  AdtMessage enhanced = Injury(3);
  enhanced.accept = "AL";
  EXPECT_EQ(CodeOf(peer.SendAndReceive(enhanced.Text())), "CR");
  {
    SQLite::Database file(BookFile(), SQLite::OPEN_READWRITE, kLockPatienceMs);
    file.exec("DROP TRIGGER full");
    EXPECT_EQ(file.execAndGet("SELECT count(*) FROM message").getInt(), 1);
  }
  EXPECT_EQ(CodeOf(peer.SendAndReceive(Injury(2).Text())), "AA");
  EXPECT_EQ(Spooled(), 2);
}

// "Late ACK matched to the next message": a sender gives up waiting and goes on.
TEST_F(MllpServerTest, ALateAnswerNamesTheMessageItBelongsTo) {
  MllpPeer peer(port());
  // Nothing can be committed while another process holds the file, so the answers come late.
  auto other =
      std::make_unique<SQLite::Database>(BookFile(), SQLite::OPEN_READWRITE, kLockPatienceMs);
  other->exec("BEGIN IMMEDIATE");
  peer.Send(Injury(1).Text());
  peer.Send(Injury(2).Text());  // Without waiting any longer for the first answer.
  peer.Send(Injury(1).Text());  // And the first once more.
  other->exec("ROLLBACK");
  std::vector<std::string> answers;
  for (int i = 0; i < 3; ++i) answers.push_back(peer.Receive().value_or(""));
  EXPECT_EQ(ControlIdOf(answers[0]), "M1");
  EXPECT_EQ(ControlIdOf(answers[1]), "M2");
  EXPECT_EQ(answers[2], answers[0]) << "the same message gets the same answer";
  EXPECT_EQ(Spooled(), 2);
}

// The answer to a message of a broken connection is never sent on another one.
TEST_F(MllpServerTest, AnAnswerStaysOnTheConnectionOfItsMessage) {
  auto other =
      std::make_unique<SQLite::Database>(BookFile(), SQLite::OPEN_READWRITE, kLockPatienceMs);
  other->exec("BEGIN IMMEDIATE");
  {
    MllpPeer impatient(port());
    impatient.Send(Injury(1).Text());
  }
  MllpPeer again(port());
  again.Send(Injury(2).Text());
  other->exec("ROLLBACK");
  EXPECT_EQ(ControlIdOf(again.Receive().value_or("")), "M2");
  EXPECT_EQ(CodeOf(again.SendAndReceive(Injury(1).Text())), "AA");
  EXPECT_EQ(Spooled(), 2) << "the first was taken once, whether or not its answer was read";
}

// "Resend on ACK timeout flooded the receiver with duplicates."
TEST_F(MllpServerTest, AResendFloodReachesTheSpoolOnce_AlsoAfterARestart) {
  const std::string message = Injury(1).Text();
  std::set<std::string> answers;
  std::mutex mutex;
  const auto flood = [&] {
    MllpPeer peer(port());
    for (int i = 0; i < 200; ++i) {
      const std::string answer = peer.SendAndReceive(message);
      const std::lock_guard lock(mutex);
      answers.insert(answer);
    }
  };
  std::thread first(flood), second(flood), third(flood);
  first.join();
  second.join();
  third.join();
  EXPECT_EQ(answers.size(), 1u);
  EXPECT_EQ(Spooled(), 1);
  Reopen();
  clock_.Advance(absl::Hours(5));
  MllpPeer peer(port());
  EXPECT_EQ(peer.SendAndReceive(message), *answers.begin());
  AdtMessage other = Injury(1);
  other.code = "S82.4";
  // Its sender began to count anew: another message, which is told once too.
  const std::string taken = peer.SendAndReceive(other.Text());
  EXPECT_EQ(CodeOf(taken), "AA");
  EXPECT_EQ(ControlIdOf(taken), "M1");
  EXPECT_EQ(Spooled(), 2);
  EXPECT_EQ(peer.SendAndReceive(other.Text()), taken);
  EXPECT_EQ(peer.SendAndReceive(message), *answers.begin());
  EXPECT_EQ(Spooled(), 2);
}

// "Message 1001 lost": whatever the boundaries, every whole message is answered.
TEST_F(MllpServerTest, NoMessageIsLostAtABoundary) {
  MllpPeer peer(port());
  const std::string one = hl7::Framed(Injury(1).Text());
  for (const char c : one) ASSERT_TRUE(peer.SendRaw({&c, 1}));
  EXPECT_EQ(ControlIdOf(peer.Receive().value_or("")), "M1");

  const std::string two = hl7::Framed(Injury(2).Text()), three = hl7::Framed(Injury(3).Text());
  peer.SendRaw(two + three.substr(0, 40));
  EXPECT_EQ(ControlIdOf(peer.Receive().value_or("")), "M2");
  peer.SendRaw(three.substr(40));
  EXPECT_EQ(ControlIdOf(peer.Receive().value_or("")), "M3");

  // The end block of the fourth is missing: it may be cut, so it is not taken, and said so.
  peer.SendRaw("\x0B" + Injury(4).Text() + hl7::Framed(Injury(5).Text()));
  const std::string cut = peer.Receive().value_or("");
  EXPECT_EQ(CodeOf(cut), "AE");
  EXPECT_EQ(ControlIdOf(cut), "M4");
  EXPECT_EQ(ControlIdOf(peer.Receive().value_or("")), "M5");

  // Without a start block, but whole.
  peer.SendRaw(Injury(6).Text() + "\x1C\r");
  EXPECT_EQ(ControlIdOf(peer.Receive().value_or("")), "M6");

  // Half a message, and the peer is gone.
  {
    MllpPeer broken(port());
    broken.SendRaw("\x0B" + Injury(7).Text());
  }
  // All at once, then the peer has said all it will; the answers still come.
  peer.SendRaw(hl7::Framed(Injury(8).Text()) + hl7::Framed(Injury(9).Text()));
  peer.EndSending();
  EXPECT_EQ(ControlIdOf(peer.Receive().value_or("")), "M8");
  EXPECT_EQ(ControlIdOf(peer.Receive().value_or("")), "M9");
  EXPECT_TRUE(peer.IsHungUpOn());
  EXPECT_EQ(Spooled(), 7);
}

// "Alert once when the queue starts and once when it clears", and no line per bad message.
TEST_F(MllpServerTest, AStormOfBadMessagesAndAFullQueueAreFewLines) {
  std::atomic<int> started = 0, cleared = 0;
  spool_options_ = {.alert_starts_at = 10, .alert_clears_at = 2};
  spool_options_.on_alert = [&](adapters::QueueAlert alert, std::int64_t) {
    ++(alert == adapters::QueueAlert::kStarted ? started : cleared);
  };
  Reopen();
  MllpPeer peer(port());
  for (int i = 0; i < 500; ++i) {
    AdtMessage faulty = Injury(i);
    faulty.visit = "";
    ASSERT_EQ(CodeOf(peer.SendAndReceive(faulty.Text())), "AE");
    ASSERT_EQ(CodeOf(peer.SendAndReceive(Injury(i).Text())), "AA");
  }
  EXPECT_EQ(Spooled(), 500);
  EXPECT_EQ(started, 1);
  EXPECT_EQ(cleared, 0);
  EXPECT_EQ(LinesWith("message refused"), 1u);
  EXPECT_EQ(LinesWith("messages refused"), 0u);
  clock_.Advance(absl::Seconds(61));
  // The listener looks at its clock between messages.
  for (int i = 0; i < 100 && LinesWith("messages refused") == 0; ++i) {
    peer.SendAndReceive(Injury(0).Text());
  }
  EXPECT_EQ(LinesWith("messages=499"), 1u);
}

TEST_F(MllpServerTest, ATooLargeMessageIsRefusedByItsId_AndTheConnectionGoesOn) {
  options_.message_bytes_max = 10'000;
  Reopen();
  MllpPeer peer(port());
  const std::string refused =
      peer.SendAndReceive(Injury(1).Text() + "NTE|1||" + std::string(20'000, 'x') + "\r");
  EXPECT_EQ(CodeOf(refused), "AE");
  EXPECT_EQ(ControlIdOf(refused), "M1");
  EXPECT_EQ(CodeOf(peer.SendAndReceive(Injury(1).Text())), "AA");
}

TEST_F(MllpServerTest, PeersThatStallOrStaySilentAreHungUpOn_OthersAreNot) {
  options_.stall_max = absl::Seconds(30);
  options_.idle_max = absl::Hours(1);
  Reopen();
  MllpPeer stalling(port()), silent(port()), working(port());
  stalling.SendRaw("\x0BMSH|^~\\&|HIS");
  EXPECT_EQ(CodeOf(silent.SendAndReceive(Injury(1).Text())), "AA");
  EXPECT_EQ(CodeOf(working.SendAndReceive(Injury(2).Text())), "AA");
  clock_.Advance(absl::Seconds(31));
  EXPECT_TRUE(stalling.IsHungUpOn());
  EXPECT_EQ(CodeOf(working.SendAndReceive(Injury(3).Text())), "AA");
  clock_.Advance(absl::Minutes(59));
  EXPECT_EQ(CodeOf(working.SendAndReceive(Injury(4).Text())), "AA");
  clock_.Advance(absl::Minutes(1));
  EXPECT_TRUE(silent.IsHungUpOn());
  EXPECT_EQ(CodeOf(working.SendAndReceive(Injury(5).Text())), "AA");
}

TEST_F(MllpServerTest, MoreConnectionsThanAllowedAreTurnedAway) {
  options_.connections_max = 2;
  Reopen();
  MllpPeer first(port()), second(port());
  EXPECT_EQ(CodeOf(first.SendAndReceive(Injury(1).Text())), "AA");
  EXPECT_EQ(CodeOf(second.SendAndReceive(Injury(2).Text())), "AA");
  MllpPeer third(port());
  EXPECT_TRUE(third.IsHungUpOn());
  EXPECT_EQ(CodeOf(first.SendAndReceive(Injury(3).Text())), "AA");
}

TEST_F(MllpServerTest, StopAnswersWhatWasReceivedAndCloses) {
  MllpPeer peer(port());
  ASSERT_EQ(CodeOf(peer.SendAndReceive(Injury(0).Text())), "AA");
  auto other =
      std::make_unique<SQLite::Database>(BookFile(), SQLite::OPEN_READWRITE, kLockPatienceMs);
  other->exec("BEGIN IMMEDIATE");
  for (int i = 1; i <= 20; ++i) peer.Send(Injury(i).Text());
  // The listener has read all twenty once a later peer's message has been read.
  MllpPeer later(port());
  later.Send(Injury(21).Text());
  std::thread stopping([this] { server_->Stop(); });
  other->exec("ROLLBACK");
  int answered = 0;
  while (const std::optional<std::string> answer = peer.Receive()) {
    ++answered;
    EXPECT_EQ(ControlIdOf(*answer), absl::StrCat("M", answered));
  }
  stopping.join();
  EXPECT_TRUE(peer.IsHungUpOn());
  // A message that was not read in time is not answered, and so comes again; none is half taken.
  EXPECT_GE(Spooled(), 1 + answered);
  EXPECT_FALSE(MllpPeer(port()).connected());
}

}  // namespace
}  // namespace recoup::hospital
