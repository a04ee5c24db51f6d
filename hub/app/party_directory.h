// The registered parties, in memory: read by every call, replaced as a whole when parties change.
// Thread-safe.
#ifndef RECOUP_HUB_APP_PARTY_DIRECTORY_H_
#define RECOUP_HUB_APP_PARTY_DIRECTORY_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/app/ports.h"
#include "hub/app/record_reader.h"
#include "hub/base/mutex.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

class PartyDirectory {
 public:
  // Reads all parties from the view; on error the old ones stay.
  absl::Status Load(ReadView& view, RecordSeal& seal);
  std::shared_ptr<const domain::Party> Find(const domain::PartyId& party) const;
  // True when the party may act in this pool: a fund in its own pools; a hospital where it is
  // registered for (all pools when it is registered for none in particular). Other kinds are bound
  // by what they own.
  static bool MayUsePool(const domain::Party& party, const domain::PoolId& pool);

 private:
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<const domain::Party>> parties_ RECOUP_GUARDED_BY(mutex_);
};

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PARTY_DIRECTORY_H_
