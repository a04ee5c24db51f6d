// The tables of a spool file, and the settings that make its commits durable.
#ifndef RECOUP_ADAPTERS_COMMON_SPOOL_SCHEMA_H_
#define RECOUP_ADAPTERS_COMMON_SPOOL_SCHEMA_H_

#include "absl/status/status.h"

namespace SQLite {
class Database;
}

namespace recoup::adapters {

// Creates what is missing. A file of another program or of a later version is refused. Throws
// SQLite::Exception; the spool catches it.
absl::Status PrepareSpoolSchema(SQLite::Database& database);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SPOOL_SCHEMA_H_
