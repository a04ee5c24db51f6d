// Pushing documents: each into the spool, then the spool to the hub; and what became of each.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_PUSH_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_PUSH_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "adapters/common/spool.h"
#include "adapters/court/elements.h"
#include "adapters/court/mapping/push_request.h"
#include "recoup/v1/court_service.pb.h"

namespace recoup::court {

enum class PushState {
  kPushed,         // The hub has it, and the receipt is kept.
  kAlreadyPushed,  // The hub had it before this run; nothing was sent.
  kWithdrawn,      // The same, but the case has been withdrawn since.
  kChecked,        // --dry-run: the hub would take it.
  kWaiting,        // In the spool; the hub did not answer.
  kRefused,        // The hub refused it, now or before; it stays in the spool (not with --dry-run).
  kUnread,         // The document cannot be read or pushed; nothing was kept.
};
std::string_view Name(PushState state);  // "PUSHED"
std::string_view InChinese(PushState state);

struct PushedDocument {
  std::string file;
  PushState state = PushState::kUnread;
  std::optional<JudgmentElements> elements;  // Absent when not read again.
  std::string case_number;
  bool consent = false;  // As it was pushed.
  v1::PushCourtCaseResponse answer;
  std::string receipt_file;
  absl::Status error;  // Of kRefused, kWaiting (if known) and kUnread.
};

struct PushOptions {
  std::vector<std::string> files;  // Also folders, zip files and "-"; see source_queue.h.
  bool consent = false;
  // A withdrawn case is pushed again, as a new case of its number.
  bool anew = false;
};

// The grade the hub gave, as all reports of this program spell it; empty when it gave none.
std::string GradeName(v1::Grade grade);

// The court's policy (court.push_sentences).
mapping::Sentences SentencesPolicy(adapters::CommandContext& context);

// In the order of the files. The document's SHA-256 is the spool's source key, so a file is pushed
// once whatever its name, and once more after each withdrawal when asked; cases with one number go
// in order. An error is one of the settings or of
// the spool; those of single documents are in their rows.
absl::StatusOr<std::vector<PushedDocument>> PushDocuments(const PushOptions& options,
                                                          adapters::CommandContext& context);

adapters::ExitCode ExitCodeOf(const std::vector<PushedDocument>& documents);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_PUSH_H_
