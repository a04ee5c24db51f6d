// recoup-insurer batch create, close, cancel, list, show, lines: settlement batches.
//
// Created by one person and closed by another: each uses a certificate that names them. Nothing
// goes through the spool, since both want the hub's answer before they do anything else.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/program/commands.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::insurer {
namespace {

using adapters::Align;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::FormatYuan;
using adapters::HubSession;

// "310115-310" → "pools/310115-310"
std::string BatchPoolName(const std::string& text) {
  return text.empty() || absl::StartsWith(text, "pools/") ? text : absl::StrCat("pools/", text);
}

std::string BatchForPeople(const v1::SettlementBatch& batch) {
  std::string out =
      absl::StrCat(batch.name(), "\n状态    ", std::string(mapping::InChinese(batch.state())),
                   "\n收款账户所属 ", batch.collecting_pool(), "\n");
  if (!batch.reference().empty()) absl::StrAppend(&out, "付款附言 ", batch.reference(), "\n");
  absl::StrAppend(&out, "追偿函  ", batch.line_count(), " 份\n金额    ",
                  FormatYuan(batch.gross_fen()), " 元\n抵扣退款 ", FormatYuan(batch.netted_fen()),
                  " 元\n应付    ", FormatYuan(batch.net_fen()), " 元\n经办    ", batch.created_by(),
                  "\n");
  if (!batch.cut_by().empty()) absl::StrAppend(&out, "复核    ", batch.cut_by(), "\n");
  if (!batch.cancelled_by().empty()) {
    absl::StrAppend(&out, "取消    ", batch.cancelled_by(), "：", batch.reason(), "\n");
  }
  if (batch.state() == v1::SETTLEMENT_BATCH_STATE_RETURNED &&
      !batch.cancel_requested_by().empty()) {
    absl::StrAppend(&out, "申请取消 ", batch.cancel_requested_by(), "：", batch.reason(),
                    "（须由另一人再次执行 batch cancel 方取消）\n");
  }
  if (batch.parts().empty()) return out;
  adapters::Table table({{"基金"},
                         {"截止事件", Align::kRight},
                         {"份数", Align::kRight},
                         {"金额（元）", Align::kRight},
                         {"抵扣（元）", Align::kRight},
                         {"应付（元）", Align::kRight},
                         {"完成"}});
  for (const v1::SettlementBatchPart& part : batch.parts()) {
    table.AddRow(
        {part.pool(), part.event_sequence() == 0 ? "" : absl::StrCat(part.event_sequence()),
         absl::StrCat(part.line_count()), FormatYuan(part.gross_fen()),
         FormatYuan(part.netted_fen()), FormatYuan(part.net_fen()), part.done() ? "是" : ""});
  }
  return out + table.Render();
}

template <typename Response>
CommandResult BatchAnswer(const Response& answer, std::string_view done, CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
  } else {
    context.out() << (context.validate_only() ? "校验通过，未记录" : done) << '\n'
                  << BatchForPeople(answer.settlement_batch());
  }
  return ExitCode::kOk;
}

struct BatchCreateOptions {
  std::string collecting_pool;
  std::vector<std::string> pools;
};

void DeclareBatchCreate(CLI::App& app, BatchCreateOptions& options) {
  app.add_option("--collecting-pool", options.collecting_pool,
                 "收款账户所属基金 / The pool whose account gets the payment")
      ->required();
  app.add_option("--pool", options.pools, "只含此基金，可重复 / Only these pools; may be repeated");
}

CommandResult RunBatchCreate(const BatchCreateOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::CreateSettlementBatchRequest request;
  request.set_collecting_pool(BatchPoolName(options.collecting_pool));
  for (const std::string& pool : options.pools) request.add_pools(BatchPoolName(pool));
  RECOUP_ASSIGN_OR_RETURN(const v1::CreateSettlementBatchResponse answer,
                          hub.Mutate<v1::CreateSettlementBatchResponse>(
                              "ReconciliationService.CreateSettlementBatch", std::move(request)));
  return BatchAnswer(answer, "已创建，待另一人截止；以下为此刻截止时的数额", context);
}

