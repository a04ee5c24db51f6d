// ReconciliationService, settlement batches as fund officers see them: what their pool has in each,
// and what a collecting pool hands on to others.
#include "ctl/online_commands.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::ctl {

void AddBatchCommands(adapters::Program& program) {
  CLI::App& batch = Group(program, "batch", "结算批次", "Settlement batches of insurers");
  AddRpcCommand(
      program, batch,
      {.name = "list",
       .zh = "列出本基金参与或代收的结算批次",
       .en = "List the settlement batches in which the pool has a part, or which it collects",
       .examples = {{"recoupctl batch list --state closed", "待付款的"}}},
      RpcOf("ReconciliationService.ListSettlementBatches"));
  AddRpcCommand(program, batch,
                {.name = "show",
                 .zh = "查看结算批次中本基金的份额；代收的还显示应划转他池的金额",
                 .en = "Show the pool's part of a batch, and what it has to hand on",
                 .examples = {{"recoupctl batch show settlementBatches/huaan.01jx…", ""}}},
                RpcOf("ReconciliationService.GetSettlementBatch"), {.argument = "name"});
  AddRpcCommand(
      program, batch,
      {.name = "lines",
       .zh = "列出批次中本基金的追偿函",
       .en = "List the pool's lines of a batch",
       .examples = {{"recoupctl batch lines settlementBatches/huaan.01jx… --pool 310115-310", ""}}},
      RpcOf("ReconciliationService.ListSettlementBatchLines"), {.argument = "settlement_batch"});
}

}  // namespace recoup::ctl
