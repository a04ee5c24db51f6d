#include "hub/app/unit_of_work.h"

#include "hub/app/policy_book.h"
#include "hub/base/clock.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

template <typename Entry>
bool Contains(const std::vector<Entry>& entries, const Entry& entry) {
  return std::find(entries.begin(), entries.end(), entry) != entries.end();
}

void Erase(std::vector<RecordKey>& keys, const RecordKey& key) {
  keys.erase(std::remove(keys.begin(), keys.end(), key), keys.end());
}

}  // namespace

absl::CivilDay UnitOfWork::today() const { return ChinaDate(now_); }

absl::StatusOr<PartitionState*> Batch::StateOf(const std::string& partition) {
  if (const auto found = states_.find(partition); found != states_.end()) return &found->second;
  RECOUP_ASSIGN_OR_RETURN(const PartitionState state, view_.StateOf(partition));
  return &states_.emplace(partition, state).first->second;
}

absl::StatusOr<const domain::PolicyData*> Batch::policy_data() {
  if (!policy_data_) {
    RecordReader reader(view_, seal_);
    RECOUP_ASSIGN_OR_RETURN(domain::PolicyData data, LoadPolicyData(reader));
    policy_data_ = std::move(data);
  }
  return &*policy_data_;
}

absl::StatusOr<std::optional<RecordKey>> UnitOfWork::FindUnique(domain::UniqueKeyKind kind,
                                                                std::string_view key) {
  const Batch::IndexKey index_key{static_cast<int>(kind), std::string(key)};
  if (const auto own = own_unique_.find(index_key); own != own_unique_.end())
    return *own->second.begin();
  RECOUP_ASSIGN_OR_RETURN(const std::optional<RecordKey> owner, FindStoredUnique(index_key));
  // This command may have changed the owner so that it no longer has the key.
  if (owner && changed_.contains(*owner)) return std::nullopt;
  return owner;
}

absl::StatusOr<std::optional<RecordKey>> UnitOfWork::FindStoredUnique(
    const Batch::IndexKey& index_key) {
  if (const auto known = batch_.unique_.find(index_key); known != batch_.unique_.end())
    return known->second;
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<RecordKey> found,
      batch_.view_.FindUnique(static_cast<domain::UniqueKeyKind>(index_key.first),
                              index_key.second));
  batch_.unique_.emplace(index_key, found);
  return found;
}

