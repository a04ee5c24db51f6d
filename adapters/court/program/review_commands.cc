// recoup-court review: what a clerk looks at, confirms or corrects; the answers become labels.
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "adapters/common/format.h"
#include "adapters/common/spool_program.h"
#include "adapters/common/table.h"
#include "adapters/court/mapping/push_request.h"
#include "adapters/court/program/case_key.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/program/correction.h"
#include "adapters/court/program/court_hub.h"
#include "adapters/court/program/daily_run.h"
#include "adapters/court/program/push.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using Json = nlohmann::ordered_json;

// The report gives fractions of one; people and labels have percent.
int PercentOf(const Json& confidence) {
  return static_cast<int>(std::lround(confidence.get<double>() * 100));
}

struct ListOptions {
  bool all = false;
};
void DeclareList(CLI::App& app, ListOptions& options) {
  app.add_flag("--all", options.all,
               "列出读过的全部文书，也可用编号更正 / All documents read; each can be corrected");
}

struct NoOptions {};
void DeclareNothing(CLI::App&, NoOptions&) {}

struct ReviewOptions {
  std::int64_t id = 0;
  std::vector<std::string> assignments;
  std::string reason;
  bool consent = false;
  bool as_stated = false;
};

void DeclareId(CLI::App& app, ReviewOptions& options) {
  app.add_option("ID", options.id, "编号，见 review list / Number, see review list")->required();
}
void DeclareConfirm(CLI::App& app, ReviewOptions& options) {
  DeclareId(app, options);
  app.add_flag(
      "--consent", options.consent,
      "同时同意平台通知医保基金和义务人 / Also consent that pools and debtors are notified");
}
void DeclareCorrect(CLI::App& app, ReviewOptions& options) {
  DeclareConfirm(app, options);
  app.add_option("--set", options.assignments,
                 "要素=值，可多次，要素名见 review show；金额写 29000.00 "
                 "或以分计的整数；值为空表示文书未载明；"
                 "obligations[1]= 删去一项，编号等于项数则新增一项 / ELEMENT=VALUE, repeatable; "
                 "empty: the document is silent")
      ->required()
      ->allow_extra_args(false)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--reason", options.reason, "更正原因 / Why")->required();
  app.add_flag("--as-stated", options.as_stated,
               "文书载明的总额与各部分之和不符 / The document's own sums do not add up");
}

Json ReportOf(const JournalEntry& entry) {
  Json report = Json::parse(entry.report, nullptr, false);
  return report.is_object() ? report : Json::object();
}

// A part of the report, or nothing of its kind.
Json PartOf(const Json& report, const char* key, Json nothing) {
  const auto found = report.find(key);
  return found != report.end() && found->type() == nothing.type() ? *found : nothing;
}

CommandResult RunList(const ListOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<RunJournal> journal, OpenJournal(context));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<JournalEntry> entries,
                          options.all ? journal->ListRead() : journal->ListOpenReviews());
  if (context.json()) {
    Json list = Json::array();
    for (const JournalEntry& entry : entries) {
      list.push_back({{"id", entry.id},
                      {"file", entry.name},
                      {"case_number", entry.case_number},
                      {"grade", entry.grade},
                      {"why", entry.review_why}});
    }
    context.out() << list.dump() << '\n';
    return ExitCode::kOk;
  }
  if (entries.empty()) {
    context.out() << (options.all ? "没有读过的文书\n" : "没有待复核的文书\n");
    return ExitCode::kOk;
  }
  adapters::Table table({{"编号", adapters::Align::kRight}, {"文书"}, {"案号"}, {"复核事由"}});
  for (const JournalEntry& entry : entries) {
    table.AddRow({absl::StrCat(entry.id), entry.name, entry.case_number, entry.review_why});
  }
  context.out() << table.Render();
  return ExitCode::kOk;
}

