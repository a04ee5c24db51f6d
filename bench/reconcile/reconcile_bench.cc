// Measures reconciliation from the store: entries against open demands, and the report of the day.
//
//   reconcile_bench [--entries 1000000] [--folder DIR] [--wide] [--keep] [--csv DIR]
//                   [--decisions FILE]
//
// The corpus is made and stored first, which is not measured; with --keep the store stays in the
// folder and the next run measures the same one. It has one demand for each entry, with --wide
// nearly one and a half (tests/reconcile/corpus.h). Then, as a run does: read and open
// the sealed records (two threads, two snapshots), make facts of them, decide, and make the report
// of the day from the same store. Posting the decisions is not part of it. Prints one Markdown row:
// seconds of wall time and of processor time, what was applied, and the memory used. With --csv the
// corpus is also written as two files for the SQL join of bench/reconcile/run, with --decisions
// every decision as a line, so that two versions of the engine can be compared with cmp.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "bench/reconcile/stored_corpus.h"
#include "hub/app/at_once.h"
#include "hub/app/close_day.h"
#include "hub/app/packed_parts.h"
#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealing.h"
#include "hub/main/allocator.h"
#include "hub/reconcile/reconcile.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "hub/storage/vault.h"

namespace recoup::bench {
namespace {

constexpr std::uint64_t kSeed = 20261121;

struct Clocks {
  absl::Time wall = absl::Now();
  double cpu = Cpu();

  static double Cpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  }
  // "wall / processor" since this was made.
  std::string Since() const {
    return absl::StrFormat("%.2f / %.2f", absl::ToDoubleSeconds(absl::Now() - wall), Cpu() - cpu);
  }
};

absl::StatusOr<reconcile::PackedFacts> Load(app::Store& store, app::RecordSeal& seal,
                                            const domain::PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store.Snapshot());
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> other_view, store.Snapshot());
  app::RecordReader reader(*view, seal);
  app::RecordReader other_reader(*other_view, seal);
  reconcile::PackedFacts facts;
  auto demands = std::async(std::launch::async,
                            [&] { return app::PackDemands(other_reader, pool, facts.demands); });
  const absl::Status entries = app::PackEntries(reader, pool, facts.entries);
  RECOUP_RETURN_IF_ERROR(demands.get());
  RECOUP_RETURN_IF_ERROR(entries);
  facts.as_of = kBenchDay;
  return facts;
}

struct Decided {
  std::size_t entries = 0;
  std::size_t demands = 0;
  reconcile::Result result;
  std::string loaded;
  std::string decided;
};

absl::StatusOr<Decided> Decide(app::Store& store, app::RecordSeal& seal,
                               const domain::PoolId& pool) {
  Decided out;
  const Clocks loading;
  RECOUP_ASSIGN_OR_RETURN(reconcile::PackedFacts facts, Load(store, seal, pool));
  out.loaded = loading.Since();
  out.entries = facts.entries.all().size();
  out.demands = facts.demands.all().size();
  const Clocks deciding;
  RECOUP_ASSIGN_OR_RETURN(
      out.result,
      reconcile::Reconcile(std::move(facts), reconcile::ReconcilePolicy{}, app::AtOnce));
  out.decided = deciding.Since();
  return out;
}

