// Recoveries without a judgment: no more is asked of a policy than is left of it, whether the
// officer names the policy or the hospital's plate tells it.
#include "hub/app/agreed_cover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "hub/app/recoveries.h"
#include "hub/base/error.h"
#include "tests/app/limit_story.h"

namespace recoup::testing {
namespace {

using ::testing::HasSubstr;

enum class Known { kNamed, kFlagged, kOfAnotherDay, kOfAnotherVehicle };

// 20,000 and 10,000 yuan were advanced for two victims of one accident.
class AgreedStory : public LimitStory {
 public:
  explicit AgreedStory(Known known) : known_(known) {
    RegisterPolicy(known == Known::kOfAnotherVehicle ? "沪B·99999" : kPlate);
    Admit(first);
    Admit(second);
  }

  absl::StatusOr<app::RecoveryView> Open(const Victim& victim, std::int32_t basis_points) {
    app::OpenRecovery command;
    command.pool = pool;
    for (const domain::Advance& advance : All<domain::Advance>(pool.value)) {
      if (advance.patient.name == victim.name) command.advances.push_back(advance.id);
    }
    command.accident_on = known_ == Known::kOfAnotherDay ? absl::CivilDay(2024, 6, 1) : kAccident;
    domain::Debtor debtor;
    debtor.kind = domain::DebtorKind::kInsurer;
    debtor.name = kInsurerName;
    debtor.party = insurer.party;
    if (known_ == Known::kNamed) debtor.policy = policy().id;
    command.shares = {{debtor, basis_points}};
    command.reason = "书面认可";
    return Run(fund, [&](app::UnitOfWork& work) { return app::OpenRecoveryOf(command, work); });
  }

  const Victim first = FirstVictim("0", "20000");
  const Victim second = SecondVictim("0", "10000");

 private:
  const Known known_;
};

TEST(AgreedCoverTest, NoMoreIsAskedOfAPolicyThanIsLeft) {
  struct Row {
    const char* name;
    Known known;
    const char* used;
    std::int32_t first;   // Basis points of 20,000.
    std::int32_t second;  // Of 10,000.
    bool first_fits;
    bool second_fits;
  };
  const Row rows[] = {
      {"named, all of it", Known::kNamed, "0", 9'000, 1, true, false},
      {"by the plate, in proportion to losses", Known::kFlagged, "0", 6'000, 6'000, true, true},
      {"by the plate, a yuan too much", Known::kFlagged, "0", 6'000, 6'001, true, false},
      {"by the plate, beyond the limit at once", Known::kFlagged, "0", 10'000, 6'000, false, true},
      {"by the plate, all that is left", Known::kFlagged, "17000", 500, 1, true, false},
      {"by the plate, more than is left", Known::kFlagged, "17000", 501, 100, false, true},
      {"not in force that day", Known::kOfAnotherDay, "0", 10'000, 10'000, true, true},
      {"of another vehicle", Known::kOfAnotherVehicle, "0", 10'000, 10'000, true, true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    AgreedStory story(row.known);
    story.State(Yuan(row.used));
    const auto expect = [](const auto& opened, bool fits) {
      EXPECT_EQ(opened.ok(), fits) << opened.status();
      if (!fits) {
        EXPECT_EQ(ReasonOf(opened.status()), Reason::kAmountExceedsLimit);
      }
    };
    expect(story.Open(story.first, row.first), row.first_fits);
    expect(story.Open(story.second, row.second), row.second_fits);
    const bool bound = row.known == Known::kNamed || row.known == Known::kFlagged;
    for (const domain::Demand& demand : story.All<domain::Demand>(story.pool.value)) {
      EXPECT_EQ(demand.policy.has_value(), bound);
    }
  }
}

TEST(AgreedCoverTest, ARefusalNamesWhatIsLeft) {
  AgreedStory story(Known::kFlagged);
  story.State(Yuan("17000"));
  const auto refused = story.Open(story.first, 10'000);
  EXPECT_THAT(DetailOf(refused.status()).preconditions.at(0).description,
              HasSubstr("（交强险）剩余限额 1,000.00 元"));
}

}  // namespace
}  // namespace recoup::testing