CommandResult RunShow(const ReviewOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<RunJournal> journal, OpenJournal(context));
  RECOUP_ASSIGN_OR_RETURN(const JournalEntry entry, journal->Get(options.id));
  const Json report = ReportOf(entry);
  if (context.json()) {
    context.out() << Json{{"id", entry.id},
                          {"file", entry.name},
                          {"sha256", entry.sha256},
                          {"why", entry.review_why},
                          {"elements", report}}
                         .dump()
                  << '\n';
    return ExitCode::kOk;
  }
  std::ostream& out = context.out();
  out << "文书  " << entry.name << "\n复核  " << entry.review_why << "\n\n";
  v1::CourtCaseElements elements;
  if (!elements.ParseFromString(entry.elements)) {
    return MakeError(Reason::kInternal, "the journal holds elements that cannot be read");
  }
  adapters::Table table(
      {{"要素"}, {""}, {"读到的值"}, {"可信度", adapters::Align::kRight}, {"依据的句子"}});
  const Json confidence = PartOf(report, "confidence", Json::object());
  std::map<std::string, std::string> sentences;
  for (const Json& evidence : PartOf(report, "evidence", Json::array())) {
    sentences.emplace(evidence.value("element", ""), evidence.value("sentence", ""));
  }
  for (const ElementShown& shown : ShowElements(elements)) {
    table.AddRow(
        {shown.label, shown.key, shown.value.empty() ? "（文书未载明）" : shown.value,
         confidence.contains(shown.key) ? absl::StrCat(PercentOf(confidence[shown.key]), "%") : "",
         sentences[shown.key]});
  }
  out << table.Render();
  RECOUP_ASSIGN_OR_RETURN(const std::vector<JournalLabel> labels, journal->ListLabels());
  for (const JournalLabel& label : labels) {
    if (label.sha256 != entry.sha256 || label.read == label.label) continue;
    out << "更正  " << adapters::FormatChinaTime(label.time) << "  " << label.element << "  "
        << label.read << " → " << label.label << '\n';
  }
  const Json warnings = PartOf(report, "warnings", Json::array());
  for (const Json& warning : warnings) {
    out << "提示  " << warning.get<std::string>() << '\n';
  }
  return ExitCode::kOk;
}

JournalLabel LabelOf(const JournalEntry& entry, const Json& report, std::string element,
                     std::string read, std::string label, absl::Time now) {
  JournalLabel out;
  out.sha256 = entry.sha256;
  out.name = entry.name;
  out.read = std::move(read);
  out.label = std::move(label);
  out.time = now;
  const Json confidence = PartOf(report, "confidence", Json::object());
  const Json evidences = PartOf(report, "evidence", Json::array());
  if (confidence.contains(element)) out.confidence_percent = PercentOf(confidence[element]);
  for (const Json& evidence : evidences) {
    if (evidence.value("element", "") == element) out.rule = evidence.value("rule", "");
  }
  out.element = std::move(element);
  return out;
}

// One review from reading the entry to telling the hub.
class Review {
 public:
  static absl::StatusOr<Review> Open(const ReviewOptions& options, CommandContext& context) {
    Review review(options, context);
    RECOUP_ASSIGN_OR_RETURN(review.journal_, OpenJournal(context));
    RECOUP_ASSIGN_OR_RETURN(review.entry_, review.journal_->Get(options.id));
    review.before_ = review.entry_.outcome;
    if (!review.elements_.ParseFromString(review.entry_.elements)) {
      return MakeError(Reason::kInternal, "the journal holds elements that cannot be read");
    }
    return review;
  }

