#include "hub/reconcile/deliveries.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/matching/subset_sum.h"
#include "hub/reconcile/chance.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

bool NamesDelivery(const OutgoingDebit& debit, const DeliveryFact& delivery,
                   const DeliveryPolicy& policy) {
  const std::string reference = Compact(delivery.bank_reference);
  if (reference.empty()) return false;
  if (Compact(debit.bank_reference) == reference || Compact(debit.end_to_end_id) == reference) {
    return true;
  }
  return reference.size() >= policy.reference_in_text_min && ContainsWord(debit.text, reference);
}

bool IsNear(const OutgoingDebit& debit, const DeliveryFact& delivery,
            const DeliveryPolicy& policy) {
  const std::int64_t days = debit.booked_on - delivery.passed_on;
  return -policy.early_days_max <= days && days <= policy.late_days_max;
}

// Pairs debits and deliveries that may belong together: as many of the one as of the other, in the
// order of their days.
class Pairing {
 public:
  Pairing(const std::vector<DeliveryFact>& deliveries, const std::vector<OutgoingDebit>& debits,
          const DeliveryPolicy& policy)
      : deliveries_(deliveries),
        debits_(debits),
        policy_(policy),
        decided_(deliveries.size()),
        paid_(deliveries.size()),
        done_(debits.size()) {}

  PaidOutResult Run() && {
    Pair(DeliveryRule::kReference, [&](const OutgoingDebit& debit, const DeliveryFact& delivery) {
      return debit.amount == delivery.payable && NamesDelivery(debit, delivery, policy_);
    });
    PayAllNamed();
    DoubtNamed();
    Pair(DeliveryRule::kAmount, [&](const OutgoingDebit& debit, const DeliveryFact& delivery) {
      return debit.amount == delivery.payable && !debit.may_be_return &&
             IsNear(debit, delivery, policy_);
    });
    DoubtEqual();
    PaySums();
    const auto by_debit = [](const auto& a, const auto& b) { return a.debit_key < b.debit_key; };
    std::sort(result_.paid.begin(), result_.paid.end(), by_debit);
    std::sort(result_.doubts.begin(), result_.doubts.end(), by_debit);
    return std::move(result_);
  }

 private:
  using Positions = std::set<std::size_t>;

  // Everything that one debit may be exchanged with, directly or by way of others.
  template <typename Fits>
  void Reach(std::size_t debit, const Fits& fits, Positions& debits, Positions& deliveries) const {
    if (!debits.insert(debit).second) return;
    for (std::size_t v = 0; v < deliveries_.size(); ++v) {
      if (decided_[v] || !fits(debits_[debit], deliveries_[v]) || !deliveries.insert(v).second) {
        continue;
      }
      for (std::size_t d = 0; d < debits_.size(); ++d) {
        if (!done_[d] && fits(debits_[d], deliveries_[v])) Reach(d, fits, debits, deliveries);
      }
    }
  }

  template <typename Fits>
  void Pair(DeliveryRule rule, const Fits& fits) {
    for (std::size_t d = 0; d < debits_.size(); ++d) {
      if (done_[d]) continue;
      Positions debits;
      Positions deliveries;
      Reach(d, fits, debits, deliveries);
      if (deliveries.empty()) continue;
      const bool even = debits.size() == deliveries.size() &&
                        std::equal(debits.begin(), debits.end(), deliveries.begin(),
                                   [&](std::size_t debit, std::size_t delivery) {
                                     return fits(debits_[debit], deliveries_[delivery]);
                                   });
      auto delivery = deliveries.begin();
      for (const std::size_t debit : debits) {
        done_[debit] = true;
        if (even) {
          Pay(debit, {*delivery}, rule);
          ++delivery;
        } else {
          Doubt(debit, DeliveryDoubt::Why::kSeveral, deliveries);
        }
      }
      // Where they are not even, no other rule may take one of them either.
      for (const std::size_t v : deliveries) decided_[v] = true;
    }
  }

