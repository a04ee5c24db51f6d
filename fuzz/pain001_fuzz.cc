// Any bytes are a payment order or a refusal; an order that is read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/insurer/payment/pain001.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace payment = recoup::insurer::payment;
  const auto order = payment::ReadPain001({reinterpret_cast<const char*>(data), size});
  if (!order.ok()) return 0;
  const auto written = payment::PaymentOrderAsPain001(*order);
  RECOUP_CHECK(written.ok());
  const auto again = payment::ReadPain001(*written);
  RECOUP_CHECK(again.ok() && again->payments == order->payments);
  return 0;
}
