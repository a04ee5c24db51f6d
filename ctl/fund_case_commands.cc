// FundService: advances, leads, recoveries, explanations, interruptions, giving up.
#include "ctl/online_commands.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::ctl {
namespace {

void AddAdvances(adapters::Program& program) {
  CLI::App& advances = Group(program, "advances", "垫付", "Advances");
  AddRpcCommand(program, advances,
                {.name = "list",
                 .zh = "列出垫付",
                 .en = "List advances, oldest first",
                 .examples = {{"recoupctl advances list --states open --pool 310115-310",
                               "在账且未结清的垫付"},
                              {"recoupctl advances list --stage claimed --limit 20",
                               "有金额处于已追偿阶段的前 20 笔"}}},
                RpcOf("FundService.ListAdvances"));
  AddRpcCommand(program, advances,
                {.name = "show",
                 .zh = "查看一笔垫付",
                 .en = "Show one advance, by name or by visit",
                 .examples = {{"recoupctl advances show pools/310115-310/advances/01jx…", "按名称"},
                              {"recoupctl advances show ZY20260301001", "按就诊号"}}},
                RpcOf("FundService.GetAdvance"), {.argument = "name", .lookup = AdvanceByVisit()});
}

void AddLeads(adapters::Program& program) {
  CLI::App& leads = Group(program, "leads", "追偿线索", "Leads");
  AddRpcCommand(program, leads,
                {.name = "list",
                 .zh = "列出线索",
                 .en = "List leads, best first",
                 .examples = {{"recoupctl leads list --state review", "待人工复核的线索"}}},
                RpcOf("FundService.ListLeads"));
  AddRpcCommand(
      program, leads,
      {.name = "show",
       .zh = "查看线索及其候选与理由",
       .en = "Show a lead with its candidates and reasons",
       .examples = {{"recoupctl leads show pools/310115-310/leads/01jx…", "每个候选的得分与依据"}}},
      RpcOf("FundService.GetLead"), {.argument = "name"});
  AddRpcCommand(program, leads,
                {.name = "confirm",
                 .zh = "确认线索：垫付入账，建立追偿案，起草追偿函",
                 .en = "Confirm a candidate: book its advances, open a recovery, draft demands",
                 .examples = {{"recoupctl leads confirm pools/…/leads/01jx… --candidate-id c1 "
                               "--reason 身份证号与事故日期一致",
                               "先加 --dry-run 可只校验"}}},
                RpcOf("FundService.ConfirmLead"), {.argument = "name"});
  AddRpcCommand(program, leads,
                {.name = "reject",
                 .zh = "否定线索",
                 .en = "Reject a lead",
                 .examples = {{"recoupctl leads reject pools/…/leads/01jx… --reason "
                               "同名不同人",
                               "须说明理由"}}},
                RpcOf("FundService.RejectLead"), {.argument = "name"});
}

void AddRecoveries(adapters::Program& program) {
  CLI::App& recoveries = Group(program, "recoveries", "追偿案", "Recoveries");
  AddRpcCommand(program, recoveries,
                {.name = "list",
                 .zh = "列出追偿案",
                 .en = "List recoveries, oldest first",
                 .examples = {{"recoupctl recoveries list --state demanded", "已发出追偿的案件"}}},
                RpcOf("FundService.ListRecoveries"));
  AddRpcCommand(
      program, recoveries,
      {.name = "show",
       .zh = "查看追偿案：义务人、金额、时效与计算说明",
       .en = "Show a recovery: debtors, amounts, clocks, explanation",
       .examples = {{"recoupctl recoveries show pools/…/recoveries/01jx…", "连同各份追偿函"}}},
      RpcOf("FundService.GetRecovery"), {.argument = "name"});
  AddRpcCommand(
      program, recoveries,
      {.name = "timeline",
       .zh = "追偿案的全部经过",
       .en = "All that happened in a recovery, oldest first",
       .examples = {{"recoupctl recoveries timeline pools/…/recoveries/01jx…", "由先到后"}}},
      RpcOf("FundService.GetTimeline"), {.argument = "name"});
  AddRpcCommand(program, recoveries,
                {.name = "open",
                 .zh = "无判决时按认可的责任比例建立追偿案",
                 .en = "Open a recovery without a judgment, by an agreed share",
                 .examples = {{"recoupctl recoveries open --pool 310115-310 --advances "
                               "pools/…/advances/01jx… --accident 2026-03-01 --third-party-kind "
                               "traffic --debtor-shares debtor.kind=insurer,debtor.party="
                               "parties/insurer/huaan,debtor.display_name=华安财险,share=70% "
                               "--reason 交警认定书",
                               "多个垫付或义务人则重复该选项"}}},
                RpcOf("FundService.OpenRecovery"));
}

}  // namespace

Lookup AdvanceByVisit() { return {RpcOf("FundService.ListAdvances"), "visit_id"}; }

void AddFundCaseCommands(adapters::Program& program) {
  AddAdvances(program);
  AddLeads(program);
  AddRecoveries(program);
  AddRpcCommand(program, program.root(),
                {.name = "explain",
                 .zh = "说明一个数额如何算出",
                 .en = "Explain a figure of any resource, step by step",
                 .examples = {{"recoupctl explain pools/…/demands/01jx…", "该函金额的每一步"},
                              {"recoupctl explain pools/…/recoveries/01jx… --figure owed_fen",
                               "应追偿总额"}}},
                RpcOf("FundService.Explain"), {.argument = "name"});
  CLI::App& interruption =
      Group(program, "interruption", "诉讼时效中断", "Interruptions of the limitation period");
  AddRpcCommand(program, interruption,
                {.name = "record",
                 .zh = "登记诉讼时效中断、中止的证据，或程序、障碍的终结",
                 .en = "Record evidence that interrupts or obstructs the limitation period, or "
                       "that a proceeding ended",
                 .examples = {{"recoupctl interruption record RF18539007547034 --kind promise "
                               "--happened 2026-03-05 --evidence 还款承诺书 --document-sha256 "
                               "@promise.pdf",
                               "以付款参考号指明追偿函；文件只取哈希"},
                              {"recoupctl interruption record RF18539007547034 --kind suit "
                               "--happened 2026-03-05 --ended 2026-09-30 --evidence 民事判决书",
                               "起诉日已登记的，补登其终结；时效自终结之日重新起算"}}},
                RpcOf("FundService.RecordInterruption"),
                {.argument = "name",
                 .lookup = DemandByReference(),
                 .flatten = "interruption",
                 .hidden = {"source", "recorded_time"}});
  AddRpcCommand(program, program.root(),
                {.name = "relinquish",
                 .zh = "放弃追偿函或垫付的一部分（超限额须第二人审批）",
                 .en = "Give up an amount; above a limit a second person approves",
                 .examples = {{"recoupctl relinquish RF18539007547034 --amount 1200.00 "
                               "--reason-kind not-recoverable --reason 终结本次执行裁定",
                               "先加 --dry-run 可只校验"}}},
                RpcOf("FundService.Relinquish"),
                {.argument = "name", .lookup = DemandByReference()});
}

}  // namespace recoup::ctl