  void Pay(std::size_t debit, const Positions& deliveries, DeliveryRule rule) {
    PaidOut paid{debits_[debit].key, {}, rule};
    for (const std::size_t v : deliveries) {
      paid.delivery_keys.push_back(deliveries_[v].key);
      decided_[v] = true;
      paid_[v] = true;
    }
    done_[debit] = true;
    result_.paid.push_back(std::move(paid));
  }

  Positions NamedBy(std::size_t debit) const {
    Positions named;
    for (std::size_t v = 0; v < deliveries_.size(); ++v) {
      if (NamesDelivery(debits_[debit], deliveries_[v], policy_)) named.insert(v);
    }
    return named;
  }

  Money SumOf(const Positions& deliveries) const {
    Money sum;
    for (const std::size_t v : deliveries) sum += deliveries_[v].payable;
    return sum;
  }

  // One transfer for several deliveries that names them all, and that no other debit names.
  void PayAllNamed() {
    for (std::size_t d = 0; d < debits_.size(); ++d) {
      if (done_[d]) continue;
      const Positions named = NamedBy(d);
      const bool free = std::ranges::none_of(named, [&](std::size_t v) {
        if (decided_[v]) return true;
        for (std::size_t other = 0; other < debits_.size(); ++other) {
          if (other != d && NamesDelivery(debits_[other], deliveries_[v], policy_)) return true;
        }
        return false;
      });
      if (named.size() > 1 && free && SumOf(named) == debits_[d].amount) {
        Pay(d, named, DeliveryRule::kReferences);
      }
    }
  }

  // The sets that may have the sum of a debit which nothing else explains.
  struct Search {
    std::size_t debit = 0;
    Positions near;    // That are not paid.
    Positions chosen;  // Of `near`, the first set found.
    matching::SubsetOutcome outcome = matching::SubsetOutcome::kNone;

    bool MayTake(std::size_t delivery) const {
      if (outcome == matching::SubsetOutcome::kUnique) return chosen.contains(delivery);
      return outcome != matching::SubsetOutcome::kNone && near.contains(delivery);
    }
  };

  Search SearchSum(std::size_t debit) const {
    Search search;
    search.debit = debit;
    std::vector<std::size_t> places;
    std::vector<Money> amounts;
    for (std::size_t v = 0; v < deliveries_.size(); ++v) {
      if (paid_[v] || !IsNear(debits_[debit], deliveries_[v], policy_)) continue;
      places.push_back(v);
      amounts.push_back(deliveries_[v].payable);
    }
    search.near = Positions(places.begin(), places.end());
    const matching::SubsetSum found =
        matching::FindSubset(amounts, debits_[debit].amount, policy_.sum_items_max);
    search.outcome = found.outcome;
    for (const std::size_t at : found.chosen) search.chosen.insert(places[at]);
    return search;
  }

  bool IsChance(const Search& search) const {
    std::vector<Money> amounts;
    for (const std::size_t v : search.near) amounts.push_back(deliveries_[v].payable);
    return MayBeChance(amounts, debits_[search.debit].amount, search.chosen.size(),
                       ReconcilePolicy());
  }

  // Whether one set is all that the debit may pay, and the debit all that may pay one of the set.
  bool IsCertain(const Search& search, const std::vector<Search>& searches) const {
    if (search.outcome != matching::SubsetOutcome::kUnique || IsChance(search)) return false;
    for (std::size_t v = 0; v < deliveries_.size(); ++v) {
      if (!paid_[v] && deliveries_[v].payable == debits_[search.debit].amount) return false;
    }
    return std::ranges::none_of(search.chosen, [&](std::size_t v) {
      return decided_[v] || std::ranges::any_of(searches, [&](const Search& other) {
               return other.debit != search.debit && other.MayTake(v);
             });
    });
  }

