// HospitalService and CourtService, as far as fund officers read them: flags and court cases.
#include "ctl/online_commands.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::ctl {

void AddReportCommands(adapters::Program& program) {
  CLI::App& flags = Group(program, "flags", "外伤/第三方标志", "Flags of hospitals");
  AddRpcCommand(program, flags,
                {.name = "list",
                 .zh = "列出外伤标志",
                 .en = "List flags",
                 .examples = {{"recoupctl flags list --state suspected", "疑似第三方责任的住院"}}},
                RpcOf("HospitalService.ListFlags"));
  AddRpcCommand(
      program, flags,
      {.name = "show",
       .zh = "查看标志及其历史",
       .en = "Show a flag with its history, by name or by visit",
       .examples = {{"recoupctl flags show ZY20260301001 --pool 310115-310", "按就诊号"}}},
      RpcOf("HospitalService.GetFlag"), {.argument = "name", .argument_else = "visit_id"});
  CLI::App& cases = Group(program, "court-cases", "已结案件", "Court cases");
  AddRpcCommand(
      program, cases,
      {.name = "list",
       .zh = "列出案件",
       .en = "List court cases",
       .examples = {{"recoupctl court-cases list --closed-from 2026-01-01", "今年结案的案件"}}},
      RpcOf("CourtService.ListCourtCases"));
  AddRpcCommand(
      program, cases,
      {.name = "show",
       .zh = "查看案件要素、履行情况与分级",
       .en = "Show a court case, by name or by case number",
       .examples = {{"recoupctl court-cases show '(2025)沪0115民初12345号'", "按案号"}}},
      RpcOf("CourtService.GetCourtCase"),
      {.argument = "name", .lookup = Lookup{RpcOf("CourtService.ListCourtCases"), "case_number"}});
}

}  // namespace recoup::ctl
