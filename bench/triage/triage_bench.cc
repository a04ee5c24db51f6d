// Runs labelled admissions through the triage rules (built in, or a file) and lists every error.
//
//   triage_bench bench/triage/admissions_tuning.txt bench/triage/admissions_held_out.txt
//   triage_bench --rules my_rules.toml bench/triage/admissions_fresh.txt
//
// Exit code 1 when recall or precision of one file is below the target.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "tests/hospital/labelled_admissions.h"

namespace recoup::hospital::triage {
namespace {

constexpr std::int64_t kRecallTarget = 9'800;
constexpr std::int64_t kPrecisionTarget = 9'000;

std::string Percent(std::int64_t per_myriad) {
  return absl::StrFormat("%d.%02d %%", per_myriad / 100, per_myriad % 100);
}

bool Report(const std::string& file, const RuleBook& rules) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  const auto admissions = LabelledAdmissionsFrom(text.str());
  if (!in || !admissions.ok()) {
    std::cerr << file << ": " << (in ? admissions.status().ToString() : "cannot be read") << "\n";
    return false;
  }
  const TriageCount count = CountTriage(*admissions, rules);
  std::int64_t near = 0;
  for (const LabelledAdmission& row : *admissions) near += row.near_miss ? 1 : 0;
  std::cout << file << ": " << admissions->size() << " admissions, " << near << " near misses\n"
            << "| label | flag | ask | no flag |\n|---|---|---|---|\n";
  constexpr const char* kLabels[] = {"third party told", "injury, not told", "nobody else"};
  for (std::size_t i = 0; i < 3; ++i) {
    std::cout << "| " << kLabels[i] << " | " << count.cells[i][0] << " | " << count.cells[i][1]
              << " | " << count.cells[i][2] << " |\n";
  }
  std::cout << "recall (flagged or asked) " << Percent(count.RecallPerMyriad())
            << ", flagged outright " << Percent(count.FlaggedOutrightPerMyriad())
            << ", precision of flags " << Percent(count.PrecisionPerMyriad()) << ", kind right in "
            << count.kinds_right << " of " << count.cells[0][0] << "\n";
  for (const std::string& error : count.errors) std::cout << "  " << error << "\n";
  return count.RecallPerMyriad() >= kRecallTarget && count.PrecisionPerMyriad() >= kPrecisionTarget;
}

}  // namespace
}  // namespace recoup::hospital::triage

int main(int argc, char** argv) {
  using namespace recoup::hospital::triage;
  const bool own_rules = argc > 2 && std::string_view(argv[1]) == "--rules";
  std::stringstream text;
  if (own_rules) text << std::ifstream(argv[2]).rdbuf();
  const auto rules = own_rules ? RuleBookFromToml(text.str()) : BuiltInRuleBook();
  const int first = own_rules ? 3 : 1;
  if (!rules.ok() || argc <= first) {
    std::cerr << "usage: triage_bench [--rules FILE] FILE...\n" << rules.status() << "\n";
    return 2;
  }
  const absl::Status examples = CheckExamples(*rules);
  if (!examples.ok()) std::cerr << examples << "\n";
  bool good = examples.ok();
  for (int i = first; i < argc; ++i) good = Report(argv[i], *rules) && good;
  return good ? 0 : 1;
}
