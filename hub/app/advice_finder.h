// Finds the remittance advice that announced a payment, once the payment is applied.
#ifndef RECOUP_HUB_APP_ADVICE_FINDER_H_
#define RECOUP_HUB_APP_ADVICE_FINDER_H_

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/result.h"

namespace recoup::app {

// Reads every advice once, so that an application costs what fits it and not what was announced.
class AdviceFinder {
 public:
  explicit AdviceFinder(const reconcile::Facts& facts) {
    for (const reconcile::Advice& advice : facts.advices) {
      if (!advice.end_to_end_id.empty()) {
        of_id_[advice.end_to_end_id].insert(advice.key);
        continue;
      }
      for (const reconcile::AdviceLine& line : advice.lines) {
        of_demand_[{line.demand_key, advice.total.fen()}].insert(advice.key);
      }
    }
  }

  // The key of the advice that the rule used, or the one of the same end-to-end id, or the one of
  // this total and demand; empty when there is none or several.
  std::string Of(const reconcile::BankEntry& entry,
                 const reconcile::Application& application) const {
    if (!application.certificate.advice_key.empty()) {
      return std::string(application.certificate.advice_key);
    }
    std::set<std::string> fitting;
    const auto add = [&](const auto& in, const auto& key) {
      const auto it = in.find(key);
      if (it != in.end()) fitting.insert(it->second.begin(), it->second.end());
    };
    add(of_id_, entry.end_to_end_id);
    add(of_demand_, std::pair(std::string(application.demand_key), entry.amount.fen()));
    return fitting.size() == 1 ? *fitting.begin() : "";
  }

 private:
  absl::flat_hash_map<std::string, std::set<std::string>> of_id_;
  absl::flat_hash_map<std::pair<std::string, std::int64_t>, std::set<std::string>> of_demand_;
};

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_ADVICE_FINDER_H_
