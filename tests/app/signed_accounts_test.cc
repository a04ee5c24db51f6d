// An account is signed by both over the same bytes, or by nobody.
#include "hub/app/signed_accounts.h"

#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "hub/crypto/bytes.h"
#include "hub/domain/records/registry.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

struct AccountStory : DebtorStory {
  AccountStory() {
    domain::Party party;
    party.party = {"insurer/yongan"};
    party.display_name = "永安虚构财产保险股份有限公司";
    party.keys = {KeyOf(insurer_key), KeyOf(revoked_key)};
    party.keys[1].revoked = true;
    Register(party);
  }
  static domain::PartyKey KeyOf(const crypto::SigningKey& key) {
    return {.key_id = key.key_id(),
            .public_key = std::string(crypto::AsView(key.verify_key().bytes())),
            .revoked = false};
  }
  static std::string Sign(const crypto::SigningKey& key, const char* prefix,
                          const std::string& text) {
    return std::string(crypto::AsView(key.Sign(absl::StrCat(prefix, text))));
  }
  app::SignAccount Command() {
    app::SignAccount command;
    command.pool = pool;
    command.account_pool = pool;
    command.insurer = yongan.party;
    command.from = absl::CivilDay(2026, 3, 1);
    command.until = absl::CivilDay(2026, 3, 31);
    command.hub_open = Fen(15'001);
    command.insurer_open = Fen(15'000);
    command.differences = 1;
    command.receipt_payload = "对账单";
    command.receipt_signature = Sign(hub_key, app::kAccountReceiptPrefix, command.receipt_payload);
    command.receipt_key_id = hub_key.key_id();
    command.document = "比较结果";
    Resign(command, insurer_key);
    return command;
  }
  static void Resign(app::SignAccount& command, const crypto::SigningKey& key) {
    command.signature = Sign(key, app::kAccountComparisonPrefix, command.document);
    command.key_id = key.key_id();
  }
  absl::StatusOr<domain::SignedAccount> Submit(const app::Caller& caller,
                                               const app::SignAccount& command) {
    return Run(caller,
               [&](app::UnitOfWork& work) { return app::SignAccountOf(command, hub_key, work); });
  }

  SeededRandom random{99};
  const crypto::SigningKey hub_key = crypto::SigningKey::Generate(random);
  const crypto::SigningKey insurer_key = crypto::SigningKey::Generate(random);
  const crypto::SigningKey revoked_key = crypto::SigningKey::Generate(random);
  const app::Caller yongan{{"insurer/yongan"}, "insurer/yongan/zhou-ping"};
};

TEST(SignedAccountsTest, BothSignaturesAreOverTheSameBytes) {
  AccountStory story;
  const auto signed_account = story.Submit(story.yongan, story.Command());
  ASSERT_TRUE(signed_account.ok()) << signed_account.status();
  const std::string text = absl::StrCat(app::kAccountComparisonPrefix, signed_account->document);
  EXPECT_TRUE(story.insurer_key.verify_key().Verify(text, signed_account->insurer_signature));
  EXPECT_TRUE(story.hub_key.verify_key().Verify(text, signed_account->hub_signature));
  EXPECT_EQ(signed_account->hub_key_id, story.hub_key.key_id());
  EXPECT_EQ(signed_account->signed_by, story.yongan.actor);
  // Again: the first answer, and nothing new.
  const auto again = story.Submit(story.yongan, story.Command());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->id, signed_account->id);
  EXPECT_EQ(story.All<domain::SignedAccount>(story.pool.value).size(), 1u);
}

TEST(SignedAccountsTest, Refusals) {
  AccountStory story;
  app::SignAccount altered = story.Command();
  altered.document += "。";
  app::SignAccount revoked = story.Command();
  story.Resign(revoked, story.revoked_key);
  app::SignAccount unknown = story.Command();
  story.Resign(unknown, story.hub_key);
  app::SignAccount forged_receipt = story.Command();
  forged_receipt.receipt_payload += "。";
  app::SignAccount old_receipt = story.Command();
  old_receipt.receipt_key_id = "0011223344556677";
  app::SignAccount other_pool = story.Command();
  other_pool.account_pool = {"310101-310"};
  struct AccountRow {
    const char* what;
    app::Caller caller;
    app::SignAccount command;
    Reason reason;
  };
  const AccountRow rows[] = {
      {"altered after signing", story.yongan, altered, Reason::kSignatureInvalid},
      {"a revoked key", story.yongan, revoked, Reason::kSignatureInvalid},
      {"a key of nobody", story.yongan, unknown, Reason::kSignatureInvalid},
      {"a statement the hub did not make", story.yongan, forged_receipt, Reason::kSignatureInvalid},
      {"a statement under an old key", story.yongan, old_receipt, Reason::kSignatureInvalid},
      {"another insurer", story.other_insurer, story.Command(), Reason::kNotFound},
      {"another pool's statement", story.yongan, other_pool, Reason::kNotFound},
  };
  for (const AccountRow& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(ReasonOf(story.Submit(row.caller, row.command).status()), row.reason);
  }
  EXPECT_TRUE(story.All<domain::SignedAccount>(story.pool.value).empty());
}

}  // namespace
}  // namespace recoup::testing
