#include "hub/domain/stage.h"

#include <numeric>
#include <string>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::domain {

Money StageAmounts::total() const {
  return std::accumulate(amounts_.begin(), amounts_.end(), Money());
}

Money StageAmounts::open() const {
  return at(Stage::kClaimed) + at(Stage::kDisputed) + at(Stage::kMediating) + at(Stage::kAgreed);
}

absl::Status StageAmounts::Add(Stage stage, Money amount) {
  Money& held = amounts_[Index(stage)];
  if ((held + amount).is_negative()) {
    return MakeError(Reason::kAmountExceedsOpen,
                     absl::StrCat("stage ", std::string(ToString(stage)), " holds ", held.ToYuan(),
                                  ", less than ", (-amount).ToYuan()));
  }
  held += amount;
  return absl::OkStatus();
}

absl::Status StageAmounts::Move(Stage from, Stage to, Money amount) {
  RECOUP_CHECK(amount.is_positive() && from != to);
  if (absl::Status taken = Add(from, -amount); !taken.ok()) return taken;
  return Add(to, amount);
}

}  // namespace recoup::domain
