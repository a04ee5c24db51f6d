// The result of a run: decisions with their keys and certificates, which get their texts here, and
// breaks in order.
#include <algorithm>
#include <deque>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

// The keys of the entries outlive their states, which are large and not needed any more.
class Texts {
 public:
  explicit Texts(const Run& run) : run_(run) {
    entries_.reserve(run.entries.size());
    for (const EntryState& entry : run.entries) entries_.push_back(entry.fact);
  }

  Application Of(const Decision& decision) const {
    const Proof& proof = decision.proof;
    Application application;
    application.entry_key = entries_[decision.entry]->key;
    application.demand_key = run_.demands[decision.demand].fact->key;
    application.amount = decision.amount;
    Certificate& certificate = application.certificate;
    certificate.rule = proof.rule;
    certificate.rule_version = run_.policy.rule_version;
    certificate.token = proof.token;
    if (proof.advice != kNowhere) certificate.advice_key = run_.advices[proof.advice]->key;
    if (proof.chosen != kNowhere) {
      for (const Index i : run_.lists[proof.chosen]) {
        certificate.chosen.emplace_back(run_.demands[i].fact->key);
      }
      std::sort(certificate.chosen.begin(), certificate.chosen.end());
    }
    if (proof.payments != kNowhere) {
      for (const Index i : run_.lists[proof.payments]) {
        certificate.payments.emplace_back(entries_[i]->key);
      }
      std::sort(certificate.payments.begin(), certificate.payments.end());
    }
    certificate.rivals = proof.rivals;
    certificate.steps = proof.steps;
    certificate.margin = proof.margin;
    certificate.entry_before = decision.entry_before;
    certificate.open_before = decision.open_before;
    return application;
  }

 private:
  const Run& run_;
  std::vector<const EntryFact*> entries_;
};

// A break is large, so only its place is moved until the order is known.
std::vector<Break> InOrder(std::deque<Break> breaks) {
  const auto order = [](const Break& b) {
    return std::tie(b.kind, b.entry_key, b.demand_key, b.advice_key, b.amount);
  };
  std::vector<Break*> places;
  places.reserve(breaks.size());
  for (Break& b : breaks) places.push_back(&b);
  std::stable_sort(places.begin(), places.end(),
                   [&](const Break* a, const Break* b) { return order(*a) < order(*b); });
  std::vector<Break> ordered;
  ordered.reserve(breaks.size());
  for (Break* b : places) ordered.push_back(std::move(*b));
  return ordered;
}

}  // namespace

Result ResultOf(Run& run) {
  Result result;
  const Texts texts(run);
  run.entries = std::vector<EntryState>();
  result.undone = std::move(run.undone);
  run.both([&] { result.breaks = InOrder(std::move(run.breaks)); },
           [&] {
             result.applications.reserve(run.decisions.size());
             for (const Decision& decision : run.decisions) {
               result.applications.push_back(texts.Of(decision));
             }
           });
  result.outgoing = std::move(run.outgoing);
  return result;
}

}  // namespace recoup::reconcile
