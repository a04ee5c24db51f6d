// Which debit pays out what was passed on: a table of cases, and the checker.
#include "hub/reconcile/deliveries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace recoup::reconcile {
namespace {

using domain::Money;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Why = DeliveryDoubt::Why;

constexpr absl::CivilDay kMarch(2026, 3, 1);

DeliveryFact PassedOn(const char* key, std::int64_t yuan, int day, const char* reference = "") {
  return {key, Money::Fen(yuan * 100), kMarch + (day - 1), reference};
}
OutgoingDebit PaidFrom(const char* key, std::int64_t yuan, int day, const char* reference = "",
                       const char* text = "") {
  return {.key = key,
          .amount = Money::Fen(yuan * 100),
          .booked_on = kMarch + (day - 1),
          .bank_reference = reference,
          .end_to_end_id = "",
          .text = text};
}
OutgoingDebit MaybeReturned(OutgoingDebit debit) {
  debit.may_be_return = true;
  return debit;
}

// "D1=V1 PASS_ON_REFERENCE", "D1?V1,V2 SEVERAL".
std::vector<std::string> TextOf(const PaidOutResult& result) {
  std::vector<std::string> out;
  for (const PaidOut& paid : result.paid) {
    out.push_back(absl::StrCat(paid.debit_key, "=", absl::StrJoin(paid.delivery_keys, ","), " ",
                               std::string(RuleName(paid.rule))));
  }
  for (const DeliveryDoubt& doubt : result.doubts) {
    constexpr const char* kNames[] = {"OTHER_AMOUNT", "OTHER_DAY", "MAY_BE_RETURN", "SEVERAL",
                                      "SEVERAL_SUMS"};
    out.push_back(absl::StrCat(doubt.debit_key, "?", absl::StrJoin(doubt.delivery_keys, ","), " ",
                               kNames[static_cast<int>(doubt.why)]));
  }
  return out;
}

TEST(DeliveriesTest, ADebitPaysOutWhatItAgreesWithAndNothingElse) {
  struct Row {
    const char* what;
    std::vector<DeliveryFact> deliveries;
    std::vector<OutgoingDebit> debits;
    std::vector<std::string> expected;
  };
  const Row rows[] = {
      {"nothing was passed on", {}, {PaidFrom("D1", 300, 2)}, {}},
      {"nothing was paid out", {PassedOn("V1", 300, 1)}, {}, {}},
      {"the reference and the amount",
       {PassedOn("V1", 300, 1, "20260301-88")},
       {PaidFrom("D1", 300, 2, "20260301-88")},
       {"D1=V1 PASS_ON_REFERENCE"}},
      {"the reference in the text, months later",
       {PassedOn("V1", 300, 1, "20260301-88")},
       {PaidFrom("D1", 300, 90, "B77", "上解 凭证20260301-88")},
       {"D1=V1 PASS_ON_REFERENCE"}},
      {"the reference tells equal ones apart",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 300, 1, "P200")},
       {PaidFrom("D1", 300, 2, "P200")},
       {"D1=V2 PASS_ON_REFERENCE"}},
      {"a longer number is another reference",
       {PassedOn("V1", 300, 1, "P100")},
       {PaidFrom("D1", 200, 2, "", "凭证P1001")},
       {}},
      {"a short reference in a text says nothing",
       {PassedOn("V1", 300, 1, "P1")},
       {PaidFrom("D1", 200, 2, "", "P1")},
       {}},
      {"the reference with another amount",
       {PassedOn("V1", 300, 1, "P100")},
       {PaidFrom("D1", 299, 2, "P100")},
       {"D1?V1 OTHER_AMOUNT"}},
      {"the reference with the amount of another one",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 299, 1)},
       {PaidFrom("D1", 299, 2, "P100")},
       {"D1?V1 OTHER_AMOUNT"}},
      {"two payments with one reference",
       {PassedOn("V1", 300, 1, "P100")},
       {PaidFrom("D1", 300, 2, "P100"), PaidFrom("D2", 300, 2, "P100")},
       {"D1?V1 SEVERAL", "D2?V1 SEVERAL"}},
      {"one reference for two of one amount, both paid",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 300, 2, "P100")},
       {PaidFrom("D1", 300, 3, "P100"), PaidFrom("D2", 300, 3, "P100")},
       {"D1=V1 PASS_ON_REFERENCE", "D2=V2 PASS_ON_REFERENCE"}},
      {"the amount, near the day",
       {PassedOn("V1", 300, 10)},
       {PaidFrom("D1", 300, 12)},
       {"D1=V1 PASS_ON_AMOUNT"}},
      {"another amount, by one yuan", {PassedOn("V1", 300, 10)}, {PaidFrom("D1", 301, 12)}, {}},
      {"five days before the day that was written down",
       {PassedOn("V1", 300, 10)},
       {PaidFrom("D1", 300, 5)},
       {"D1=V1 PASS_ON_AMOUNT"}},
      {"six days before", {PassedOn("V1", 300, 10)}, {PaidFrom("D1", 300, 4)}, {"D1?V1 OTHER_DAY"}},
      {"31 days after",
       {PassedOn("V1", 300, 1)},
       {PaidFrom("D1", 300, 32)},
       {"D1=V1 PASS_ON_AMOUNT"}},
      {"32 days after", {PassedOn("V1", 300, 1)}, {PaidFrom("D1", 300, 33)}, {"D1?V1 OTHER_DAY"}},
      {"perhaps a return",
       {PassedOn("V1", 300, 1)},
       {MaybeReturned(PaidFrom("D1", 300, 2))},
       {"D1?V1 MAY_BE_RETURN"}},
      {"perhaps a return, but for the reference",
       {PassedOn("V1", 300, 1, "P100")},
       {MaybeReturned(PaidFrom("D1", 300, 2, "P100"))},
       {"D1=V1 PASS_ON_REFERENCE"}},
      {"two equal ones, both paid out",
       {PassedOn("V1", 300, 1), PassedOn("V2", 300, 8)},
       {PaidFrom("D2", 300, 9), PaidFrom("D1", 300, 3)},
       {"D1=V1 PASS_ON_AMOUNT", "D2=V2 PASS_ON_AMOUNT"}},
      {"two equal ones, one paid out",
       {PassedOn("V1", 300, 1), PassedOn("V2", 300, 2)},
       {PaidFrom("D1", 300, 3)},
       {"D1?V1,V2 SEVERAL"}},
      {"one was passed on, two were paid out",
       {PassedOn("V1", 300, 1)},
       {PaidFrom("D1", 300, 2), PaidFrom("D2", 300, 3)},
       {"D1?V1 SEVERAL", "D2?V1 SEVERAL"}},
      {"equal ones too far apart to be exchanged",
       {PassedOn("V1", 300, 1), PassedOn("V2", 300, 60)},
       {PaidFrom("D1", 300, 2)},
       {"D1=V1 PASS_ON_AMOUNT"}},
      {"what one reference leaves, the amount finds",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 300, 1)},
       {PaidFrom("D1", 300, 2, "P100"), PaidFrom("D2", 300, 2)},
       {"D1=V1 PASS_ON_REFERENCE", "D2=V2 PASS_ON_AMOUNT"}},
      {"as many, but the days do not pair",
       {PassedOn("V1", 300, 1), PassedOn("V2", 300, 30)},
       {PaidFrom("D1", 300, 2), PaidFrom("D2", 300, 3)},
       {"D1?V1 SEVERAL", "D2?V1 SEVERAL"}},
      {"one transfer under one reference for two",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 200, 2, "P100")},
       {PaidFrom("D1", 500, 90, "P100")},
       {"D1=V1,V2 PASS_ON_REFERENCES"}},
      {"one transfer that names two references in its text",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 200, 2, "P200"), PassedOn("V3", 500, 2)},
       {PaidFrom("D1", 500, 3, "B77", "上解 P100 P200")},
       {"D1=V1,V2 PASS_ON_REFERENCES"}},
      {"all that is named, and one yuan less",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 200, 2, "P100")},
       {PaidFrom("D1", 499, 3, "P100")},
       {"D1?V1,V2 OTHER_AMOUNT"}},
      {"some of what is named",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 200, 2, "P100"),
        PassedOn("V3", 100, 2, "P100")},
       {PaidFrom("D1", 500, 3, "P100")},
       {"D1?V1,V2,V3 OTHER_AMOUNT"}},
      {"all that two transfers name",
       {PassedOn("V1", 300, 1, "P100"), PassedOn("V2", 200, 2, "P100")},
       {PaidFrom("D1", 500, 3, "P100"), PaidFrom("D2", 500, 3, "P100")},
       {"D1?V1,V2 OTHER_AMOUNT", "D2?V1,V2 OTHER_AMOUNT"}},
      {"the only sum",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2), PassedOn("V3", 70, 3)},
       {PaidFrom("D1", 500, 4)},
       {"D1=V1,V2 PASS_ON_SUM"}},
      {"a sum, by one yuan",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2)},
       {PaidFrom("D1", 501, 4)},
       {}},
      {"two sets with the sum",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2), PassedOn("V3", 400, 3),
        PassedOn("V4", 100, 3)},
       {PaidFrom("D1", 500, 4)},
       {"D1?V3,V4 SEVERAL_SUMS"}},
      {"a sum of a day too far away",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 40)},
       {PaidFrom("D1", 500, 41)},
       {}},
      {"a sum that may be a return",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2)},
       {MaybeReturned(PaidFrom("D1", 500, 4))},
       {}},
      {"two transfers of one sum",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2)},
       {PaidFrom("D1", 500, 4), PaidFrom("D2", 500, 5)},
       {"D1?V1,V2 SEVERAL_SUMS", "D2?V1,V2 SEVERAL_SUMS"}},
      {"two sums that share a delivery",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2), PassedOn("V3", 70, 3)},
       {PaidFrom("D1", 500, 4), PaidFrom("D2", 270, 5)},
       {"D1?V1,V2 SEVERAL_SUMS", "D2?V2,V3 SEVERAL_SUMS"}},
      {"two sums apart",
       {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2), PassedOn("V3", 70, 3),
        PassedOn("V4", 9, 3)},
       {PaidFrom("D1", 500, 4), PaidFrom("D2", 79, 5)},
       {"D1=V1,V2 PASS_ON_SUM", "D2=V3,V4 PASS_ON_SUM"}},
      {"a sum, when another one of the same amount is far away",
       {PassedOn("V1", 300, 50), PassedOn("V2", 200, 51), PassedOn("V3", 500, 1)},
       {PaidFrom("D1", 500, 52)},
       {"D1?V3 OTHER_DAY"}},
      {"a sum with one that an equal transfer leaves doubtful",
       {PassedOn("V1", 300, 1), PassedOn("V2", 300, 2), PassedOn("V3", 70, 3)},
       {PaidFrom("D1", 300, 4), PaidFrom("D2", 370, 5)},
       {"D1?V1,V2 SEVERAL", "D2?V2,V3 SEVERAL_SUMS"}},
  };
  const DeliveryPolicy policy;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const PaidOutResult result = FindPaidOut(row.deliveries, row.debits, policy);
    EXPECT_THAT(TextOf(result), ElementsAreArray(row.expected));
    const absl::Status verified = VerifyPaidOut(row.deliveries, row.debits, policy, result);
    EXPECT_TRUE(verified.ok()) << verified;
    std::vector<DeliveryFact> deliveries = row.deliveries;
    std::vector<OutgoingDebit> debits = row.debits;
    std::reverse(deliveries.begin(), deliveries.end());
    std::reverse(debits.begin(), debits.end());
    EXPECT_EQ(TextOf(FindPaidOut(deliveries, debits, policy)), TextOf(result)) << "in any order";
  }
}

