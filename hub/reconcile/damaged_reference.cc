// What a reference with a slip in it may have been. A word of twenty characters has some 1,500
// neighbours; all but a few fail by their check digits, which are computed from the remainders of
// what lies before and behind the slip instead of from the whole word.
#include <algorithm>
#include <array>
#include <utility>

#include "hub/reconcile/check_digits.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t kHead = 4;  // "RF" and the check digits, which are counted last.
constexpr std::size_t kWordMax = kReferenceLengthMax + 1;

class Neighbours {
 public:
  explicit Neighbours(std::string_view word) : word_(word) {}

  std::vector<std::string> Find() {
    if (word_.size() > kWordMax || !std::all_of(word_.begin(), word_.end(), IsWordByte)) return {};
    SlipsInHead();
    if (BeginsLikeReference(word_)) SlipsInBody();
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  void Consider(std::string reading) {
    if (HasValidCheckDigits(reading)) found_.push_back(std::move(reading));
  }
  std::string Without(std::size_t at) const { return std::string(word_).erase(at, 1); }
  std::string With(std::size_t at, char c) const { return std::string(word_).insert(at, 1, c); }
  std::string Instead(std::size_t at, char c) const {
    std::string reading(word_);
    reading[at] = c;
    return reading;
  }
  std::string Exchanged(std::size_t at) const {
    std::string reading(word_);
    std::swap(reading[at], reading[at + 1]);
    return reading;
  }

  void SlipsInHead() {
    for (std::size_t at = 0; at < kHead && at <= word_.size(); ++at) {
      if (at < word_.size()) Consider(Without(at));
      if (at + 1 < word_.size()) Consider(Exchanged(at));
      for (const char c : kAlphabet) {
        if (at < word_.size()) Consider(Instead(at, c));
        Consider(With(at, c));
      }
    }
  }

  // Remainder of what lies before each place of the body, and what lies behind it as a factor and a
  // remainder.
  void SlipsInBody() {
    const std::string_view body = word_.substr(kHead);
    const std::size_t n = body.size();
    for (std::size_t i = 0; i < n; ++i) before_[i + 1] = Extend(before_[i], body[i]);
    behind_[n] = {1'000'000 % 97, 0};
    for (const char c : word_.substr(0, kHead)) behind_[n].rest = Extend(behind_[n].rest, c);
    for (std::size_t i = n; i-- > 0;) {
      behind_[i].factor = behind_[i + 1].factor * (body[i] <= '9' ? 10 : 100) % 97;
      behind_[i].rest = (Extend(0, body[i]) * behind_[i + 1].factor + behind_[i + 1].rest) % 97;
    }
    for (std::size_t i = 0; i <= n; ++i) {
      const std::size_t at = kHead + i;
      if (i < n && Right(before_[i], i + 1)) Consider(Without(at));
      if (i + 1 < n && Right(Extend(Extend(before_[i], body[i + 1]), body[i]), i + 2)) {
        Consider(Exchanged(at));
      }
      for (const char c : kAlphabet) {
        const int extended = Extend(before_[i], c);
        if (i < n && Right(extended, i + 1)) Consider(Instead(at, c));
        if (Right(extended, i)) Consider(With(at, c));
      }
    }
  }

  bool Right(int remainder, std::size_t from) const {
    return (remainder * behind_[from].factor + behind_[from].rest) % 97 == 1;
  }

  struct Behind {
    int factor = 0;
    int rest = 0;
  };
  const std::string_view word_;
  std::array<int, kWordMax + 1> before_{};
  std::array<Behind, kWordMax + 1> behind_{};
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> ReadingsOfDamaged(std::string_view word) {
  return Neighbours(word).Find();
}

}  // namespace recoup::reconcile