  // Every value that was read is a label now: what people confirm teaches as much as what they
  // correct.
  absl::Status Confirm() {
    if (entry_.review != ReviewState::kOpen) {
      return adapters::AsUsageError(
          MakeError(Reason::kIllegalTransition, "this document is not waiting for a review"));
    }
    const Json report = ReportOf(entry_);
    const Json confidence = PartOf(report, "confidence", Json::object());
    for (const auto& [element, fraction] : confidence.items()) {
      if (!report.contains(element)) continue;  // Part of a list.
      const std::string value = report[element].dump();
      labels_.push_back(LabelOf(entry_, report, element, value, value, context_.clock().Now()));
    }
    entry_.review = ReviewState::kConfirmed;
    if (entry_.outcome == JournalOutcome::kIncomplete) {
      return adapters::AsUsageError(MakeError(
          Reason::kInvalidArgument, "this document lacks what a push needs; use review correct"));
    }
    if (entry_.outcome == JournalOutcome::kDiffers) {
      RECOUP_RETURN_IF_ERROR(Amend(entry_.replaces, "复核确认的更正文书"));
    }
    return Finish();
  }

  // Of any document that was read, as often as need be; but what a later document of the case says
  // is not undone.
  absl::Status Correct() {
    RECOUP_RETURN_IF_ERROR(CheckIsLatest());
    const Json report = ReportOf(entry_);
    absl::StatusOr<std::vector<Correction>> corrections =
        court::Correct(options_.assignments, options_.as_stated, elements_);
    if (!corrections.ok()) return adapters::AsUsageError(corrections.status());
    for (const Correction& correction : *corrections) {
      labels_.push_back(LabelOf(entry_, report, correction.element, correction.before,
                                correction.after, context_.clock().Now()));
    }
    // What a push needs must still be there.
    if (const auto bytes = mapping::SignableBytes(elements_); !bytes.ok()) {
      return adapters::AsUsageError(bytes.status());
    }
    entry_.review = ReviewState::kCorrected;
    entry_.elements = elements_.SerializeAsString();
    const std::string before = entry_.case_number;
    entry_.case_number = CaseKey(elements_.case_number());
    if (entry_.outcome == JournalOutcome::kIncomplete) {
      RECOUP_RETURN_IF_ERROR(Push());
    } else {
      const bool replaces = before_ == JournalOutcome::kDiffers && !entry_.replaces.empty();
      RECOUP_RETURN_IF_ERROR(Amend(replaces ? entry_.replaces : before, options_.reason));
    }
    return Finish();
  }

