#include "adapters/court/program/daily_run.h"

#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/common/error_text.h"
#include "adapters/common/progress.h"
#include "adapters/common/spool_program.h"
#include "adapters/court/mapping/elements_json.h"
#include "adapters/court/mapping/receipt.h"
#include "adapters/court/program/case_key.h"
#include "adapters/court/program/court_hub.h"
#include "adapters/court/program/document_reader.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::ExitCode;
using adapters::Spool;
using adapters::SpoolEntry;
using adapters::SpoolItem;
using adapters::SpoolState;

// Two documents say the same when they differ in nothing but the paper they are on.
std::string Essence(const std::string& elements) {
  v1::CourtCaseElements parsed;
  if (!parsed.ParseFromString(elements)) return elements;
  parsed.set_case_number(CaseKey(parsed.case_number()));
  parsed.clear_document_sha256();
  parsed.clear_evidence();
  parsed.clear_hospitals();
  return parsed.SerializeAsString();
}

HubAnswer AnswerOf(const v1::PushCourtCaseResponse& answer) {
  return {answer.court_case(), GradeName(answer.grade()), answer.persons_with_lead_count(),
          answer.recoveries_without_amount_count()};
}

// Spool and journal are written for so many documents at once.
constexpr std::size_t kBatchMax = 64;

class DailyRun {
 public:
  DailyRun(const DailyRunOptions& options, CommandContext& context, const crypto::SigningKey& key,
           Spool& spool, RunJournal& journal)
      : options_(options),
        context_(context),
        key_(key),
        spool_(spool),
        journal_(journal),
        review_below_percent_(
            static_cast<int>(context.config().Integer("court.review_below_percent"))) {}

  // What an earlier run has read, whose report never came or left it waiting.
  absl::Status Carry(JournalEntry entry, bool was_graded) {
    RunRow row;
    row.is_known = true;
    row.is_carried = true;
    row.was_graded = was_graded;
    row.error = entry.error;
    row.state = StateOf(entry.outcome);
    row.entry = std::move(entry);
    carried_.insert(row.entry.sha256);
    KeepWhatIsReported(row);
    rows_.push_back(std::move(row));
    return absl::OkStatus();
  }

  absl::Status Take(DocumentRead document) {
    RunRow row;
    row.entry.sha256 = crypto::ToHex(document.sha256);
    row.entry.name = document.name;
    row.entry.read_time = context_.clock().Now();
    std::optional<SpoolItem> item;
    if (document.known && carried_.contains(row.entry.sha256)) return absl::OkStatus();
    if (document.known) {
      RECOUP_ASSIGN_OR_RETURN(std::optional<JournalEntry> known,
                              journal_.FindByHash(row.entry.sha256));
      if (known.has_value()) row.entry = *std::move(known);
      row.entry.name = document.name;
      const bool is_unread = row.entry.outcome == JournalOutcome::kUnread && !row.entry.error.ok();
      row.state = is_unread ? RunState::kUnread : RunState::kAlreadyRead;
      if (is_unread) row.error = row.entry.error;
      row.is_known = true;
    } else if (!seen_.insert(row.entry.sha256).second && row.entry.sha256 != kNoHash) {
      row.state = RunState::kDuplicate;
      row.is_known = true;
    } else if (!document.elements.ok()) {
      Refuse(document.elements.status(), row);
    } else {
      RECOUP_ASSIGN_OR_RETURN(item, Decide(document, row));
    }
    rows_.push_back(std::move(row));
    items_.push_back(std::move(item));
    if (items_.size() < kBatchMax) return absl::OkStatus();
    return Flush();
  }

