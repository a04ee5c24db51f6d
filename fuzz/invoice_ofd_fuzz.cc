// OFD: the zip as it comes; parts that are zipped here, since a fuzzer finds no checksum; and the
// text objects of a page by themselves.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hospital/invoice/ofd.h"
#include "adapters/hospital/invoice/ofd_text.h"
#include "adapters/hospital/invoice/page_answers.h"
#include "hub/base/check.h"
#include "tests/common/zip_file.h"

namespace {

// "== NAME" begins a part of the file.
constexpr std::string_view kPartMark = "== ";

std::vector<recoup::adapters::ZippedFile> PartsOf(std::string_view text) {
  constexpr std::size_t kPartsMax = 20;
  std::vector<recoup::adapters::ZippedFile> parts;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.starts_with(kPartMark) && parts.size() < kPartsMax) {
      parts.push_back({std::string(line.substr(kPartMark.size())), ""});
    } else if (!parts.empty()) {
      parts.back().content.append(line).push_back('\n');
    }
  }
  return parts;
}

bool CanBeZipped(const std::vector<recoup::adapters::ZippedFile>& parts) {
  std::vector<std::string_view> names;
  for (const auto& part : parts) {
    const std::string& name = part.name;
    if (name.empty() || name.back() == '/' || name.find('\0') != std::string::npos) return false;
    if (std::find(names.begin(), names.end(), name) != names.end()) return false;
    names.push_back(name);
  }
  return !parts.empty();
}

void ReadZip(std::string_view bytes, const recoup::hospital::invoice::FieldTable& table) {
  namespace invoice = recoup::hospital::invoice;
  const auto ofd = invoice::ReadOfd(bytes);
  if (!ofd.ok()) {
    RECOUP_CHECK(!ofd.status().message().empty());
    return;
  }
  for (const recoup::adapters::Page& page : ofd->document.pages) {
    const auto read = invoice::InvoiceOn(page, 1, table, invoice::Source::kOfdPage);
    if (read) RECOUP_CHECK(!read->checks.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace invoice = recoup::hospital::invoice;
  static const auto table = invoice::FieldTable::BuiltIn();
  RECOUP_CHECK(table.ok());
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with("PK")) {
    ReadZip(bytes, *table);
    return 0;
  }
  if (bytes.starts_with(kPartMark)) {
    const auto parts = PartsOf(bytes);
    if (CanBeZipped(parts)) ReadZip(recoup::adapters::Zip(parts), *table);
    return 0;
  }
  pugi::xml_document document;
  if (!document.load_buffer(bytes.data(), bytes.size())) return 0;
  recoup::adapters::Page page{595, 397, recoup::adapters::PageSource::kText, {}};
  invoice::AppendTextObjects(document, page.words);
  recoup::adapters::ArrangeInLines(page.words);
  const auto read = invoice::InvoiceOn(page, 1, *table, invoice::Source::kOfdPage);
  if (read) RECOUP_CHECK(!read->checks.empty());
  return 0;
}
