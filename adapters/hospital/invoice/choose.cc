// Which readings are right: the sum of the bill decides between them.
#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/invoice/page_answers.h"

namespace recoup::hospital::invoice {
namespace {

using domain::Money;

constexpr std::size_t kReadingsMax = 4;  // Of one field; 4^5 combinations are tried at most.
// A combination that adds up is worth this many liberties of reading.
constexpr int kWorthOfSum = 6;
constexpr int kWorthOfWords = 4;

constexpr std::array kParts = {Field::kTotal, Field::kFundPaid, Field::kOtherPaid,
                               Field::kAccountPaid, Field::kCashPaid};

struct Combination {
  std::array<std::size_t, kParts.size()> chosen{};
  int cost = 0;
  bool adds_up = false;
};

class Chooser {
 public:
  explicit Chooser(const Candidates& candidates) : candidates_(candidates) {
    for (std::size_t i = 0; i < kParts.size(); ++i) {
      const auto it = candidates.find(kParts[i]);
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

  const Reading* Chosen(const Combination& combination, std::size_t part) const {
    return options_[part].empty() ? nullptr : options_[part][combination.chosen[part]];
  }

 private:
  void Price(Combination& at) const {
    at.cost = 0;
    Money sum;
    bool in_range = true;
    for (std::size_t i = 0; i < kParts.size(); ++i) {
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
    for (std::size_t i = 0; i < kParts.size(); ++i) {
      if (at.chosen[i] + 1 < options_[i].size()) {
        ++at.chosen[i];
        return true;
      }
      at.chosen[i] = 0;
    }
    return false;
  }

  const Candidates& candidates_;
  std::array<std::vector<const Reading*>, kParts.size()> options_;
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
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    const Reading* reading = chooser.Chosen(best, i);
    if (reading == nullptr) continue;
    Answer answer = reading->answer;
    const std::string first = invoice.Text(kParts[i]);
    if (first != answer.text) {
      invoice.notes.push_back(
          {NoteKind::kRepaired, table.Spec(kParts[i]).key,
           absl::StrCat("read as ", answer.text, " and not ", first,
                        best.adds_up ? ": so the bill adds up" : ": as the amount in words says")});
    }
    if (best.adds_up) answer.confidence_percent = Confirmed(answer.confidence_percent);
    invoice.Put(std::move(answer));
  }
}

}  // namespace recoup::hospital::invoice
