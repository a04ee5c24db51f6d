// What a reference with a slip in it may have been. A word of twenty characters has some 1,500
// neighbours; all but a few fail by their check digits. So characters are not tried but solved for:
// what lies before and behind a place leaves at most one digit and one letter for it, 97 being
// prime and more than either has values.
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

// kInverse[n] * n is 1 modulo 97.
constexpr std::array<int, 97> kInverse = [] {
  std::array<int, 97> inverse{};
  for (int n = 1; n < 97; ++n) {
    for (int m = 1; m < 97; ++m) {
      if (n * m % 97 == 1) inverse[static_cast<std::size_t>(n)] = m;
    }
  }
  return inverse;
}();

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
  // The first `at` characters of the word, then `middle`, then the word from `from` on.
  void Consider(std::size_t at, std::string_view middle, std::size_t from) {
    std::array<char, kWordMax + 1> reading;
    char* end = std::copy_n(word_.data(), at, reading.data());
    end = std::copy(middle.begin(), middle.end(), end);
    end = std::copy(word_.begin() + static_cast<std::ptrdiff_t>(from), word_.end(), end);
    const std::string_view text(reading.data(), static_cast<std::size_t>(end - reading.data()));
    if (HasValidCheckDigits(text)) found_.emplace_back(text);
  }
  void Without(std::size_t at) { Consider(at, {}, at + 1); }
  void With(std::size_t at, char c) { Consider(at, {&c, 1}, at); }
  void Instead(std::size_t at, char c) { Consider(at, {&c, 1}, at + 1); }
  void Exchanged(std::size_t at) {
    const std::array<char, 2> exchanged = {word_[at + 1], word_[at]};
    Consider(at, {exchanged.data(), exchanged.size()}, at + 2);
  }

  void SlipsInHead() {
    constexpr std::string_view kDigits = kAlphabet.substr(0, 10);
    constexpr std::array<std::string_view, kHead> kFitting = {"R", "F", kDigits, kDigits};
    for (std::size_t at = 0; at < kHead && at <= word_.size(); ++at) {
      if (at < word_.size()) Without(at);
      if (at + 1 < word_.size()) Exchanged(at);
      for (const char c : kFitting[at]) {
        if (at < word_.size()) Instead(at, c);
        With(at, c);
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
      if (i < n && Right(before_[i], i + 1)) Without(at);
      if (i + 1 < n && Right(Extend(Extend(before_[i], body[i + 1]), body[i]), i + 2)) {
        Exchanged(at);
      }
      if (i < n) Solve(before_[i], i + 1, [&](char c) { Instead(at, c); });
      Solve(before_[i], i, [&](char c) { With(at, c); });
    }
  }

  // Calls each(c) for every character that fits between a remainder and what lies from `from` on.
  template <typename Each>
  void Solve(int before, std::size_t from, Each each) const {
    const Behind& behind = behind_[from];
    const int extended =
        (98 - behind.rest) * kInverse[static_cast<std::size_t>(behind.factor)] % 97;
    const int digit = (extended + (97 - before) * 10) % 97;
    if (digit < 10) each(kAlphabet[static_cast<std::size_t>(digit)]);
    const int letter = (extended + (97 - before) * 100) % 97;
    if (letter >= 10 && letter < 36) each(kAlphabet[static_cast<std::size_t>(letter)]);
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
