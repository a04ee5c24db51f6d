#include "adapters/court/program/push.h"

#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "adapters/common/progress.h"
#include "adapters/common/spool_program.h"
#include "adapters/court/mapping/push_request.h"
#include "adapters/court/mapping/receipt.h"
#include "adapters/court/program/court_hub.h"
#include "adapters/court/program/document_reader.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::ExitCode;
using adapters::SpoolEntry;
using adapters::SpoolState;

// A document on its way; `source_key` is empty when it never came into the spool.
struct Item {
  PushedDocument document;
  std::string source_key;
};

class Pusher {
 public:
  Pusher(const PushOptions& options, CommandContext& context, const crypto::SigningKey& key,
         adapters::Spool& spool)
      : options_(options), context_(context), key_(key), spool_(spool) {}

  // Puts a document that was read into the spool, but for a dry run.
  absl::StatusOr<Item> Take(DocumentRead document) {
    Item item;
    item.document.file = document.name;
    std::string source_key = crypto::ToHex(document.sha256);
    RECOUP_ASSIGN_OR_RETURN(const std::optional<Known> known, LatestPush(source_key));
    if (known.has_value()) {
      item.source_key = known->source_key;
      FillFromEntry(known->entry, item.document);
      if (known->entry.state != SpoolState::kDelivered) return item;
      RECOUP_RETURN_IF_ERROR(TellWhetherWithdrawn(item.document));
      if (item.document.state != PushState::kWithdrawn || !options_.anew) return item;
      source_key = known->next_source_key;
      item.document.receipt_file.clear();
      item.document.answer.Clear();
    }
    absl::StatusOr<JudgmentElements>& elements = document.elements;
    if (!elements.ok()) return Unread(std::move(item), adapters::AsUsageError(elements.status()));
    absl::StatusOr<v1::PushCourtCaseRequest> request = mapping::ToPushCourtCase(
        mapping::ElementsToProto(*elements, document.sha256, SentencesPolicy(context_)),
        options_.consent, key_);
    item.document.case_number = elements->case_number.value_or("");
    item.document.elements = *std::move(elements);
    item.document.consent = options_.consent;
    if (!request.ok()) return Unread(std::move(item), request.status());
    if (context_.validate_only()) return Check(std::move(item), *std::move(request));
    adapters::SpoolItem spooled;
    spooled.source_key = source_key;
    spooled.kind = kPushCourtCase;
    spooled.order_key = item.document.case_number;
    spooled.payload = request->SerializeAsString();
    spooled.request_id = context_.NextRequestId();
    RECOUP_RETURN_IF_ERROR(spool_.Enqueue(spooled).status());
    item.document.state = PushState::kWaiting;
    item.source_key = source_key;
    return item;
  }

  // What the spool says now of a document that it holds.
  absl::Status Update(Item& item) {
    if (item.source_key.empty()) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(const std::optional<SpoolEntry> entry, spool_.Find(item.source_key));
    if (!entry.has_value()) return MakeError(Reason::kInternal, "the spool lost an item");
    const PushState before = item.document.state;
    FillFromEntry(*entry, item.document);
    const bool known = before == PushState::kAlreadyPushed || before == PushState::kWithdrawn;
    if (known) item.document.state = before;
    return absl::OkStatus();
  }

 private:
  // What the spool holds of a document, the last time it was pushed.
  struct Known {
    std::string source_key;
    SpoolEntry entry;
    std::string next_source_key;  // Of one more push.
  };

  absl::StatusOr<std::optional<Known>> LatestPush(const std::string& sha256) {
    std::optional<Known> latest;
    std::string key = sha256;
    for (int pushes = 2;; ++pushes) {
      RECOUP_ASSIGN_OR_RETURN(std::optional<SpoolEntry> entry, spool_.Find(key));
      if (!entry.has_value()) return latest;
      std::string next = absl::StrCat(sha256, "/", pushes);
      latest = Known{std::move(key), *std::move(entry), next};
      key = std::move(next);
    }
  }

