// How long each report takes over a pool with many demands: sealed records, their keys and
// transfers in SQLite, as a hub holds them. One recovery with one advance and one open demand for
// each, a tenth of them to one insurer. Prints Markdown for docs/benchmarks.md.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "hub/app/ageing.h"
#include "hub/app/debtor_account.h"
#include "hub/app/funnel.h"
#include "hub/app/limitation_clocks.h"
#include "hub/app/worklist.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealing.h"
#include "hub/domain/creditor_reference.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/wire.h"
#include "hub/ledger/journal.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "hub/storage/vault.h"

namespace recoup::bench {
namespace {

using domain::Money;
using domain::Stage;
using ledger::Account;

constexpr char kKey[] = "1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
constexpr absl::CivilDay kToday(2026, 3, 20);
constexpr std::size_t kBatch = 5'000;
constexpr std::int64_t kInsurerEvery = 10;

class Writer {
 public:
  Writer(app::Store& store, app::RecordSeal& seal, Random& random)
      : store_(store), seal_(seal), ids_(random) {}

  absl::Status AddCase(std::int64_t number) {
    const bool insured = number % kInsurerEvery == 0;
    const Money amount = Money::Fen(10'000 + number % 90'000);
    domain::Recovery recovery;
    recovery.id = NewId<domain::RecoveryId>();
    recovery.version = 1;
    recovery.pool = pool_;
    recovery.state = domain::RecoveryState::kDemanded;
    // A few of them end in the next month, a few have ended.
    recovery.known_on = kToday - (number * 7 % 1'200);
    recovery.opened_time = now_;
    domain::Debtor debtor;
    debtor.kind = insured ? domain::DebtorKind::kInsurer : domain::DebtorKind::kPerson;
    debtor.name = insured ? "华安联合财产保险股份有限公司" : absl::StrCat("义务人", number);
    if (insured) debtor.party = {"insurer/huaan"};
    debtor.amount = amount;
    recovery.debtors.push_back(debtor);

    domain::Advance advance;
    advance.id = NewId<domain::AdvanceId>();
    advance.version = 1;
    advance.pool = pool_;
    advance.hospital = {absl::StrCat("hospital/h", number % 40)};
    advance.visit_id = absl::StrCat("V", number);
    advance.settlement_id = absl::StrCat("S", number);
    advance.state = domain::AdvanceState::kOpen;
    advance.amount = amount;
    advance.total = amount;
    advance.recovery = recovery.id;
    RECOUP_RETURN_IF_ERROR(advance.stages.Add(Stage::kClaimed, amount));

    domain::Demand demand;
    demand.id = NewId<domain::DemandId>();
    demand.version = 1;
    demand.pool = pool_;
    demand.recovery = recovery.id;
    demand.state = domain::DemandState::kIssued;
    demand.debtor_kind = debtor.kind;
    demand.debtor_name = debtor.name;
    demand.debtor_party = debtor.party;
    demand.reference = domain::CreditorReference::Make(absl::StrCat("B", number))->text();
    demand.amount = amount;
    demand.issued_on = kToday - 40;
    demand.due_on = kToday - (number % 20) + 10;
    domain::DemandLine& line = demand.lines.emplace_back();
    line.advance = advance.id;
    line.amount = amount;
    line.stages = advance.stages;
    recovery.demands.push_back(demand.id);
    recovery.advances.push_back(advance.id);
    RECOUP_RETURN_IF_ERROR(
        Post({Account::kAdvanced, Account::kOrigin, amount, advance.id, {}, {}}));
    RECOUP_RETURN_IF_ERROR(
        Post({Account::kClaimed, Account::kAdvanced, amount, advance.id, demand.id, {}}));
    Put(recovery);
    Put(advance);
    Put(demand);
    return batch_.records.size() < kBatch ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    app::PartitionState state;
    state.transfers = transfers_;
    batch_.partitions.emplace_back(pool_.value, state);
    batch_.balances.emplace_back(pool_.value, balances_);
    RECOUP_RETURN_IF_ERROR(store_.Begin());
    RECOUP_RETURN_IF_ERROR(store_.Commit(batch_));
    batch_ = {};
    return absl::OkStatus();
  }

 private:
  template <typename TypedIdT>
  TypedIdT NewId() {
    return TypedIdT{ids_.Next(now_)};
  }
  template <typename R>
  void Put(const R& record) {
    const app::RecordKey key = app::KeyOf(record);
    batch_.records.push_back(
        {key, seal_.Seal(pool_.value, app::PlaceOf(key.kind, key.id), domain::Encode(record))});
    domain::IndexEntries index;
    record.Index(index);
    for (domain::UniqueEntry& entry : index.unique) {
      batch_.unique_added.push_back({entry.kind, std::move(entry.key), key});
    }
    for (domain::LookupEntry& entry : index.lookup) {
      batch_.lookup_added.push_back({entry.kind, std::move(entry.key), key});
    }
  }
  absl::Status Post(const ledger::Posting& posting) {
    ledger::Transfer transfer;
    transfer.sequence = ++transfers_;
    transfer.event_partition = pool_.value;
    transfer.event_sequence = transfers_;
    transfer.recorded_us = absl::ToUnixMicros(now_);
    RECOUP_RETURN_IF_ERROR(ledger::Post(posting, balances_, transfer));
    transfer.posting = posting;
    batch_.transfers.emplace_back(pool_.value, transfer);
    return absl::OkStatus();
  }

  const domain::PoolId pool_{"310115-310"};
  app::Store& store_;
  app::RecordSeal& seal_;
  IdSource ids_;
  const absl::Time now_ = absl::FromCivil(kToday - 40, ChinaTimeZone());
  app::WriteSet batch_;
  ledger::Balances balances_;
  std::int64_t transfers_ = 0;
};

double ProcessorSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

absl::Status Measure(const std::string& name, app::Store& store, app::RecordSeal& seal,
                     const std::function<absl::Status(app::RecordReader&)>& report) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store.Snapshot());
  app::RecordReader reader(*view, seal);
  const absl::Time began = absl::Now();
  const double processor = ProcessorSeconds();
  RECOUP_RETURN_IF_ERROR(report(reader));
  std::cout << "| " << name << " | "
            << absl::StrFormat("%.2f | %.2f |", absl::ToDoubleSeconds(absl::Now() - began),
                               ProcessorSeconds() - processor)
            << std::endl;
  return absl::OkStatus();
}

absl::Status Run(std::int64_t demands, const std::string& folder) {
  SeededRandom random(20'261'122);
  const domain::PoolId pool{"310115-310"};
  const std::string path = absl::StrCat(folder, "/reports-", demands, ".db");
  std::filesystem::remove(path);
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::Store> store, storage::OpenSqliteStore(path));
  RECOUP_ASSIGN_OR_RETURN(const crypto::Keyring keyring, crypto::Keyring::Parse(kKey));
  const crypto::Sealer sealer(keyring, random);
  storage::SealerSeal seal(sealer);
  Writer writer(*store, seal, random);
  for (std::int64_t i = 1; i <= demands; ++i) RECOUP_RETURN_IF_ERROR(writer.AddCase(i));
  RECOUP_RETURN_IF_ERROR(writer.Flush());
  RECOUP_RETURN_IF_ERROR(store->Checkpoint());

