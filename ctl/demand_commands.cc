// InsurerService, as far as fund officers read it: demands and policies.
#include "ctl/online_commands.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::ctl {
namespace {}  // namespace

Lookup DemandByReference() { return {RpcOf("InsurerService.ListDemands"), "reference"}; }

void AddDemandCommands(adapters::Program& program) {
  CLI::App& demands = Group(program, "demands", "追偿函", "Demands");
  AddRpcCommand(program, demands,
                {.name = "list",
                 .zh = "列出追偿函",
                 .en = "List demands",
                 .examples = {{"recoupctl demands list --states issued --states agreed", "未付的"},
                              {"recoupctl demands list --due-until today", "已到期且未付清的"}}},
                RpcOf("InsurerService.ListDemands"));
  AddRpcCommand(program, demands,
                {.name = "show",
                 .zh = "查看追偿函",
                 .en = "Show a demand, by name or by payment reference",
                 .examples = {{"recoupctl demands show RF18539007547034", "按付款参考号"}}},
                RpcOf("InsurerService.GetDemand"),
                {.argument = "name", .lookup = DemandByReference()});
  CLI::App& policies = Group(program, "policies", "保单", "Policies");
  AddRpcCommand(program, policies,
                {.name = "list",
                 .zh = "列出保单",
                 .en = "List policies",
                 .examples = {{"recoupctl policies list --kind ctp", "交强险保单"}}},
                RpcOf("InsurerService.ListPolicies"));
}

}  // namespace recoup::ctl
