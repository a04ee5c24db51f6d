// Any bytes: readers of identity numbers, names and payment references never fail on them, and
// what they accept reads back as itself.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/base/check.h"
#include "hub/domain/creditor_reference.h"
#include "hub/domain/identity.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace recoup::domain;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto id = ResidentId::Parse(text); id.ok()) {
    RECOUP_CHECK(*ResidentId::Parse(id->number()) == *id);
  }
  if (const auto code = SocialCreditCode::Parse(text); code.ok()) {
    RECOUP_CHECK(*SocialCreditCode::Parse(code->code()) == *code);
  }
  for (const CreditorReference& reference : FindCreditorReferences(text)) {
    RECOUP_CHECK(*CreditorReference::Make(reference.body()) == reference);
  }
  const std::string name = NormalisePersonName(text);
  RECOUP_CHECK(name.size() <= 2 * size);
  return 0;
}
