// The result of a run: decisions in the order of their turns, which get keys and texts here, and
// breaks in order.
#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

std::vector<const Decision*> InOrder(const std::deque<Decision>& one,
                                     const std::deque<Decision>& other) {
  std::vector<const Decision*> ordered;
  ordered.reserve(one.size() + other.size());
  auto from_other = other.begin();
  for (const Decision& decision : one) {
    for (; from_other != other.end() && from_other->turn < decision.turn; ++from_other) {
      ordered.push_back(&*from_other);
    }
    ordered.push_back(&decision);
  }
  for (; from_other != other.end(); ++from_other) ordered.push_back(&*from_other);
  return ordered;
}

class Texts {
 public:
  Texts(const Run& run, std::string_view rule_version) : run_(run), rule_version_(rule_version) {}

  void Fetch(const Decision& decision) const {
    __builtin_prefetch(&run_.entries[decision.entry].fact->key);
    __builtin_prefetch(&run_.index[decision.demand].key);
  }

  void Write(const Decision& decision, Application& application) const {
    const Proof& proof = decision.proof;
    application.entry_key = run_.entries[decision.entry].fact->key;
    application.demand_key = run_.index[decision.demand].key;
    application.amount = decision.amount;
    Certificate& certificate = application.certificate;
    certificate.rule = proof.rule;
    certificate.rule_version = rule_version_;
    certificate.token = proof.token;
    if (proof.advice != kNowhere) certificate.advice_key = run_.advices[proof.advice]->key;
    if (proof.chosen != nullptr) {
      for (const Index i : *proof.chosen) certificate.chosen.push_back(run_.index[i].key);
      std::sort(certificate.chosen.begin(), certificate.chosen.end());
    }
    if (proof.payments != nullptr) {
      for (const Index i : *proof.payments) {
        certificate.payments.push_back(run_.entries[i].fact->key);
      }
      std::sort(certificate.payments.begin(), certificate.payments.end());
    }
    if (proof.taken != nullptr) {
      for (const Taken& one : *proof.taken) {
        certificate.taken.push_back(
            {run_.index[one.demand].key, run_.entries[one.entry].fact->key});
      }
    }
    certificate.rivals = proof.rivals;
    certificate.steps = proof.steps;
    certificate.margin = proof.margin;
    certificate.entry_before = decision.entry_before;
    certificate.open_before = decision.open_before;
  }

 private:
  const Run& run_;
  const std::string_view rule_version_;
};

// A break is large, so only its place is moved until the order is known.
std::vector<Break> InOrder(std::deque<Break>& one, std::deque<Break>& other) {
  const auto order = [](const Break& b) {
    return std::tie(b.kind, b.entry_key, b.demand_key, b.advice_key, b.amount);
  };
  std::vector<Break*> places;
  places.reserve(one.size() + other.size());
  for (Break& b : one) places.push_back(&b);
  for (Break& b : other) places.push_back(&b);
  std::stable_sort(places.begin(), places.end(),
                   [&](const Break* a, const Break* b) { return order(*a) < order(*b); });
  std::vector<Break> ordered;
  ordered.reserve(places.size());
  for (Break* b : places) ordered.push_back(std::move(*b));
  return ordered;
}

}  // namespace

Result ResultOf(Run& run) {
  Result result;
  const Texts texts(run, run.Keep(run.policy.rule_version));
  result.undone = std::move(run.undone);
  run.both([&] { result.breaks = InOrder(run.found.breaks, run.found_beside.breaks); },
           [&] {
             constexpr std::size_t kAhead = 16;
             const std::vector<const Decision*> decisions =
                 InOrder(run.found.decisions, run.found_beside.decisions);
             result.applications.resize(decisions.size());
             for (std::size_t i = 0; i < decisions.size(); ++i) {
               if (i + kAhead < decisions.size()) texts.Fetch(*decisions[i + kAhead]);
               texts.Write(*decisions[i], result.applications[i]);
             }
           });
  result.outgoing = std::move(run.outgoing);
  return result;
}

}  // namespace recoup::reconcile
