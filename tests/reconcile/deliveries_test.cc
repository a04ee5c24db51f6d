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
    out.push_back(absl::StrCat(paid.debit_key, "=", paid.delivery_key, " ",
                               std::string(RuleName(paid.rule))));
  }
  for (const DeliveryDoubt& doubt : result.doubts) {
    constexpr const char* kNames[] = {"OTHER_AMOUNT", "OTHER_DAY", "MAY_BE_RETURN", "SEVERAL"};
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
  EXPECT_EQ(verify({{"D1", "V1", kAmount}, {"D2", "V2", kAmount}}), "");
  EXPECT_THAT(verify({{"D1", "V1", kAmount}, {"D1", "V2", kAmount}}), HasSubstr("paired twice"));
  EXPECT_THAT(verify({{"D1", "V1", kAmount}, {"D2", "V1", kAmount}}), HasSubstr("paired twice"));
  EXPECT_THAT(verify({{"D1", "V3", kAmount}}), HasSubstr("do not fit"));
  EXPECT_THAT(verify({{"D3", "V3", kAmount}}), HasSubstr("do not fit")) << "it is named";
  EXPECT_THAT(verify({{"D1", "V9", kAmount}}), HasSubstr("unknown"));
  EXPECT_THAT(verify({{"D1", "V1", kAmount}}), HasSubstr("another delivery"));
  EXPECT_THAT(std::string(VerifyPaidOut({PassedOn("V1", 300, 1)}, debits, policy,
                                        {{{"D1", "V1", kAmount}}, {}})
                              .message()),
              HasSubstr("another debit"));
}

TEST(DeliveriesTest, PeopleReadWhatDecidedAndWhatIsDoubtful) {
  const DeliveryFact delivery = PassedOn("V1", 300, 1, "P100");
  const DeliveryPolicy policy;
  EXPECT_THAT(
      CertificateOf({"D1", "V1", DeliveryRule::kReference}, delivery,
                    PaidFrom("D1", 300, 2, "P100"), policy),
      ::testing::AllOf(HasSubstr("PASS_ON_REFERENCE/pass-on-1"), HasSubstr("凭证号 P100"),
                       HasSubstr("2026-03-01 上解应付 300.00 元"), HasSubstr("2026-03-02 付出")));
  for (const Why why : {Why::kOtherAmount, Why::kOtherDay, Why::kMayBeReturn, Why::kSeveral}) {
    EXPECT_THAT(ExplanationOf({"D1", why, {"V1"}}, {delivery}),
                HasSubstr("2026-03-01 上解应付 300.00 元（凭证 P100）"));
  }
}

}  // namespace
}  // namespace recoup::reconcile
