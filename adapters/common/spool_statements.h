// Statements that a connection runs again and again, prepared once: preparing costs more than
// running them.
//
// One cache per connection and thread; it must not outlive the connection. Throws what SQLiteCpp
// throws.
#ifndef RECOUP_ADAPTERS_COMMON_SPOOL_STATEMENTS_H_
#define RECOUP_ADAPTERS_COMMON_SPOOL_STATEMENTS_H_

#include <map>
#include <memory>
#include <utility>

#include "SQLiteCpp/SQLiteCpp.h"

namespace recoup::adapters {

class StatementCache {
 public:
  explicit StatementCache(SQLite::Database& database) : database_(database) {}

  // A literal: its address is the key. Use one statement at a time per literal.
  SQLite::Statement& Get(const char* sql) {
    std::unique_ptr<SQLite::Statement>& statement = statements_[sql];
    if (statement == nullptr) statement = std::make_unique<SQLite::Statement>(database_, sql);
    return *statement;
  }

 private:
  SQLite::Database& database_;
  std::map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
};

// A cached statement for one use: reset afterwards, so that it holds no lock. Bind every
// parameter: the values of the last use are still there.
class CachedStatement {
 public:
  CachedStatement(StatementCache& cache, const char* sql) : statement_(cache.Get(sql)) {}
  // Does not throw: an error of the last step was told when it happened.
  ~CachedStatement() { statement_.tryReset(); }
  CachedStatement(const CachedStatement&) = delete;
  CachedStatement& operator=(const CachedStatement&) = delete;

  SQLite::Statement* operator->() { return &statement_; }
  SQLite::Statement& operator*() { return statement_; }

 private:
  SQLite::Statement& statement_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SPOOL_STATEMENTS_H_
