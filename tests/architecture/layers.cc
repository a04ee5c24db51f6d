#include "tests/architecture/layers.h"

#include <algorithm>
#include <string_view>

namespace recoup::architecture {
namespace {

// Who may include which of the project's own headers. A path belongs to the first row whose folder
// it lies in; an include is allowed when it begins with one of the row's prefixes.
struct FolderRow {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

const std::vector<FolderRow>& FolderRows() {
  static const std::vector<FolderRow> kRows{
      {"hub/base/", {"hub/base/"}},
      {"hub/config/", {"hub/base/", "hub/config/"}},
      {"hub/crypto/", {"hub/base/", "hub/crypto/"}},
      {"hub/domain/", {"hub/base/", "hub/domain/"}},
      {"hub/ledger/", {"hub/base/", "hub/domain/", "hub/ledger/"}},
      {"hub/matching/", {"hub/base/", "hub/domain/", "hub/ledger/", "hub/matching/"}},
      // A payment for several demands is found with the subset sum that matching has.
      {"hub/reconcile/",
       {"hub/base/", "hub/domain/", "hub/ledger/", "hub/matching/subset_sum.h", "hub/reconcile/"}},
      // A bank file that comes twice is known by its hash; keys and signatures stay below the
      // ports.
      {"hub/app/",
       {"hub/base/", "hub/crypto/sha256.h", "hub/crypto/signing.h", "hub/domain/", "hub/ledger/",
        "hub/matching/", "hub/reconcile/", "hub/app/"}},
      {"hub/audit/", {"hub/base/", "hub/crypto/", "hub/audit/"}},
      // The engine writes the log of what it commits, so it builds on audit and crypto.
      {"hub/engine/",
       {"hub/base/", "hub/crypto/", "hub/domain/", "hub/ledger/", "hub/app/", "hub/audit/",
        "hub/engine/"}},
      // vault.h puts the seal and the blind index behind the application's ports.
      {"hub/storage/",
       {"hub/base/", "hub/crypto/", "hub/domain/", "hub/ledger/", "hub/app/", "hub/storage/"}},
      {"hub/rpc/",
       {"hub/base/", "hub/crypto/", "hub/domain/", "hub/ledger/", "hub/matching/", "hub/reconcile/",
        "hub/app/", "hub/audit/", "hub/engine/", "hub/rpc/"}},
      // recoup-hub has the command line that every program has.
      {"hub/main/main.cc", {"hub/", "adapters/common/"}},
      {"hub/main/", {"hub/"}},
      // Adapters know the hub by its API; what they share with it are values, not rules or records.
      {"adapters/common/",
       {"hub/base/", "hub/crypto/", "hub/config/", "hub/domain/text_width.h", "adapters/common/"}},
      {"adapters/court/",
       {"hub/base/", "hub/crypto/", "hub/config/", "hub/domain/money.h", "hub/domain/identity.h",
        "hub/domain/enum.h", "hub/domain/enums.h", "hub/domain/text_width.h",
        "hub/domain/creditor_reference.h", "adapters/common/", "adapters/court/"}},
      {"adapters/hospital/",
       {"hub/base/", "hub/crypto/", "hub/config/", "hub/domain/money.h", "hub/domain/identity.h",
        "hub/domain/enum.h", "hub/domain/enums.h", "hub/domain/text_width.h",
        "hub/domain/creditor_reference.h", "hub/domain/plate.h", "hub/domain/bill_number.h",
        "adapters/common/", "adapters/hospital/"}},
      {"adapters/insurer/",
       {"hub/base/", "hub/crypto/", "hub/config/", "hub/domain/money.h", "hub/domain/identity.h",
        "hub/domain/enum.h", "hub/domain/enums.h", "hub/domain/text_width.h",
        "hub/domain/creditor_reference.h", "hub/domain/plate.h", "adapters/common/",
        "adapters/insurer/"}},
      // The control program also verifies and backs up a database without the hub, so it reads the
      // store, the log and the ledger; it never decides, so no use case and no handler. A fund's
      // bank files are read by the insurer's readers.
      {"ctl/",
       {"hub/base/", "hub/crypto/", "hub/config/", "hub/domain/", "hub/ledger/", "hub/audit/",
        "hub/storage/", "hub/app/ports.h", "hub/app/record_reader.h", "hub/app/key_check.h",
        "hub/engine/event_body.h", "hub/engine/request_memory.h", "adapters/common/",
        "adapters/insurer/bank/", "ctl/"}},
  };
  return kRows;
}

// Who may include which outside headers. An include belongs to every row whose pattern it matches.
struct OutsideRow {
  std::string_view what;
  std::vector<std::string_view> begins;  // The include begins with one of these,
  std::vector<std::string_view> ends;    // or ends with one of these.
  std::vector<std::string_view> allowed_in;
};

const std::vector<OutsideRow>& OutsideRows() {
  static const std::vector<OutsideRow> kRows{
      // gRPC brings OpenSSL, whose headers have the same names: docs/adr/2026-11-21-boringssl.md.
      // The hospital's TLS listener takes libssl from OpenSSL, and nothing of libcrypto.
      {"BoringSSL",
       {"openssl/"},
       {},
       {"hub/crypto/", "tests/crypto/boringssl_test.cc", "adapters/hospital/program/tls_relays.cc",
        "tests/hospital/mllp_tls_test.cc"}},
      {"gRPC",
       {"grpc/", "grpcpp/"},
       {".grpc.pb.h"},
       {"hub/rpc/", "hub/main/", "adapters/", "ctl/", "tests/", "bench/"}},
      {"Protobuf",
       {"google/protobuf/", "google/rpc/", "recoup/v1/"},
       {".pb.h"},
       {"hub/rpc/", "hub/main/", "adapters/", "ctl/", "tests/", "bench/", "fuzz/"}},
      // Outside the hub's store: the adapters' durable spool, the hospital's book of cases, the
      // journal of the court's daily job, and what the three share.
      {"SQLite",
       {"SQLiteCpp/", "sqlite3.h"},
       {},
       {"hub/storage/", "adapters/common/spool", "adapters/common/sqlite_file",
        "adapters/hospital/program/case_book", "adapters/court/program/run_journal", "tests/",
        "bench/"}},
      {"the log library", {"spdlog/"}, {}, {"hub/base/log", "tests/base/"}},
      {"the test library", {"gtest/", "gmock/", "rapidcheck"}, {}, {"tests/"}},
      // Facts in, decisions out: what decides never looks at a file, a clock, a random source, a
      // terminal, a thread or the network.
      {"files, clocks, chance, terminals, threads or sockets",
       {"fstream", "filesystem", "cstdio", "iostream", "unistd.h", "fcntl.h", "sys/", "chrono",
        "ctime", "time.h", "random", "thread", "mutex", "atomic", "hub/base/log.h",
        "absl/time/clock.h"},
       {},
       {"hub/base/", "hub/config/", "hub/crypto/", "hub/app/", "hub/audit/", "hub/engine/",
        "hub/storage/", "hub/rpc/", "hub/main/", "adapters/", "ctl/", "tests/", "bench/", "fuzz/"}},
      // plain_text.cc, injury_trace.cc and presented_bills.cc take only the date in China of a
      // given instant from
      // there, never the time.
      {"the clock",
       {"hub/base/clock.h"},
       {},
       {"hub/ledger/plain_text.cc", "hub/domain/injury_trace.cc", "hub/domain/presented_bills.cc",
        "hub/base/", "hub/config/", "hub/crypto/", "hub/app/", "hub/audit/", "hub/engine/",
        "hub/storage/", "hub/rpc/", "hub/main/", "adapters/", "ctl/", "tests/", "bench/", "fuzz/"}},
  };
  return kRows;
}

bool BeginsWithAny(std::string_view text, const std::vector<std::string_view>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}
bool EndsWithAny(std::string_view text, const std::vector<std::string_view>& suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](std::string_view suffix) { return text.ends_with(suffix); });
}
bool IsOurs(std::string_view include) {
  return BeginsWithAny(include, {"hub/", "adapters/", "ctl/", "tests/", "bench/", "fuzz/"});
}
// Tests, benchmarks and fuzz targets look at whatever they exercise.
bool MayIncludeAllOfOurs(std::string_view path) {
  return BeginsWithAny(path, {"tests/", "bench/", "fuzz/"});
}

}  // namespace

std::vector<std::string> LayerViolations(const SourceFile& file) {
  std::vector<std::string> violations;
  const auto row = std::find_if(
      FolderRows().begin(), FolderRows().end(),
      [&](const FolderRow& candidate) { return file.path.starts_with(candidate.folder); });
  const bool free = MayIncludeAllOfOurs(file.path);
  if (row == FolderRows().end() && !free) {
    violations.push_back(file.path + " lies in a folder without a row in the layer table");
    return violations;
  }
  for (const std::string& include : IncludesOf(file.text)) {
    if (IsOurs(include) && !free && !BeginsWithAny(include, row->may_include)) {
      violations.push_back(file.path + " may not include " + include);
    }
    for (const OutsideRow& outside : OutsideRows()) {
      if (!BeginsWithAny(include, outside.begins) && !EndsWithAny(include, outside.ends)) continue;
      if (BeginsWithAny(file.path, outside.allowed_in)) continue;
      violations.push_back(file.path + " includes " + include + ", and " +
                           std::string(outside.what) + " have no place there");
    }
  }
  return violations;
}

}  // namespace recoup::architecture
