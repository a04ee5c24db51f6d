// The layer rule over every #include line of the project.
#include "tests/architecture/layers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace recoup::architecture {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(IncludesOf, FindsEveryFormAndNothingElse) {
  EXPECT_THAT(IncludesOf("#include <map>\n"
                         "  #  include \"hub/base/ids.h\"  // Why.\n"
                         "// #include <set>\n"
                         "const char* text = \"#include <set>\";\n"
                         "#define INCLUDE <set>\n"
                         "#include INCLUDE\n"
                         "#include <vector>"),
              ElementsAre("map", "hub/base/ids.h", "vector"));
}

// Each row breaks one rule, so that none of the rules can have stopped working unnoticed.
TEST(LayerViolations, EachForbiddenIncludeIsFound) {
  struct Row {
    std::string path;
    std::string include;
  };
  const std::vector<Row> rows{
      {"hub/base/ids.h", "hub/domain/money.h"},
      {"hub/domain/money.h", "hub/ledger/accounts.h"},
      {"hub/domain/money.h", "hub/crypto/sha256.h"},
      {"hub/ledger/laws.cc", "hub/matching/lead.h"},
      {"hub/matching/lead.cc", "hub/reconcile/run.h"},
      {"hub/reconcile/run.cc", "hub/matching/lead.h"},
      {"hub/reconcile/run.cc", "hub/app/ports.h"},
      {"hub/app/books.cc", "hub/crypto/sealing.h"},
      {"hub/app/books.cc", "hub/storage/sqlite/sqlite_store.h"},
      {"hub/app/books.cc", "hub/rpc/convert.h"},
      {"hub/app/books.cc", "hub/engine/engine.h"},
      {"hub/audit/merkle.cc", "hub/storage/sqlite/sqlite_store.h"},
      {"hub/engine/engine.cc", "hub/rpc/convert.h"},
      {"hub/engine/engine.cc", "hub/storage/sqlite/sqlite_store.h"},
      {"hub/rpc/guard.cc", "hub/storage/sqlite/sqlite_store.h"},
      {"hub/storage/sqlite/backup.cc", "hub/rpc/convert.h"},
      {"hub/rpc/guard.cc", "adapters/common/spool.h"},
      {"adapters/common/spool.cc", "adapters/court/extract.h"},
      {"adapters/court/extract.cc", "adapters/hospital/reader.h"},
      {"adapters/court/extract.cc", "hub/domain/apportionment.h"},
      {"adapters/insurer/bank/text.cc", "hub/app/ports.h"},
      {"ctl/main.cc", "hub/rpc/unary.h"},
      {"ctl/main.cc", "hub/app/unit_of_work.h"},
      {"ctl/main.cc", "hub/engine/engine.h"},
      {"hub/engine/engine.cc", "openssl/evp.h"},
      {"tests/crypto/keyring_test.cc", "openssl/evp.h"},
      {"hub/app/books.cc", "grpcpp/grpcpp.h"},
      {"hub/storage/sqlite/backup.cc", "recoup/v1/fund_service.grpc.pb.h"},
      {"hub/domain/money.cc", "google/protobuf/message.h"},
      {"hub/engine/engine.cc", "recoup/v1/common.pb.h"},
      {"hub/app/books.cc", "sqlite3.h"},
      {"adapters/common/table.cc", "SQLiteCpp/SQLiteCpp.h"},
      {"hub/engine/engine.cc", "spdlog/logger.h"},
      {"hub/ledger/laws.cc", "gtest/gtest.h"},
      {"hub/domain/policy_data.cc", "fstream"},
      {"hub/matching/lead.cc", "filesystem"},
      {"hub/ledger/journal.cc", "chrono"},
      {"hub/reconcile/run.cc", "hub/base/clock.h"},
      {"hub/reconcile/run.cc", "absl/time/clock.h"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path + " " + row.include);
    EXPECT_THAT(LayerViolations({row.path, "#include \"" + row.include + "\"\n"}),
                AllOf(Not(IsEmpty()), Each(HasSubstr(row.include))));
  }
}

TEST(LayerViolations, AFolderWithoutARowIsFound) {
  EXPECT_THAT(LayerViolations({"hub/newcomer/thing.cc", ""}), ElementsAre(HasSubstr("row")));
}

TEST(Layers, EveryIncludeKeepsTheRule) {
  std::size_t files = 0;
  for (const SourceFile& file : FilesBelow({"hub", "adapters", "ctl", "tests", "bench", "fuzz"})) {
    if (!IsIncluder(file.path)) continue;
    ++files;
    EXPECT_THAT(LayerViolations(file), IsEmpty());
  }
  EXPECT_GT(files, 200u) << "the tree was not found";
}

}  // namespace
}  // namespace recoup::architecture