  // The spool first: a push that the journal forgot is found there again, not the other way round.
  absl::Status Flush() {
    const std::size_t begin = rows_.size() - items_.size();
    if (context_.validate_only()) return AskOnly(begin);
    std::vector<SpoolItem> items;
    std::vector<std::size_t> row_of_item;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (!items_[i].has_value()) continue;
      items.push_back(*std::move(items_[i]));
      row_of_item.push_back(begin + i);
    }
    RECOUP_ASSIGN_OR_RETURN(const auto enqueued, spool_.EnqueueMany(items));
    for (std::size_t i = 0; i < enqueued.size(); ++i) {
      const auto& answer = enqueued[i];
      // What lies there already was pushed by hand, perhaps by other rules; it stands.
      const bool other_content =
          !answer.ok() && ReasonOf(answer.status()) == Reason::kAlreadyExistsWithOtherContent;
      if (!answer.ok() && !other_content) return answer.status();
      if (other_content || answer->already_there) {
        RECOUP_RETURN_IF_ERROR(LeaveIfDelivered(rows_[row_of_item[i]]));
      }
    }
    const absl::Status kept = journal_.Atomically([&]() -> absl::Status {
      for (std::size_t i = begin; i < rows_.size(); ++i) {
        if (rows_[i].is_known || rows_[i].entry.sha256 == kNoHash) continue;
        RECOUP_RETURN_IF_ERROR(journal_.Put(rows_[i].entry));
        RECOUP_RETURN_IF_ERROR(journal_.AddUnreported(rows_[i].entry.sha256));
      }
      return absl::OkStatus();
    });
    RECOUP_RETURN_IF_ERROR(kept);
    for (std::size_t i = begin; i < rows_.size(); ++i) KeepWhatIsReported(rows_[i]);
    items_.clear();
    batch_cases_.clear();
    return absl::OkStatus();
  }

  absl::Status Deliver() {
    if (context_.validate_only()) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(const adapters::Send send, OpenCourtSender(context_));
    const auto to_send = std::ranges::count_if(rows_, [](const RunRow& row) {
      return row.state == RunState::kPushed || row.state == RunState::kAmended;
    });
    adapters::Progress progress(
        {.what = "推送", .total = to_send, .is_terminal = context_.err_is_terminal()},
        context_.clock(), context_.err());
    const adapters::Send counted = [&](std::string_view kind, std::string_view payload,
                                       const Id& request_id) {
      auto answer = send(kind, payload, request_id);
      progress.Add(1);
      return answer;
    };
    RECOUP_ASSIGN_OR_RETURN(const adapters::DeliveryPass pass,
                            adapters::DeliverNow(spool_, counted, context_));
    if (to_send > 0) progress.Finish();
    for (RunRow& row : rows_) {
      if (row.state != RunState::kPushed && row.state != RunState::kAmended) continue;
      RECOUP_ASSIGN_OR_RETURN(const std::optional<SpoolEntry> entry, spool_.Find(row.entry.sha256));
      if (!entry.has_value() && row.is_carried) {
        row.state = RunState::kAlreadyRead;  // A person has dropped it meanwhile.
        continue;
      }
      if (!entry.has_value()) return MakeError(Reason::kInternal, "the spool lost an item");
      Settle(*entry, pass.transient, row);
      if (row.state == RunState::kRefused) RECOUP_RETURN_IF_ERROR(Reopen(row));
    }
    return absl::OkStatus();
  }

  std::vector<RunRow> Finish() { return std::move(rows_); }

 private:
  // A dry run decides as a run does, keeps nothing, and asks the hub whether it would take it. What
  // amends a case that this run would push first cannot be asked.
  absl::Status AskOnly(std::size_t begin) {
    if (!ask_) {
      RECOUP_ASSIGN_OR_RETURN(ask_, OpenCourtSender(context_));
    }
    for (std::size_t i = begin; i < rows_.size(); ++i) {
      RunRow& row = rows_[i];
      std::optional<SpoolItem>& item = items_[i - begin];
      if (item.has_value()) {
        RECOUP_RETURN_IF_ERROR(LeaveIfDelivered(row));
        if (row.state != RunState::kAlreadyRead) RECOUP_RETURN_IF_ERROR(Ask(*item, row));
      }
      KeepWhatIsReported(row);
    }
    items_.clear();
    return absl::OkStatus();
  }

  absl::Status Ask(SpoolItem& item, RunRow& row) {
    if (item.kind == kPushCourtCase) {
      RECOUP_RETURN_IF_ERROR(OnlyValidate<v1::PushCourtCaseRequest>(item));
    } else {
      RECOUP_ASSIGN_OR_RETURN(const auto earlier, journal_.LatestOfCase(row.entry.replaces));
      if (!earlier.has_value()) return absl::OkStatus();
      RECOUP_RETURN_IF_ERROR(OnlyValidate<v1::AmendCourtCaseRequest>(item));
    }
    const absl::StatusOr<std::string> answer = ask_(item.kind, item.payload, item.request_id);
    if (!answer.ok()) {
      const bool away = adapters::ExitCodeOf(answer.status()) == ExitCode::kHubUnavailable;
      row.state = away ? RunState::kWaiting : RunState::kRefused;
      row.error = answer.status();
    } else if (item.kind == kPushCourtCase) {
      row.state = RunState::kChecked;
      v1::PushCourtCaseResponse response;
      if (response.ParseFromString(*answer)) row.answer = AnswerOf(response);
    }
    return absl::OkStatus();
  }

  template <typename Request>
  static absl::Status OnlyValidate(SpoolItem& item) {
    Request request;
    if (!request.ParseFromString(item.payload)) {
      return MakeError(Reason::kInternal, "a request of this run cannot be read");
    }
    request.set_validate_only(true);
    item.payload = request.SerializeAsString();
    return absl::OkStatus();
  }

  // Elements and report lie in the journal, some ten kilobytes of each document.
  static void KeepWhatIsReported(RunRow& row) {
    v1::CourtCaseElements elements;
    if (elements.ParseFromString(row.entry.elements)) {
      if (elements.has_fund_paid_fen()) row.fund_paid_fen = elements.fund_paid_fen();
      if (elements.has_medical_expense_awarded_fen()) {
        row.medical_expense_awarded_fen = elements.medical_expense_awarded_fen();
      }
    }
    // Assigning an empty string would keep the memory.
    std::string().swap(row.entry.elements);
    std::string().swap(row.entry.report);
  }

  static RunState StateOf(JournalOutcome outcome) {
    switch (outcome) {
      case JournalOutcome::kPushed:
        return RunState::kPushed;
      case JournalOutcome::kAmended:
        return RunState::kAmended;
      case JournalOutcome::kDuplicate:
        return RunState::kDuplicate;
      case JournalOutcome::kIncomplete:
        return RunState::kIncomplete;
      case JournalOutcome::kUnread:
        return RunState::kUnread;
      case JournalOutcome::kDiffers:
        return RunState::kDiffers;
    }
    RECOUP_CHECK(false);
  }

  // Pushed by hand before: this run has nothing to do with it.
  absl::Status LeaveIfDelivered(RunRow& row) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<SpoolEntry> entry, spool_.Find(row.entry.sha256));
    if (!entry.has_value() || entry->state != SpoolState::kDelivered) return absl::OkStatus();
    Settle(*entry, absl::OkStatus(), row);
    row.state = RunState::kAlreadyRead;
    return absl::OkStatus();
  }

  // What the hub refuses is the clerk's to mend: never a dead end.
  absl::Status Reopen(RunRow& row) {
    RECOUP_ASSIGN_OR_RETURN(std::optional<JournalEntry> kept,
                            journal_.FindByHash(row.entry.sha256));
    if (!kept.has_value()) return MakeError(Reason::kInternal, "the journal lost an entry");
    JournalEntry& entry = *kept;
    entry.outcome = entry.outcome == JournalOutcome::kAmended ? JournalOutcome::kDiffers
                                                              : JournalOutcome::kIncomplete;
    entry.error = row.error;
    entry.review = ReviewState::kOpen;
    entry.review_why = RefusalWhy(row.error);
    RECOUP_RETURN_IF_ERROR(journal_.Put(entry));
    row.entry = *std::move(kept);
    KeepWhatIsReported(row);
    return absl::OkStatus();
  }

  static void Refuse(const absl::Status& error, RunRow& row) {
    row.state = RunState::kUnread;
    row.error = error;
    row.entry.outcome = JournalOutcome::kUnread;
    row.entry.error = error;
  }

  absl::StatusOr<std::optional<SpoolItem>> Decide(const DocumentRead& document, RunRow& row) {
    const JudgmentElements& elements = *document.elements;
    JournalEntry& entry = row.entry;
    if (!elements.case_number.has_value() && !elements.court.has_value()) {
      Refuse(MakeError(Reason::kInvalidArgument,
                       "this is no court document: it names neither a case nor a court"),
             row);
      return std::optional<SpoolItem>();
    }
    entry.case_number = CaseKey(elements.case_number.value_or(""));
    entry.court = elements.court.value_or("");
    if (elements.closed_on) entry.closed_on = absl::FormatCivilTime(*elements.closed_on);
    entry.grade = std::string(Name(elements.grade));
    entry.elements = mapping::ElementsToProto(elements, document.sha256, mapping::Sentences::kGo)
                         .SerializeAsString();
    entry.report = mapping::ElementsAsJson(elements, mapping::JsonLayout::kOneLine);
    entry.review_why = ReviewReason(elements, review_below_percent_);
    if (!entry.review_why.empty()) entry.review = ReviewState::kOpen;
    const v1::CourtCaseElements sent =
        mapping::ElementsToProto(elements, document.sha256, SentencesPolicy(context_));
    absl::StatusOr<std::string> bytes = mapping::SignableBytes(sent);
    if (!bytes.ok()) {
      row.state = RunState::kIncomplete;
      row.error = entry.error = bytes.status();
      entry.outcome = JournalOutcome::kIncomplete;
      entry.review = ReviewState::kOpen;
      entry.review_why = absl::StrCat(adapters::ErrorInACell(bytes.status()), "，补正后才能推送");
      return std::optional<SpoolItem>();
    }
    // A correction ruling holds no elements that could replace any; the hub tells the fund.
    std::optional<JournalEntry> earlier;
    if (elements.outcome != CaseOutcome::kCorrected) {
      RECOUP_ASSIGN_OR_RETURN(earlier, Earlier(document, entry));
    }
    if (earlier.has_value()) return Compare(sent, *earlier, row);
    row.state = RunState::kPushed;
    entry.outcome = JournalOutcome::kPushed;
    batch_cases_[entry.case_number] = entry;
    row.consent = options_.consent && entry.review_why.empty();
    RECOUP_ASSIGN_OR_RETURN(const v1::PushCourtCaseRequest request,
                            mapping::ToPushCourtCase(sent, row.consent, key_));
    return std::optional(Item(kPushCourtCase, request.SerializeAsString(), entry));
  }

  absl::StatusOr<std::optional<JournalEntry>> LatestOf(const std::string& case_key) {
    const auto in_batch = batch_cases_.find(case_key);
    if (in_batch != batch_cases_.end()) return std::optional(in_batch->second);
    return journal_.LatestOfCase(case_key);
  }

  // A document pushed before of this case; or, of an appeal or a retrial, of the case it is about.
  absl::StatusOr<std::optional<JournalEntry>> Earlier(const DocumentRead& document,
                                                      const JournalEntry& entry) {
    RECOUP_ASSIGN_OR_RETURN(std::optional<JournalEntry> same, LatestOf(entry.case_number));
    if (same.has_value()) return same;
    const std::optional<Instance>& instance = document.elements->instance;
    if (instance != Instance::kSecond && instance != Instance::kRetrial) return same;
    // Only a changed judgment brings other elements; for the rest the hub links the two decisions.
    const std::optional<CaseOutcome>& outcome = document.elements->outcome;
    if (outcome.has_value() && outcome != CaseOutcome::kChanged) return same;
    for (const std::string& named : CaseKeysIn(document.source.text)) {
      RECOUP_ASSIGN_OR_RETURN(std::optional<JournalEntry> lower, LatestOf(named));
      if (lower.has_value()) return lower;
    }
    return same;
  }

  absl::StatusOr<std::optional<SpoolItem>> Compare(const v1::CourtCaseElements& sent,
                                                   const JournalEntry& earlier, RunRow& row) {
    JournalEntry& entry = row.entry;
    if (Essence(entry.elements) == Essence(earlier.elements)) {
      row.state = RunState::kDuplicate;
      entry.outcome = JournalOutcome::kDuplicate;
      entry.review = ReviewState::kNone;
      return std::optional<SpoolItem>();
    }
    entry.replaces = earlier.case_number;
    // An older document that turns up late must not undo a newer one.
    const bool older = entry.closed_on < earlier.closed_on;
    if (!entry.review_why.empty() || older) {
      row.state = RunState::kDiffers;
      entry.outcome = JournalOutcome::kDiffers;
      entry.review = ReviewState::kOpen;
      entry.review_why = absl::StrCat(
          "与此前推送的 ", earlier.case_number, " 要素不同，确认后作为更正推送",
          older ? "；裁判日期更早" : "", entry.review_why.empty() ? "" : "；", entry.review_why);
      return std::optional<SpoolItem>();
    }
    row.state = RunState::kAmended;
    entry.outcome = JournalOutcome::kAmended;
    batch_cases_[entry.case_number] = entry;
    RECOUP_ASSIGN_OR_RETURN(
        const v1::AmendCourtCaseRequest request,
        mapping::ToAmendCourtCase(earlier.case_number, sent, AmendReason(entry, earlier), key_));
    return std::optional(Item(kAmendCourtCase, request.SerializeAsString(), entry));
  }

  static std::string AmendReason(const JournalEntry& entry, const JournalEntry& earlier) {
    if (entry.case_number == earlier.case_number) return "同案号的更正文书";
    return absl::StrCat(entry.court, entry.case_number, "案件改判");
  }

  SpoolItem Item(const char* kind, std::string payload, const JournalEntry& entry) {
    SpoolItem item;
    item.source_key = entry.sha256;
    item.kind = kind;
    // Amendments follow the push they amend.
    item.order_key = entry.replaces.empty() ? entry.case_number : entry.replaces;
    item.payload = std::move(payload);
    item.request_id = context_.NextRequestId();
    return item;
  }

  void Settle(const SpoolEntry& spooled, const absl::Status& transient, RunRow& row) const {
    switch (spooled.state) {
      case SpoolState::kWaiting:
        row.state = RunState::kWaiting;
        row.error = transient;
        return;
      case SpoolState::kRefused:
        row.state = RunState::kRefused;
        row.error = spooled.error;
        return;
      case SpoolState::kDelivered:
        break;
    }
    const SpoolItem& item = spooled.spooled.item;
    std::string elements;
    if (item.kind == kAmendCourtCase) {
      v1::AmendCourtCaseRequest request;
      v1::AmendCourtCaseResponse answer;
      if (request.ParseFromString(item.payload)) elements = request.elements();
      if (answer.ParseFromString(spooled.answer)) {
        row.answer = {"", GradeName(answer.grade()), answer.persons_with_lead_count(),
                      answer.recoveries_without_amount_count()};
      }
    } else {
      v1::PushCourtCaseRequest request;
      v1::PushCourtCaseResponse answer;
      if (request.ParseFromString(item.payload)) {
        elements = request.elements();
        row.consent = request.consent();
      }
      if (answer.ParseFromString(spooled.answer)) row.answer = AnswerOf(answer);
    }
    row.receipt_file = mapping::ReceiptFile(ReceiptDirectory(context_), elements).string();
  }

  // Of files that could not be opened.
  const std::string kNoHash = crypto::ToHex(crypto::Digest{});

  const DailyRunOptions& options_;
  CommandContext& context_;
  const crypto::SigningKey& key_;
  Spool& spool_;
  RunJournal& journal_;
  adapters::Send ask_;  // Of a dry run.
  const int review_below_percent_;
  std::vector<RunRow> rows_;
  std::set<std::string> seen_;                       // Hashes of this run.
  std::set<std::string> carried_;                    // Of earlier runs, in rows_ already.
  std::vector<std::optional<SpoolItem>> items_;      // Of the last rows, not yet written.
  std::map<std::string, JournalEntry> batch_cases_;  // The same, by case.
};

}  // namespace

