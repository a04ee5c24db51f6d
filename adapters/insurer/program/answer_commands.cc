// recoup-insurer acknowledge, accept, dispute, confirm: kept in the spool, so that none is lost.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/spool_program.h"
#include "adapters/insurer/mapping/answers.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/demand_report.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "adapters/insurer/program/submit.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"

namespace recoup::insurer {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using domain::Money;

void SetNow(CommandContext& context, google::protobuf::Timestamp& to) {
  const absl::Time now = context.clock().Now();
  to.set_seconds(absl::ToUnixSeconds(now));
}

// References need the hub; a full name does not, so that an answer can be given while it is away.
absl::StatusOr<std::string> NameOf(const std::string& demand, CommandContext& context) {
  if (mapping::PoolOfDemand(demand).has_value()) return demand;
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  return hub.DemandName(demand);
}

absl::StatusOr<Money> AmountOf(const std::string& text, std::string_view option) {
  absl::StatusOr<Money> amount = Money::FromYuan(text);
  if (amount.ok() && !amount->is_negative()) return amount;
  Faults faults;
  faults.Add(std::string(option), "must be an amount in yuan");
  return adapters::AsUsageError(faults.ToStatus());
}

template <typename Response, typename Request>
CommandResult SendAnswer(std::string_view verb, const char* kind, const Request& without_time,
                         const Request& request, CommandContext& context) {
  Submission submission;
  submission.source_key = mapping::SourceKeyOf(verb, request.name(), without_time);
  submission.kind = kind;
  submission.order_key = request.name();
  return SubmitAndReport<Response>(
      std::move(submission), request,
      [](const Response& answer) { return DemandForPeople(answer.demand()); }, context);
}

struct AnswerOptions {
  std::string demand;
  std::string etag;
};

void DeclareAnswer(CLI::App& app, AnswerOptions& options) {
  app.add_option("DEMAND", options.demand,
                 "pools/…/demands/… 或付款参考号 / Name or payment reference")
      ->required();
  app.add_option("--etag", options.etag,
                 "只在追偿函未变时才处理 / Only if the demand has not changed since");
}

struct AcknowledgeOptions : AnswerOptions {
  std::string claim_number;
};

void DeclareAcknowledge(CLI::App& app, AcknowledgeOptions& options) {
  DeclareAnswer(app, options);
  app.add_option("--claim-number", options.claim_number, "本公司赔案号 / Own claim number");
}

CommandResult RunAcknowledge(const AcknowledgeOptions& options, CommandContext& context) {
  v1::AcknowledgeDemandRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), NameOf(options.demand, context));
  request.set_etag(options.etag);
  request.set_claim_number(options.claim_number);
  const v1::AcknowledgeDemandRequest without_time = request;
  SetNow(context, *request.mutable_acknowledged_time());
  return SendAnswer<v1::AcknowledgeDemandResponse>("acknowledge", kAcknowledgeDemand, without_time,
                                                   request, context);
}

struct AcceptOptions : AnswerOptions {
  std::string amount;
  std::string text;
};

void DeclareAccept(CLI::App& app, AcceptOptions& options) {
  DeclareAnswer(app, options);
  app.add_option(
      "--amount", options.amount,
      "认可的金额（元）；不给则认可全部未付金额 / Accepted amount; else all that is open");
  app.add_option("--text", options.text, "说明；只认可一部分时必填 / Why only a part");
}

CommandResult RunAccept(const AcceptOptions& options, CommandContext& context) {
  v1::AcceptDemandRequest request;
  if (!options.amount.empty()) {
    RECOUP_ASSIGN_OR_RETURN(const Money amount, AmountOf(options.amount, "--amount"));
    request.set_amount_fen(amount.fen());
  }
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), NameOf(options.demand, context));
  request.set_etag(options.etag);
  request.set_text(options.text);
  const v1::AcceptDemandRequest without_time = request;
  SetNow(context, *request.mutable_accepted_time());
  return SendAnswer<v1::AcceptDemandResponse>("accept", kAcceptDemand, without_time, request,
                                              context);
}

struct DisputeOptions : AnswerOptions {
  std::vector<std::string> lines;
  std::string reason;
  std::string text;
};

void DeclareDispute(CLI::App& app, DisputeOptions& options) {
  DeclareAnswer(app, options);
  app.add_option("--line", options.lines,
                 "垫付=异议金额=理由，可多次；其余金额即为认可 / ADVANCE=AMOUNT=REASON, "
                 "repeatable; the rest is accepted");
  app.add_option("--reason", options.reason,
                 "对全部明细以此理由提出异议 / Dispute every line in full for this reason: "
                 "not-caused-by-accident, liability-share, limit-exhausted, already-paid, "
                 "not-covered, amount-wrong, wrong-debtor, other");
  app.add_option("--text", options.text, "说明 / What is said about the whole");
}

