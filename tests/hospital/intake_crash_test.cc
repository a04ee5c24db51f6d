// What was taken is in the spool exactly once, whenever the process is killed.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/program/intake.h"
#include "gtest/gtest.h"
#include "tests/common/spool_fixture.h"

namespace recoup::hospital {
namespace {

constexpr int kRounds = 30;

std::string Settlement(int number) {
  return absl::StrCat(
      R"({"request":{"infno":"2304","msgid":"H310115000012026031210203)", 10000 + number,
      R"(","mdtrtarea_admvs":"310115","insuplc_admdvs":"310115","inf_time":"2026-03-12 10:20:30",
      "fixmedins_code":"H31011500001","input":{"data":{"psn_no":"1","insutype":"310"}}},
      "response":{"infcode":"0","output":{"setlinfo":{"mdtrt_id":"V)",
      number % 7, R"(","setl_id":"S)", number,
      R"(","psn_no":"1","insutype":"310","setl_time":"2026-03-12 10:20:31","medfee_sumamt":3,
      "fund_pay_sumamt":2,"psn_part_amt":1,"acct_pay":0,"psn_cash_pay":1}}}})");
}

struct Desk {
  explicit Desk(const std::string& folder)
      : rules(MakeReadingRules({}).value()),
        book(CaseBook::Open(folder + "/book").value()),
        spool(adapters::Spool::Open(folder + "/spool", {}, clock).value()),
        intake(rules, *book, *spool, clock, [this] { return ids.Next(clock.Now()); }) {}

  SystemClock clock;
  SystemRandom random;
  IdSource ids{random};
  ReadingRules rules;
  std::unique_ptr<CaseBook> book;
  std::unique_ptr<adapters::Spool> spool;
  Intake intake;
};

// Takes messages from `first` on and tells the pipe each that was taken, until killed.
[[noreturn]] void TakeUntilKilled(const std::string& folder, int first, int pipe_out) {
  Desk desk(folder);
  if (!desk.intake.Flush().ok()) ::_exit(2);
  for (int number = first;; ++number) {
    if (!desk.intake.Take(Settlement(number)).ok()) ::_exit(3);
    if (::write(pipe_out, &number, sizeof number) != sizeof number) ::_exit(4);
  }
}

TEST(IntakeCrashTest, EverythingTakenIsSpooledExactlyOnce_WheneverKilled) {
  const adapters::TemporaryFolder folder;
  const std::string path = folder.File("");
  SeededRandom random(20260312);
  int next = 0;  // The sender resends from the first message that was not acknowledged.
  for (int round = 0; round < kRounds; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      TakeUntilKilled(path, next, ends[1]);
    }
    ::close(ends[1]);
    const int acknowledgements = 1 + static_cast<int>(random.Next() % 8);
    int number = 0;
    for (int i = 0; i < acknowledgements; ++i) {
      ASSERT_EQ(::read(ends[0], &number, sizeof number), static_cast<ssize_t>(sizeof number));
    }
    ::usleep(static_cast<useconds_t>(random.Next() % 3000));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    while (::read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number)) {
    }
    ::close(ends[0]);
    next = number + 1;
  }

  Desk desk(path);
  ASSERT_TRUE(desk.intake.Flush().ok());
  for (int number = 0; number < next; ++number) {
    const auto taken = desk.intake.Take(Settlement(number));
    ASSERT_TRUE(taken.ok()) << taken.status();
    EXPECT_EQ(taken->as, TakenAs::kKnown) << number;
  }
  // One more may be there: taken, but killed before it could say so.
  const std::int64_t waiting = desk.spool->Counts()->waiting;
  EXPECT_GE(waiting, next);
  EXPECT_LE(waiting, next + 1);
  EXPECT_GE(next, kRounds);
  EXPECT_TRUE(desk.book->ListOutgoing()->empty());
  // In order per visit: what is handed out first of each visit is its earliest settlement.
  std::set<std::string> first_settlements;
  const auto heads = desk.spool->Peek(100);
  ASSERT_TRUE(heads.ok()) << heads.status();
  for (const auto& item : *heads) {
    v1::ReportSettlementRequest request;
    ASSERT_TRUE(request.ParseFromString(item.item.payload));
    first_settlements.insert(request.settlement().settlement_id());
  }
  EXPECT_EQ(first_settlements, (std::set<std::string>{"S0", "S1", "S2", "S3", "S4", "S5", "S6"}));
}

}  // namespace
}  // namespace recoup::hospital
