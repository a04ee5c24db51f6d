// Any bytes are a statement or a refusal; what is read has distinct keys.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

#include "adapters/insurer/bank/camt.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace bank = recoup::insurer::bank;
  const auto statements =
      bank::ReadCamt({reinterpret_cast<const char*>(data), size}, bank::ReadOptions());
  if (!statements.ok()) return 0;
  for (const bank::BankStatement& statement : *statements) {
    const auto keys = bank::EntryKeys(statement);
    RECOUP_CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size());
  }
  return 0;
}