  // One transfer for several deliveries that names none of them.
  void PaySums() {
    std::set<std::string> paid;
    for (const PaidOut& one : result_.paid) paid.insert(one.debit_key);
    std::vector<Search> searches;
    for (std::size_t d = 0; d < debits_.size(); ++d) {
      if (debits_[d].may_be_return || paid.contains(debits_[d].key) || !NamedBy(d).empty())
        continue;
      searches.push_back(SearchSum(d));
    }
    // Against one another as they are before any is paid.
    std::vector<Search> certain;
    for (const Search& search : searches) {
      if (done_[search.debit] || search.chosen.size() < 2) continue;
      if (IsCertain(search, searches)) {
        certain.push_back(search);
      } else {
        Doubt(search.debit, DeliveryDoubt::Why::kSeveralSums, search.chosen);
      }
    }
    for (const Search& search : certain) Pay(search.debit, search.chosen, DeliveryRule::kSum);
  }

  void Doubt(std::size_t debit, DeliveryDoubt::Why why, const Positions& deliveries) {
    DeliveryDoubt doubt{debits_[debit].key, why, {}};
    for (const std::size_t v : deliveries) doubt.delivery_keys.push_back(deliveries_[v].key);
    result_.doubts.push_back(std::move(doubt));
  }

  // What names a delivery is of no other, whatever the amount.
  void DoubtNamed() {
    for (std::size_t d = 0; d < debits_.size(); ++d) {
      if (done_[d]) continue;
      const Positions named = NamedBy(d);
      if (named.empty()) continue;
      done_[d] = true;
      Doubt(d, DeliveryDoubt::Why::kOtherAmount, named);
    }
  }

  void DoubtEqual() {
    for (std::size_t d = 0; d < debits_.size(); ++d) {
      if (done_[d]) continue;
      Positions equal;
      for (std::size_t v = 0; v < deliveries_.size(); ++v) {
        if (!decided_[v] && debits_[d].amount == deliveries_[v].payable) equal.insert(v);
      }
      if (equal.empty()) continue;
      done_[d] = true;
      Doubt(d,
            debits_[d].may_be_return ? DeliveryDoubt::Why::kMayBeReturn
                                     : DeliveryDoubt::Why::kOtherDay,
            equal);
    }
  }

  const std::vector<DeliveryFact>& deliveries_;  // By day and key.
  const std::vector<OutgoingDebit>& debits_;     // By day and key.
  const DeliveryPolicy& policy_;
  std::vector<bool> decided_;  // By delivery: paid, or doubtful whose it is.
  std::vector<bool> paid_;     // By delivery.
  std::vector<bool> done_;     // By debit.
  PaidOutResult result_;
};

absl::Status BrokenPair(const PaidOut& paid, std::string_view law) {
  return MakeError(Reason::kInternal,
                   absl::StrCat("debit ", paid.debit_key, " and delivery ",
                                absl::StrJoin(paid.delivery_keys, ", "), ": ", std::string(law)));
}

template <typename Fact>
const Fact* FactOf(const std::vector<Fact>& facts, const std::string& key) {
  const auto found =
      std::find_if(facts.begin(), facts.end(), [&](const Fact& one) { return one.key == key; });
  return found == facts.end() ? nullptr : &*found;
}

std::string Named(const DeliveryFact& delivery) {
  return absl::StrCat(absl::FormatCivilTime(delivery.passed_on), " 上解应付 ",
                      delivery.payable.ToYuanGrouped(), " 元",
                      delivery.bank_reference.empty()
                          ? ""
                          : absl::StrCat("（凭证 ", delivery.bank_reference, "）"));
}

std::string GroundOf(DeliveryRule rule, const std::string& references) {
  switch (rule) {
    case DeliveryRule::kReference:
      return absl::StrCat("凭证号 ", references, " 与金额相符");
    case DeliveryRule::kReferences:
      return absl::StrCat("写明凭证号 ", references, "，与其合计相符");
    case DeliveryRule::kAmount:
      return "金额与日期相符，无其他同额的上解或支出可以互换，或同额的笔数相等、按日期依次对应";
    case DeliveryRule::kSum:
      return "日期相近的上解中只有这一组的合计与支出相同，且没有别的支出可能付其中之一";
  }
  RECOUP_CHECK(false);
}

