// AgreementService: flat-quota agreements with insurers.
#include "ctl/online_commands.h"
#include "recoup/v1/agreement_service.pb.h"

namespace recoup::ctl {

void AddAgreementCommands(adapters::Program& program) {
  CLI::App& group = Group(program, "agreement", "定额分摊协议", "Flat-quota agreements");
  AddRpcCommand(program, group,
                {.name = "list",
                 .zh = "列出协议",
                 .en = "List agreements, oldest first",
                 .examples = {{"recoupctl agreement list --state in-force", "已生效的"}}},
                RpcOf("AgreementService.ListAgreements"));
  AddRpcCommand(program, group,
                {.name = "show",
                 .zh = "查看协议：条款、经过、已结清的金额",
                 .en = "Show an agreement",
                 .examples = {{"recoupctl agreement show pools/…/agreements/01jx…", "条款与经过"}}},
                RpcOf("AgreementService.GetAgreement"), {.argument = "name"});
  AddRpcCommand(program, group,
                {.name = "propose",
                 .zh = "向保险公司提议（先由第二人审批）",
                 .en = "Propose an agreement to an insurer; a second officer approves it first",
                 .examples = {{"recoupctl agreement propose --insurer parties/insurer/huaan "
                               "--third-party-kind traffic --policy-kind commercial --quota 60% "
                               "--cap 5000.00 --effective-from 2026-04-01 --text 小额车险案件",
                               "五千元以下的车险案件按六成结清，其余放弃"}}},
                RpcOf("AgreementService.CreateAgreement"), {.flatten = "terms"});
  AddRpcCommand(program, group,
                {.name = "answer",
                 .zh = "答复保险公司的提议（同意后由第二人审批），或撤回本基金的提议",
                 .en = "Answer an insurer's proposal, or withdraw one's own",
                 .examples = {{"recoupctl agreement answer pools/…/agreements/01jx… "
                               "--answer accept",
                               "同意"},
                              {"recoupctl agreement answer pools/…/agreements/01jx… "
                               "--answer decline --text 比例过低",
                               "不同意"}}},
                RpcOf("AgreementService.AnswerAgreement"), {.argument = "name"});
  AddRpcCommand(program, group,
                {.name = "end",
                 .zh = "按约定的通知期终止协议",
                 .en = "End an agreement with the agreed notice",
                 .examples = {{"recoupctl agreement end pools/…/agreements/01jx… "
                               "--last-day 2026-12-31 --text 到期不续",
                               "至年底的事故仍适用"}}},
                RpcOf("AgreementService.EndAgreement"), {.argument = "name"});
}

}  // namespace recoup::ctl