absl::StatusOr<std::vector<RecordKey>> UnitOfWork::FindAll(domain::LookupKind kind,
                                                           std::string_view key) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<RecordKey> keys, batch_.view_.FindAll(kind, key));
  const Batch::IndexKey index_key{static_cast<int>(kind), std::string(key)};
  if (const auto removed = batch_.lookup_removed_.find(index_key);
      removed != batch_.lookup_removed_.end()) {
    for (const RecordKey& gone : removed->second) Erase(keys, gone);
  }
  if (const auto added = batch_.lookup_added_.find(index_key);
      added != batch_.lookup_added_.end()) {
    keys.insert(keys.end(), added->second.begin(), added->second.end());
  }
  std::erase_if(keys, [&](const RecordKey& record) { return changed_.contains(record); });
  if (const auto own = own_lookup_.find(index_key); own != own_lookup_.end()) {
    keys.insert(keys.end(), own->second.begin(), own->second.end());
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

void UnitOfWork::Change(const RecordKey& key, ErasedRecord record) {
  Changed& changed = changed_[key];
  const auto forget = [&](auto& own, const auto& entry) {
    const auto found = own.find({static_cast<int>(entry.kind), entry.key});
    found->second.erase(key);
    if (found->second.empty()) own.erase(found);
  };
  // A record may name one key twice (several applications to one demand).
  const auto each_once = [](auto& entries) {
    for (auto it = entries.begin(); it != entries.end();) {
      it = std::find(entries.begin(), it, *it) != it ? entries.erase(it) : it + 1;
    }
  };
  for (const domain::UniqueEntry& entry : changed.entries.unique) forget(own_unique_, entry);
  for (const domain::LookupEntry& entry : changed.entries.lookup) forget(own_lookup_, entry);
  changed.entries = {};
  record.index(record.record.get(), changed.entries);
  each_once(changed.entries.unique);
  each_once(changed.entries.lookup);
  for (const domain::UniqueEntry& entry : changed.entries.unique) {
    own_unique_[{static_cast<int>(entry.kind), entry.key}].insert(key);
  }
  for (const domain::LookupEntry& entry : changed.entries.lookup) {
    own_lookup_[{static_cast<int>(entry.kind), entry.key}].insert(key);
  }
  changed.record = std::move(record);
}

absl::StatusOr<ledger::Balances> UnitOfWork::BalancesOf(const std::string& pool) {
  if (const auto mine = balances_.find(pool); mine != balances_.end()) return mine->second;
  if (const auto batch = batch_.balances_.find(pool); batch != batch_.balances_.end())
    return batch->second;
  RECOUP_ASSIGN_OR_RETURN(const ledger::Balances stored, batch_.view_.BalancesOf(pool));
  batch_.balances_.emplace(pool, stored);
  return stored;
}

absl::StatusOr<std::vector<std::int64_t>> UnitOfWork::Post(
    const std::string& pool, const std::vector<ledger::Posting>& postings) {
  RECOUP_ASSIGN_OR_RETURN(ledger::Balances balances, BalancesOf(pool));
  RECOUP_ASSIGN_OR_RETURN(const PartitionState* state, batch_.StateOf(pool));
  std::int64_t sequence = state->transfers + transfer_counts_[pool];
  std::vector<std::int64_t> sequences;
  std::vector<std::pair<std::string, ledger::Transfer>> posted;
  for (const ledger::Posting& posting : postings) {
    ledger::Transfer transfer;
    RECOUP_RETURN_IF_ERROR(ledger::Post(posting, balances, transfer));
    transfer.sequence = ++sequence;
    transfer.event_partition = event_partition_;
    transfer.event_sequence = event_sequence_;
    transfer.recorded_us = absl::ToUnixMicros(now_);
    sequences.push_back(transfer.sequence);
    posted.emplace_back(pool, std::move(transfer));
  }
  balances_.insert_or_assign(pool, balances);
  transfer_counts_[pool] += static_cast<std::int64_t>(posted.size());
  std::move(posted.begin(), posted.end(), std::back_inserter(transfers_));
  return sequences;
}

absl::Status UnitOfWork::Notify(const domain::PartyId& recipient, RecordKey subject,
                                std::string what) {
  notices_.push_back({.recipient = recipient.value,
                      .sequence = 0,
                      .subject = std::move(subject),
                      .what = std::move(what),
                      .recorded_us = absl::ToUnixMicros(now_)});
  return absl::OkStatus();
}

absl::Status UnitOfWork::CheckUnique(const RecordKey& key, const domain::IndexEntries& entries) {
  for (const domain::UniqueEntry& entry : entries.unique) {
    const auto& own = own_unique_.at({static_cast<int>(entry.kind), entry.key});
    RECOUP_ASSIGN_OR_RETURN(const std::optional<RecordKey> owner,
                            FindStoredUnique({static_cast<int>(entry.kind), entry.key}));
    // An owner that this command changed has given the key up, else it would be among `own`.
    const bool taken = owner && *owner != key && !changed_.contains(*owner);
    if (taken || own.size() > 1) {
      return MakeError(Reason::kAlreadyExistsWithOtherContent,
                       "another record already has this key (number, reference or name)");
    }
  }
  return absl::OkStatus();
}

absl::Status UnitOfWork::Absorb() {
  for (const auto& [key, changed] : changed_) {
    RECOUP_RETURN_IF_ERROR(CheckUnique(key, changed.entries));
  }
  std::vector<PartitionState*> notice_states;
  for (const StoredNotice& notice : notices_) {
    RECOUP_ASSIGN_OR_RETURN(PartitionState * state, batch_.StateOf(notice.recipient));
    notice_states.push_back(state);
  }
  // Nothing below can fail. What is given up goes first: another record of the command may take it.
  for (const auto& [key, changed] : changed_) {
    for (const domain::UniqueEntry& old : batch_.slots_[key].entries.unique) {
      if (!Contains(changed.entries.unique, old)) {
        batch_.unique_[{static_cast<int>(old.kind), old.key}] = std::nullopt;
      }
    }
  }
  for (auto& [key, changed] : changed_) {
    Batch::Slot& slot = batch_.slots_[key];
    domain::IndexEntries& entries = changed.entries;
    for (const domain::UniqueEntry& entry : entries.unique) {
      batch_.unique_[{static_cast<int>(entry.kind), entry.key}] = key;
    }
    for (const domain::LookupEntry& old : slot.entries.lookup) {
      if (Contains(entries.lookup, old)) continue;
      const Batch::IndexKey index_key{static_cast<int>(old.kind), old.key};
      Erase(batch_.lookup_added_[index_key], key);
      batch_.lookup_removed_[index_key].push_back(key);
    }
    for (const domain::LookupEntry& entry : entries.lookup) {
      if (Contains(slot.entries.lookup, entry)) continue;
      const Batch::IndexKey index_key{static_cast<int>(entry.kind), entry.key};
      if (const auto removed = batch_.lookup_removed_.find(index_key);
          removed != batch_.lookup_removed_.end()) {
        Erase(removed->second, key);
      }
      if (!Contains(slot.stored.lookup, entry)) batch_.lookup_added_[index_key].push_back(key);
    }
    if (key.kind == domain::RecordKind::kPolicyDatum) batch_.policy_data_changed_ = true;
    if (key.kind == domain::RecordKind::kParty) batch_.parties_changed_ = true;
    slot.current = std::move(changed.record);
    slot.entries = std::move(entries);
    slot.changed = true;
  }
  for (auto& [pool, balances] : balances_) batch_.balances_.insert_or_assign(pool, balances);
  for (const auto& [pool, count] : transfer_counts_) batch_.states_.at(pool).transfers += count;
  std::move(transfers_.begin(), transfers_.end(), std::back_inserter(batch_.transfers_));
  for (std::size_t i = 0; i < notices_.size(); ++i) {
    notices_[i].sequence = ++notice_states[i]->notices;
    batch_.notices_.push_back(std::move(notices_[i]));
  }
  // Within a batch a rule takes effect for the batch after it, with the time it was recorded.
  changed_.clear();
  own_unique_.clear();
  own_lookup_.clear();
  return absl::OkStatus();
}

absl::Status Batch::AppendTo(WriteSet& writes) {
  for (auto& [key, slot] : slots_) {
    if (!slot.changed) continue;
    for (const domain::UniqueEntry& entry : slot.stored.unique) {
      if (!Contains(slot.entries.unique, entry))
        writes.unique_removed.emplace_back(entry.kind, entry.key);
    }
    for (const domain::UniqueEntry& entry : slot.entries.unique) {
      if (!Contains(slot.stored.unique, entry))
        writes.unique_added.push_back({entry.kind, entry.key, key});
    }
    for (const domain::LookupEntry& entry : slot.stored.lookup) {
      if (!Contains(slot.entries.lookup, entry))
        writes.lookup_removed.push_back({entry.kind, entry.key, key});
    }
    for (const domain::LookupEntry& entry : slot.entries.lookup) {
      if (!Contains(slot.stored.lookup, entry))
        writes.lookup_added.push_back({entry.kind, entry.key, key});
    }
    writes.records.push_back({key, seal_.Seal(key.partition, PlaceOf(key.kind, key.id),
                                              slot.current.encode(slot.current.record.get()))});
  }
  writes.transfers = std::move(transfers_);
  std::map<std::string, bool> touched;
  for (const auto& [pool, transfer] : writes.transfers) touched[pool] = true;
  for (const auto& [pool, balances] : balances_) {
    if (touched.count(pool) > 0) writes.balances.emplace_back(pool, balances);
  }
  writes.notices = std::move(notices_);
  return absl::OkStatus();
}

}  // namespace recoup::app
