// Which readings are right: the sum of the bill decides between them.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/invoice/page_answers.h"

namespace recoup::hospital::invoice {
namespace {

using domain::Money;

constexpr std::size_t kReadingsMax = 4;  // Of one field; 4^5 combinations are tried at most.
// A combination that adds up is worth this many liberties of reading.
constexpr int kWorthOfSum = 6;
constexpr int kWorthOfWords = 4;

struct Combination {
  std::array<std::size_t, kFieldsOfTheSum.size()> chosen{};
  int cost = 0;
  bool adds_up = false;
};

// Digits added, lost or taken for others, of two amounts: 0 where they are the same, 2 where they
// differ in more than one place.
int DigitsApart(Money a, Money b) {
  std::string left = a.ToYuan(), right = b.ToYuan();
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > 1) return 2;
  const auto differ = std::mismatch(left.begin(), left.end(), right.begin());
  if (left.size() == right.size()) {
    if (differ.first == left.end()) return 0;
    return std::equal(differ.first + 1, left.end(), differ.second + 1) ? 1 : 2;
  }
  return std::equal(differ.first, left.end(), differ.second + 1) ? 1 : 2;
}

class Chooser {
 public:
  explicit Chooser(const Candidates& candidates) : candidates_(candidates) {
    for (std::size_t i = 0; i < kFieldsOfTheSum.size(); ++i) {
      const auto it = candidates.find(kFieldsOfTheSum[i]);
      if (it == candidates.end()) continue;
      for (const Reading& reading : it->second) {
        if (options_[i].size() < kReadingsMax) options_[i].push_back(&reading);
      }
    }
    const auto words = candidates.find(Field::kTotalInWords);
    if (words != candidates.end()) words_ = words->second.front().answer.amount;
  }

  // Without total, fund and cash nothing adds up; a missing 其他 or 账户 counts as zero.
  bool CanTell() const {
    return !options_[0].empty() && !options_[1].empty() && !options_[4].empty();
  }

  Combination Best() const {
    Combination best;
    bool first = true;
    Combination at;
    do {
      Price(at);
      if (first || at.cost < best.cost) best = at;
      first = false;
    } while (Next(at));
    return best;
  }

  // What one part must be for the others to add up, where it was read with one digit wrong and
  // without certainty. Only if this can be said of one part alone.
  struct Mended {
    std::size_t part = 0;
    Money amount;
  };
  std::optional<Mended> Mend(const Combination& combination) const {
    constexpr int kCertain = 90;
    std::optional<Mended> mended;
    int lowest = kCertain;
    bool alone = true;
    Money rest = *Chosen(combination, 0)->answer.amount;  // Total less the parts.
    for (std::size_t i = 1; i < kFieldsOfTheSum.size(); ++i) {
      const Reading* reading = Chosen(combination, i);
      if (reading == nullptr) continue;
      const absl::StatusOr<Money> next = rest.Add(-*reading->answer.amount);
      if (!next.ok()) return std::nullopt;
      rest = *next;
    }
    for (std::size_t i = 0; i < kFieldsOfTheSum.size(); ++i) {
      const Reading* reading = Chosen(combination, i);
      if (reading == nullptr) continue;
      const Money read = *reading->answer.amount;
      const absl::StatusOr<Money> needed = read.Add(i == 0 ? -rest : rest);
      if (!needed.ok() || needed->is_negative() || DigitsApart(read, *needed) != 1) continue;
      const int confidence = reading->answer.confidence_percent;
      if (confidence >= kCertain) continue;
      alone = !mended.has_value();
      if (confidence >= lowest) continue;
      mended = Mended{i, *needed};
      lowest = confidence;
    }
    return alone ? mended : std::nullopt;
  }

  const Reading* Chosen(const Combination& combination, std::size_t part) const {
    return options_[part].empty() ? nullptr : options_[part][combination.chosen[part]];
  }

 private:
  void Price(Combination& at) const {
    at.cost = 0;
    Money sum;
    bool in_range = true;
    for (std::size_t i = 0; i < kFieldsOfTheSum.size(); ++i) {
      const Reading* reading = Chosen(at, i);
      if (reading == nullptr) continue;
      // An earlier reading is the likelier one.
      at.cost += reading->penalty + static_cast<int>(at.chosen[i]);
      if (i == 0) continue;
      const absl::StatusOr<Money> next = sum.Add(*reading->answer.amount);
      in_range = in_range && next.ok();
      if (next.ok()) sum = *next;
    }
    const Money total = *Chosen(at, 0)->answer.amount;
    at.adds_up = in_range && sum == total;
    if (at.adds_up) at.cost -= kWorthOfSum;
    if (words_ && *words_ == total) at.cost -= kWorthOfWords;
  }

  bool Next(Combination& at) const {
    for (std::size_t i = 0; i < kFieldsOfTheSum.size(); ++i) {
      if (at.chosen[i] + 1 < options_[i].size()) {
        ++at.chosen[i];
        return true;
      }
      at.chosen[i] = 0;
    }
    return false;
  }

  const Candidates& candidates_;
  std::array<std::vector<const Reading*>, kFieldsOfTheSum.size()> options_;
  std::optional<Money> words_;
};

// What adds up with four other figures is hardly wrong: half of the doubt goes.
int Confirmed(int confidence) { return confidence + (100 - confidence) / 2; }

}  // namespace

void Choose(const Candidates& candidates, const FieldTable& table, Invoice& invoice) {
  for (const auto& [field, readings] : candidates) {
    if (!readings.empty()) invoice.Put(readings.front().answer);
  }
  const Chooser chooser(candidates);
  if (!chooser.CanTell()) return;
  const Combination best = chooser.Best();
  const auto mended = best.adds_up ? std::nullopt : chooser.Mend(best);
  for (std::size_t i = 0; i < kFieldsOfTheSum.size(); ++i) {
    const Reading* reading = chooser.Chosen(best, i);
    if (reading == nullptr) continue;
    Answer answer = reading->answer;
    const std::string first = invoice.Text(kFieldsOfTheSum[i]);
    if (first != answer.text) {
      invoice.notes.push_back({NoteKind::kRepaired, table.Spec(kFieldsOfTheSum[i]).key,
                               absl::StrCat("读作 ", answer.text, "，而不是 ", first,
                                            best.adds_up ? "：这样金额才平" : "：与大写金额一致")});
    }
    if (mended && mended->part == i) {
      invoice.notes.push_back({NoteKind::kRepaired, table.Spec(kFieldsOfTheSum[i]).key,
                               absl::StrCat("读作 ", answer.text, "；改一位数字为 ",
                                            mended->amount.ToYuan(), " 后金额才平")});
      answer.amount = mended->amount;
      answer.text = mended->amount.ToYuan();
    }
    if (best.adds_up) answer.confidence_percent = Confirmed(answer.confidence_percent);
    invoice.Put(std::move(answer));
  }
}

}  // namespace recoup::hospital::invoice
