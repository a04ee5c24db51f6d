// The close of a pool's day (日结): what the books and the bank said at one point of the pool's
// journal, and that every difference between them is explained.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_CLOSE_H_
#define RECOUP_HUB_DOMAIN_RECORDS_CLOSE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"

namespace recoup::domain {

// Never changed once written: a later close continues it.
struct DayClose {
  static constexpr RecordKind kKind = RecordKind::kDayClose;
  DayCloseId id;
  std::int64_t version = 0;
  PoolId pool;
  absl::CivilDay day;
  std::int64_t cut = 0;         // The last transfer of the pool that is included.
  std::int64_t event_cut = 0;   // The last event of the pool's log that is included.
  std::string report;           // The report (hub/reconcile/day_report.h), byte for byte.
  std::string report_sha256;    // Of `report`, in hexadecimal digits.
  std::string previous_sha256;  // `report_sha256` of the close before; empty for the first.
  std::string signature;        // Ed25519 of the hub over `report`.
  std::string key_id;
  std::vector<BreakId> open_breaks;  // Open at the cut, so that the next close tells new from old.
  Money bank;                        // What the bank says lies in the accounts.
  Money books;                       // What the books say.
  Money explained;                   // Of the difference; what remains is zero in every close.
  std::string closed_by;
  absl::Time closed_time;
  bool by_events = false;  // Bank half and breaks follow from events up to `event_cut` too.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "day", self.day);
    visit(5, "cut", self.cut);
    visit(6, "event_cut", self.event_cut);
    visit(7, "report", self.report);
    visit(8, "report_sha256", self.report_sha256);
    visit(9, "previous_sha256", self.previous_sha256);
    visit(10, "signature", self.signature);
    visit(11, "key_id", self.key_id);
    visit(12, "open_breaks", self.open_breaks);
    visit(13, "bank", self.bank);
    visit(14, "books", self.books);
    visit(15, "explained", self.explained);
    visit(16, "closed_by", self.closed_by);
    visit(17, "closed_time", self.closed_time);
    visit(18, "by_events", self.by_events);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_CLOSE_H_