absl::StatusOr<std::vector<v1::DisputedLine>> LinesOf(const DisputeOptions& options,
                                                      CommandContext& context) {
  if (options.lines.empty() == options.reason.empty()) {
    return adapters::AsUsageError(
        MakeError(Reason::kInvalidArgument, "give either --line or --reason"));
  }
  if (options.reason.empty()) {
    absl::StatusOr<std::vector<v1::DisputedLine>> lines = mapping::DisputedLinesFrom(options.lines);
    if (!lines.ok()) return adapters::AsUsageError(lines.status());
    return lines;
  }
  const std::optional<v1::DisputeReason> reason = mapping::DisputeReasonFrom(options.reason);
  if (!reason.has_value()) {
    Faults faults;
    faults.Add("--reason", "unknown");
    return adapters::AsUsageError(faults.ToStatus());
  }
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::Demand demand, hub.GetDemand(options.demand));
  return mapping::AllLinesOf(demand, *reason);
}

CommandResult RunDispute(const DisputeOptions& options, CommandContext& context) {
  v1::DisputeDemandRequest request;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::DisputedLine> lines, LinesOf(options, context));
  for (const v1::DisputedLine& line : lines) *request.add_lines() = line;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), NameOf(options.demand, context));
  request.set_etag(options.etag);
  request.set_text(options.text);
  const v1::DisputeDemandRequest without_time = request;
  SetNow(context, *request.mutable_disputed_time());
  return SendAnswer<v1::DisputeDemandResponse>("dispute", kDisputeDemand, without_time, request,
                                               context);
}

struct ConfirmOptions : AnswerOptions {
  std::string received;
};

void DeclareConfirm(CLI::App& app, ConfirmOptions& options) {
  DeclareAnswer(app, options);
  app.add_option(
      "--received", options.received,
      "本公司账上已付金额（元）；不给则取平台所示到账金额 / Amount held to be paid; else "
      "what the hub shows as received");
}

CommandResult RunConfirm(const ConfirmOptions& options, CommandContext& context) {
  v1::ConfirmRepaymentRequest request;
  if (options.received.empty()) {
    RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
    RECOUP_ASSIGN_OR_RETURN(const v1::Demand demand, hub.GetDemand(options.demand));
    request.set_name(demand.name());
    request.set_received_fen(demand.applied_fen());
  } else {
    RECOUP_ASSIGN_OR_RETURN(const Money received, AmountOf(options.received, "--received"));
    request.set_received_fen(received.fen());
    RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), NameOf(options.demand, context));
  }
  request.set_etag(options.etag);
  const v1::ConfirmRepaymentRequest without_time = request;
  SetNow(context, *request.mutable_confirmed_time());
  return SendAnswer<v1::ConfirmRepaymentResponse>("confirm", kConfirmRepayment, without_time,
                                                  request, context);
}

}  // namespace

void AddAnswerCommands(adapters::Program& program) {
  CLI::App& root = program.root();
  program.AddCommand<AcknowledgeOptions>(root,
                                         {.name = "acknowledge",
                                          .zh = "签收追偿函；签收不等于认可",
                                          .en = "Confirm receipt of a demand; no acceptance",
                                          .effect = Effect::kManyRequests},
                                         DeclareAcknowledge, RunAcknowledge);
  program.AddCommand<AcceptOptions>(
      root,
      {.name = "accept",
       .zh = "认可追偿函，全部或部分",
       .en = "Accept a demand, whole or in part",
       .examples = {{.command = "recoup-insurer accept RF18539007547034",
                     .says = "认可全部未付金额"}},
       .effect = Effect::kManyRequests},
      DeclareAccept, RunAccept);
  program.AddCommand<DisputeOptions>(
      root,
      {.name = "dispute",
       .zh = "对追偿函或其明细提出异议",
       .en = "Dispute a demand or lines of it",
       .examples = {{.command = "recoup-insurer dispute pools/310115-310/demands/x --line "
                                "pools/310115-310/advances/y=1200.00=not-caused-by-accident",
                     .says = "对一笔垫付的一部分提出异议"}},
       .effect = Effect::kManyRequests},
      DeclareDispute, RunDispute);
  program.AddCommand<ConfirmOptions>(root,
                                     {.name = "confirm",
                                      .zh = "确认平台所示到账金额无误",
                                      .en = "Confirm what is shown as received",
                                      .effect = Effect::kManyRequests},
                                     DeclareConfirm, RunConfirm);
}

}  // namespace recoup::insurer
