#include "hub/storage/sqlite/sqlite_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "hub/base/error.h"

namespace recoup::storage {
namespace {

class SqliteStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "recoup-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string Path(const char* name) const { return (folder_ / name).string(); }

  std::filesystem::path folder_;
};

TEST_F(SqliteStoreTest, OneHubAtATime) {
  auto first = OpenSqliteStore(Path("a.db"));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(ReasonOf(OpenSqliteStore(Path("a.db")).status()), Reason::kStoreUnavailable);
  first->reset();
  EXPECT_TRUE(OpenSqliteStore(Path("a.db")).ok());
}

TEST_F(SqliteStoreTest, AStoreOfANewerProgramIsRefused) {
  ASSERT_TRUE(OpenSqliteStore(Path("a.db")).ok());
  SQLite::Database(Path("a.db"), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  EXPECT_EQ(ReasonOf(OpenSqliteStore(Path("a.db")).status()), Reason::kStoreUnavailable);
}

TEST_F(SqliteStoreTest, AnAmountNoHubCouldHaveWrittenIsDamageAndStopsNobody) {
  ASSERT_TRUE(OpenSqliteStore(Path("a.db")).ok());
  SQLite::Database tampered(Path("a.db"), SQLite::OPEN_READWRITE);
  tampered.exec("INSERT INTO partition (number, name) VALUES (1, '310115-310')");
  tampered.exec(
      "INSERT INTO transfer VALUES ((1 << 40) | 1, 1, 1, 0, 1, 9, 9000000000000000000, "
      "zeroblob(16), zeroblob(16), zeroblob(16), 0, 0)");
  const auto view = OpenSqliteReadOnly(Path("a.db"));
  ASSERT_TRUE(view.ok()) << view.status();
  EXPECT_EQ((*view)->Transfers("310115-310", 0, 10).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(SqliteStoreTest, ABackupIsNeverWrittenOverAFile) {
  ASSERT_TRUE(OpenSqliteStore(Path("a.db")).ok());
  ASSERT_TRUE(BackupSqlite(Path("a.db"), Path("b.db")).ok());
  EXPECT_TRUE(OpenSqliteReadOnly(Path("b.db")).ok());
  EXPECT_EQ(ReasonOf(BackupSqlite(Path("a.db"), Path("b.db"))), Reason::kInvalidArgument);
}

TEST_F(SqliteStoreTest, SteadyWritingDoesNotLetTheLogGrow) {
  auto store = OpenSqliteStore(Path("a.db"));
  ASSERT_TRUE(store.ok()) << store.status();
  constexpr int kCommits = 400;
  constexpr std::size_t kBytes = 512 * 1024;
  for (int i = 0; i < kCommits; ++i) {
    ASSERT_TRUE((*store)->Begin().ok());
    app::WriteSet writes;
    const Id id{static_cast<std::uint64_t>(i + 1), 0};
    writes.records.push_back(
        {{"310115-310", domain::RecordKind::kFlag, id}, std::string(kBytes, 'x')});
    ASSERT_TRUE((*store)->Commit(writes).ok());
  }
  EXPECT_LT(std::filesystem::file_size(Path("a.db-wal")), kCommits * kBytes / 2);
  const auto view = (*store)->Snapshot();
  ASSERT_TRUE(view.ok());
  const auto rows =
      (*view)->Scan("310115-310", domain::RecordKind::kFlag, Id{}, std::size_t{kCommits} + 1);
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->size(), std::size_t{kCommits});
}

TEST_F(SqliteStoreTest, ASnapshotKeepsItsMomentWhileTheLogIsStartedOver) {
  auto store = OpenSqliteStore(Path("a.db"));
  ASSERT_TRUE(store.ok()) << store.status();
  const auto write = [&](std::uint64_t number, std::size_t bytes) {
    ASSERT_TRUE((*store)->Begin().ok());
    app::WriteSet writes;
    writes.records.push_back(
        {{"310115-310", domain::RecordKind::kFlag, Id{number, 0}}, std::string(bytes, 'x')});
    ASSERT_TRUE((*store)->Commit(writes).ok());
  };
  write(1, 10);
  const auto view = (*store)->Snapshot();
  ASSERT_TRUE(view.ok());
  for (std::uint64_t i = 2; i < 150; ++i) write(i, 512 * 1024);
  const auto rows = (*view)->Scan("310115-310", domain::RecordKind::kFlag, Id{}, 10);
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->size(), 1u);
}

}  // namespace
}  // namespace recoup::storage
