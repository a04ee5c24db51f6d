#include "adapters/hospital/invoice/ofd_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/invoice/xml_name.h"

namespace recoup::hospital::invoice {
namespace {

constexpr int kNestingMax = 32;
constexpr std::size_t kWordsMax = 20'000;
// Of the height of a character; printed labels sit a little above the line.
constexpr double kAscent = 0.88;

// GB/T 33190 11.3: "g 5 3.2" in DeltaX stands for five times 3.2.
std::vector<double> DeltasOf(std::string_view text) {
  std::vector<double> deltas;
  const std::vector<std::string> parts =
      absl::StrSplit(std::string(text), absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  for (std::size_t i = 0; i < parts.size() && deltas.size() < kWordsMax; ++i) {
    double value = 0;
    if (parts[i] == "g" && i + 2 < parts.size()) {
      int count = 0;
      if (!absl::SimpleAtoi(parts[i + 1], &count) || !absl::SimpleAtod(parts[i + 2], &value)) break;
      count = std::clamp(count, 0, 1000);
      deltas.insert(deltas.end(), static_cast<std::size_t>(count), value);
      i += 2;
    } else if (absl::SimpleAtod(parts[i], &value)) {
      deltas.push_back(value);
    }
  }
  return deltas;
}

struct Placement {
  double left = 0, top = 0;  // Of the object's boundary, in millimetres.
  std::array<double, 6> matrix = {1, 0, 0, 1, 0, 0};
  double size = 3;
};

// The box of a run of characters that starts at (x, y) on its line.
adapters::Box BoxOf(const Placement& at, double x, double y, double advance) {
  const auto& m = at.matrix;
  const auto map = [&](double px, double py) {
    return std::pair(at.left + m[0] * px + m[2] * py + m[4], at.top + m[1] * px + m[3] * py + m[5]);
  };
  const auto [x1, y1] = map(x, y - kAscent * at.size);
  const auto [x2, y2] = map(x + advance, y + (1 - kAscent) * at.size);
  return {std::min(x1, x2) * kPointsPerMillimetre, std::min(y1, y2) * kPointsPerMillimetre,
          std::max(x1, x2) * kPointsPerMillimetre, std::max(y1, y2) * kPointsPerMillimetre};
}

void AppendTextCode(const pugi::xml_node& code, const Placement& at,
                    std::vector<adapters::Word>& words) {
  const std::string text = code.text().get();
  const std::vector<double> deltas = DeltasOf(code.attribute("DeltaX").value());
  double x = code.attribute("X").as_double();
  const double y = code.attribute("Y").as_double();
  std::string run;
  double run_start = x, run_end = x;
  const auto finish = [&] {
    const std::string_view trimmed = Trimmed(run);
    const adapters::Box box = BoxOf(at, run_start, y, run_end - run_start);
    // A stated position may be anything; boxes that are no places are left out.
    const bool sound = std::isfinite(box.left) && std::isfinite(box.top) &&
                       std::isfinite(box.right) && std::isfinite(box.bottom);
    if (!trimmed.empty() && sound && words.size() < kWordsMax) {
      words.push_back({std::string(trimmed), box, 100, 0});
    }
    run.clear();
  };
  std::size_t number = 0;
  for (std::size_t i = 0; i < text.size(); ++number) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const double width = byte < 0x80 ? at.size * 0.5 : at.size;
    if (run.empty()) run_start = x;
    run += text.substr(i, length);
    run_end = x + width;
    const double step = number < deltas.size() ? deltas[number] : width;
    // A wide gap inside one run parts a label from its value.
    if (step > width + 1.5 * at.size) finish();
    x += step;
    i += length;
  }
  finish();
}

void AppendTextObject(const pugi::xml_node& object, std::vector<adapters::Word>& words) {
  Placement at;
  const std::vector<double> boundary = NumbersOf(object.attribute("Boundary").value());
  if (boundary.size() >= 2) {
    at.left = boundary[0];
    at.top = boundary[1];
  }
  const std::vector<double> matrix = NumbersOf(object.attribute("CTM").value());
  if (matrix.size() == 6) std::copy(matrix.begin(), matrix.end(), at.matrix.begin());
  at.size = object.attribute("Size").as_double(3);
  for (const pugi::xml_node& code : object.children()) {
    if (LocalName(code.name()) == "TextCode") AppendTextCode(code, at, words);
  }
}

void Walk(const pugi::xml_node& node, int depth, std::vector<adapters::Word>& words) {
  if (depth > kNestingMax) return;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (LocalName(child.name()) == "TextObject") {
      AppendTextObject(child, words);
    } else {
      Walk(child, depth + 1, words);
    }
  }
}

}  // namespace

std::vector<double> NumbersOf(std::string_view text) {
  std::vector<double> numbers;
  for (const std::string& part : std::vector<std::string>(
           absl::StrSplit(std::string(text), absl::ByAnyChar(" \t\r\n,"), absl::SkipEmpty()))) {
    double value = 0;
    if (!absl::SimpleAtod(part, &value) || !std::isfinite(value)) break;
    numbers.push_back(value);
  }
  return numbers;
}

void AppendTextObjects(const pugi::xml_node& content, std::vector<adapters::Word>& words) {
  Walk(content, 0, words);
}

}  // namespace recoup::hospital::invoice
