// The cut of a settlement batch: how long it takes, and what others feel of it.
//
//   settlement_bench [--lines 1000000] [--pools 10] [--seconds 20] [--folder DIR]
//
// Stores that many accepted lines of one insurer over the pools (sealed records with their keys;
// not measured), then lets eight callers post one after the other (an advance comes onto the books
// of one of the pools: event, record, transfer, commit with fsync) while a batch is created and cut
// half-way. Prints the cut itself (deciding), from its submission to its durable answer, and the
// latency of postings before, during (those under way between submission and answer of the cut, and
// for half a second after it) and of the whole run. Then the first page of lines is read.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <future>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "hub/app/books.h"
#include "hub/app/settlement_batches.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealing.h"
#include "hub/crypto/signing.h"
#include "hub/domain/wire.h"
#include "hub/engine/engine.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "hub/storage/vault.h"

namespace recoup::bench {
namespace {

using domain::Money;

constexpr std::uint64_t kSeed = 20261122;
constexpr int kCallers = 8;
constexpr char kInsurer[] = "insurer/huaan";
constexpr char kKey[] = "1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

struct Options {
  std::int64_t lines = 1'000'000;
  int pools = 10;
  int seconds = 20;
  std::string folder;
};

class NoBlinder final : public app::Blinder {
 public:
  std::string IdNumber(std::string_view text) override { return std::string(text); }
  std::string Name(std::string_view text) override { return std::string(text); }
  std::string CaseNumber(std::string_view text) override { return std::string(text); }
};

domain::PoolId PoolOf(int i) { return {absl::StrFormat("3101%02d-310", i + 1)}; }

// Lines as acceptance leaves them, without what does not matter for a cut.
class Lines {
 public:
  Lines(app::Store& store, app::RecordSeal& seal, Random& random)
      : store_(store), seal_(seal), ids_(random) {}

  absl::Status Store(const domain::PoolId& pool, std::int64_t lines) {
    domain::SettlementPart part;
    part.id = {ids_.Next(absl::Now())};
    part.version = 1;
    part.pool = pool;
    part.insurer = {kInsurer};
    for (std::int64_t i = 0; i < lines; ++i) {
      const Money amount = Money::Fen(10'000 + i % 997);
      domain::Demand demand;
      demand.id = {ids_.Next(absl::Now())};
      demand.version = 1;
      demand.pool = pool;
      demand.state = domain::DemandState::kAgreed;
      demand.debtor_name = "华安联合财产保险股份有限公司";
      demand.debtor_party = part.insurer;
      demand.reference = absl::StrCat("RF00", demand.id.ToString().substr(8));
      demand.amount = amount;
      domain::DemandLine& line = demand.lines.emplace_back();
      line.amount = amount;
      RECOUP_RETURN_IF_ERROR(line.stages.Add(domain::Stage::kAgreed, amount));
      domain::SettlementLine taken;
      taken.part = part.id;
      taken.page = part.next_line++ / domain::kSettlementPageLines;
      taken.amount = amount;
      taken.event_sequence = 1;
      demand.settlement_lines.push_back(taken);
      part.gross += amount;
      ++part.lines;
      RECOUP_RETURN_IF_ERROR(Put(demand));
    }
    RECOUP_RETURN_IF_ERROR(Put(part));
    return Flush();
  }

 private:
  template <typename R>
  absl::Status Put(const R& record) {
    const app::RecordKey key = app::KeyOf(record);
    batch_.records.push_back(
        {key, seal_.Seal(key.partition, app::PlaceOf(key.kind, key.id), domain::Encode(record))});
    domain::IndexEntries index;
    record.Index(index);
    for (domain::UniqueEntry& entry : index.unique) {
      batch_.unique_added.push_back({entry.kind, std::move(entry.key), key});
    }
    for (domain::LookupEntry& entry : index.lookup) {
      batch_.lookup_added.push_back({entry.kind, std::move(entry.key), key});
    }
    constexpr std::size_t kBatch = 5'000;
    return batch_.records.size() < kBatch ? absl::OkStatus() : Flush();
  }
  absl::Status Flush() {
    RECOUP_RETURN_IF_ERROR(store_.Begin());
    RECOUP_RETURN_IF_ERROR(store_.Commit(batch_));
    batch_ = {};
    return absl::OkStatus();
  }

  app::Store& store_;
  app::RecordSeal& seal_;
  IdSource ids_;
  app::WriteSet batch_;
};

// Commands over a running engine, each answered when it is durable.
class Caller {
 public:
  Caller(engine::Engine& engine, std::uint64_t seed) : engine_(engine), random_(seed) {}

