#include "adapters/insurer/mapping/account_items.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/mapping/signed_account.h"
#include "hub/base/error.h"
#include "hub/crypto/bytes.h"

namespace recoup::insurer::mapping {
namespace {

using domain::Money;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kFirst[] = "RF18539007547034";
constexpr char kSecond[] = "RF13FUND2025000123";
constexpr char kDemand[] = "pools/310115-310/demands/a";

struct Shown {
  std::int64_t amount;
  std::int64_t applied;
  std::int64_t relinquished;
};

v1::StatementOfAccountReceipt Account(const Shown& shown) {
  v1::StatementOfAccountReceipt account;
  v1::StatementOfAccountLine& line = *account.add_lines();
  line.set_demand(kDemand);
  line.set_reference(kFirst);
  line.set_amount_fen(shown.amount);
  line.set_applied_fen(shown.applied);
  line.set_relinquished_fen(shown.relinquished);
  line.set_open_fen(shown.amount - shown.applied - shown.relinquished);
  account.set_closing_fen(line.open_fen());
  return account;
}

v1::RemittanceAdvice Advice(v1::RemittanceAdviceState state, const std::string& demand,
                            const std::string& reference, std::int64_t fen) {
  v1::RemittanceAdvice advice;
  advice.set_state(state);
  v1::RemittanceLine& line = *advice.add_lines();
  line.set_demand(demand);
  line.set_reference(reference);
  line.set_amount_fen(fen);
  return advice;
}

TEST(CompareTest, EveryDifferenceHasOneKind) {
  struct Row {
    Shown hub;
    std::int64_t ours;
    std::int64_t advised;
    std::optional<DifferenceKind> kind;  // Absent: no difference.
  };
  const std::vector<Row> rows = {
      {{100, 0, 0}, 100, 0, std::nullopt},
      {{100, 100, 0}, 0, 0, std::nullopt},
      {{100, 0, 0}, 0, 100, DifferenceKind::kInTransit},
      {{100, 0, 0}, 60, 40, DifferenceKind::kInTransit},
      {{100, 0, 0}, 60, 39, DifferenceKind::kUnexplained},
      {{100, 0, 0}, 0, 0, DifferenceKind::kNotInOurBooks},
      {{100, 100, 0}, 100, 0, DifferenceKind::kPaidAtHub},
      {{100, 30, 0}, 100, 0, DifferenceKind::kPaidAtHub},
      {{100, 0, 25}, 100, 0, DifferenceKind::kGivenUp},
      {{100, 30, 25}, 100, 0, DifferenceKind::kUnexplained},
      {{100, 0, 0}, 101, 0, DifferenceKind::kUnexplained},
      {{100, 0, 0}, 99, 0, DifferenceKind::kUnexplained},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(absl::StrCat(row.hub.amount, " ", row.hub.applied, " ", row.hub.relinquished, " ",
                              row.ours, " ", row.advised));
    const auto in_transit =
        InTransit({Advice(v1::REMITTANCE_ADVICE_STATE_SENT, kDemand, "", row.advised)});
    const auto comparison = Compare({{kFirst, Money::Fen(row.ours)}}, Account(row.hub), in_transit);
    ASSERT_TRUE(comparison.ok()) << comparison.status();
    ASSERT_EQ(comparison->differences.size(), row.kind ? 1u : 0u);
    if (row.kind) {
      EXPECT_EQ(comparison->differences[0].kind, *row.kind);
    }
  }
}

TEST(CompareTest, ItemsOfOneSideOnly) {
  const auto comparison = Compare({{kSecond, Money::Fen(5)}}, Account({100, 0, 0}), {});
  ASSERT_TRUE(comparison.ok());
  EXPECT_THAT(comparison->differences,
              ElementsAre(Difference{kSecond, DifferenceKind::kUnknownReference, Money::Fen(5), {}},
                          Difference{kFirst, DifferenceKind::kNotInOurBooks, {}, Money::Fen(100)}));
  EXPECT_EQ(comparison->ours, Money::Fen(5));
  EXPECT_EQ(comparison->hub, Money::Fen(100));
  EXPECT_EQ(comparison->agreeing, 0u);
}

TEST(InTransitTest, OnlyAdvicesThatNoMoneyWasSeenFor) {
  const auto in_transit = InTransit({
      Advice(v1::REMITTANCE_ADVICE_STATE_SENT, "", "rf18 5390 0754 7034", 40),
      Advice(v1::REMITTANCE_ADVICE_STATE_SENT, "", kFirst, 2),
      Advice(v1::REMITTANCE_ADVICE_STATE_MATCHED, "", kFirst, 100),
      Advice(v1::REMITTANCE_ADVICE_STATE_WITHDRAWN, "", kFirst, 1000),
  });
  ASSERT_EQ(in_transit.size(), 1u);
  EXPECT_EQ(in_transit.at(kFirst), Money::Fen(42));
}

TEST(OwnItemsTest, ReferencesAreFoldedAndFaultsAreAllReported) {
  const auto items =
      OwnItemsFromCsv("付款参考号\t金额\nrf18 5390 0754 7034\t0.00\nRF13FUND2025000123\t1.50\n");
  ASSERT_TRUE(items.ok()) << items.status();
  ASSERT_EQ(items->size(), 2u);
  EXPECT_EQ((*items)[0].reference, kFirst);
  EXPECT_EQ((*items)[1].open, Money::Fen(150));
  const auto wrong = OwnItemsFromCsv(
      absl::StrCat("reference,amount\n", kFirst, ",1\n", kFirst, ",2\n", kDemand, ",1\n"));
  EXPECT_THAT(
      DetailOf(wrong.status()).faults,
      ElementsAre(
          FieldFault{absl::StrCat("line 3, ", kFirst), "this reference stands twice"},
          FieldFault{absl::StrCat("line 4, ", kDemand), "is no payment reference (ISO 11649)"}));
  EXPECT_FALSE(OwnItemsFromCsv("reference,amount\nRF18539007547034,-1\n").ok());
}

class SignedAccountTest : public ::testing::Test {
 protected:
  SignedAccountTest() {
    receipt_.set_payload(Account({100, 0, 0}).SerializeAsString());
    const auto signature =
        hub_.Sign(absl::StrCat("recoup statement of account receipt v1\n", receipt_.payload()));
    receipt_.set_signature(std::string(crypto::AsView(signature)));
    const auto comparison = Compare({{kFirst, Money::Fen(99)}}, Account({100, 0, 0}), {});
    document_ = SignAccount(receipt_, *comparison, insurer_);
  }

