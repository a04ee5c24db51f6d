// The numbered migrations, embedded at build time from hub/storage/migrations/*.sql.
#ifndef RECOUP_HUB_STORAGE_MIGRATIONS_H_
#define RECOUP_HUB_STORAGE_MIGRATIONS_H_

#include <string_view>
#include <vector>

namespace recoup::storage {

struct Migration {
  int number;
  std::string_view name;
  std::string_view sql;
};

// Ascending from 1, without gaps.
const std::vector<Migration>& Migrations();

}  // namespace recoup::storage

#endif  // RECOUP_HUB_STORAGE_MIGRATIONS_H_