  // From submission to answer.
  absl::Duration Run(const app::Caller& who, const std::string& partition,
                     std::function<absl::StatusOr<std::string>(app::UnitOfWork&)> run) {
    engine::Command command;
    command.caller = who;
    command.method = "Bench";
    command.request_id = ids_.Next(absl::Now());
    command.partition = partition;
    command.content = command.request_id.ToBytes();
    command.run = std::move(run);
    std::promise<absl::Status> answered;
    engine::CommandGroup group;
    group.commands.push_back(std::move(command));
    group.done = [&](std::vector<engine::Outcome> outcomes) {
      answered.set_value(outcomes.front().status);
    };
    const absl::Time from = absl::Now();
    engine_.Submit(std::move(group));
    const absl::Status status = answered.get_future().get();
    if (!status.ok()) {
      // A benchmark of refusals measures nothing.
      std::cerr << status << "\n";
      std::exit(1);
    }
    return absl::Now() - from;
  }

 private:
  engine::Engine& engine_;
  SeededRandom random_;
  IdSource ids_{random_};
};

struct Sample {
  absl::Time from;
  absl::Duration took;
};

absl::StatusOr<std::string> BookOne(const domain::PoolId& pool, app::UnitOfWork& work) {
  domain::Advance advance;
  advance.id = work.NewId<domain::AdvanceId>();
  advance.pool = pool;
  advance.hospital = {"hospital/renji"};
  advance.visit_id = advance.id.ToString();
  advance.settlement_id = advance.id.ToString();
  advance.amount = Money::Fen(12'000'00);
  advance.total = advance.amount;
  RECOUP_RETURN_IF_ERROR(app::PutOnBooks(work, advance));
  work.Put(advance);
  return std::string();
}

void Print(const char* name, std::vector<absl::Duration> all) {
  std::sort(all.begin(), all.end());
  const auto at = [&](double share) {
    if (all.empty()) return std::nan("");
    const auto i = static_cast<std::size_t>(share * static_cast<double>(all.size() - 1));
    return absl::ToDoubleMilliseconds(all[i]);
  };
  std::cout << absl::StrFormat("| %s | %d | %.2f | %.2f | %.2f | %.2f |\n", name, all.size(),
                               at(0.5), at(0.95), at(0.99), at(1));
}

absl::Status Run(const Options& options) {
  namespace fs = std::filesystem;
  const fs::path folder = options.folder.empty()
                              ? fs::temp_directory_path() / absl::StrCat("settlement-", getpid())
                              : fs::path(options.folder);
  fs::create_directories(folder);
  SeededRandom random(kSeed);
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::Store> store,
                          storage::OpenSqliteStore((folder / "bench.db").string()));
  RECOUP_ASSIGN_OR_RETURN(const crypto::Keyring keyring, crypto::Keyring::Parse(kKey));
  const crypto::Sealer sealer(keyring, random);
  storage::SealerSeal seal(sealer);
  Lines lines(*store, seal, random);
  for (int i = 0; i < options.pools; ++i) {
    RECOUP_RETURN_IF_ERROR(lines.Store(PoolOf(i), options.lines / options.pools));
  }
  RECOUP_RETURN_IF_ERROR(store->Checkpoint());