  // After delivery: consent is a step of its own, recorded by the hub.
  CommandResult Tell() {
    if (context_.validate_only()) {
      context_.out() << "校验通过，未记录\n";
      return ExitCode::kOk;
    }
    if (sent_.has_value()) {
      RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<adapters::Spool> spool,
                              adapters::OpenSpool(context_));
      RECOUP_ASSIGN_OR_RETURN(const adapters::Submitted submitted,
                              adapters::Submit(*spool, *sent_, OpenCourtSender, context_));
      if (submitted.entry.state == adapters::SpoolState::kRefused) {
        RECOUP_RETURN_IF_ERROR(Reopen(submitted.entry.error));
        context_.out() << "平台拒绝，仍在待复核之列，编号 " << entry_.id << "，可再次更正\n";
        return submitted.entry.error;
      }
      const ExitCode code = adapters::ExitCodeOf(submitted.entry);
      context_.out() << "复核已记录，"
                     << (submitted.entry.state == adapters::SpoolState::kWaiting
                             ? adapters::WhyItWaitsInChinese(submitted.entry)
                             : std::string(adapters::SpoolStateInChinese(submitted.entry.state)))
                     << '\n';
      if (code != ExitCode::kOk) return code;
    } else {
      context_.out() << "复核已记录\n";
    }
    if (!options_.consent) return ExitCode::kOk;
    RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context_));
    v1::GiveConsentRequest request;
    RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(),
                            hub.CaseName(CaseKey(elements_.case_number())));
    RECOUP_ASSIGN_OR_RETURN(const v1::GiveConsentResponse answer, hub.GiveConsent(request));
    context_.out() << "已同意通知，" << answer.persons_with_lead_count() << " 人有追偿线索\n";
    return ExitCode::kOk;
  }

 private:
  Review(const ReviewOptions& options, CommandContext& context)
      : options_(options), context_(context) {}

  v1::CourtCaseElements ElementsToSend() const {
    v1::CourtCaseElements sent = elements_;
    if (SentencesPolicy(context_) == mapping::Sentences::kStay) {
      for (v1::ElementEvidence& evidence : *sent.mutable_evidence()) evidence.clear_sentence();
    }
    return sent;
  }

  absl::Status Push() {
    RECOUP_ASSIGN_OR_RETURN(const crypto::SigningKey key, LoadSigningKey(context_));
    const auto request = mapping::ToPushCourtCase(ElementsToSend(), false, key);
    if (!request.ok()) return adapters::AsUsageError(request.status());
    entry_.outcome = JournalOutcome::kPushed;
    entry_.error = absl::OkStatus();
    Send(kPushCourtCase, request->SerializeAsString(), entry_.sha256, entry_.case_number);
    return absl::OkStatus();
  }

  absl::Status Amend(const std::string& case_number, const std::string& reason) {
    RECOUP_ASSIGN_OR_RETURN(const crypto::SigningKey key, LoadSigningKey(context_));
    const auto request = mapping::ToAmendCourtCase(case_number, ElementsToSend(), reason, key);
    if (!request.ok()) return adapters::AsUsageError(request.status());
    entry_.outcome = JournalOutcome::kAmended;
    // The document's own key may be that of its push already.
    RECOUP_ASSIGN_OR_RETURN(std::string source_key, NextReviewKey());
    Send(kAmendCourtCase, request->SerializeAsString(), std::move(source_key), case_number);
    return absl::OkStatus();
  }

  // A document may be corrected many times; a refused attempt is dropped and its key used again.
  absl::StatusOr<std::string> NextReviewKey() const {
    RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<adapters::Spool> spool,
                            adapters::OpenSpool(context_));
    std::string key = absl::StrCat("review:", entry_.sha256);
    for (int corrections = 2;; ++corrections) {
      RECOUP_ASSIGN_OR_RETURN(const auto earlier, spool->Find(key));
      if (!earlier.has_value() || earlier->state == adapters::SpoolState::kRefused) return key;
      key = absl::StrCat("review:", entry_.sha256, "/", corrections);
    }
  }

  absl::Status CheckIsLatest() const {
    if (before_ == JournalOutcome::kIncomplete || before_ == JournalOutcome::kDiffers) {
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(const auto latest, journal_->LatestOfCase(entry_.case_number));
    if (!latest.has_value() || latest->id == entry_.id) return absl::OkStatus();
    return adapters::AsUsageError(MakeError(
        Reason::kIllegalTransition, "a later document of this case stands; correct that one"));
  }

  void Send(const char* kind, std::string payload, std::string source_key, std::string order_key) {
    adapters::SpoolItem item;
    item.source_key = std::move(source_key);
    item.kind = kind;
    item.order_key = std::move(order_key);
    item.payload = std::move(payload);
    item.request_id = context_.NextRequestId();
    sent_ = std::move(item);
  }

  // Refused by the hub: it waits for the clerk as before.
  absl::Status Reopen(const absl::Status& refusal) {
    entry_.outcome = before_;
    entry_.review = ReviewState::kOpen;
    entry_.review_why = RefusalWhy(refusal);
    return journal_->Put(entry_);
  }

  // An earlier attempt that the hub refused would hold this one back.
  absl::Status DropRefused(adapters::Spool& spool) const {
    for (const std::string& key : {entry_.sha256, sent_->source_key}) {
      RECOUP_ASSIGN_OR_RETURN(const auto earlier, spool.Find(key));
      if (!earlier.has_value() || earlier->state != adapters::SpoolState::kRefused) continue;
      RECOUP_RETURN_IF_ERROR(spool.Drop(earlier->spooled.sequence, "复核后另行推送"));
    }
    return absl::OkStatus();
  }

  absl::Status Finish() {
    if (context_.validate_only()) return absl::OkStatus();
    // The spool first: an amendment that the journal forgot is found there again.
    if (sent_.has_value()) {
      RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<adapters::Spool> spool,
                              adapters::OpenSpool(context_));
      RECOUP_RETURN_IF_ERROR(DropRefused(*spool));
      RECOUP_RETURN_IF_ERROR(spool->Enqueue(*sent_).status());
    }
    return journal_->Atomically([&]() -> absl::Status {
      for (const JournalLabel& label : labels_) RECOUP_RETURN_IF_ERROR(journal_->AddLabel(label));
      return journal_->Put(entry_);
    });
  }

  const ReviewOptions& options_;
  CommandContext& context_;
  std::unique_ptr<RunJournal> journal_;
  JournalEntry entry_;
  JournalOutcome before_ = JournalOutcome::kIncomplete;  // Of this review.
  v1::CourtCaseElements elements_;
  std::vector<JournalLabel> labels_;
  std::optional<adapters::SpoolItem> sent_;
};

