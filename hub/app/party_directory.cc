#include "hub/app/party_directory.h"

#include <algorithm>

namespace recoup::app {

absl::Status PartyDirectory::Load(ReadView& view, RecordSeal& seal) {
  std::map<std::string, std::shared_ptr<const domain::Party>> parties;
  RecordReader reader(view, seal);
  constexpr std::size_t kPage = 1000;
  Id after;
  for (;;) {
    RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Party> page,
                            reader.Scan<domain::Party>(domain::kHubPartition, after, kPage));
    const bool last = page.size() < kPage;
    for (domain::Party& party : page) {
      after = party.id.value;
      const std::string name = party.party.value;
      parties[name] = std::make_shared<const domain::Party>(std::move(party));
    }
    if (last) break;
  }
  const MutexLock lock(mutex_);
  parties_ = std::move(parties);
  return absl::OkStatus();
}

std::shared_ptr<const domain::Party> PartyDirectory::Find(const domain::PartyId& party) const {
  const MutexLock lock(mutex_);
  const auto found = parties_.find(party.value);
  return found == parties_.end() ? nullptr : found->second;
}

bool PartyDirectory::MayUsePool(const domain::Party& party, const domain::PoolId& pool) {
  const auto kind = party.party.kind();
  const bool listed = std::find(party.pools.begin(), party.pools.end(), pool) != party.pools.end();
  if (kind == domain::PartyKind::kFund) return listed;
  if (kind == domain::PartyKind::kHospital) return listed || party.pools.empty();
  return true;
}

}  // namespace recoup::app
