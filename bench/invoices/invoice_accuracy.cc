// invoice_accuracy: how well bills are read from pages, by layout and by what happened to the
// paper.
//
//   invoice_accuracy [--bills N] [--seed S] [--only TEXT] [--misses] [--save DIR]
//
// Draws invented bills (tests/hospital/bills), reads them as recoup-hospital does, and prints
// Markdown: for each distortion and each layout the share of answers that are right, of amounts of
// the sum that are right, of wrong answers, of values whose box is where they were drawn, and the
// milliseconds of processor time for one page. --only keeps what has TEXT in the name of its
// distortion or layout;
// --save writes the pictures, to look at.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "adapters/hospital/invoice/read_invoice.h"
#include "tests/hospital/bills/drawing.h"

namespace {

using namespace recoup::hospital;  // NOLINT: a program of one file.
using invoice::Field;

struct Score {
  int asked = 0, right = 0, wrong = 0;
  int sums_asked = 0, sums_right = 0, sums_wrong = 0;
  int sure_wrong = 0;  // Wrong with a confidence of 90 or more.
  int boxes = 0, boxes_right = 0;
  int pages = 0, adding_up = 0, unflagged = 0;
  double milliseconds = 0;

  void Add(const Score& other) {
    asked += other.asked;
    right += other.right;
    wrong += other.wrong;
    sums_asked += other.sums_asked;
    sums_right += other.sums_right;
    sums_wrong += other.sums_wrong;
    sure_wrong += other.sure_wrong;
    boxes += other.boxes;
    boxes_right += other.boxes_right;
    pages += other.pages;
    adding_up += other.adding_up;
    unflagged += other.unflagged;
    milliseconds += other.milliseconds;
  }
};

bool IsOfTheSum(Field field) {
  return field == Field::kTotal || field == Field::kFundPaid || field == Field::kOtherPaid ||
         field == Field::kAccountPaid || field == Field::kCashPaid;
}

// Spaces and the width of punctuation are not what is measured.
std::string Plain(const std::string& text) { return invoice::FoldedText(text); }

// The box on the paper as it was laid on the glass.
recoup::adapters::Box Laid(recoup::adapters::Box box, const bills::DrawnBill& page,
                           const bills::Distortion& distortion) {
  const double angle = distortion.skew_degrees * M_PI / 180 + distortion.quarter_turns * M_PI / 2;
  const double dx = (box.left + box.right - page.width) / 2, dy = box.middle() - page.height / 2;
  const bills::LaidSize size = bills::SizeOnGlass(page.width, page.height, distortion);
  const double x = size.width / 2 + dx * std::cos(angle) - dy * std::sin(angle);
  const double y = size.height / 2 + dx * std::sin(angle) + dy * std::cos(angle);
  return {x, y, x, y};
}

struct Options {
  int bills = 2;
  std::uint64_t seed = 20260312;
  std::string only;
  bool misses = false;
  std::string save;
};

class Measurement {
 public:
  Measurement(invoice::InvoiceReader& reader, const Options& options)
      : reader_(reader), options_(options) {}

  Score Page(const std::string& bytes, const bills::Bill& bill, bills::Layout layout,
             const bills::Distortion& distortion, const std::string& name) {
    const std::clock_t begin = std::clock();
    const auto parts = reader_.Read(bytes);
    Score score;
    score.milliseconds = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    score.pages = 1;
    const bills::DrawnBill drawn = bills::Describe(bill, layout);
    const bool read = parts.size() == 1 && parts.front().invoice.ok();
    if (!read && options_.misses) std::cerr << name << ": not read\n";
    bool all_sums = read;
    for (const bills::Expected& expected : drawn.expected) {
      const invoice::Answer* answer = read ? parts.front().invoice->Find(expected.field) : nullptr;
      const bool right = answer != nullptr && Plain(answer->text) == Plain(expected.text);
      ++score.asked;
      score.right += right;
      score.wrong += answer != nullptr && !right;
      score.sure_wrong += answer != nullptr && !right && answer->confidence_percent >= 90;
      if (IsOfTheSum(expected.field)) {
        ++score.sums_asked;
        score.sums_right += right;
        score.sums_wrong += answer != nullptr && !right;
        all_sums = all_sums && right;
      }
      if (right && answer->spot) {
        ++score.boxes;
        const auto middle = Laid(expected.box, drawn, distortion);
        const auto& box = answer->spot->box;
        score.boxes_right += middle.left >= box.left - 6 && middle.left <= box.right + 6 &&
                             middle.top >= box.top - 6 && middle.top <= box.bottom + 6;
      }
      if (!right && options_.misses) {
        std::cerr << name << ": " << reader_.table().Spec(expected.field).key << " is "
                  << expected.text << ", read "
                  << (answer == nullptr
                          ? "nothing"
                          : absl::StrCat(answer->text, " (", answer->confidence_percent, "%)"))
                  << "\n";
      }
    }
    if (!read) return score;
    for (const invoice::Check& check : parts.front().invoice->checks) {
      if (check.key != "TOTAL_IS_SUM_OF_PAYMENTS") continue;
      score.adding_up += check.result == invoice::CheckResult::kHolds;
      score.unflagged += check.result == invoice::CheckResult::kHolds && !all_sums;
    }
    return score;
  }