  std::cout << "| " << demands << " demands | wall, s | processor, s |\n|---|---|---|\n";
  const domain::PolicyData& data = domain::NationalPolicyData();
  for (const auto& [name, dimension] :
       {std::pair("funnel by hospital", app::FunnelDimension::kHospital),
        std::pair("funnel by debtor", app::FunnelDimension::kDebtor),
        std::pair("funnel by court", app::FunnelDimension::kCourt)}) {
    RECOUP_RETURN_IF_ERROR(Measure(name, *store, seal, [&](app::RecordReader& reader) {
      return app::FunnelOf(reader, {pool}, dimension).status();
    }));
  }
  RECOUP_RETURN_IF_ERROR(Measure("ageing by debtor", *store, seal, [&](app::RecordReader& reader) {
    return app::AgeingOf(reader, pool, kToday, app::AgeingBasis::kDue,
                         app::AgeingDimension::kDebtor)
        .status();
  }));
  RECOUP_RETURN_IF_ERROR(Measure("limitation clocks", *store, seal, [&](app::RecordReader& reader) {
    return app::LimitationClocksOf(reader, pool, kToday, data).status();
  }));
  RECOUP_RETURN_IF_ERROR(Measure("worklist", *store, seal, [&](app::RecordReader& reader) {
    return app::WorklistOf(reader, {pool, kToday, "fund/pudong/wang-min", {}, 200}, data).status();
  }));
  RECOUP_RETURN_IF_ERROR(Measure(absl::StrCat("statement of ", demands / kInsurerEvery, " demands"),
                                 *store, seal, [&](app::RecordReader& reader) {
                                   app::DebtorAccountOrder order;
                                   order.pool = pool;
                                   order.debtor = {"insurer/huaan"};
                                   order.until = kToday;
                                   order.today = kToday;
                                   return app::DebtorAccountOf(reader, order).status();
                                 }));
  std::filesystem::remove(path);
  return absl::OkStatus();
}

}  // namespace
}  // namespace recoup::bench

int main(int argc, char** argv) {
  std::int64_t demands = 100'000;
  std::string folder = std::filesystem::temp_directory_path();
  CLI::App app("Each report over a pool with many open demands");
  app.add_option("--demands", demands, "How many");
  app.add_option("--folder", folder, "Where the store is made");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = recoup::bench::Run(demands, folder);
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
