#include "adapters/common/spool_program.h"

#include <limits>

#include "adapters/common/error_text.h"
#include "adapters/common/format.h"
#include "adapters/common/phrases.h"
#include "adapters/common/table.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::adapters {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kRefusedMax = 1000;

ExitCode ExitCodeOf(const DeliveryPass& pass) {
  if (!pass.transient.ok()) return ExitCode::kHubUnavailable;
  if (pass.refused == 0) return ExitCode::kOk;
  return pass.delivered > 0 ? ExitCode::kPartlyRefused : ExitCode::kRefused;
}

Json RefusedAsJson(const RefusedItem& refused) {
  Json item;
  item["sequence"] = refused.spooled.sequence;
  item["kind"] = refused.spooled.item.kind;
  item["source_key"] = refused.spooled.item.source_key;
  item["order_key"] = refused.spooled.item.order_key;
  item["request_id"] = refused.spooled.item.request_id.ToUuid();
  item["enqueued_time"] = FormatChinaTime(refused.spooled.enqueued_time);
  item["refused_time"] = FormatChinaTime(refused.refused_time);
  item["error"] = Json::parse(ErrorAsJson(refused.error))["error"];
  return item;
}

void PrintPass(const DeliveryPass& pass, CommandContext& context) {
  if (context.json()) {
    context.out() << Json{{"delivered", pass.delivered},
                          {"refused", pass.refused},
                          {"hub_answered", pass.transient.ok()}}
                         .dump()
                  << '\n';
    return;
  }
  context.out() << "已送达 " << pass.delivered << " 条，被拒绝 " << pass.refused << " 条";
  if (!pass.transient.ok()) {
    context.out() << "；系统暂未应答（" << ReasonName(ReasonOf(pass.transient))
                  << "），其余仍在待发队列中";
  }
  context.out() << '\n';
}

}  // namespace

absl::StatusOr<std::unique_ptr<Spool>> OpenSpool(CommandContext& context) {
  const config::Config& config = context.config();
  SpoolOptions options;
  options.alert_starts_at = config.Integer("spool.alert_starts_at");
  options.alert_clears_at = config.Integer("spool.alert_clears_at");
  const Log& log = context.log();
  options.on_alert = [&log](QueueAlert alert, std::int64_t waiting) {
    if (alert == QueueAlert::kStarted) {
      log.Warning("spool queue is long", {{"waiting", waiting}});
    } else {
      log.Info("spool queue is short again", {{"waiting", waiting}});
    }
  };
  absl::StatusOr<std::unique_ptr<Spool>> spool =
      Spool::Open(config.Path("spool.file").string(), std::move(options), context.clock());
  if (!spool.ok()) return AsUsageError(spool.status());
  return spool;
}

absl::StatusOr<DeliveryPass> DeliverNow(Spool& spool, const Send& send, CommandContext& context) {
  DeliveryOptions options;
  options.retention = context.config().Duration("spool.retention");
  Delivery delivery(spool, send, options, context.clock(), context.sleeper(), context.random(),
                    context.log());
  return delivery.Drain(1);
}

absl::StatusOr<Submitted> Submit(Spool& spool, const SpoolItem& item, OpenSender open_sender,
                                 CommandContext& context) {
  Submitted submitted;
  std::string source_key = item.source_key;
  RECOUP_ASSIGN_OR_RETURN(Enqueued enqueued, spool.Enqueue(item));
  if (enqueued.already_there) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<SpoolEntry> known, spool.Find(source_key));
    if (!known.has_value()) {
      // The same was dropped by a person before; asking for it again is a new decision.
      SpoolItem again = item;
      again.source_key = absl::StrCat(item.source_key, "/again/", item.request_id.ToUuid());
      source_key = again.source_key;
      RECOUP_ASSIGN_OR_RETURN(enqueued, spool.Enqueue(again));
    }
  }
  submitted.already_there = enqueued.already_there;
  RECOUP_ASSIGN_OR_RETURN(const Send send, open_sender(context));
  RECOUP_RETURN_IF_ERROR(DeliverNow(spool, send, context).status());
  RECOUP_ASSIGN_OR_RETURN(std::optional<SpoolEntry> entry, spool.Find(source_key));
  if (!entry.has_value()) return MakeError(Reason::kInternal, "the spool lost an item");
  submitted.entry = *std::move(entry);
  return submitted;
}

ExitCode ExitCodeOf(const SpoolEntry& entry) {
  switch (entry.state) {
    case SpoolState::kWaiting:
      return entry.held_by == 0 ? ExitCode::kHubUnavailable : ExitCode::kRefused;
    case SpoolState::kDelivered:
      return ExitCode::kOk;
    case SpoolState::kRefused:
      return ExitCode::kRefused;
  }
  RECOUP_CHECK(false);
}

