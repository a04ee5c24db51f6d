// The daily job: reads what is new, grades it, pushes it, and keeps a list for the clerk.
//
// Incremental: what the journal knows by its content is not read again. Resumable: every few dozen
// documents go into spool and journal durably, so that a run that breaks off costs no more than
// those, and the next report tells of what it has read. A document of a case that was pushed before
// amends it when it says otherwise; so does a retrial or appeal that names the earlier case. What
// was read with little confidence is pushed without consent, whatever was asked, so that nobody
// outside the court sees it before a clerk has; and it never amends by itself.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_DAILY_RUN_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_DAILY_RUN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "adapters/court/elements.h"
#include "adapters/court/program/push.h"
#include "adapters/court/program/run_journal.h"

namespace recoup::court {

struct DailyRunOptions {
  std::vector<std::string> paths;  // See source_queue.h.
  bool consent = false;
  bool again = false;  // Also what could not be read before.
};

enum class RunState {
  kPushed,
  kAmended,      // Replaced the elements of a case pushed before.
  kAlreadyRead,  // In an earlier run; nothing was done.
  kDuplicate,    // Says what another document of its case said.
  kDiffers,      // Says otherwise; a clerk decides.
  kIncomplete,   // A clerk must add what a push needs.
  kWaiting,      // In the spool; the hub did not answer.
  kRefused,      // By the hub; stays in the spool.
  kUnread,
  kChecked,  // --dry-run.
};
std::string_view Name(RunState state);  // "PUSHED"
std::string_view InChinese(RunState state);

// What a report says of the hub's answer; grade and leads also of amendments.
struct HubAnswer {
  std::string court_case;
  std::string grade;  // "ADVANCE_OUTSTANDING"; empty when there is none.
  std::int32_t persons_with_lead_count = 0;
  std::int32_t recoveries_without_amount_count = 0;
};

struct RunRow {
  RunState state = RunState::kUnread;
  JournalEntry entry;  // Of documents known before as well; without elements and report.
  std::optional<std::int64_t> fund_paid_fen, medical_expense_awarded_fen;
  bool is_known = false;  // The journal has it from an earlier run, or from this one.
  // An earlier run read it and no report has told what became of it; perhaps that run broke off.
  bool is_carried = false;
  bool was_graded = false;  // In the counts of an earlier report.
  bool consent = false;
  HubAnswer answer;
  std::string receipt_file;
  absl::Status error;
};

// From the setting court.journal_file.
absl::StatusOr<std::unique_ptr<RunJournal>> OpenJournal(adapters::CommandContext& context);

// What a clerk should look at before anybody else does, in Chinese; empty: nothing.
std::string ReviewReason(const JudgmentElements& elements, int below_percent);
// Why a document is on the review list after the hub refused it, in Chinese.
std::string RefusalWhy(const absl::Status& refusal);

// First what earlier runs have left unreported, then in the order of the documents. An error is one
// of the settings, the spool or the journal.
absl::StatusOr<std::vector<RunRow>> RunDaily(const DailyRunOptions& options,
                                             adapters::CommandContext& context);

// Once the report has been written: the next one tells only what is new, and again what waits.
absl::Status MarkReported(const std::vector<RunRow>& rows, adapters::CommandContext& context);

adapters::ExitCode ExitCodeOf(const std::vector<RunRow>& rows);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_DAILY_RUN_H_