absl::StatusOr<std::unique_ptr<RunJournal>> OpenJournal(CommandContext& context) {
  constexpr char kSetting[] = "court.journal_file";
  const std::filesystem::path file =
      context.config().Has(kSetting)
          ? context.config().Path(kSetting)
          : context.config().Path("spool.file").parent_path() / "journal.sqlite";
  absl::StatusOr<std::unique_ptr<RunJournal>> journal = RunJournal::Open(file.string());
  if (!journal.ok()) return adapters::AsUsageError(journal.status());
  return journal;
}

absl::StatusOr<std::vector<RunRow>> RunDaily(const DailyRunOptions& options,
                                             CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::BuiltIn());
  RECOUP_ASSIGN_OR_RETURN(const crypto::SigningKey key, LoadSigningKey(context));
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<Spool> spool, adapters::OpenSpool(context));
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<RunJournal> journal, OpenJournal(context));
  RECOUP_ASSIGN_OR_RETURN(const std::set<std::string> hashes, journal->Hashes(options.again));
  DailyRun run(options, context, key, *spool, *journal);
  adapters::Progress progress({.what = "文书", .is_terminal = context.err_is_terminal()},
                              context.clock(), context.err());
  ReadingOptions reading;
  reading.threads = ThreadsOfThisMachine();
  reading.keep_text = true;
  reading.is_known = [&hashes](const crypto::Digest& sha256) {
    return hashes.contains(crypto::ToHex(sha256));
  };
  // A dry run tells what a run would do with these documents; earlier runs are not its matter.
  if (!context.validate_only()) {
    RECOUP_RETURN_IF_ERROR(journal->ForEachUnreported(
        [&run](JournalEntry entry, bool graded) { return run.Carry(std::move(entry), graded); }));
  }
  SourceQueue queue(options.paths, std::cin);
  const auto take = [&](std::vector<DocumentRead> documents, std::int64_t known) {
    progress.SetTotal(known);
    absl::Status status;
    for (DocumentRead& document : documents) {
      if (status.ok()) status = run.Take(std::move(document));
    }
    progress.Add(1);
    return status;
  };
  RECOUP_RETURN_IF_ERROR(ReadAllDocuments(queue, rules, reading, take));
  RECOUP_RETURN_IF_ERROR(run.Flush());
  progress.Finish();
  RECOUP_RETURN_IF_ERROR(run.Deliver());
  return run.Finish();
}

absl::Status MarkReported(const std::vector<RunRow>& rows, CommandContext& context) {
  if (context.validate_only()) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<RunJournal> journal, OpenJournal(context));
  return journal->Atomically([&]() -> absl::Status {
    for (const RunRow& row : rows) {
      RECOUP_RETURN_IF_ERROR(
          journal->MarkReported(row.entry.sha256, row.state != RunState::kWaiting));
    }
    return absl::OkStatus();
  });
}

// As with push: a hub that is away comes first, since trying again then helps.
ExitCode ExitCodeOf(const std::vector<RunRow>& rows) {
  std::size_t bad = 0;
  bool refused = false;
  for (const RunRow& row : rows) {
    if (row.state == RunState::kWaiting) return ExitCode::kHubUnavailable;
    if (row.is_known && !row.is_carried) continue;  // Was told by the run that found it.
    refused = refused || row.state == RunState::kRefused;
    bad += row.state == RunState::kRefused || row.state == RunState::kUnread ? 1u : 0u;
  }
  if (bad == 0) return ExitCode::kOk;
  if (bad < rows.size()) return ExitCode::kPartlyRefused;
  return refused ? ExitCode::kRefused : ExitCode::kUsage;
}

}  // namespace recoup::court