  bool Wanted(std::string_view distortion, std::string_view layout) const {
    return options_.only.empty() || absl::StrContains(std::string(distortion), options_.only) ||
           absl::StrContains(std::string(layout), options_.only);
  }

  void Save(const std::string& name, const std::string& bytes) const {
    if (options_.save.empty()) return;
    std::ofstream(std::filesystem::path(options_.save) / name, std::ios::binary) << bytes;
  }

 private:
  invoice::InvoiceReader& reader_;
  const Options& options_;
};

std::string Percent(int part, int whole) {
  return whole == 0 ? "" : absl::StrFormat("%.1f %%", 100.0 * part / whole);
}

void PrintTable(const char* what, const std::vector<std::string>& order,
                const std::map<std::string, Score>& scores) {
  std::cout << "\n| " << what
            << " | pages | answers right | wrong | sums right | wrong | wrong but sure | "
               "sums wrong, adding up | boxes right | ms/page |\n"
            << "|---|---|---|---|---|---|---|---|---|---|\n";
  for (const std::string& name : order) {
    const auto it = scores.find(name);
    if (it == scores.end()) continue;
    const Score& s = it->second;
    std::cout << "| " << name << " | " << s.pages << " | " << Percent(s.right, s.asked) << " | "
              << Percent(s.wrong, s.asked) << " | " << Percent(s.sums_right, s.sums_asked) << " | "
              << Percent(s.sums_wrong, s.sums_asked) << " | " << s.sure_wrong << " | "
              << s.unflagged << " | " << Percent(s.boxes_right, s.boxes) << " | "
              << absl::StrFormat("%.0f", s.milliseconds / s.pages) << " |\n";
  }
}

Options Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    const std::string value = i + 1 < argc ? argv[i + 1] : "";
    if (flag == "--misses") {
      options.misses = true;
    } else if (flag == "--bills" && absl::SimpleAtoi(value, &options.bills)) {
      ++i;
    } else if (flag == "--seed" && absl::SimpleAtoi(value, &options.seed)) {
      ++i;
    } else if (flag == "--only" && !value.empty()) {
      options.only = value;
      ++i;
    } else if (flag == "--save" && !value.empty()) {
      options.save = value;
      ++i;
    } else {
      std::cerr
          << "invoice_accuracy [--bills N] [--seed S] [--only TEXT] [--misses] [--save DIR]\n";
      std::exit(2);
    }
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = Parse(argc, argv);
  const auto reader = invoice::InvoiceReader::Create();
  if (!reader.ok()) {
    std::cerr << reader.status() << "\n";
    return 1;
  }
  Measurement measurement(**reader, options);
  std::map<std::string, Score> by_distortion, by_layout;
  std::vector<std::string> distortions = {"PDF with text"}, layouts;
  Score all;
  std::cout << "Seed " << options.seed << ", " << options.bills
            << " bill(s) for each layout and distortion.\n";
  std::vector<bills::Distortion> list = bills::AllDistortions();
  for (const bills::Distortion& distortion : list) distortions.push_back(distortion.name);
  for (const bills::Layout layout : bills::kLayouts) {
    const std::string layout_name(bills::NameOf(layout));
    layouts.push_back(layout_name);
    for (std::size_t d = 0; d < distortions.size(); ++d) {
      if (!measurement.Wanted(distortions[d], layout_name)) continue;
      for (int i = 0; i < options.bills; ++i) {
        const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(i);
        const bills::Bill bill = bills::MakeBill(seed);
        const bool pdf = d == 0;
        const bills::Distortion distortion = pdf ? bills::Distortion{} : list[d - 1];
        const std::string bytes =
            pdf ? bills::AsPdf(bill, layout) : bills::AsPicture(bill, layout, distortion, seed);
        const std::string name = absl::StrCat(layout_name, ", ", distortions[d], ", ", seed);
        measurement.Save(absl::StrCat(name, pdf                       ? ".pdf"
                                            : distortion.jpeg_quality ? ".jpg"
                                                                      : ".png"),
                         bytes);
        const Score score = measurement.Page(bytes, bill, layout, distortion, name);
        by_distortion[distortions[d]].Add(score);
        if (!pdf) by_layout[layout_name].Add(score);
        all.Add(score);
      }
    }
  }
  PrintTable("distortion", distortions, by_distortion);
  PrintTable("layout (pictures)", layouts, by_layout);
  by_layout["all"] = all;
  PrintTable("", {"all"}, by_layout);
  return 0;
}