struct BatchNameOptions {
  std::string name;
  std::string etag;
  std::string reason;
};

void DeclareBatchName(CLI::App& app, BatchNameOptions& options) {
  app.add_option("BATCH", options.name, "结算批次 / The batch")->required();
}
void DeclareBatchClose(CLI::App& app, BatchNameOptions& options) {
  DeclareBatchName(app, options);
  app.add_option("--etag", options.etag, "上次读到的版本 / The etag last read");
}
void DeclareBatchCancel(CLI::App& app, BatchNameOptions& options) {
  DeclareBatchClose(app, options);
  app.add_option("--reason", options.reason, "原因 / Why")->required();
}

CommandResult RunBatchClose(const BatchNameOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::CloseSettlementBatchRequest request;
  request.set_name(options.name);
  request.set_etag(options.etag);
  RECOUP_ASSIGN_OR_RETURN(const v1::CloseSettlementBatchResponse answer,
                          hub.Mutate<v1::CloseSettlementBatchResponse>(
                              "ReconciliationService.CloseSettlementBatch", std::move(request)));
  return BatchAnswer(answer, "已截止；请一笔付清应付金额，附言写明付款附言", context);
}

CommandResult RunBatchCancel(const BatchNameOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::CancelSettlementBatchRequest request;
  request.set_name(options.name);
  request.set_etag(options.etag);
  request.set_reason(options.reason);
  RECOUP_ASSIGN_OR_RETURN(const v1::CancelSettlementBatchResponse answer,
                          hub.Mutate<v1::CancelSettlementBatchResponse>(
                              "ReconciliationService.CancelSettlementBatch", std::move(request)));
  const bool asked = answer.settlement_batch().state() == v1::SETTLEMENT_BATCH_STATE_RETURNED;
  return BatchAnswer(answer,
                     asked ? "已登记取消申请，尚未取消；银行退回的批次须由另一人确认"
                           : "已取消；各基金下次对账时释放其中的追偿函",
                     context);
}

CommandResult RunBatchShow(const BatchNameOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::GetSettlementBatchRequest request;
  request.set_name(options.name);
  RECOUP_ASSIGN_OR_RETURN(
      const v1::GetSettlementBatchResponse answer,
      hub.Ask<v1::GetSettlementBatchResponse>("ReconciliationService.GetSettlementBatch", request));
  context.out() << (context.json() ? adapters::ProtoAsJson(answer)
                                   : BatchForPeople(answer.settlement_batch()));
  return ExitCode::kOk;
}

struct BatchListOptions {};

void DeclareBatchList(CLI::App&, BatchListOptions&) {}

CommandResult RunBatchList(const BatchListOptions&, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(
      const v1::ListSettlementBatchesResponse all,
      hub.AskAllPages<v1::ListSettlementBatchesResponse>(
          "ReconciliationService.ListSettlementBatches", v1::ListSettlementBatchesRequest()));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(all);
    return ExitCode::kOk;
  }
  adapters::Table table({{"结算批次"},
                         {"状态"},
                         {"付款附言"},
                         {"份数", Align::kRight},
                         {"应付（元）", Align::kRight}});
  for (const v1::SettlementBatch& batch : all.settlement_batches()) {
    table.AddRow({batch.name(), std::string(mapping::InChinese(batch.state())), batch.reference(),
                  absl::StrCat(batch.line_count()), FormatYuan(batch.net_fen())});
  }
  context.out() << (all.settlement_batches().empty() ? "没有结算批次\n" : table.Render());
  return ExitCode::kOk;
}

struct BatchLinesOptions {
  std::string name;
  std::string pool;
};

void DeclareBatchLines(CLI::App& app, BatchLinesOptions& options) {
  app.add_option("BATCH", options.name, "结算批次 / The batch")->required();
  app.add_option("--pool", options.pool, "只看此基金 / Only of this pool");
}

