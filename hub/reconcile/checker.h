// What the checker of verify.h knows: the facts by its own indexes, and how they stood before each
// application. Internal to hub/reconcile. Shares only Compact (reference_scan.h) with the engine.
#ifndef RECOUP_HUB_RECONCILE_CHECKER_H_
#define RECOUP_HUB_RECONCILE_CHECKER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/result.h"

namespace recoup::reconcile {

// kInternal: the subject breaks the law.
absl::Status Broken(std::string_view subject, std::string_view law);

// Ends of a word, long enough to tell and short enough to stay clear of each other.
inline constexpr std::size_t kEndLength = 5;

class Checker {
 public:
  Checker(const Facts& facts, const ReconcilePolicy& policy, const Result& result);

  // Takes the next application of the result into account; with `prove`, proves it first.
  absl::Status Step(bool prove);
  // After the last step: every fen is explained, nothing is out of range.
  absl::Status Whole() const;

 private:
  struct Standing {  // Of a demand.
    domain::Money open;
    std::vector<Instalment> instalments;  // By due date.
  };
  using Standings = std::vector<Standing>;
  using Positions = std::vector<std::size_t>;

  void GiveBack(const Undo& undo);
  void Take(const Application& application);
  absl::Status Prove(const Application& application) const;
  absl::Status ProveText(const Application& application) const;
  absl::Status ProveDamaged(const Application& application) const;
  absl::Status ProveAdvice(const Application& application) const;
  absl::Status ProveAmount(const Application& application) const;
  // Of what was decided together.
  absl::Status ProveGroup(const std::vector<const Application*>& group) const;
  absl::Status ProveSeveral(const std::vector<const Application*>& group) const;
  absl::Status ProveDates(const std::vector<const Application*>& group) const;
  absl::Status ProveSum(const std::vector<const Application*>& group) const;
  absl::Status ProveParts(const std::vector<const Application*>& group) const;
  absl::Status ProveTotals(const std::vector<const Application*>& group) const;

  const BankEntry& EntryOf(const Application& application) const;
  std::size_t DemandOf(const Application& application) const;
  // Whether the certificate names exactly the demands that had the amount before any application
  // and were paid of before amounts began to decide.
  absl::Status ProveTaken(const Certificate& certificate, const BankEntry& entry,
                          domain::Money amount) const;
  absl::Status ProveTakenOfGroup(const std::vector<const Application*>& group,
                                 const BankEntry& entry, domain::Money amount) const;
  bool IsCalled(std::size_t demand, std::string_view token) const;
  bool IsPayer(std::size_t demand, const BankEntry& entry) const;
  bool SamePayer(const BankEntry& a, const BankEntry& b) const;
  // Demands of the entry's payer that were open in the standings and not issued long after it.
  Positions OpenOf(const BankEntry& entry, const Standings& standings) const;
  // Every reference that is one slip away from the word.
  std::vector<std::string> NearReferences(const std::string& word) const;
  static bool Fits(const Standing& standing, domain::Money amount);
  // The applications decided together, of which the next one is the first.
  std::vector<const Application*> Group() const;

  const Facts& facts_;
  const ReconcilePolicy& policy_;
  const Result& result_;
  // Views into the facts.
  absl::flat_hash_map<absl::string_view, std::size_t> demand_of_key_;
  absl::flat_hash_map<absl::string_view, const BankEntry*> credits_;
  absl::flat_hash_map<std::string, Positions> called_;  // By what names a demand.
  // References by their first and last characters: one slip leaves one of the two ends alone.
  absl::flat_hash_map<std::string, std::vector<std::string>> by_end_;
  absl::flat_hash_map<std::string, Positions> of_name_;         // By debtor.
  absl::flat_hash_map<std::string, Positions> of_account_;      // By debtor.
  absl::flat_hash_map<absl::string_view, domain::Money> left_;  // By entry.
  Standings start_;  // After the undone, before any application.
  Standings now_;
  // By demand: the entry of the last application before amounts began to decide; empty: none.
  std::vector<std::string_view> taken_by_;
  std::optional<Standings> before_amounts_;  // When amounts began to decide.
  std::size_t next_ = 0;
  std::string
      group_;  // Of the last application; applications of one group are proven at its first.
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_CHECKER_H_
