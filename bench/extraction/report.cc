#include "bench/extraction/report.h"

#include <algorithm>
#include <ostream>
#include <set>

#include "absl/strings/str_format.h"

namespace recoup::bench {
namespace {

using court::labels::Difference;
using court::labels::LabelledDocument;
using court::labels::ReadValue;
using court::labels::Values;

constexpr int kWorstMax = 10;
constexpr int kBins[] = {95, 90, 80, 70, 60, 0};

std::string Only(const std::multiset<std::string>& values) {
  return values.empty() ? "-" : *values.begin();
}

void PrintScore(std::ostream& out, const std::string& field, const Score& s) {
  out << absl::StrFormat("%-28s %6d %6d %6d   %.3f %.3f %.3f\n", field, s.right, s.wrong, s.missed,
                         s.Precision(), s.Recall(), s.F1());
}

}  // namespace

void Report::Add(const LabelledDocument& document, const std::vector<ReadValue>& read) {
  ++documents_;
  Values truth = document.truth;
  Values values = court::labels::WithoutConfidence(read);
  for (const auto& [field, expected] : document.truth) values[field];
  for (const auto& [field, found] : values) {
    const Difference difference = court::labels::Compare(truth[field], found);
    Score& score = scores_[field];
    score.right += difference.right;
    score.wrong += static_cast<int>(difference.wrong.size());
    score.missed += static_cast<int>(difference.missed.size());
    for (const auto& v : difference.missed) misses_.push_back({document.name, field, "missed", v});
    for (const auto& v : difference.wrong) misses_.push_back({document.name, field, "wrong", v});
  }
  for (const char* field : {"basis", "grade"}) {
    ++confusion_[field][{Only(truth[field]), Only(values[field])}];
  }
  for (const ReadValue& value : read) {
    auto& expected = truth[value.field];
    const auto found = expected.find(value.value);
    Calibrate(value, found != expected.end());
    if (found != expected.end()) expected.erase(found);
  }
}

void Report::Calibrate(const ReadValue& value, bool right) {
  for (const int bound : kBins) {
    if (value.confidence_percent < bound) continue;
    Bin& bin = calibration_[bound];
    ++bin.all;
    bin.right += right ? 1 : 0;
    return;
  }
}

void Report::Print(std::ostream& out) const {
  out << absl::StrFormat("%-28s %6s %6s %6s   %s\n", "field", "right", "wrong", "missed",
                         "P     R     F1");
  Score all;
  for (const auto& [field, score] : scores_) {
    PrintScore(out, field, score);
    all.right += score.right;
    all.wrong += score.wrong;
    all.missed += score.missed;
  }
  PrintScore(out, "all (micro)", all);
  for (const auto& [field, cells] : confusion_) {
    int right = 0;
    for (const auto& [cell, count] : cells) right += cell.first == cell.second ? count : 0;
    out << absl::StrFormat("\n%s accuracy %.3f of %d documents; truth → read\n", field,
                           documents_ == 0 ? 1.0 : 1.0 * right / documents_, documents_);
    for (const auto& [cell, count] : cells) {
      out << absl::StrFormat("  %-20s %-20s %5d%s\n", cell.first, cell.second, count,
                             cell.first == cell.second ? "" : "   <-");
    }
  }
  out << "\ncalibration: confidence, values, share right\n";
  for (auto bin = calibration_.rbegin(); bin != calibration_.rend(); ++bin) {
    out << absl::StrFormat("  >= %2d%%  %6d  %.4f\n", bin->first, bin->second.all,
                           1.0 * bin->second.right / bin->second.all);
  }
  std::map<std::string, int> faults;
  for (const Miss& miss : misses_) ++faults[miss.document];
  std::vector<std::pair<int, std::string>> worst;
  for (const auto& [name, count] : faults) worst.emplace_back(-count, name);
  std::ranges::sort(worst);
  out << "\nworst documents (faults)\n";
  for (std::size_t i = 0; i < worst.size() && i < kWorstMax; ++i) {
    out << absl::StrFormat("  %4d  %s\n", -worst[i].first, worst[i].second);
  }
  if (worst.empty()) out << "  none\n";
}

void Report::PrintMisses(std::ostream& out) const {
  for (const Miss& miss : misses_) {
    out << miss.document << "  " << miss.field << "  " << miss.what << "  " << miss.value << "\n";
  }
}

}  // namespace recoup::bench