  SystemClock clock;
  NoBlinder blinder;
  SeededRandom engine_random(kSeed + 1);
  const crypto::SigningKey key = crypto::SigningKey::Generate(random);
  engine::Engine engine({*store, seal, blinder, clock, engine_random, key}, {});
  engine.Start();

  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::vector<Sample> samples;
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&, i] {
      Caller caller(engine, kSeed + 100 + static_cast<std::uint64_t>(i));
      const domain::PoolId pool = PoolOf(i % options.pools);
      while (!stop) {
        const absl::Time from = absl::Now();
        const absl::Duration took =
            caller.Run({{"hospital/renji"}, "hospital/renji"}, pool.value,
                       [pool](app::UnitOfWork& work) { return BookOne(pool, work); });
        const std::lock_guard lock(mutex);
        samples.push_back({from, took});
      }
    });
  }
  const absl::Duration half = absl::Seconds(options.seconds) / 2;
  absl::SleepFor(half);
  Caller insurer(engine, kSeed + 7);
  domain::SettlementBatch batch;
  insurer.Run({{kInsurer}, "insurer/huaan/zhou-min"}, kInsurer,
              [&](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
                RECOUP_ASSIGN_OR_RETURN(batch, app::CreateSettlementBatchOf({PoolOf(0), {}}, work));
                return std::string();
              });
  absl::Duration deciding;
  const absl::Time cut_from = absl::Now();
  const absl::Duration cut =
      insurer.Run({{kInsurer}, "insurer/huaan/he-qing"}, kInsurer,
                  [&](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
                    const absl::Time from = absl::Now();
                    RECOUP_ASSIGN_OR_RETURN(
                        batch, app::CloseSettlementBatchOf({batch.insurer, batch.id, ""}, work));
                    deciding = absl::Now() - from;
                    return std::string();
                  });
  absl::SleepFor(half);
  stop = true;
  for (std::thread& caller : callers) caller.join();
  engine.Stop();

  std::int64_t in_batch = 0;
  for (const domain::BatchPart& part : batch.parts) in_batch += part.lines;
  std::cout << absl::StrFormat(
      "Cut of %d lines over %d pools: %.3f ms to decide, %.2f ms from submission to the durable "
      "answer.\n\n",
      in_batch, batch.parts.size(), absl::ToDoubleMilliseconds(deciding),
      absl::ToDoubleMilliseconds(cut));
  std::vector<absl::Duration> before, during, all;
  const absl::Time end = cut_from + cut + absl::Milliseconds(500);
  for (const Sample& sample : samples) {
    all.push_back(sample.took);
    if (sample.from + sample.took < cut_from) before.push_back(sample.took);
    if (sample.from < end && sample.from + sample.took >= cut_from) during.push_back(sample.took);
  }
  std::cout
      << "| postings | count | p50 ms | p95 ms | p99 ms | max ms |\n|---|---|---|---|---|---|\n";
  Print("before the cut", before);
  Print("during the cut", during);
  Print("whole run", all);

  const absl::Time reading = absl::Now();
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store->Snapshot());
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<app::RecordKey> page,
      view->FindAll(domain::LookupKind::kSettlementLine,
                    domain::Key({batch.parts.front().part.value.ToBytes(), "0"})));
  std::cout << absl::StrFormat("\nFirst page (%d lines) found in %.2f ms.\n", page.size(),
                               absl::ToDoubleMilliseconds(absl::Now() - reading));
  if (options.folder.empty()) fs::remove_all(folder);
  return absl::OkStatus();
}

}  // namespace
}  // namespace recoup::bench

int main(int argc, char** argv) {
  recoup::bench::Options options;
  CLI::App app("Cut of a settlement batch under postings");
  app.add_option("--lines", options.lines, "Accepted lines")->check(CLI::PositiveNumber);
  app.add_option("--pools", options.pools, "Pools they lie in")->check(CLI::Range(1, 90));
  app.add_option("--seconds", options.seconds, "How long to post")->check(CLI::Range(2, 600));
  app.add_option("--folder", options.folder, "Keep the database here; else it is removed");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = recoup::bench::Run(options);
  if (status.ok()) return 0;
  std::cerr << status << "\n";
  return 1;
}