// A page at a time: a batch may have a million lines.
CommandResult RunBatchLines(const BatchLinesOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::ListSettlementBatchLinesRequest request;
  request.set_settlement_batch(options.name);
  request.set_pool(BatchPoolName(options.pool));
  request.set_page_size(1000);
  if (!context.json()) context.out() << "付款参考号\t赔案号\t金额（元）\t已付\t追偿函\n";
  do {
    RECOUP_ASSIGN_OR_RETURN(const v1::ListSettlementBatchLinesResponse page,
                            hub.Ask<v1::ListSettlementBatchLinesResponse>(
                                "ReconciliationService.ListSettlementBatchLines", request));
    for (const v1::SettlementBatchLine& line : page.settlement_batch_lines()) {
      if (context.json()) {
        context.out() << adapters::ProtoAsJson(line);
      } else {
        context.out() << line.reference() << '\t' << line.claim_number() << '\t'
                      << FormatYuan(line.amount_fen()) << '\t' << (line.paid() ? "是" : "否")
                      << '\t' << line.demand() << '\n';
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return ExitCode::kOk;
}

}  // namespace

void AddBatchCommands(adapters::Program& program) {
  CLI::App& group = program.AddGroup(program.root(), "batch", "结算批次", "Settlement batches");
  using adapters::Effect;
  program.AddCommand<BatchCreateOptions>(
      group,
      {.name = "create",
       .zh = "创建结算批次：一笔付清多个基金的多份追偿函",
       .en = "Create a batch: pay many demands of many pools in one sum",
       .examples = {{.command = "recoup-insurer batch create --collecting-pool 310115-310",
                     .says = "含所有已认可未付的追偿函"}},
       .effect = Effect::kOneRequest},
      DeclareBatchCreate, RunBatchCreate);
  program.AddCommand<BatchNameOptions>(
      group,
      {.name = "close",
       .zh = "截止批次（须另一人），取得付款附言与应付金额",
       .en = "Close a batch that somebody else created; gives reference and amount",
       .examples = {{.command = "recoup-insurer batch close settlementBatches/huaan.01jx…",
                     .says = "此后认可的归入下一批次"}},
       .effect = Effect::kOneRequest},
      DeclareBatchClose, RunBatchClose);
  program.AddCommand<BatchNameOptions>(
      group,
      {.name = "cancel",
       .zh = "取消尚未付款的批次",
       .en = "Cancel a batch that is not paid",
       .examples = {{.command = "recoup-insurer batch cancel settlementBatches/huaan.01jx… "
                                "--reason 改为逐笔支付",
                     .says = "其中的追偿函可另行支付"}},
       .effect = Effect::kOneRequest},
      DeclareBatchCancel, RunBatchCancel);
  program.AddCommand<BatchListOptions>(
      group,
      {.name = "list",
       .zh = "列出结算批次",
       .en = "List settlement batches",
       .examples = {{.command = "recoup-insurer batch list", .says = "状态与应付金额"}}},
      DeclareBatchList, RunBatchList);
  program.AddCommand<BatchNameOptions>(
      group,
      {.name = "show",
       .zh = "查看批次及各基金的份额",
       .en = "Show a batch and what each pool has in it",
       .examples = {{.command = "recoup-insurer batch show settlementBatches/huaan.01jx…",
                     .says = "未截止的显示此刻的数额"}}},
      DeclareBatchName, RunBatchShow);
  program.AddCommand<BatchLinesOptions>(
      group,
      {.name = "lines",
       .zh = "逐份列出批次中的追偿函",
       .en = "List the lines of a batch",
       .examples = {{.command = "recoup-insurer batch lines settlementBatches/huaan.01jx…",
                     .says = "制表符分隔，可另存"}}},
      DeclareBatchLines, RunBatchLines);
}

}  // namespace recoup::insurer
