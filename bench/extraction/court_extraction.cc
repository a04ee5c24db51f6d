// court_extraction: how well and how fast the reader of court documents reads.
//
// - court_extraction: scores the labelled set of RECOUP_SAMPLES and the project's own.
// - court_extraction --labels DIR: scores one folder of NAME.txt with NAME.json, for instance
//   corrections.
// - court_extraction --fragments: lists every fund payment found in fragments of judgments, to be
//   read by a person.
// - court_extraction --speed [DIR]: judgments per second, and time against length, on the documents
//   above or the .txt of a folder.
// - … --misses: also every value that was missed or is wrong.
// - … --rules FILE: with these rules instead of the built-in ones.
//
// RECOUP_SAMPLES names the folder that holds judgments/; without it the labelled set and the
// fragments are skipped, and the program says so.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "adapters/court/extract.h"
#include "adapters/court/labels/labels.h"
#include "bench/extraction/report.h"

namespace {

namespace fs = std::filesystem;
using recoup::court::Evidence;
using recoup::court::ReadPlainText;
using recoup::court::RuleBook;
using recoup::court::labels::LabelledDocument;

constexpr char kOwn[] = RECOUP_SOURCE_DIR "/tests/court/data/judgments";
constexpr std::size_t kSpeedDocuments = 4'000;
constexpr std::size_t kLongBytes[] = {5'000, 50'000, 500'000, 5'000'000};

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

int ScoreFolder(const std::string& folder, const RuleBook& rules, bool misses) {
  const auto documents = recoup::court::labels::ReadLabelled(folder);
  if (!documents.ok()) {
    std::cerr << documents.status().ToString() << "\n";
    return 1;
  }
  recoup::bench::Report report;
  for (const LabelledDocument& document : *documents) {
    const auto elements = ReadPlainText(document.bytes, rules);
    report.Add(document, elements.ok() ? recoup::court::labels::ValuesOf(*elements)
                                       : std::vector<recoup::court::labels::ReadValue>());
  }
  std::cout << "\n=== " << folder << "\n";
  if (misses) report.PrintMisses(std::cout);
  report.Print(std::cout);
  return 0;
}

// Lists what the reader takes for a payment of a fund, so that a person can judge it.
int ListFragments(const fs::path& folder, const RuleBook& rules) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  int found = 0;
  for (const fs::path& file : files) {
    const auto elements = ReadPlainText(ReadFile(file), rules);
    if (!elements.ok() || !elements->fund_paid.has_value()) continue;
    ++found;
    std::cout << file.lexically_relative(folder).string() << "  " << elements->fund_paid->ToYuan()
              << "\n";
    for (const Evidence& evidence : elements->evidence) {
      if (evidence.field != "fund_paid") continue;
      std::cout << "    " << evidence.rule << " (" << evidence.confidence_percent
                << "%): " << evidence.sentence << "\n";
    }
  }
  std::cout << files.size() << " fragments, " << found << " with a statement on the fund\n";
  return 0;
}

double Seconds(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

std::vector<std::string> TextsOf(const std::vector<std::string>& folders) {
  std::vector<std::string> texts;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".txt") texts.push_back(ReadFile(entry.path()));
    }
  }
  return texts;
}

// The head of a judgment with its findings over and over, and its end.
std::string Lengthened(const std::string& text, std::size_t size) {
  const std::size_t ruling = std::min(text.find("本院认为"), text.size());
  std::string lengthened;
  while (lengthened.size() + text.size() < size) lengthened += text.substr(0, ruling);
  return lengthened + text;
}

int MeasureSpeed(const std::vector<std::string>& texts, const RuleBook& rules) {
  if (texts.empty()) return 1;
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  std::atomic<std::size_t> next = 0;
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cpu_begin = std::clock();
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < cores; ++i) {
    threads.emplace_back([&] {
      while (true) {
        const std::size_t at = next.fetch_add(1);
        if (at >= kSpeedDocuments) return;
        (void)ReadPlainText(texts[at % texts.size()], rules);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = Seconds(begin);
  // Processor time as well, because other programs on the machine slow the clock on the wall.
  const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
  constexpr double kCount = kSpeedDocuments;
  std::cout << absl::StrFormat(
      "%d judgments of %d bytes on average, %d threads: %.0f per second; %.0f per second of one "
      "core\n",
      kSpeedDocuments, bytes / texts.size(), cores, kCount / seconds, kCount / cpu);
  const std::string& longest = *std::ranges::max_element(texts, {}, &std::string::size);
  for (const std::size_t size : kLongBytes) {
    const std::string text = Lengthened(longest, size);
    const std::clock_t started = std::clock();
    const bool ok = ReadPlainText(text, rules).ok();
    const double ns = 1e9 * static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
    std::cout << absl::StrFormat("%8d bytes: %8.1f ms of one core, %.0f ns per byte%s\n",
                                 text.size(), ns / 1e6, ns / static_cast<double>(text.size()),
                                 ok ? "" : " (refused)");
  }
  return 0;
}

int Run(const std::vector<std::string>& arguments) {
  const auto has = [&](const char* flag) {
    return std::ranges::find(arguments, flag) != arguments.end();
  };
  const auto value_of = [&](const char* flag) -> std::optional<std::string> {
    const auto found = std::ranges::find(arguments, flag);
    if (found == arguments.end() || found + 1 == arguments.end()) return std::nullopt;
    return *(found + 1);
  };
  const auto rules_file = value_of("--rules");
  const auto rules =
      rules_file.has_value() ? RuleBook::FromToml(ReadFile(*rules_file)) : RuleBook::BuiltIn();
  if (!rules.ok()) {
    std::cerr << rules.status().ToString() << "\n";
    return 1;
  }
  if (const auto labels = value_of("--labels")) {
    return ScoreFolder(*labels, *rules, has("--misses"));
  }
  if (const auto folder = value_of("--speed"); folder.has_value() && fs::is_directory(*folder)) {
    return MeasureSpeed(TextsOf({*folder}), *rules);
  }
  std::vector<std::string> folders = {kOwn};
  const char* samples = std::getenv("RECOUP_SAMPLES");
  if (samples == nullptr) {
    std::cout << "SKIPPED: RECOUP_SAMPLES names no folder with judgments/.\n";
    if (has("--fragments")) return 0;
  } else {
    if (has("--fragments")) return ListFragments(fs::path(samples) / "judgments", *rules);
    folders.push_back((fs::path(samples) / "judgments" / "labelled").string());
  }
  if (has("--speed")) return MeasureSpeed(TextsOf(folders), *rules);
  int status = 0;
  for (const std::string& folder : folders) status |= ScoreFolder(folder, *rules, has("--misses"));
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