  absl::StatusOr<SignedAccount> Verify(const std::string& document) const {
    return VerifySignedAccount(document, hub_.verify_key(), insurer_.verify_key());
  }

  SystemRandom random_;
  const crypto::SigningKey hub_ = crypto::SigningKey::Generate(random_);
  const crypto::SigningKey insurer_ = crypto::SigningKey::Generate(random_);
  v1::SignedReceipt receipt_;
  std::string document_;
};

TEST_F(SignedAccountTest, BothSignaturesHold) {
  const auto account = Verify(document_);
  ASSERT_TRUE(account.ok()) << account.status();
  EXPECT_EQ(account->account.closing_fen(), 100);
  EXPECT_EQ(account->ours, Money::Fen(99));
  EXPECT_EQ(account->differences, 1u);
}

TEST_F(SignedAccountTest, NeitherSideCanChangeIt) {
  std::string changed = document_;
  changed.replace(changed.find("UNEXPLAINED"), 11, "IN_TRANSIT ");
  EXPECT_THAT(std::string(Verify(changed).status().message()), HasSubstr("insurer's signature"));
  EXPECT_FALSE(VerifySignedAccount(document_, insurer_.verify_key(), insurer_.verify_key()).ok());
  EXPECT_FALSE(VerifySignedAccount(document_, hub_.verify_key(), hub_.verify_key()).ok());
  v1::SignedReceipt forged = receipt_;
  forged.set_payload(Account({50, 0, 0}).SerializeAsString());
  const std::string with_forged =
      SignAccount(forged, *Compare({}, Account({50, 0, 0}), {}), insurer_);
  EXPECT_THAT(std::string(Verify(with_forged).status().message()), HasSubstr("hub's signature"));
  for (const char* const damaged : {"", "[]", "{}", "{\"signature\":\"AA==\"}"}) {
    EXPECT_FALSE(Verify(damaged).ok()) << damaged;
  }
}

}  // namespace
}  // namespace recoup::insurer::mapping