  // The hub knows; one that does not answer leaves it open.
  absl::Status TellWhetherWithdrawn(PushedDocument& document) {
    document.state = PushState::kAlreadyPushed;
    if (document.answer.court_case().empty()) return absl::OkStatus();
    if (hub_ == nullptr) {
      RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context_));
      hub_ = std::make_unique<CourtHub>(std::move(hub));
    }
    if (hub_is_away_) return absl::OkStatus();
    const auto court_case = hub_->GetCase(document.answer.court_case());
    hub_is_away_ =
        !court_case.ok() && adapters::ExitCodeOf(court_case.status()) == ExitCode::kHubUnavailable;
    if (court_case.ok() && court_case->state() == v1::COURT_CASE_STATE_WITHDRAWN) {
      document.state = PushState::kWithdrawn;
    }
    return absl::OkStatus();
  }

  static Item Unread(Item item, absl::Status error) {
    item.document.state = PushState::kUnread;
    item.document.error = std::move(error);
    return item;
  }

  absl::StatusOr<Item> Check(Item item, v1::PushCourtCaseRequest request) {
    if (!check_) {
      RECOUP_ASSIGN_OR_RETURN(check_, OpenCourtSender(context_));
    }
    request.set_validate_only(true);
    const absl::StatusOr<std::string> answer =
        check_(kPushCourtCase, request.SerializeAsString(), context_.NextRequestId());
    if (!answer.ok()) {
      item.document.error = answer.status();
      item.document.state = adapters::ExitCodeOf(answer.status()) == ExitCode::kHubUnavailable
                                ? PushState::kWaiting
                                : PushState::kRefused;
      return item;
    }
    item.document.state = PushState::kChecked;
    if (!item.document.answer.ParseFromString(*answer)) {
      return MakeError(Reason::kInternal, "the hub's answer cannot be read");
    }
    return item;
  }

  void FillFromEntry(const SpoolEntry& entry, PushedDocument& document) const {
    document.case_number = entry.spooled.item.order_key;
    v1::PushCourtCaseRequest request;
    if (request.ParseFromString(entry.spooled.item.payload)) document.consent = request.consent();
    switch (entry.state) {
      case SpoolState::kWaiting:
        document.state = PushState::kWaiting;
        return;
      case SpoolState::kRefused:
        document.state = PushState::kRefused;
        document.error = entry.error;
        return;
      case SpoolState::kDelivered:
        document.state = PushState::kPushed;
        document.answer.ParseFromString(entry.answer);
        document.receipt_file =
            mapping::ReceiptFile(ReceiptDirectory(context_), request.elements()).string();
        return;
    }
    RECOUP_CHECK(false);
  }

  const PushOptions& options_;
  CommandContext& context_;
  const crypto::SigningKey& key_;
  adapters::Spool& spool_;
  adapters::Send check_;
  std::unique_ptr<CourtHub> hub_;  // Once something was pushed before.
  bool hub_is_away_ = false;
};