// Shares with the pairing no more than what naming and nearness are.
class PaidOutChecker {
 public:
  PaidOutChecker(const std::vector<DeliveryFact>& deliveries,
                 const std::vector<OutgoingDebit>& debits, const DeliveryPolicy& policy,
                 const PaidOutResult& result)
      : deliveries_(deliveries), debits_(debits), policy_(policy), result_(result) {}

  absl::Status Check() {
    for (const PaidOut& paid : result_.paid) RECOUP_RETURN_IF_ERROR(NoteUsed(paid));
    for (const PaidOut& paid : result_.paid) RECOUP_RETURN_IF_ERROR(CheckOne(paid));
    return absl::OkStatus();
  }

 private:
  absl::Status NoteUsed(const PaidOut& paid) {
    const bool many = paid.rule == DeliveryRule::kReferences || paid.rule == DeliveryRule::kSum;
    if (many ? paid.delivery_keys.size() < 2 : paid.delivery_keys.size() != 1) {
      return BrokenPair(paid, "the rule is for another number of deliveries");
    }
    bool fresh =
        FactOf(debits_, paid.debit_key) == nullptr || used_debits_.insert(paid.debit_key).second;
    for (const std::string& key : paid.delivery_keys) {
      if (FactOf(deliveries_, key) == nullptr) return BrokenPair(paid, "one of them is unknown");
      fresh = used_deliveries_.insert(key).second && fresh;
    }
    if (!fresh) return BrokenPair(paid, "one of them is paired twice");
    return absl::OkStatus();
  }

  absl::Status CheckOne(const PaidOut& paid) const {
    const OutgoingDebit* debit = FactOf(debits_, paid.debit_key);
    if (debit == nullptr) return BrokenPair(paid, "one of them is unknown");
    switch (paid.rule) {
      case DeliveryRule::kReference:
      case DeliveryRule::kAmount:
        return CheckPair(paid, *debit);
      case DeliveryRule::kReferences:
        return CheckReferences(paid, *debit);
      case DeliveryRule::kSum:
        return CheckSum(paid, *debit);
    }
    RECOUP_CHECK(false);
  }

  bool Names(const OutgoingDebit& debit, const DeliveryFact& delivery) const {
    return NamesDelivery(debit, delivery, policy_);
  }
  bool NamesAny(const OutgoingDebit& debit) const {
    return std::ranges::any_of(deliveries_,
                               [&](const DeliveryFact& any) { return Names(debit, any); });
  }
  bool Claims(const OutgoingDebit& debit, const DeliveryFact& delivery) const {
    return debit.amount == delivery.payable && Names(debit, delivery);
  }
  bool IsClaimed(const DeliveryFact& delivery) const {
    return std::ranges::any_of(debits_,
                               [&](const OutgoingDebit& any) { return Claims(any, delivery); });
  }
  bool Fits(DeliveryRule rule, const OutgoingDebit& debit, const DeliveryFact& delivery) const {
    if (rule == DeliveryRule::kReference) return Claims(debit, delivery);
    return debit.amount == delivery.payable && !debit.may_be_return &&
           IsNear(debit, delivery, policy_) && !NamesAny(debit) && !IsClaimed(delivery);
  }
  Money SumOf(const PaidOut& paid) const {
    Money sum;
    for (const std::string& key : paid.delivery_keys) sum += FactOf(deliveries_, key)->payable;
    return sum;
  }
  static bool Has(const PaidOut& paid, const DeliveryFact& delivery) {
    return std::ranges::find(paid.delivery_keys, delivery.key) != paid.delivery_keys.end();
  }

