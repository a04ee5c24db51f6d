// MediationService.
#include <string>

#include "adapters/common/mediation_report.h"
#include "ctl/online_commands.h"
#include "recoup/v1/mediation_service.pb.h"

namespace recoup::ctl {
namespace {

std::string ForPeople(const Message& response) {
  return adapters::MediationForPeople(
      static_cast<const v1::GetMediationResponse&>(response).mediation());
}

}  // namespace

void AddMediationCommands(adapters::Program& program) {
  CLI::App& mediations = Group(program, "mediations", "调解", "Mediations");
  AddRpcCommand(program, mediations,
                {.name = "list",
                 .zh = "列出调解",
                 .en = "List mediations, oldest first",
                 .examples = {{"recoupctl mediations list --state offered", "已有方案的"}}},
                RpcOf("MediationService.ListMediations"));
  AddRpcCommand(
      program, mediations,
      {.name = "show",
       .zh = "查看调解：方案、协议、司法确认",
       .en = "Show a mediation",
       .examples = {{"recoupctl mediations show pools/…/mediations/01jx…", "全部方案与协议"}}},
      RpcOf("MediationService.GetMediation"), {.argument = "name", .human = ForPeople});
  AddRpcCommand(program, mediations,
                {.name = "open",
                 .zh = "就一份或数份追偿函开启调解",
                 .en = "Open a mediation on one or several demands",
                 .examples = {{"recoupctl mediations open --demands pools/…/demands/01jx… "
                               "--mediator parties/mediator/pudong --panel "
                               "name=何静,role=首席调解员",
                               "多份追偿函、多名调解员则重复 --demands、--panel"}}},
                RpcOf("MediationService.OpenMediation"), {.preset = {{"opened_time", "now"}}});
  AddRpcCommand(program, mediations,
                {.name = "offer",
                 .zh = "提出方案",
                 .en = "Make an offer",
                 .examples = {{"recoupctl mediations offer pools/…/mediations/01jx… "
                               "--terms demand=pools/…/demands/01jx…,amount=8000.00,"
                               "relinquished=2000.00 --valid-until 2026-04-01",
                               "分期可在 --terms 中用 JSON 给出 instalments"},
                              {"recoupctl mediations offer pools/…/mediations/01jx… "
                               "--terms demand=pools/…/demands/01jx…,ratio=70%",
                               "按未付金额的 70% 支付，其余放弃"}}},
                RpcOf("MediationService.MakeOffer"),
                {.argument = "name", .preset = {{"offered_time", "now"}}});
  AddRpcCommand(program, mediations,
                {.name = "agree",
                 .zh = "登记协议：义务人须已提出相同方案；超限额的让步须第二人审批",
                 .en = "Record the agreement: the debtor must have offered the same terms; a large "
                       "reduction needs a second person",
                 .examples = {{"recoupctl mediations agree pools/…/mediations/01jx… "
                               "--terms demand=pools/…/demands/01jx…,amount=8000.00,"
                               "relinquished=2000.00 --reason 责任比例存疑",
                               "协议日默认为今日"},
                              {"recoupctl mediations agree pools/…/mediations/01jx… "
                               "--terms demand=pools/…/demands/01jx…,amount=8000.00,"
                               "relinquished=2000.00 --reason 责任比例存疑 "
                               "--protocol number=浦调〔2026〕31号,debtor-signatory=孙立",
                               "调解组织凭双方签字的协议书登记；放弃的部分由基金审批"}}},
                RpcOf("MediationService.AgreeMediation"),
                {.argument = "name", .preset = {{"agreed_on", "today"}}});
  AddRpcCommand(program, mediations,
                {.name = "fail",
                 .zh = "终止调解，追偿函列为待起诉",
                 .en = "End a mediation without agreement",
                 .examples = {{"recoupctl mediations fail pools/…/mediations/01jx… "
                               "--reason 对方拒绝",
                               "须说明理由"}}},
                RpcOf("MediationService.FailMediation"),
                {.argument = "name", .preset = {{"failed_time", "now"}}});
  AddRpcCommand(
      program, mediations,
      {.name = "confirm",
       .zh = "登记司法确认裁定",
       .en = "Record the court's ruling on the agreement",
       .examples = {{"recoupctl mediations confirm pools/…/mediations/01jx… --case-number "
                     "'(2026)沪0115诉前调确12号' --court-name 上海市浦东新区人民法院 "
                     "--decided 2026-03-20 --confirmed true",
                     "法院未予确认时写 --confirmed false"}}},
      RpcOf("MediationService.RecordJudicialConfirmation"),
      {.argument = "name", .flatten = "judicial_confirmation"});
}

}  // namespace recoup::ctl