// Random books of few amounts, days and references: the checker, which counts in another way, finds
// nothing against any result.
TEST(DeliveriesTest, TheCheckerAgreesOnRandomBooks) {
  const DeliveryPolicy policy;
  for (std::uint32_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return static_cast<int>(random() % n); };
    const auto reference = [&] { return below(3) == 0 ? absl::StrCat("P10", below(2)) : ""; };
    std::vector<DeliveryFact> deliveries;
    std::vector<OutgoingDebit> debits;
    for (int i = below(5); i >= 0; --i) {
      deliveries.push_back(PassedOn(absl::StrCat("V", i).c_str(), 1 + below(2), 1 + below(60),
                                    std::string(reference()).c_str()));
    }
    for (int i = below(5); i >= 0; --i) {
      debits.push_back(PaidFrom(absl::StrCat("D", i).c_str(), 1 + below(2), 1 + below(60),
                                std::string(reference()).c_str()));
      debits.back().may_be_return = below(5) == 0;
    }
    const PaidOutResult result = FindPaidOut(deliveries, debits, policy);
    const absl::Status verified = VerifyPaidOut(deliveries, debits, policy, result);
    ASSERT_TRUE(verified.ok()) << verified;
  }
}

// Few amounts of many sums. Whatever is paid by a sum, no other set of near deliveries had it.
TEST(DeliveriesTest, TheCheckerAgreesOnRandomSumsAndRefusesThemForged) {
  const DeliveryPolicy policy;
  int sums = 0;
  for (std::uint32_t seed = 0; seed < 4'000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return static_cast<int>(random() % n); };
    const auto reference = [&] { return below(6) == 0 ? absl::StrCat("P10", below(3)) : ""; };
    std::vector<DeliveryFact> deliveries;
    std::vector<OutgoingDebit> debits;
    for (int i = 0; i < 4; ++i) {
      deliveries.push_back(PassedOn(absl::StrCat("V", i).c_str(), 1 + below(60), 1 + below(40),
                                    std::string(reference()).c_str()));
    }
    for (int i = 0; i < 3; ++i) {
      Money amount;
      for (const DeliveryFact& delivery : deliveries) {
        if (below(2) == 0) amount += delivery.payable;
      }
      debits.push_back(PaidFrom(absl::StrCat("D", i).c_str(), amount.fen() / 100 + below(2),
                                1 + below(60), std::string(reference()).c_str()));
      debits.back().may_be_return = below(9) == 0;
    }
    const PaidOutResult result = FindPaidOut(deliveries, debits, policy);
    const absl::Status verified = VerifyPaidOut(deliveries, debits, policy, result);
    ASSERT_TRUE(verified.ok()) << verified;
    for (std::size_t i = 0; i < result.paid.size(); ++i) {
      const PaidOut& paid = result.paid[i];
      if (paid.delivery_keys.size() < 2) continue;
      sums += paid.rule == DeliveryRule::kSum ? 1 : 0;
      const auto refuses = [&](const auto& forge) {
        PaidOutResult forged = result;
        forge(forged.paid[i]);
        return !VerifyPaidOut(deliveries, debits, policy, forged).ok();
      };
      EXPECT_TRUE(refuses([](PaidOut& one) { one.delivery_keys.pop_back(); }));
      EXPECT_TRUE(refuses([](PaidOut& one) { one.delivery_keys.push_back("V9"); }));
      EXPECT_TRUE(refuses([](PaidOut& one) { one.rule = DeliveryRule::kAmount; }));
      EXPECT_TRUE(refuses([](PaidOut& one) {
        one.rule = one.rule == DeliveryRule::kSum ? DeliveryRule::kReferences : DeliveryRule::kSum;
      }));
      // One more delivery that another set could take makes it no proof any more.
      if (paid.rule != DeliveryRule::kSum) continue;
      std::vector<DeliveryFact> more = deliveries;
      const auto first = std::ranges::find(deliveries, paid.delivery_keys.front(),
                                           [](const DeliveryFact& one) { return one.key; });
      more.push_back({"V9", first->payable, first->passed_on, ""});
      EXPECT_FALSE(VerifyPaidOut(more, debits, policy, result).ok());
    }
  }
  EXPECT_GT(sums, 200);
}