  absl::Status CheckPair(const PaidOut& paid, const OutgoingDebit& debit) const {
    const DeliveryFact& delivery = *FactOf(deliveries_, paid.delivery_keys.front());
    if (!Fits(paid.rule, debit, delivery)) return BrokenPair(paid, "they do not fit");
    for (const DeliveryFact& other : deliveries_) {
      if (!used_deliveries_.contains(other.key) && Fits(paid.rule, debit, other)) {
        return BrokenPair(paid, "another delivery fits the debit");
      }
    }
    for (const OutgoingDebit& other : debits_) {
      if (!used_debits_.contains(other.key) && Fits(paid.rule, other, delivery)) {
        return BrokenPair(paid, "another debit fits the delivery");
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckReferences(const PaidOut& paid, const OutgoingDebit& debit) const {
    if (SumOf(paid) != debit.amount) return BrokenPair(paid, "the sum is another one");
    for (const DeliveryFact& delivery : deliveries_) {
      if (Names(debit, delivery) != Has(paid, delivery)) {
        return BrokenPair(paid, "they are not those that the debit names");
      }
      for (const OutgoingDebit& other : debits_) {
        if (Has(paid, delivery) && other.key != debit.key && Names(other, delivery)) {
          return BrokenPair(paid, "another debit names one of them");
        }
      }
    }
    return absl::OkStatus();
  }

  // What a debit by itself may pay, whatever else it may be.
  std::vector<Money> FreeNear(const OutgoingDebit& debit, const PaidOut* freed,
                              const DeliveryFact* without = nullptr) const {
    std::vector<Money> amounts;
    for (const DeliveryFact& delivery : deliveries_) {
      const bool free =
          !used_deliveries_.contains(delivery.key) || (freed != nullptr && Has(*freed, delivery));
      if (&delivery != without && free && IsNear(debit, delivery, policy_)) {
        amounts.push_back(delivery.payable);
      }
    }
    return amounts;
  }

  // How many sets have the sum, at most 2, by taking or leaving each in turn.
  static int CountSets(std::span<const Money> amounts, Money sum) {
    if (sum.is_zero()) return 1;
    Money all;
    for (const Money amount : amounts) all += amount;
    if (sum.is_negative() || all < sum) return 0;
    const int with = CountSets(amounts.subspan(1), sum - amounts.front());
    return with > 1 ? with : std::min(2, with + CountSets(amounts.subspan(1), sum));
  }

  // Whether a debit that nothing was decided on could pay one of the deliveries with others.
  bool MayTakeOf(const OutgoingDebit& other, const PaidOut& paid) const {
    if (used_debits_.contains(other.key) || other.may_be_return || NamesAny(other)) return false;
    if (FreeNear(other, &paid).size() > policy_.sum_items_max) return true;
    return std::ranges::any_of(deliveries_, [&](const DeliveryFact& one) {
      return Has(paid, one) && IsNear(other, one, policy_) && other.amount >= one.payable &&
             CountSets(FreeNear(other, &paid, &one), other.amount - one.payable) > 0;
    });
  }

  absl::Status CheckSum(const PaidOut& paid, const OutgoingDebit& debit) const {
    if (SumOf(paid) != debit.amount) return BrokenPair(paid, "the sum is another one");
    if (debit.may_be_return || NamesAny(debit)) return BrokenPair(paid, "it may be something else");
    for (const DeliveryFact& delivery : deliveries_) {
      if (Has(paid, delivery) && (!IsNear(debit, delivery, policy_) || IsClaimed(delivery))) {
        return BrokenPair(paid, "one of them is of another day, or another debit's");
      }
      if (!used_deliveries_.contains(delivery.key) && delivery.payable == debit.amount) {
        return BrokenPair(paid, "another delivery fits the debit");
      }
    }
    const std::vector<Money> amounts = FreeNear(debit, &paid);
    if (amounts.size() > policy_.sum_items_max || CountSets(amounts, debit.amount) != 1) {
      return BrokenPair(paid, "another set has the sum");
    }
    if (std::ranges::any_of(debits_, [&](const OutgoingDebit& other) {
          return other.key != debit.key && MayTakeOf(other, paid);
        })) {
      return BrokenPair(paid, "another debit may pay one of them");
    }
    return absl::OkStatus();
  }

  const std::vector<DeliveryFact>& deliveries_;
  const std::vector<OutgoingDebit>& debits_;
  const DeliveryPolicy& policy_;
  const PaidOutResult& result_;
  std::set<std::string> used_debits_;
  std::set<std::string> used_deliveries_;
};

}  // namespace

std::string_view RuleName(DeliveryRule rule) {
  switch (rule) {
    case DeliveryRule::kReference:
      return "PASS_ON_REFERENCE";
    case DeliveryRule::kReferences:
      return "PASS_ON_REFERENCES";
    case DeliveryRule::kAmount:
      return "PASS_ON_AMOUNT";
    case DeliveryRule::kSum:
      return "PASS_ON_SUM";
  }
  RECOUP_CHECK(false);
}

PaidOutResult FindPaidOut(std::vector<DeliveryFact> deliveries, std::vector<OutgoingDebit> debits,
                          const DeliveryPolicy& policy) {
  std::sort(deliveries.begin(), deliveries.end(), [](const DeliveryFact& a, const DeliveryFact& b) {
    return std::tie(a.passed_on, a.key) < std::tie(b.passed_on, b.key);
  });
  std::sort(debits.begin(), debits.end(), [](const OutgoingDebit& a, const OutgoingDebit& b) {
    return std::tie(a.booked_on, a.key) < std::tie(b.booked_on, b.key);
  });
  return Pairing(deliveries, debits, policy).Run();
}

absl::Status VerifyPaidOut(const std::vector<DeliveryFact>& deliveries,
                           const std::vector<OutgoingDebit>& debits, const DeliveryPolicy& policy,
                           const PaidOutResult& result) {
  return PaidOutChecker(deliveries, debits, policy, result).Check();
}

std::string CertificateOf(const PaidOut& paid, const std::vector<DeliveryFact>& deliveries,
                          const OutgoingDebit& debit, const DeliveryPolicy& policy) {
  std::string references;
  std::string named;
  for (const std::string& key : paid.delivery_keys) {
    const DeliveryFact* delivery = FactOf(deliveries, key);
    RECOUP_CHECK(delivery != nullptr);
    absl::StrAppend(&references, references.empty() ? "" : "、", delivery->bank_reference);
    absl::StrAppend(&named, named.empty() ? "" : "、", Named(*delivery));
  }
  return absl::StrCat(std::string(RuleName(paid.rule)), "/", policy.rule_version, "；",
                      GroundOf(paid.rule, references), "；", named, "，银行 ",
                      absl::FormatCivilTime(debit.booked_on), " 付出");
}

std::string ExplanationOf(const DeliveryDoubt& doubt, const std::vector<DeliveryFact>& deliveries) {
  const std::string named =
      absl::StrJoin(doubt.delivery_keys, "、", [&](std::string* out, const std::string& key) {
        const DeliveryFact* delivery = FactOf(deliveries, key);
        absl::StrAppend(out, delivery == nullptr ? key : Named(*delivery));
      });
  switch (doubt.why) {
    case DeliveryDoubt::Why::kOtherAmount:
      return absl::StrCat("所载凭证号是", named, "，但金额不同。");
    case DeliveryDoubt::Why::kOtherDay:
      return absl::StrCat("与", named, "金额相同，但记账日相距过远。");
    case DeliveryDoubt::Why::kMayBeReturn:
      return absl::StrCat("与", named, "金额相同，但也可能是退回一笔同额的到账。");
    case DeliveryDoubt::Why::kSeveral:
      return absl::StrCat("与", named,
                          "金额相同，而同额的支出与上解笔数不等，不能确定付的是哪一笔。");
    case DeliveryDoubt::Why::kSeveralSums:
      return absl::StrCat(
          "与", named,
          "之和相同，但另有组合可成此数，或其中有的也可能由另一笔支出付出，不能确定。");
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::reconcile
