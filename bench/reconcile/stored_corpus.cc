#include "bench/reconcile/stored_corpus.h"

#include <map>
#include <utility>

#include "hub/app/record_reader.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/wire.h"
#include "hub/ledger/journal.h"

namespace recoup::bench {
namespace {

using domain::Money;
using ledger::Account;

constexpr std::size_t kBatch = 5'000;

class Writer {
 public:
  Writer(const domain::PoolId& pool, app::Store& store, app::RecordSeal& seal, Random& random)
      : pool_(pool), store_(store), seal_(seal), ids_(random) {}

  absl::Status Write(const reconcile::OpenDemand& fact) {
    domain::Demand demand;
    demand.id = NewId<domain::DemandId>();
    demand.version = 1;
    demand.pool = pool_;
    demand.state = domain::DemandState::kIssued;
    demand.debtor_name = fact.debtor_names.front();
    if (!fact.case_numbers.empty()) demand.case_number = fact.case_numbers.front();
    demand.reference = fact.reference;
    demand.amount = fact.amount;
    demand.issued_on = fact.issued_on;
    demand.due_on = fact.due_on;
    for (const reconcile::Instalment& instalment : fact.instalments) {
      demand.instalments.push_back({instalment.due_on, instalment.amount, Money()});
    }
    domain::DemandLine& line = demand.lines.emplace_back();
    line.advance = NewId<domain::AdvanceId>();
    line.amount = fact.amount;
    RECOUP_RETURN_IF_ERROR(line.stages.Add(domain::Stage::kClaimed, fact.amount));
    RECOUP_RETURN_IF_ERROR(
        Post({Account::kClaimed, Account::kOrigin, fact.amount, line.advance, demand.id, {}}));
    return Put(demand);
  }

  absl::Status Write(const reconcile::BankEntry& fact, domain::StatementId statement) {
    domain::StatementEntry entry;
    entry.id = NewId<domain::StatementEntryId>();
    entry.version = 1;
    entry.pool = pool_;
    entry.statement = statement;
    entry.account = "31001000000000001";
    entry.entry_key = fact.key;
    entry.bank_reference = fact.bank_reference;
    entry.booked_on = fact.booked_on;
    entry.valued_on = fact.booked_on;
    entry.amount = fact.amount;
    entry.direction = fact.direction == reconcile::Direction::kCredit ? domain::Direction::kCredit
                                                                      : domain::Direction::kDebit;
    entry.counterparty_name = fact.counterparty_name;
    entry.end_to_end_id = fact.end_to_end_id;
    entry.creditor_reference = fact.creditor_reference;
    entry.remittance_text = fact.free_text;
    entry.return_reason = fact.return_info.reason_code;
    if (entry.direction == domain::Direction::kCredit) {
      entry.unapplied = entry.amount;
      RECOUP_RETURN_IF_ERROR(
          Post({Account::kBank, Account::kUnapplied, entry.amount, {}, {}, entry.id}));
    }
    return Put(entry);
  }

  template <typename R>
  absl::Status Put(const R& record) {
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
    return batch_.records.size() < kBatch ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    if (batch_.records.empty()) return absl::OkStatus();
    app::PartitionState state;
    state.transfers = transfers_;
    batch_.partitions.emplace_back(pool_.value, state);
    batch_.balances.emplace_back(pool_.value, balances_);
    RECOUP_RETURN_IF_ERROR(store_.Begin());
    RECOUP_RETURN_IF_ERROR(store_.Commit(batch_));
    batch_ = {};
    return absl::OkStatus();
  }

  template <typename TypedIdT>
  TypedIdT NewId() {
    return TypedIdT{ids_.Next(recorded_)};
  }

 private:
  absl::Status Post(const ledger::Posting& posting) {
    ledger::Transfer transfer;
    transfer.sequence = ++transfers_;
    transfer.event_partition = pool_.value;
    transfer.recorded_us = absl::ToUnixMicros(recorded_);
    RECOUP_RETURN_IF_ERROR(ledger::Post(posting, balances_, transfer));
    transfer.posting = posting;
    batch_.transfers.emplace_back(pool_.value, transfer);
    return absl::OkStatus();
  }

  const domain::PoolId pool_;
  app::Store& store_;
  app::RecordSeal& seal_;
  IdSource ids_;
  const absl::Time recorded_ = absl::FromCivil(kBenchDay, ChinaTimeZone());
  app::WriteSet batch_;
  ledger::Balances balances_;
  std::int64_t transfers_ = 0;
};

}  // namespace

absl::Status StoreCorpus(const reconcile::Corpus& corpus, const domain::PoolId& pool,
                         app::Store& store, app::RecordSeal& seal, Random& random) {
  Writer writer(pool, store, seal, random);
  for (const reconcile::OpenDemand& demand : corpus.facts.demands) {
    RECOUP_RETURN_IF_ERROR(writer.Write(demand));
  }
  domain::Statement statement;
  statement.id = writer.NewId<domain::StatementId>();
  statement.version = 1;
  statement.pool = pool;
  statement.account = "31001000000000001";
  statement.statement_id = "1";
  statement.from_on = absl::CivilDay(2025, 12, 1);
  statement.to_on = kBenchDay;
  for (const reconcile::BankEntry& entry : corpus.facts.entries) {
    const bool credit = entry.direction == reconcile::Direction::kCredit;
    statement.closing += credit ? entry.amount : -entry.amount;
    RECOUP_RETURN_IF_ERROR(writer.Write(entry, statement.id));
  }
  RECOUP_RETURN_IF_ERROR(writer.Put(statement));
  return writer.Flush();
}

}  // namespace recoup::bench