TEST(DeliveriesTest, TheCheckerRefusesASumThatAnotherDebitMayTakeAPartOf) {
  const DeliveryPolicy policy;
  const std::vector<DeliveryFact> deliveries = {PassedOn("V1", 300, 1), PassedOn("V2", 200, 2),
                                                PassedOn("V3", 70, 3)};
  const std::vector<OutgoingDebit> debits = {PaidFrom("D1", 500, 4), PaidFrom("D2", 270, 5)};
  const PaidOutResult forged = {{{"D1", {"V1", "V2"}, DeliveryRule::kSum}}, {}};
  EXPECT_THAT(std::string(VerifyPaidOut(deliveries, debits, policy, forged).message()),
              HasSubstr("another debit may pay one of them"));
  EXPECT_TRUE(VerifyPaidOut(deliveries, {debits.front()}, policy, forged).ok());
}

TEST(DeliveriesTest, TooManyToSearchStayWithAPerson) {
  const DeliveryPolicy policy;
  std::vector<DeliveryFact> deliveries;
  for (std::size_t i = 0; i <= policy.sum_items_max; ++i) {
    deliveries.push_back(PassedOn(absl::StrCat("V", i).c_str(), std::int64_t{1} << i, 1));
  }
  EXPECT_THAT(TextOf(FindPaidOut(deliveries, {PaidFrom("D1", 3, 2)}, policy)), IsEmpty());
}

