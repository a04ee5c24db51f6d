// Whatever the bytes, as XML or as JSON: an invoice with its checks, or a refusal that says why.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/hospital/invoice/flat.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace invoice = recoup::hospital::invoice;
  static const auto table = invoice::FieldTable::BuiltIn();
  RECOUP_CHECK(table.ok());
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool xml = data[0] % 2 == 0;
  const auto flats = xml ? invoice::FlatFromXml(bytes) : invoice::FlatFromJson(bytes);
  if (!flats.ok()) {
    RECOUP_CHECK(!flats.status().message().empty());
    return 0;
  }
  RECOUP_CHECK(!flats->empty());
  for (const invoice::FlatInvoice& flat : *flats) {
    const auto read = invoice::InvoiceFromFlat(
        flat, *table, xml ? invoice::Source::kXml : invoice::Source::kJson);
    if (!read.ok()) continue;
    // Only what stands for another bill may leave its total out.
    RECOUP_CHECK(read->Find(invoice::Field::kTotal) != nullptr ||
                 read->state == invoice::State::kRed || read->state == invoice::State::kExchanged);
    RECOUP_CHECK(!read->checks.empty());
  }
  return 0;
}