std::string WhyItWaitsInChinese(const SpoolEntry& waiting) {
  const std::string kept = absl::StrCat("已存入待发队列第 ", waiting.spooled.sequence, " 条；");
  if (waiting.held_by == 0)
    return absl::StrCat("平台暂未应答，", kept, "平台恢复后用 deliver 发送");
  return absl::StrCat("尚未发送，", kept, "同一事项的第 ", waiting.held_by,
                      " 条此前被平台拒绝，先用 retry ", waiting.held_by, " 重发或用 drop ",
                      waiting.held_by, " 放弃，再用 deliver 发送");
}

std::string_view SpoolStateInChinese(SpoolState state) {
  switch (state) {
    case SpoolState::kWaiting:
      return "待发送";
    case SpoolState::kDelivered:
      return "已送达";
    case SpoolState::kRefused:
      return "被拒绝";
  }
  RECOUP_CHECK(false);
}

CommandResult RunSpoolStatus(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<Spool> spool, OpenSpool(context));
  RECOUP_ASSIGN_OR_RETURN(const SpoolCounts counts, spool->Counts());
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RefusedItem> refused, spool->ListRefused(kRefusedMax));
  if (context.json()) {
    Json status{{"waiting", counts.waiting},
                {"delivered", counts.delivered},
                {"refused", counts.refused},
                {"dropped", counts.dropped},
                {"refused_items", Json::array()}};
    for (const RefusedItem& item : refused) status["refused_items"].push_back(RefusedAsJson(item));
    context.out() << status.dump() << '\n';
    return ExitCode::kOk;
  }
  context.out() << "待发送 " << counts.waiting << "，已送达 " << counts.delivered << "，被拒绝 "
                << counts.refused << "，已放弃 " << counts.dropped << '\n';
  if (refused.empty()) return ExitCode::kOk;
  Table table({{"序号", Align::kRight}, {"内容"}, {"编号"}, {"拒绝时间"}, {"原因"}});
  for (const RefusedItem& item : refused) {
    const SpoolItem& spooled = item.spooled.item;
    table.AddRow({std::to_string(item.spooled.sequence), InChinese(spooled.kind),
                  spooled.order_key.empty() ? spooled.source_key : spooled.order_key,
                  FormatChinaTime(item.refused_time), ErrorInACell(item.error)});
  }
  context.out() << table.Render() << "用 retry 重发，或用 drop 放弃。\n";
  return ExitCode::kOk;
}

void DeclareRetry(CLI::App& app, RetryCommandOptions& options) {
  app.add_option("SEQUENCE", options.sequences, "序号，见 status / Numbers, see status");
  app.add_flag("--all", options.all, "全部被拒绝的内容 / Everything that was refused");
}

CommandResult RunRetry(const RetryCommandOptions& options, CommandContext& context,
                       OpenSender open_sender) {
  if (options.all == !options.sequences.empty()) {
    return AsUsageError(MakeError(Reason::kInvalidArgument, "give either numbers or --all"));
  }
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<Spool> spool, OpenSpool(context));
  std::vector<std::int64_t> sequences = options.sequences;
  if (options.all) {
    RECOUP_ASSIGN_OR_RETURN(const auto refused,
                            spool->ListRefused(std::numeric_limits<std::int32_t>::max()));
    for (const RefusedItem& item : refused) sequences.push_back(item.spooled.sequence);
  }
  for (const std::int64_t sequence : sequences) {
    RECOUP_RETURN_IF_ERROR(spool->Retry(sequence, context.NextRequestId()));
  }
  RECOUP_ASSIGN_OR_RETURN(const Send send, open_sender(context));
  RECOUP_ASSIGN_OR_RETURN(const DeliveryPass pass, DeliverNow(*spool, send, context));
  PrintPass(pass, context);
  return ExitCodeOf(pass);
}

void DeclareDrop(CLI::App& app, DropCommandOptions& options) {
  app.add_option("SEQUENCE", options.sequence, "序号，见 status / Number, see status")->required();
  app.add_option("--reason", options.reason, "原因 / Why")->required();
}

CommandResult RunDrop(const DropCommandOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<Spool> spool, OpenSpool(context));
  RECOUP_RETURN_IF_ERROR(spool->Drop(options.sequence, options.reason));
  if (context.json()) {
    context.out() << Json{{"dropped", options.sequence}}.dump() << '\n';
  } else {
    context.out() << "已放弃第 " << options.sequence << " 条\n";
  }
  return ExitCode::kOk;
}

CommandResult RunDeliver(CommandContext& context, OpenSender open_sender) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<Spool> spool, OpenSpool(context));
  RECOUP_ASSIGN_OR_RETURN(const Send send, open_sender(context));
  RECOUP_ASSIGN_OR_RETURN(const DeliveryPass pass, DeliverNow(*spool, send, context));
  PrintPass(pass, context);
  return ExitCodeOf(pass);
}

}  // namespace recoup::adapters
