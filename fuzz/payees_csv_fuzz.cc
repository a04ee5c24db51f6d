// Any bytes are a list of payees or a refusal; what is read names a pool, an account and its bank
// in each row.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/strings/match.h"
#include "adapters/insurer/payment/payees.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace payment = recoup::insurer::payment;
  const auto payees = payment::PayeesFromCsv({reinterpret_cast<const char*>(data), size});
  if (!payees.ok()) return 0;
  for (const auto& [pool, holder] : *payees) {
    RECOUP_CHECK(absl::StartsWith(pool, "pools/"));
    RECOUP_CHECK(!holder.name.empty() && !holder.account.empty() && !holder.bank.empty());
  }
  return 0;
}