TEST(DeliveriesTest, TheCheckerRefusesWhatDoesNotFollow) {
  const DeliveryPolicy policy;
  const std::vector<DeliveryFact> deliveries = {PassedOn("V1", 300, 1), PassedOn("V2", 300, 2),
                                                PassedOn("V3", 200, 1, "P100")};
  const std::vector<OutgoingDebit> debits = {PaidFrom("D1", 300, 3), PaidFrom("D2", 300, 3),
                                             PaidFrom("D3", 200, 3, "P100")};
  const auto verify = [&](std::vector<PaidOut> paid) {
    return std::string(VerifyPaidOut(deliveries, debits, policy, {std::move(paid), {}}).message());
  };
  constexpr auto kAmount = DeliveryRule::kAmount;
  EXPECT_EQ(verify({{"D1", {"V1"}, kAmount}, {"D2", {"V2"}, kAmount}}), "");
  EXPECT_THAT(verify({{"D1", {"V1"}, kAmount}, {"D1", {"V2"}, kAmount}}),
              HasSubstr("paired twice"));
  EXPECT_THAT(verify({{"D1", {"V1"}, kAmount}, {"D2", {"V1"}, kAmount}}),
              HasSubstr("paired twice"));
  EXPECT_THAT(verify({{"D1", {"V3"}, kAmount}}), HasSubstr("do not fit"));
  EXPECT_THAT(verify({{"D3", {"V3"}, kAmount}}), HasSubstr("do not fit")) << "it is named";
  EXPECT_THAT(verify({{"D1", {"V9"}, kAmount}}), HasSubstr("unknown"));
  EXPECT_THAT(verify({{"D1", {"V1"}, kAmount}}), HasSubstr("another delivery"));
  EXPECT_THAT(std::string(VerifyPaidOut({PassedOn("V1", 300, 1)}, debits, policy,
                                        {{{"D1", {"V1"}, kAmount}}, {}})
                              .message()),
              HasSubstr("another debit"));
}

TEST(DeliveriesTest, PeopleReadWhatDecidedAndWhatIsDoubtful) {
  const DeliveryFact delivery = PassedOn("V1", 300, 1, "P100");
  const DeliveryPolicy policy;
  EXPECT_THAT(
      CertificateOf({"D1", {"V1"}, DeliveryRule::kReference}, {delivery},
                    PaidFrom("D1", 300, 2, "P100"), policy),
      ::testing::AllOf(HasSubstr("PASS_ON_REFERENCE/pass-on-1"), HasSubstr("凭证号 P100"),
                       HasSubstr("2026-03-01 上解应付 300.00 元"), HasSubstr("2026-03-02 付出")));
  for (const Why why :
       {Why::kOtherAmount, Why::kOtherDay, Why::kMayBeReturn, Why::kSeveral, Why::kSeveralSums}) {
    EXPECT_THAT(ExplanationOf({"D1", why, {"V1"}}, {delivery}),
                HasSubstr("2026-03-01 上解应付 300.00 元（凭证 P100）"));
  }
}

}  // namespace
}  // namespace recoup::reconcile
