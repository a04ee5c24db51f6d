#include "hub/reconcile/deliveries.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
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
        done_(debits.size()) {}

  PaidOutResult Run() && {
    Pair(DeliveryRule::kReference, [&](const OutgoingDebit& debit, const DeliveryFact& delivery) {
      return debit.amount == delivery.payable && NamesDelivery(debit, delivery, policy_);
    });
    DoubtNamed();
    Pair(DeliveryRule::kAmount, [&](const OutgoingDebit& debit, const DeliveryFact& delivery) {
      return debit.amount == delivery.payable && !debit.may_be_return &&
             IsNear(debit, delivery, policy_);
    });
    DoubtEqual();
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
          result_.paid.push_back({debits_[debit].key, deliveries_[*delivery].key, rule});
          ++delivery;
        } else {
          Doubt(debit, DeliveryDoubt::Why::kSeveral, deliveries);
        }
      }
      // Where they are not even, no other rule may take one of them either.
      for (const std::size_t v : deliveries) decided_[v] = true;
    }
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
      Positions named;
      for (std::size_t v = 0; v < deliveries_.size(); ++v) {
        if (NamesDelivery(debits_[d], deliveries_[v], policy_)) named.insert(v);
      }
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
      Doubt(d,
            debits_[d].may_be_return ? DeliveryDoubt::Why::kMayBeReturn
                                     : DeliveryDoubt::Why::kOtherDay,
            equal);
    }
  }

  const std::vector<DeliveryFact>& deliveries_;  // By day and key.
  const std::vector<OutgoingDebit>& debits_;     // By day and key.
  const DeliveryPolicy& policy_;
  std::vector<bool> decided_;  // By delivery.
  std::vector<bool> done_;     // By debit.
  PaidOutResult result_;
};

absl::Status BrokenPair(const PaidOut& paid, std::string_view law) {
  return MakeError(Reason::kInternal, absl::StrCat("debit ", paid.debit_key, " and delivery ",
                                                   paid.delivery_key, ": ", std::string(law)));
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

}  // namespace

std::string_view RuleName(DeliveryRule rule) {
  switch (rule) {
    case DeliveryRule::kReference:
      return "PASS_ON_REFERENCE";
    case DeliveryRule::kAmount:
      return "PASS_ON_AMOUNT";
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
  std::set<std::string> used;
  for (const PaidOut& paid : result.paid) {
    if (!used.insert("debit " + paid.debit_key).second ||
        !used.insert("delivery " + paid.delivery_key).second) {
      return BrokenPair(paid, "one of them is paired twice");
    }
  }
  const auto claims = [&](const OutgoingDebit& debit, const DeliveryFact& delivery) {
    return debit.amount == delivery.payable && NamesDelivery(debit, delivery, policy);
  };
  const auto fits = [&](DeliveryRule rule, const OutgoingDebit& debit,
                        const DeliveryFact& delivery) {
    if (rule == DeliveryRule::kReference) return claims(debit, delivery);
    return debit.amount == delivery.payable && !debit.may_be_return &&
           IsNear(debit, delivery, policy) &&
           std::ranges::none_of(
               deliveries,
               [&](const DeliveryFact& any) { return NamesDelivery(debit, any, policy); }) &&
           std::ranges::none_of(debits,
                                [&](const OutgoingDebit& any) { return claims(any, delivery); });
  };
  for (const PaidOut& paid : result.paid) {
    const OutgoingDebit* debit = FactOf(debits, paid.debit_key);
    const DeliveryFact* delivery = FactOf(deliveries, paid.delivery_key);
    if (debit == nullptr || delivery == nullptr) return BrokenPair(paid, "one of them is unknown");
    if (!fits(paid.rule, *debit, *delivery)) return BrokenPair(paid, "they do not fit");
    for (const DeliveryFact& other : deliveries) {
      if (!used.contains("delivery " + other.key) && fits(paid.rule, *debit, other)) {
        return BrokenPair(paid, "another delivery fits the debit");
      }
    }
    for (const OutgoingDebit& other : debits) {
      if (!used.contains("debit " + other.key) && fits(paid.rule, other, *delivery)) {
        return BrokenPair(paid, "another debit fits the delivery");
      }
    }
  }
  return absl::OkStatus();
}

std::string CertificateOf(const PaidOut& paid, const DeliveryFact& delivery,
                          const OutgoingDebit& debit, const DeliveryPolicy& policy) {
  return absl::StrCat(
      std::string(RuleName(paid.rule)), "/", policy.rule_version, "；",
      paid.rule == DeliveryRule::kReference
          ? absl::StrCat("凭证号 ", delivery.bank_reference, " 与金额相符")
          : "金额与日期相符，无其他同额的上解或支出可以互换，或同额的笔数相等、按日期依次对应",
      "；", Named(delivery), "，银行 ", absl::FormatCivilTime(debit.booked_on), " 付出");
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
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::reconcile