std::string Cell(const std::string& text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

void WriteCsv(const reconcile::Corpus& corpus, const std::string& folder) {
  std::ofstream entries(absl::StrCat(folder, "/entries.csv"));
  for (const reconcile::BankEntry& entry : corpus.facts.entries) {
    if (entry.direction != reconcile::Direction::kCredit) continue;
    entries << entry.key << "," << entry.amount.fen() << "," << Cell(entry.creditor_reference)
            << "," << Cell(entry.free_text) << "," << Cell(entry.counterparty_name) << "\n";
  }
  std::ofstream demands(absl::StrCat(folder, "/demands.csv"));
  for (const reconcile::OpenDemand& demand : corpus.facts.demands) {
    demands << demand.key << "," << demand.open.fen() << "," << demand.reference << ","
            << Cell(demand.case_numbers.front()) << "," << Cell(demand.debtor_names.front())
            << "\n";
  }
}

// Every decision as a line, so that two versions of the engine can be compared with diff.
void WriteDecisions(const reconcile::Result& result, const std::string& path) {
  std::ofstream out(path);
  const auto list = [](const std::vector<std::string_view>& keys) {
    return absl::StrJoin(std::vector<std::string>(keys.begin(), keys.end()), ",");
  };
  for (const reconcile::Undo& undo : result.undone) {
    out << "undo " << undo.return_entry_key << " " << undo.original_entry_key << " "
        << undo.demand_key << " " << undo.amount.fen() << " " << undo.evidence << "\n";
  }
  for (const reconcile::Application& application : result.applications) {
    const reconcile::Certificate& c = application.certificate;
    out << "apply " << application.entry_key << " " << application.demand_key << " "
        << application.amount.fen() << " " << reconcile::RuleName(c.rule) << " " << c.rule_version
        << " " << c.token << " " << c.advice_key << " [" << list(c.chosen) << "] ["
        << list(c.payments) << "] " << c.rivals << " " << c.steps << " " << c.margin.value_or(-1)
        << " " << c.entry_before.fen() << " " << c.open_before.fen() << "\n";
  }
  for (const reconcile::Break& b : result.breaks) {
    out << "break " << reconcile::BreakKindName(b.kind) << " " << b.entry_key << " " << b.demand_key
        << " " << b.advice_key << " " << b.duplicate_of << " " << b.amount.fen() << " " << b.days
        << " " << b.explanation << " " << b.suggestion << " [" << list(b.candidates) << "]\n";
  }
  for (const std::string_view key : result.outgoing) out << "outgoing " << key << "\n";
}

constexpr char kKey[] = "1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

struct Options {
  std::size_t entries = 10'000;
  std::string folder = std::filesystem::temp_directory_path();
  std::string csv;
  std::string decisions;
  bool wide = false;
  bool keep = false;
};

absl::Status Make(const Options& options, const std::string& path, const domain::PoolId& pool) {
  SeededRandom random(kSeed);
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::Store> store, storage::OpenSqliteStore(path));
  RECOUP_ASSIGN_OR_RETURN(const crypto::Keyring keyring, crypto::Keyring::Parse(kKey));
  const crypto::Sealer sealer(keyring, random);
  storage::SealerSeal seal(sealer);
  reconcile::Corpus corpus = reconcile::MakeCorpus(
      options.entries, kSeed, options.wide ? reconcile::Shape::kWide : reconcile::Shape::kEven);
  // Advices are not stored: their payments go the way of all sums without a schedule.
  corpus.facts.advices.clear();
  if (!options.csv.empty()) WriteCsv(corpus, options.csv);
  RECOUP_RETURN_IF_ERROR(StoreCorpus(corpus, pool, *store, seal, random));
  return store->Checkpoint();
}

// In a process of its own, so that its memory is not counted.
absl::Status MakeApart(const Options& options, const std::string& path,
                       const domain::PoolId& pool) {
  const pid_t child = fork();
  if (child == 0) {
    const absl::Status made = Make(options, path, pool);
    if (!made.ok()) std::cerr << made << "\n";
    _exit(made.ok() ? 0 : 1);
  }
  int code = -1;
  if (child < 0 || waitpid(child, &code, 0) != child || code != 0) {
    return absl::InternalError("the store was not made");
  }
  return absl::OkStatus();
}

absl::Status Run(const Options& options) {
  SeededRandom random(kSeed);
  const domain::PoolId pool{"310115-310"};
  const std::string path = absl::StrCat(options.folder, "/reconcile-", options.entries,
                                        options.wide ? "-wide.db" : ".db");
  if (!options.keep) std::filesystem::remove(path);
  if (!std::filesystem::exists(path)) RECOUP_RETURN_IF_ERROR(MakeApart(options, path, pool));
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::Store> store, storage::OpenSqliteStore(path));
  RECOUP_ASSIGN_OR_RETURN(const crypto::Keyring keyring, crypto::Keyring::Parse(kKey));
  const crypto::Sealer sealer(keyring, random);
  storage::SealerSeal seal(sealer);
  const Clocks all;
  RECOUP_ASSIGN_OR_RETURN(const Decided decided, Decide(*store, seal, pool));
  if (!options.decisions.empty()) WriteDecisions(decided.result, options.decisions);
  const Clocks closing;
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store->Snapshot());
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> journal, store->Snapshot());
  app::RecordReader reader(*view, seal);
  RECOUP_ASSIGN_OR_RETURN(const app::PreparedClose close,
                          app::PrepareClose(reader, {pool, kBenchDay}, kBenchDay, journal.get()));
  const std::string closed = closing.Since();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << "| " << decided.entries << " | " << decided.demands << " | " << decided.loaded
            << " | " << decided.decided << " | " << closed << " | " << all.Since() << " | "
            << decided.result.applications.size() << " | " << close.report.text.size() << " | "
            << usage.ru_maxrss / 1024 << " |" << std::endl;
  if (!options.keep) std::filesystem::remove(path);
  return absl::OkStatus();
}

}  // namespace
}  // namespace recoup::bench

int main(int argc, char** argv) {
  recoup::bench::Options options;
  CLI::App app("Reconciliation of stored entries with stored demands, and the report of the day");
  app.add_option("--entries", options.entries, "How many bank entries");
  app.add_option("--folder", options.folder, "Where the store is made");
  app.add_flag("--wide", options.wide, "Nearly one and a half demands for each entry");
  app.add_flag("--keep", options.keep, "Leave the store there, and measure one that is there");
  app.add_option("--csv", options.csv, "Also write the corpus as CSV into this folder");
  app.add_option("--decisions", options.decisions,
                 "Also write every decision as a line of this file");
  CLI11_PARSE(app, argc, argv);
  recoup::KeepMemory();  // As recoup-hub does.
  const absl::Status status = recoup::bench::Run(options);
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
