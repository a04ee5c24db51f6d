// The offline verifier against a database that a real engine wrote: as it is it passes, and every
// kind of tampering is found and named.
#include "ctl/audit_verify.h"

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/engine/engine.h"
#include "hub/ledger/movements.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "hub/storage/vault.h"
#include "tests/crypto/temporary_directory.h"

namespace recoup::ctl {
namespace {

using domain::Money;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kPool[] = "310115-310";
const absl::Time kNow = absl::FromUnixSeconds(1'770'000'000);

class PlainBlinder final : public app::Blinder {
 public:
  std::string IdNumber(std::string_view text) override { return std::string(text); }
  std::string Name(std::string_view text) override { return std::string(text); }
  std::string CaseNumber(std::string_view text) override { return std::string(text); }
};

const crypto::Keyring& TestKeyring() {
  static const crypto::Keyring keyring =
      *crypto::Keyring::Parse("1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
  return keyring;
}

class AuditVerifyTest : public testing::Test {
 protected:
  AuditVerifyTest() : path_(directory_.path() + "/recoup.db") {}

  // Three advances of 1,000.00 yuan come onto the books, a demand over the first is issued, and one
  // command is refused: five events.
  void SetUp() override {
    auto store = storage::OpenSqliteStore(path_);
    ASSERT_TRUE(store.ok()) << store.status();
    storage::SealerSeal seal(sealer_);
    PlainBlinder blinder;
    ManualClock clock(kNow);
    engine::Engine engine({.store = **store,
                           .seal = seal,
                           .blinder = blinder,
                           .clock = clock,
                           .random = engine_random_,
                           .key = key_},
                          {});
    engine.Start();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(Do(engine, "ReportSettlement", Book(i)).ok());
    ASSERT_TRUE(Do(engine, "IssueDemand", ClaimFirst).ok());
    ASSERT_FALSE(Do(engine, "Relinquish", [](app::UnitOfWork&) -> absl::StatusOr<std::string> {
                   return MakeError(Reason::kAmountExceedsOpen, "too much");
                 }).ok());
    engine.Stop();
    ASSERT_TRUE((*store)->Checkpoint().ok());
  }

  using Run = std::function<absl::StatusOr<std::string>(app::UnitOfWork&)>;

  absl::Status Do(engine::Engine& engine, std::string method, Run run) {
    std::promise<absl::Status> answered;
    engine::Command command;
    command.caller = {{"fund/pudong"}, "fund/pudong/wang-min"};
    command.method = std::move(method);
    command.request_id = ids_.Next(kNow);
    command.partition = kPool;
    command.content = "request";
    command.run = std::move(run);
    engine.Submit(
        {{std::move(command)},
         engine::GroupMode::kContinue,
         [&](std::vector<engine::Outcome> outcomes) { answered.set_value(outcomes[0].status); }});
    return answered.get_future().get();
  }

  static Run Book(int number) {
    return [number](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
      domain::Advance advance;
      advance.id = {Id{1, static_cast<std::uint64_t>(number) + 1}};
      advance.pool = {kPool};
      advance.hospital = {"hospital/renji"};
      advance.visit_id = absl::StrCat("V", number);
      advance.settlement_id = absl::StrCat("S", number);
      advance.amount = Money::Fen(100'000);
      advance.state = domain::AdvanceState::kOpen;
      ledger::Postings postings;
      RECOUP_RETURN_IF_ERROR(ledger::BookAdvance(advance, postings));
      RECOUP_RETURN_IF_ERROR(work.Post(kPool, postings).status());
      work.Put(advance);
      return "booked";
    };
  }

  static absl::StatusOr<std::string> ClaimFirst(app::UnitOfWork& work) {
    RECOUP_ASSIGN_OR_RETURN(domain::Advance advance, work.Get<domain::Advance>(kPool, Id{1, 1}));
    domain::Demand demand;
    demand.id = {Id{2, 1}};
    demand.pool = {kPool};
    demand.state = domain::DemandState::kIssued;
    demand.reference = "RF18539007547034";
    demand.amount = Money::Fen(70'000);
    domain::DemandLine& line = demand.lines.emplace_back();
    line.advance = advance.id;
    line.amount = demand.amount;
    ledger::Postings postings;
    RECOUP_RETURN_IF_ERROR(ledger::Claim(advance, line, demand.id, postings));
    RECOUP_RETURN_IF_ERROR(work.Post(kPool, postings).status());
    work.Put(advance);
    work.Put(demand);
    return "issued";
  }

  void SetUpAgain() {
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + part);
    SetUp();
  }

  VerifyReport Verify(bool with_keyring) {
    auto view = storage::OpenSqliteReadOnly(path_);
    EXPECT_TRUE(view.ok()) << view.status();
    storage::SealerSeal seal(sealer_);
    auto report = VerifyDatabase(
        {.view = **view, .keys = keys_, .seal = with_keyring ? &seal : nullptr, .now = now_});
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *std::move(report) : VerifyReport{};
  }

  void Tamper(const std::string& sql) {
    SQLite::Database database(path_, SQLite::OPEN_READWRITE);
    EXPECT_GT(database.exec(sql), 0) << sql;
  }

  static testing::Matcher<const std::vector<Finding>&> Names(const char* subject,
                                                             const char* text) {
    return Contains(AllOf(Field(&Finding::partition, kPool), Field(&Finding::subject, subject),
                          Field(&Finding::text, HasSubstr(text))));
  }

  TemporaryDirectory directory_;
  const std::string path_;
  SeededRandom engine_random_{1};
  SeededRandom seal_random_{2};
  const crypto::Sealer sealer_{TestKeyring(), seal_random_};
  SeededRandom id_random_{3};
  IdSource ids_{id_random_};
  SeededRandom key_random_{4};
  const crypto::SigningKey key_ = crypto::SigningKey::Generate(key_random_);
  std::vector<crypto::VerifyKey> keys_ = {key_.verify_key()};
  absl::Time now_ = kNow;
};

// Sequences lie in the low 40 bits of a position.
constexpr char kWhere[] = " WHERE (position & 1099511627775) = ";

TEST_F(AuditVerifyTest, AnUntouchedDatabasePasses) {
  for (const bool with_keyring : {false, true}) {
    const VerifyReport report = Verify(with_keyring);
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.events, 5);
    EXPECT_EQ(report.tree_heads, 5);
    EXPECT_EQ(report.transfers, 4);
    EXPECT_EQ(report.records, with_keyring ? 4 : 0);
  }
}

TEST_F(AuditVerifyTest, ABackupPassesLikeItsSource) {
  const std::string backup = directory_.path() + "/backup.db";
  ASSERT_TRUE(storage::BackupSqlite(path_, backup).ok());
  auto view = storage::OpenSqliteReadOnly(backup);
  ASSERT_TRUE(view.ok());
  storage::SealerSeal seal(sealer_);
  const auto report = VerifyDatabase({.view = **view, .keys = keys_, .seal = &seal, .now = kNow});
  ASSERT_TRUE(report.ok());
  EXPECT_THAT(report->findings, IsEmpty());
  EXPECT_EQ(report->events, 5);
}

TEST_F(AuditVerifyTest, AHeadSignedByAnotherKeyIsNamed) {
  SeededRandom other(99);
  keys_ = {crypto::SigningKey::Generate(other).verify_key()};
  const VerifyReport report = Verify(false);
  EXPECT_EQ(report.findings.size(), 5u);
  EXPECT_THAT(report.findings, Names("treeHeads/5", "签名无效"));
}

TEST_F(AuditVerifyTest, ADeletedEventIsNamed) {
  Tamper(absl::StrCat("DELETE FROM event", kWhere, 3));
  EXPECT_THAT(Verify(false).findings, Names("events/3", "事件缺失"));
}

TEST_F(AuditVerifyTest, DeletedLastEventsAreNamedByTheHeadThatCoversThem) {
  Tamper(absl::StrCat("DELETE FROM event", kWhere, 5));
  Tamper("UPDATE partition SET events = 4");
  EXPECT_THAT(Verify(false).findings, Names("treeHeads/5", "末尾的事件缺失"));
}

TEST_F(AuditVerifyTest, AnEventWithoutAHeadIsNamed) {
  Tamper(absl::StrCat("DELETE FROM tree_head", kWhere, 5));
  EXPECT_THAT(Verify(false).findings, Names("events/5", "没有签名树头"));
}

TEST_F(AuditVerifyTest, AnAlteredTransferAmountIsNamed) {
  Tamper(absl::StrCat("UPDATE transfer SET amount = 99999", kWhere, 2));
  for (const bool with_keyring : {false, true}) {
    EXPECT_THAT(Verify(with_keyring).findings, Names("transfers/2", "账务规则第 5 条"));
  }
}

TEST_F(AuditVerifyTest, AConsistentlyAlteredAmountIsNamedByTheAdvanceItself) {
  // The last booking and everything that carries its balance; the sealed advance still knows.
  Tamper(
      absl::StrCat("UPDATE transfer SET amount = 90000, debit_balance = debit_balance - 10000, "
                   "credit_balance = credit_balance - 10000",
                   kWhere, 3));
  Tamper(absl::StrCat("UPDATE transfer SET credit_balance = credit_balance - 10000", kWhere, 4));
  Tamper("UPDATE balance SET amount = amount - 10000 WHERE account IN (1, 9)");
  EXPECT_THAT(Verify(false).findings, IsEmpty());  // The journal alone agrees with itself.
  const domain::AdvanceId third{Id{1, 3}};
  EXPECT_THAT(Verify(true).findings,
              Names(absl::StrCat("advances/", third.ToString()).c_str(), "账务规则第 1 条"));
}

TEST_F(AuditVerifyTest, ATransferOfARefusedEventIsNamed) {
  Tamper(absl::StrCat("UPDATE transfer SET event_sequence = 5", kWhere, 4));
  EXPECT_THAT(Verify(false).findings, Names("transfers/4", "未被接受"));
}

TEST_F(AuditVerifyTest, ATransferToAnUnknownAccountIsNamed) {
  Tamper(absl::StrCat("UPDATE transfer SET debit = 999", kWhere, 4));
  EXPECT_THAT(Verify(false).findings, Names("transfers/4", "科目不存在"));
}

TEST_F(AuditVerifyTest, AnAlteredTimeOfATransferIsNamed) {
  Tamper(absl::StrCat("UPDATE transfer SET recorded_us = recorded_us + 1", kWhere, 2));
  for (const bool with_keyring : {false, true}) {
    const VerifyReport report = Verify(with_keyring);
    EXPECT_EQ(report.findings.size(), 1u);
    EXPECT_THAT(report.findings, Names("transfers/2", "记账时间与所属事件的时间不符"));
  }
}

TEST_F(AuditVerifyTest, AForgottenRequestIsNamedForAsLongAsItMustBeRemembered) {
  Tamper("DELETE FROM request");
  for (const bool with_keyring : {false, true}) {
    EXPECT_EQ(Verify(with_keyring).findings.size(), 5u);
    EXPECT_THAT(Verify(with_keyring).findings, Names("events/5", "请求号不在库中"));
  }
  now_ = kNow + absl::Hours(24 * 40);
  EXPECT_EQ(Verify(false).findings.size(), 5u);
  now_ += absl::Milliseconds(1);
  EXPECT_THAT(Verify(false).findings, IsEmpty()) << "the hub forgets it, too";
}

TEST_F(AuditVerifyTest, ARequestThatLeadsToAnotherEventIsNamed) {
  Tamper(
      absl::StrCat("UPDATE request SET event_position = event_position - 1 "
                   "WHERE (event_position & 1099511627775) = 2"));
  const VerifyReport report = Verify(false);
  EXPECT_EQ(report.findings.size(), 1u);
  EXPECT_THAT(report.findings, Names("events/2", "请求号被改动"));
}

TEST_F(AuditVerifyTest, AnotherDigestOfARequestIsNamedWithTheKeyring) {
  Tamper("UPDATE request SET digest = zeroblob(32) WHERE (event_position & 1099511627775) = 3");
  EXPECT_THAT(Verify(false).findings, IsEmpty());
  const VerifyReport report = Verify(true);
  EXPECT_EQ(report.findings.size(), 1u);
  EXPECT_THAT(report.findings, Names("events/3", "请求号被改动"));
}

// What keeps the same settlement from being taken in twice.
TEST_F(AuditVerifyTest, KeysThatAreGoneOrLeadElsewhereAreNamedWithTheKeyring) {
  const std::string first = absl::StrCat("advances/", domain::AdvanceId{Id{1, 1}}.ToString());
  for (const auto& [table, text] :
       {std::pair("unique_key", "唯一键"), std::pair("lookup_key", "检索键")}) {
    SCOPED_TRACE(table);
    SetUpAgain();
    Tamper(absl::StrCat("DELETE FROM ", table));
    EXPECT_THAT(Verify(false).findings, IsEmpty());
    EXPECT_THAT(Verify(true).findings, Names(first.c_str(), text));
  }
  SetUpAgain();
  Tamper(
      "UPDATE unique_key SET id = x'00000000000000010000000000000002' "
      "WHERE id = x'00000000000000010000000000000001'");
  EXPECT_THAT(Verify(true).findings, Names(first.c_str(), "指向其他记录"));
}

TEST_F(AuditVerifyTest, AKeyThatNoRecordListsIsNamed) {
  Tamper(
      "INSERT INTO unique_key SELECT kind, x'00', partition, record_kind, id FROM unique_key "
      "WHERE record_kind = 6");
  EXPECT_THAT(Verify(true).findings, Names("keys", "唯一键，共 1 个"));
}

TEST_F(AuditVerifyTest, AnAlteredBalanceIsNamed) {
  Tamper("UPDATE balance SET amount = amount + 1 WHERE account = 2");
  EXPECT_THAT(Verify(false).findings, Names("tracking:claimed", "账务规则第 5 条"));
}

// One bit of each stored blob in turn.
struct FlipRow {
  const char* table;
  const char* column;
  int sequence;
  const char* subject;
  const char* text;
  bool needs_keyring;
};

class FlippedBitTest : public AuditVerifyTest, public testing::WithParamInterface<FlipRow> {};

TEST_P(FlippedBitTest, IsFoundAndNamed) {
  const FlipRow& row = GetParam();
  {
    SQLite::Database database(path_, SQLite::OPEN_READWRITE);
    SQLite::Statement read(
        database, absl::StrCat("SELECT ", row.column, " FROM ", row.table, kWhere, row.sequence));
    ASSERT_TRUE(read.executeStep());
    std::string blob(static_cast<const char*>(read.getColumn(0).getBlob()),
                     static_cast<std::size_t>(read.getColumn(0).getBytes()));
    blob[blob.size() / 2] = static_cast<char>(blob[blob.size() / 2] ^ 1);
    read.reset();
    SQLite::Statement write(database, absl::StrCat("UPDATE ", row.table, " SET ", row.column,
                                                   " = ?", kWhere, row.sequence));
    write.bind(1, blob.data(), static_cast<int>(blob.size()));
    ASSERT_EQ(write.exec(), 1);
  }
  EXPECT_THAT(Verify(true).findings, Names(row.subject, row.text));
  if (row.needs_keyring) {
    EXPECT_THAT(Verify(false).findings, IsEmpty());
  } else {
    EXPECT_THAT(Verify(false).findings, Names(row.subject, row.text));
  }
}

INSTANTIATE_TEST_SUITE_P(
    EveryBlob, FlippedBitTest,
    testing::Values(FlipRow{"event", "header", 2, "events/2", "叶哈希不符", false},
                    FlipRow{"event", "header", 2, "treeHeads/2", "根哈希与树头不符", false},
                    FlipRow{"event", "leaf", 3, "events/3", "叶哈希不符", false},
                    FlipRow{"event", "body", 4, "events/4", "无法打开", true},
                    FlipRow{"tree_head", "head", 3, "treeHeads/3", "签名无效", false},
                    FlipRow{"tree_head", "signature", 1, "treeHeads/1", "签名无效", false}));

TEST_F(AuditVerifyTest, ASwappedBodyIsNamed) {
  Tamper(
      absl::StrCat("UPDATE event SET body = (SELECT body FROM event", kWhere, 1, ")", kWhere, 2));
  EXPECT_THAT(Verify(true).findings, Names("events/2", "无法打开"));
}

TEST_F(AuditVerifyTest, AFlippedRecordIsNamed) {
  Tamper("UPDATE record SET body = CAST(body || x'00' AS BLOB) WHERE kind = 6");
  const domain::DemandId demand{Id{2, 1}};
  EXPECT_THAT(Verify(true).findings,
              Names(absl::StrCat("demands/", demand.ToString()).c_str(), "无法打开"));
}

// Every kind of record is looked at, those of later milestones too.
TEST_F(AuditVerifyTest, ARecordThatWasMadeOneOfAnotherKindIsNamed) {
  for (const domain::RecordKind kind : domain::AllOf<domain::RecordKind>()) {
    if (kind == domain::RecordKind::kDemand) continue;
    Tamper(absl::StrCat("UPDATE record SET kind = ", static_cast<int>(kind),
                        " WHERE id = x'00000000000000020000000000000001'"));
    EXPECT_THAT(
        Verify(true).findings,
        Names(absl::StrCat(std::string(domain::ToString(kind)), "/", Id{2, 1}.ToBase32()).c_str(),
              "无法打开"));
  }
}

TEST_F(AuditVerifyTest, ADeletedRecordIsNamed) {
  Tamper("DELETE FROM record WHERE kind = 2 AND id = x'00000000000000010000000000000003'");
  const domain::AdvanceId third{Id{1, 3}};
  EXPECT_THAT(Verify(true).findings,
              Names(absl::StrCat("advances/", third.ToString()).c_str(), "no record"));
}

}  // namespace
}  // namespace recoup::ctl