CommandResult RunConfirm(const ReviewOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(Review review, Review::Open(options, context));
  RECOUP_RETURN_IF_ERROR(review.Confirm());
  return review.Tell();
}

CommandResult RunCorrect(const ReviewOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(Review review, Review::Open(options, context));
  RECOUP_RETURN_IF_ERROR(review.Correct());
  return review.Tell();
}

CommandResult RunLabels(const NoOptions&, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<RunJournal> journal, OpenJournal(context));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<JournalLabel> labels, journal->ListLabels());
  for (const JournalLabel& label : labels) {
    context.out() << Json{{"sha256", label.sha256},
                          {"file", label.name},
                          {"element", label.element},
                          {"read", Json::parse(label.read, nullptr, false)},
                          {"label", Json::parse(label.label, nullptr, false)},
                          {"confidence", label.confidence_percent},
                          {"rule", label.rule},
                          {"labelled_time",
                           absl::FormatTime(absl::RFC3339_sec, label.time, absl::UTCTimeZone())}}
                         .dump(-1, ' ', false, Json::error_handler_t::replace)
                  << '\n';
  }
  return ExitCode::kOk;
}

}  // namespace

void AddReviewCommands(adapters::Program& program) {
  CLI::App& review = program.AddGroup(program.root(), "review", "待复核的文书", "Review list");
  program.AddCommand<ListOptions>(
      review, {.name = "list", .zh = "列出待复核的文书", .en = "List what waits for a review"},
      DeclareList, RunList);
  program.AddCommand<ReviewOptions>(review,
                                    {.name = "show",
                                     .zh = "显示读到的要素、可信度和依据的句子",
                                     .en = "Show what was read and why"},
                                    DeclareId, RunShow);
  program.AddCommand<ReviewOptions>(
      review,
      {.name = "confirm",
       .zh = "确认读到的要素",
       .en = "Confirm what was read",
       .examples = {{.command = "recoup-court review confirm 12 --consent",
                     .says = "要素无误，并同意通知"}},
       .effect = Effect::kManyRequests},
      DeclareConfirm, RunConfirm);
  program.AddCommand<ReviewOptions>(
      review,
      {.name = "correct",
       .zh = "更正读到的要素并推送更正，已推送、已复核的也可再次更正",
       .en = "Correct what was read, and push the correction; again and again",
       .examples = {{.command =
                         "recoup-court review correct 12 --set fund_paid_fen=5300.00 --reason 约数",
                     .says = "基金支付 5,300.00 元"}},
       .effect = Effect::kManyRequests},
      DeclareCorrect, RunCorrect);
  program.AddCommand<NoOptions>(review,
                                {.name = "labels",
                                 .zh = "输出复核留下的标注，每行一个 JSON",
                                 .en = "Print what reviews taught, one JSON per line"},
                                DeclareNothing, RunLabels);
}

}  // namespace recoup::court
