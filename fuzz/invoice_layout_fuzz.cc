// Words anywhere on a page, as recognition may deliver them: each answer has a box and a
// confidence.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/hospital/charset.h"
#include "adapters/hospital/invoice/page_answers.h"
#include "hub/base/check.h"

namespace {

namespace adapters = recoup::adapters;

// A line of input is a word: three bytes of place, one of height, one of confidence, then its text.
adapters::Page PageFrom(std::string_view bytes) {
  adapters::Page page{600, 400, adapters::PageSource::kText, {}};
  if (!bytes.empty() && bytes.front() % 2 == 1) page.source = adapters::PageSource::kRecognised;
  std::size_t line = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view row = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (row.size() < 6) continue;
    const std::string_view text = row.substr(5);
    if (!recoup::hospital::IsValidUtf8(text)) continue;
    const auto byte = [&row](std::size_t i) { return static_cast<unsigned char>(row[i]); };
    const double left = byte(0) * 2.0, top = byte(1) * 1.5;
    line += byte(4) % 4 == 0 ? 1 : 0;
    page.words.push_back({std::string(text),
                          {left, top, left + byte(2) * 2.0, top + 1 + byte(3) % 32},
                          byte(4) % 101,
                          line});
  }
  return page;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace invoice = recoup::hospital::invoice;
  static const auto table = invoice::FieldTable::BuiltIn();
  RECOUP_CHECK(table.ok());
  // The fullest page of a bill has some thousand characters; more of them only cost time.
  constexpr std::size_t kPageBytesMax = 8192;
  const adapters::Page page =
      PageFrom({reinterpret_cast<const char*>(data), std::min(size, kPageBytesMax)});
  const auto read = invoice::InvoiceOn(page, 1, *table, invoice::Source::kScan);
  if (!read) return 0;
  for (const invoice::Answer& answer : read->answers) {
    RECOUP_CHECK(answer.spot.has_value() && !answer.text.empty());
    RECOUP_CHECK(answer.confidence_percent >= 0 && answer.confidence_percent <= 100);
  }
  return 0;
}
