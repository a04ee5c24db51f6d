// What the spool acknowledged is there exactly once, whenever the process is killed.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "SQLiteCpp/SQLiteCpp.h"
#include "adapters/common/spool_schema.h"
#include "tests/common/spool_fixture.h"

namespace recoup::adapters {
namespace {

constexpr int kRounds = 50;

// The child's life: enqueue, and tell the pipe each number that was acknowledged, until killed.
[[noreturn]] void EnqueueUntilKilled(const std::string& file, int round, int pipe_out) {
  SystemClock clock;
  SystemRandom random;
  IdSource ids(random);
  auto spool = Spool::Open(file, {}, clock);
  if (!spool.ok()) ::_exit(2);
  for (int number = 0;; number += 3) {
    std::vector<SpoolItem> items;
    for (int i = number; i < number + 3; ++i) {
      items.push_back({std::to_string(round) + "/" + std::to_string(i), "Test.Push",
                       std::to_string(i % 5), std::string(200, 'x'), ids.Next(clock.Now())});
    }
    const auto answers = (*spool)->EnqueueMany(items);
    if (!answers.ok()) ::_exit(3);
    for (int i = number; i < number + 3; ++i) {
      if (::write(pipe_out, &i, sizeof i) != sizeof i) ::_exit(4);
    }
  }
}

TEST(SpoolCrashTest, EverythingAcknowledgedSurvivesSigkillExactlyOnce) {
  const TemporaryFolder folder;
  const std::string file = folder.File("spool.db");
  SeededRandom random(20260101);
  std::map<std::string, int> acknowledged;
  for (int round = 0; round < kRounds; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      EnqueueUntilKilled(file, round, ends[1]);
    }
    ::close(ends[1]);
    // Kill after a varying number of acknowledgements and a varying moment later; no fixed time.
    const int acknowledgements = 1 + static_cast<int>(random.Next() % 40);
    int number = 0;
    for (int i = 0; i < acknowledgements; ++i) {
      ASSERT_EQ(::read(ends[0], &number, sizeof number), static_cast<ssize_t>(sizeof number));
      acknowledged[std::to_string(round) + "/" + std::to_string(number)] = 0;
    }
    ::usleep(static_cast<useconds_t>(random.Next() % 500));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    while (::read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number)) {
      acknowledged[std::to_string(round) + "/" + std::to_string(number)] = 0;
    }
    ::close(ends[0]);
  }

  SystemClock clock;
  auto spool = Spool::Open(file, {}, clock);
  ASSERT_TRUE(spool.ok()) << spool.status();
  SQLite::Database raw(file);
  EXPECT_EQ(raw.execAndGet("PRAGMA integrity_check").getString(), "ok");
  SQLite::Statement query(raw, "SELECT CAST(source_key AS TEXT) FROM item");
  int rows = 0;
  while (query.executeStep()) {
    ++rows;
    const auto it = acknowledged.find(query.getColumn(0).getString());
    if (it != acknowledged.end()) ++it->second;
  }
  ASSERT_GE(acknowledged.size(), static_cast<std::size_t>(kRounds));
  for (const auto& [key, found] : acknowledged) EXPECT_EQ(found, 1) << key;
  EXPECT_EQ((*spool)->Counts()->waiting, rows) << "the tally agrees with the rows";
}

// A kill of the process cannot show a missing fsync (the kernel keeps the pages), so the setting
// itself is held: FULL makes SQLite sync the WAL before a commit returns.
TEST(SpoolCrashTest, CommitsAreSynced) {
  const TemporaryFolder folder;
  SQLite::Database database(folder.File("spool.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  ASSERT_TRUE(PrepareSpoolSchema(database).ok());
  EXPECT_EQ(database.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(database.execAndGet("PRAGMA synchronous").getInt(), 2);
}

}  // namespace
}  // namespace recoup::adapters
