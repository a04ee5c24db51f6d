#include "hub/domain/records/kinds.h"

#include "hub/domain/wire.h"

namespace recoup::domain {

std::string Key(std::initializer_list<std::string_view> parts) {
  std::string key;
  for (const std::string_view part : parts) {
    wire::AppendVarint(part.size(), key);
    key += part;
  }
  return key;
}

}  // namespace recoup::domain
