// Run journal: what the daily job has read, by content, and what became of it; the clerk's reviews;
// and the labels that their confirmations and corrections leave behind.
//
// One SQLite file. A document is known by the SHA-256 of its bytes, so a file that moves or gets
// another name is the same document. What is written is durable when the call returns, so a run
// that breaks off goes on where it stopped. Holds personal data: created readable by its owner
// only. Errors are statuses; a locked or full disk is UNAVAILABLE. Not thread-safe; one run at a
// time per file.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_RUN_JOURNAL_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_RUN_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace SQLite {
class Database;
}

namespace recoup::court {

// Stored as numbers, never reused.
enum class JournalOutcome {
  kPushed = 1,   // A push of it lies in the spool, or the hub has it.
  kAmended = 2,  // It replaces the elements of a case pushed before: an amendment is in the spool.
  kDuplicate = 3,   // Says what an earlier document of its case said; nothing was sent.
  kIncomplete = 4,  // Without what a push needs, until a clerk adds it.
  kUnread = 5,      // Cannot be read.
  kDiffers = 6,     // Says otherwise than an earlier document of its case; a clerk decides.
};

enum class ReviewState { kNone = 0, kOpen = 1, kConfirmed = 2, kCorrected = 3 };

struct JournalEntry {
  std::int64_t id = 0;  // 0: not stored yet. What the clerk types.
  std::string sha256;   // Hexadecimal.
  std::string name;     // As it was called when it was read.
  JournalOutcome outcome = JournalOutcome::kUnread;
  absl::Status error;  // Of kUnread and kIncomplete.
  std::string case_number;
  std::string court;
  std::string closed_on;
  std::string grade;     // "ADVANCE_OUTSTANDING"
  std::string elements;  // Serialized CourtCaseElements, with the sentences.
  std::string report;    // The elements as JSON, with confidence and warnings.
  std::string replaces;  // Case number of the case that an amendment is about.
  ReviewState review = ReviewState::kNone;
  std::string review_why;  // In Chinese.
  absl::Time read_time;
};

// What a person said about a value that was read.
struct JournalLabel {
  std::string sha256;
  std::string name;
  std::string element;  // "fund_paid_fen"
  std::string read;     // As JSON; "null" when the document was thought to be silent.
  std::string label;    // As JSON; the same when it was confirmed.
  int confidence_percent = 0;
  std::string rule;
  absl::Time time;
};

class RunJournal {
 public:
  // Creates the file if it is not there. A file of another program is refused.
  static absl::StatusOr<std::unique_ptr<RunJournal>> Open(const std::string& file);
  ~RunJournal();
  RunJournal(const RunJournal&) = delete;
  RunJournal& operator=(const RunJournal&) = delete;

  // All of `body` or nothing. The other functions may be called inside or outside.
  absl::Status Atomically(const std::function<absl::Status()>& body);

  // Of everything that was read; with `readable_only`, without what could not be.
  absl::StatusOr<std::set<std::string>> Hashes(bool readable_only);
  // Inserts (id 0; the same hash replaces) or replaces.
  absl::Status Put(const JournalEntry& entry);
  absl::StatusOr<std::optional<JournalEntry>> FindByHash(const std::string& sha256);
  absl::StatusOr<JournalEntry> Get(std::int64_t id);  // Or NOT_FOUND.
  // The latest document of a case that was pushed or amended it.
  absl::StatusOr<std::optional<JournalEntry>> LatestOfCase(const std::string& case_number);
  absl::StatusOr<std::vector<JournalEntry>> ListOpenReviews();  // Oldest first.
  absl::StatusOr<std::vector<JournalEntry>> ListRead();         // All readable, oldest first.

  // What a run has read and no report has told the end of: also of runs that broke off.
  absl::Status AddUnreported(const std::string& sha256);
  // Oldest first; `graded`: a report has counted it already, while it waited. An error of `take`
  // ends it.
  using TakeUnreported = std::function<absl::Status(JournalEntry entry, bool graded)>;
  absl::Status ForEachUnreported(const TakeUnreported& take);
  // Told: `final` for good, else to be told again.
  absl::Status MarkReported(const std::string& sha256, bool final);

  absl::Status AddLabel(const JournalLabel& label);
  absl::StatusOr<std::vector<JournalLabel>> ListLabels();  // Oldest first.

 private:
  absl::StatusOr<std::vector<JournalEntry>> ListWhere(std::string_view condition);
  explicit RunJournal(std::unique_ptr<SQLite::Database> database);

  std::unique_ptr<SQLite::Database> database_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_RUN_JOURNAL_H_