absl::Status DeliverAll(std::vector<Item>& items, adapters::Spool& spool, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const adapters::Send send, OpenCourtSender(context));
  RECOUP_ASSIGN_OR_RETURN(const adapters::DeliveryPass pass,
                          adapters::DeliverNow(spool, send, context));
  for (Item& item : items) {
    if (item.document.state == PushState::kWaiting) item.document.error = pass.transient;
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view Name(PushState state) {
  switch (state) {
    case PushState::kPushed:
      return "PUSHED";
    case PushState::kAlreadyPushed:
      return "ALREADY_PUSHED";
    case PushState::kWithdrawn:
      return "WITHDRAWN";
    case PushState::kChecked:
      return "CHECKED";
    case PushState::kWaiting:
      return "WAITING";
    case PushState::kRefused:
      return "REFUSED";
    case PushState::kUnread:
      return "UNREAD";
  }
  RECOUP_CHECK(false);
}

std::string_view InChinese(PushState state) {
  switch (state) {
    case PushState::kPushed:
      return "已推送";
    case PushState::kAlreadyPushed:
      return "此前已推送，未重复推送";
    case PushState::kWithdrawn:
      return "此前已推送，案件已撤回，未重复推送";
    case PushState::kChecked:
      return "校验通过，未推送";
    case PushState::kWaiting:
      return "平台暂未应答";
    case PushState::kRefused:
      return "被平台拒绝";
    case PushState::kUnread:
      return "无法读取或推送";
  }
  RECOUP_CHECK(false);
}

std::string GradeName(v1::Grade grade) {
  if (grade == v1::GRADE_NO_ADVANCE) return std::string(Name(Grade::kNoAdvance));
  if (grade == v1::GRADE_ADVANCE_REPAID) return std::string(Name(Grade::kAdvanceRepaid));
  if (grade == v1::GRADE_ADVANCE_OUTSTANDING) return std::string(Name(Grade::kAdvanceOutstanding));
  return "";
}

mapping::Sentences SentencesPolicy(CommandContext& context) {
  return context.config().Boolean("court.push_sentences") ? mapping::Sentences::kGo
                                                          : mapping::Sentences::kStay;
}

absl::StatusOr<std::vector<PushedDocument>> PushDocuments(const PushOptions& options,
                                                          CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::BuiltIn());
  RECOUP_ASSIGN_OR_RETURN(const crypto::SigningKey key, LoadSigningKey(context));
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<adapters::Spool> spool,
                          adapters::OpenSpool(context));
  Pusher pusher(options, context, key, *spool);
  std::vector<Item> items;
  adapters::Progress progress({.what = "文书", .is_terminal = context.err_is_terminal()},
                              context.clock(), context.err());
  ReadingOptions reading;
  reading.threads = ThreadsOfThisMachine();
  // What may be pushed anew is read again.
  reading.is_known = [&spool, &options](const crypto::Digest& sha256) {
    if (options.anew) return false;
    const auto entry = spool->Find(crypto::ToHex(sha256));
    return entry.ok() && entry->has_value();
  };
  SourceQueue queue(options.files, std::cin);
  const auto take = [&](std::vector<DocumentRead> documents, std::int64_t known) -> absl::Status {
    progress.SetTotal(known);
    for (DocumentRead& document : documents) {
      absl::StatusOr<Item> item = pusher.Take(std::move(document));
      if (!item.ok()) return item.status();
      items.push_back(*std::move(item));
    }
    progress.Add(1);
    return absl::OkStatus();
  };
  RECOUP_RETURN_IF_ERROR(ReadAllDocuments(queue, rules, reading, take));
  progress.Finish();
  if (!context.validate_only()) {
    RECOUP_RETURN_IF_ERROR(DeliverAll(items, *spool, context));
    for (Item& item : items) RECOUP_RETURN_IF_ERROR(pusher.Update(item));
  }
  std::vector<PushedDocument> documents;
  for (Item& item : items) documents.push_back(std::move(item.document));
  return documents;
}

// A hub that is away comes first, since trying again then helps; a document that cannot be read
// counts as refused beside others and as a wrong input where there is nothing else.
ExitCode ExitCodeOf(const std::vector<PushedDocument>& documents) {
  std::size_t good = 0;
  std::size_t refused = 0;
  std::size_t unread = 0;
  for (const PushedDocument& document : documents) {
    switch (document.state) {
      case PushState::kPushed:
      case PushState::kAlreadyPushed:
      case PushState::kWithdrawn:
      case PushState::kChecked:
        ++good;
        break;
      case PushState::kWaiting:
        return ExitCode::kHubUnavailable;
      case PushState::kRefused:
        ++refused;
        break;
      case PushState::kUnread:
        ++unread;
        break;
    }
  }
  if (refused + unread == 0) return ExitCode::kOk;
  if (good > 0) return ExitCode::kPartlyRefused;
  return refused > 0 ? ExitCode::kRefused : ExitCode::kUsage;
}

}  // namespace recoup::court
