// The intake of a hospital over its case book and spool, in a folder of its own, for tests: takes
// messages, tells what would go to the hub.
#ifndef RECOUP_TESTS_HOSPITAL_INTAKE_DESK_H_
#define RECOUP_TESTS_HOSPITAL_INTAKE_DESK_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/hospital/program/intake.h"
#include "gtest/gtest.h"
#include "tests/common/spool_fixture.h"

namespace recoup::hospital {

class IntakeDesk : public testing::Test {
 protected:
  // `insurances` maps codes of the hospital to funds; `now` in seconds of the epoch.
  explicit IntakeDesk(std::vector<InsuranceMapping> insurances = {{"01", "", "310"}},
                      std::int64_t now = 1'772'700'000)
      : clock_(absl::FromUnixSeconds(now)),
        rules_(MakeReadingRules({"H31011500001", "东岸第一医院", "310115", std::move(insurances)})
                   .value()) {
    Reopen();
  }
  void Reopen() {
    intake_.reset();
    book_ = CaseBook::Open(folder_.File("book")).value();
    spool_ = adapters::Spool::Open(folder_.File("spool"), {}, clock_).value();
    intake_ = std::make_unique<Intake>(rules_, *book_, *spool_, clock_,
                                       [this] { return ids_.Next(clock_.Now()); });
  }
  Taken Take(const std::string& bytes) {
    const absl::StatusOr<Taken> taken = intake_->Take(bytes);
    EXPECT_TRUE(taken.ok()) << taken.status();
    return taken.value_or(Taken{});
  }
  // What would go to the hub next; delivers it. Without a kind when there is nothing.
  adapters::SpoolItem Next() {
    const auto items = spool_->Peek(1);
    if (!items.ok() || items->empty()) return {};
    EXPECT_TRUE(spool_->MarkDelivered(items->front().sequence, "").ok());
    return items->front().item;
  }

  adapters::TemporaryFolder folder_;
  ManualClock clock_;
  SeededRandom random_{7};
  IdSource ids_{random_};
  const ReadingRules rules_;
  std::unique_ptr<CaseBook> book_;
  std::unique_ptr<adapters::Spool> spool_;
  std::unique_ptr<Intake> intake_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_INTAKE_DESK_H_
