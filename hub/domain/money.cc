#include "hub/domain/money.h"

#include <algorithm>
#include <numeric>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::domain {
namespace {

using Wide = absl::int128;

}  // namespace

absl::StatusOr<Money> Money::Create(std::int64_t fen) {
  if (fen < -kFenMax || fen > kFenMax) {
    return MakeError(Reason::kInvalidArgument, "the amount is beyond 10 trillion yuan");
  }
  return Money(fen);
}

absl::StatusOr<Money> Money::FromYuan(std::string_view text) {
  const auto refuse = [](std::string_view why) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("not an amount in yuan: ", std::string(why)));
  };
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty()) return refuse("no digits");
  if (point != std::string_view::npos && fraction.empty())
    return refuse("nothing after the decimal point");

  const bool grouped = whole.find(',') != std::string_view::npos;
  std::int64_t fen = 0;
  int digits = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool comma_place = (whole.size() - i) % 4 == 0 && i > 0;
    if (grouped && comma_place) {
      if (whole[i] != ',') return refuse("thousands separators are not every three digits");
      continue;
    }
    if (whole[i] < '0' || whole[i] > '9') return refuse("a character that is no digit");
    if (++digits > 14) return refuse("beyond 10 trillion yuan");
    fen = fen * 10 + (whole[i] - '0');
  }
  fen *= 100;
  std::int64_t place = 10;
  for (const char c : fraction) {
    if (c < '0' || c > '9') return refuse("a character that is no digit");
    if (place == 0 && c != '0') return refuse("more than two decimals");
    fen += (c - '0') * place;
    place /= 10;
  }
  return Create(negative ? -fen : fen);
}

std::string Money::ToYuan() const {
  const std::int64_t magnitude = fen_ < 0 ? -fen_ : fen_;
  const std::int64_t cents = magnitude % 100;
  return absl::StrCat(fen_ < 0 ? "-" : "", magnitude / 100, cents < 10 ? ".0" : ".", cents);
}

std::string Money::ToYuanGrouped() const {
  std::string text = ToYuan();
  const std::size_t start = fen_ < 0 ? 1 : 0;
  for (std::size_t i = text.size() - 3; i > start + 3; i -= 3) text.insert(i - 3, 1, ',');
  return text;
}

absl::StatusOr<Money> Money::Times(Ratio ratio) const {
  if (ratio.numerator < 0 || ratio.denominator <= 0) {
    return MakeError(Reason::kInvalidArgument,
                     "a ratio needs a non-negative numerator and a positive denominator");
  }
  const Wide magnitude = fen_ < 0 ? -static_cast<Wide>(fen_) : static_cast<Wide>(fen_);
  const Wide product = magnitude * ratio.numerator;
  const Wide rounded =
      (2 * product + ratio.denominator) / (2 * static_cast<Wide>(ratio.denominator));
  if (rounded > kFenMax)
    return MakeError(Reason::kInvalidArgument, "the amount is beyond 10 trillion yuan");
  const auto fen = static_cast<std::int64_t>(rounded);
  return Money(fen_ < 0 ? -fen : fen);
}

absl::StatusOr<std::vector<Money>> Split(Money whole, std::span<const std::int64_t> weights) {
  if (whole.is_negative())
    return MakeError(Reason::kInvalidArgument, "cannot split a negative amount");
  Wide total = 0;
  for (const std::int64_t weight : weights) {
    if (weight < 0) return MakeError(Reason::kInvalidArgument, "cannot split by a negative weight");
    total += weight;
  }
  if (total == 0) return MakeError(Reason::kInvalidArgument, "cannot split: all weights are zero");

  std::vector<std::int64_t> parts(weights.size());
  std::vector<Wide> remainders(weights.size());
  std::int64_t left = whole.fen();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = static_cast<Wide>(whole.fen()) * weights[i];
    parts[i] = static_cast<std::int64_t>(product / total);
    remainders[i] = product % total;
    left -= parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];

  std::vector<Money> result;
  result.reserve(parts.size());
  for (const std::int64_t part : parts) result.push_back(Money::Fen(part));
  return result;
}

}  // namespace recoup::domain
