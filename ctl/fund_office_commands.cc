// FundService: issuing demands, letters, approvals, policy data, parties, deadlines.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/letters/letter_pdf.h"
#include "ctl/online_commands.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::ctl {
namespace {

// The content repeats what the text says; programs read it with --format json.
std::string LetterForPeople(const Message& response) {
  const v1::Letter& letter = static_cast<const v1::GetLetterResponse&>(response).letter();
  return absl::StrCat(letter.name(), "\n\n", letter.text());
}

absl::StatusOr<std::vector<std::string>> LetterToPdf(const Message& response,
                                                     const std::string& target) {
  return adapters::WriteLetterPdfs({static_cast<const v1::GetLetterResponse&>(response).letter()},
                                   target);
}

absl::StatusOr<std::vector<std::string>> LettersToPdf(const Message& response,
                                                      const std::string& target) {
  const auto& letters = static_cast<const v1::ListLettersResponse&>(response).letters();
  return adapters::WriteLetterPdfs({letters.begin(), letters.end()}, target);
}

void AddIssuing(adapters::Program& program) {
  CLI::App& demands = Group(program, "demands", "追偿函", "Demands");
  AddRpcCommand(program, demands,
                {.name = "issue",
                 .zh = "发出追偿函",
                 .en = "Issue a drafted demand",
                 .examples = {{"recoupctl demands issue pools/…/demands/01jx…", "到期日按政策数据"},
                              {"recoupctl demands issue RF18539007547034 --due "
                               "2026-04-05",
                               "指定到期日"}}},
                RpcOf("FundService.IssueDemand"),
                {.argument = "name", .lookup = DemandByReference()});
  AddRpcCommand(program, demands,
                {.name = "withdraw",
                 .zh = "撤回尚未付款的追偿函",
                 .en = "Withdraw a demand on which nothing was paid",
                 .examples = {{"recoupctl demands withdraw RF18539007547034 --reason "
                               "义务人有误",
                               "须说明理由"}}},
                RpcOf("FundService.WithdrawDemand"),
                {.argument = "name", .lookup = DemandByReference()});
  AddRpcCommand(program, demands,
                {.name = "sue",
                 .zh = "登记起诉：诉讼时效中断，不再列为待起诉",
                 .en = "Record that the demand was sued for; interrupts the limitation period",
                 .examples = {{"recoupctl demands sue RF18539007547034 --court-name "
                               "上海市浦东新区人民法院 --case-number '(2026)沪0115民初1234号' "
                               "--filed 2026-04-02 --evidence 受理案件通知书",
                               "调解不成后"}}},
                RpcOf("FundService.RecordLawsuit"),
                {.argument = "name", .lookup = DemandByReference(), .flatten = "lawsuit"});
  AddRpcCommand(
      program, demands,
      {.name = "letter",
       .zh = "查看函件全文",
       .en = "Show a letter",
       .examples = {{"recoupctl demands letter pools/…/letters/01jx…", "函件名称见 demands show"},
                    {"recoupctl demands letter pools/…/letters/01jx… --pdf 函.pdf", "存为 PDF"}}},
      RpcOf("FundService.GetLetter"),
      {.argument = "name", .human = LetterForPeople, .pdf = LetterToPdf});
  AddRpcCommand(program, demands,
                {.name = "letters",
                 .zh = "列出函件",
                 .en = "List letters, oldest first",
                 .examples = {{"recoupctl demands letters --subject pools/…/demands/01jx…",
                               "一份追偿函的全部函件；核查函以追偿案为主题"},
                              {"recoupctl demands letters --kind inquiry", "核查函"},
                              {"recoupctl demands letters --pdf 函件", "全部存为 PDF"}}},
                RpcOf("FundService.ListLetters"), {.pdf = LettersToPdf});
}

absl::StatusOr<std::vector<std::string>> InquiriesToPdf(const Message& response,
                                                        const std::string& target) {
  const auto& letters = static_cast<const v1::IssueInquiriesResponse&>(response).letters();
  return adapters::WriteLetterPdfs({letters.begin(), letters.end()}, target);
}

// The letter stays as it was sent; what became of it is what was asked for.
std::string EndedForPeople(const Message& response) {
  const v1::Letter& letter = static_cast<const v1::EndInquiryResponse&>(response).letter();
  return absl::StrCat(
      letter.name(), "\n", letter.title(), "，致", letter.addressee_name(), "：",
      letter.inquiry().state() == v1::INQUIRY_STATE_ANSWERED ? "已登记答复" : "已撤回", "\n",
      letter.inquiry().note(), "\n");
}

void AddInquiries(adapters::Program& program) {
  CLI::App& inquiries =
      Group(program, "inquiries", "核查函（未定金额）", "Letters that ask what the amount is");
  AddRpcCommand(
      program, inquiries,
      {.name = "issue",
       .zh = "金额不能计算的追偿案：向责任人、保险公司或者受害人发出核查函",
       .en = "Ask who was paid what, for a recovery whose amount cannot be computed",
       .examples = {{"recoupctl inquiries issue pools/…/recoveries/01jx… --pdf 函件",
                     "案件写明的责任人和保险公司；没有写明的，为受害人"},
                    {"recoupctl inquiries issue pools/…/recoveries/01jx… --addressees 邵清禾 "
                     "--due 2026-04-20",
                     "只向此人，指定答复期限"}}},
      RpcOf("FundService.IssueInquiries"), {.argument = "name", .pdf = InquiriesToPdf});
  AddRpcCommand(program, inquiries,
                {.name = "answer",
                 .zh = "登记对核查函的答复",
                 .en = "Record the answer to an inquiry",
                 .examples = {{"recoupctl inquiries answer pools/…/letters/01jx… --note "
                               "已付受害人60000元，其中医疗费25000元 --document-sha256 @答复.pdf",
                               "文件只取哈希"}}},
                RpcOf("FundService.EndInquiry"),
                {.argument = "name", .fixed = {{"state", "answered"}}, .human = EndedForPeople});
  AddRpcCommand(program, inquiries,
                {.name = "withdraw",
                 .zh = "撤回核查函",
                 .en = "Withdraw an inquiry",
                 .examples = {{"recoupctl inquiries withdraw pools/…/letters/01jx… --note "
                               "收件人有误",
                               "须说明理由"}}},
                RpcOf("FundService.EndInquiry"),
                {.argument = "name", .fixed = {{"state", "withdrawn"}}, .human = EndedForPeople});
}

void AddApprovals(adapters::Program& program) {
  CLI::App& approvals = Group(program, "approvals", "审批", "Approvals");
  AddRpcCommand(program, approvals,
                {.name = "list",
                 .zh = "列出审批",
                 .en = "List approvals, oldest first",
                 .examples = {{"recoupctl approvals list --state pending", "等待第二人的事项"}}},
                RpcOf("FundService.ListApprovals"));
  AddRpcCommand(program, approvals,
                {.name = "show",
                 .zh = "查看审批事项全文：审批前须阅",
                 .en = "Show an approval and all it is about, to be read before it is decided",
                 .examples = {{"recoupctl approvals show pools/…/approvals/01jx…",
                               "申请人、金额、追偿函、调解协议与分期、差异、来款等"}}},
                RpcOf("FundService.GetApproval"), {.argument = "name"});
  AddRpcCommand(program, approvals,
                {.name = "approve",
                 .zh = "批准（不得由申请人本人）",
                 .en = "Approve; never by the one who asked",
                 .examples = {{"recoupctl approvals approve pools/…/approvals/01jx… "
                               "--reason 材料齐全",
                               "须说明理由"}}},
                RpcOf("FundService.DecideApproval"),
                {.argument = "name", .fixed = {{"decision", "approve"}}});
  AddRpcCommand(program, approvals,
                {.name = "reject",
                 .zh = "不批准",
                 .en = "Reject",
                 .examples = {{"recoupctl approvals reject pools/…/approvals/01jx… "
                               "--reason 缺少执行裁定",
                               "须说明理由"}}},
                RpcOf("FundService.DecideApproval"),
                {.argument = "name", .fixed = {{"decision", "reject"}}});
}

void AddPolicyData(adapters::Program& program) {
  CLI::App& data = Group(program, "policy-data", "政策数据", "Policy data");
  AddRpcCommand(
      program, data,
      {.name = "put",
       .zh = "录入某日起适用的数值",
       .en = "Put a value of a rule from a day on",
       .examples = {{"recoupctl policy-data put --pool 310115-310 --key demand.due_days "
                     "--effective-from 2026-07-01 --value 45 --source 经办规程",
                     "本统筹区的追偿函 45 天付清"},
                    {"recoupctl policy-data put --pool 310115-310 --key "
                     "relinquish.two_person_limit_fen --effective-from 2026-07-01 --value 200000 "
                     "--source 内控制度",
                     "一人可放弃的限额（分），须第二人审批后生效"},
                    {"recoupctl policy-data put --key ctp.medical_limit_fen "
                     "--effective-from 2026-07-01 --value 1800000 --source 监管公告",
                     "不写 --pool 则适用于全部统筹区，只有运维方可以录入"}}},
      RpcOf("FundService.PutPolicyDatum"),
      {.flatten = "policy_datum", .hidden = {"name", "version", "put_by", "recorded_time"}});
  AddRpcCommand(program, data,
                {.name = "list",
                 .zh = "列出政策数据",
                 .en = "List policy data by key and day",
                 .examples = {{"recoupctl policy-data list --effective today", "今日适用的数值"}}},
                RpcOf("FundService.ListPolicyData"));
}

void AddParties(adapters::Program& program) {
  CLI::App& parties = Group(program, "parties", "机构", "Parties");
  AddRpcCommand(program, parties,
                {.name = "register",
                 .zh = "登记机构，或更改其部分内容（--update-mask）",
                 .en = "Register a party, or change the fields of --update-mask",
                 .examples = {{"recoupctl parties register --name parties/insurer/huaan --kind "
                               "insurer --display-name 华安保险 --certificate-uri "
                               "recoup://insurer/huaan --signing-keys key_id=3f…,public_key="
                               "@pki/parties/insurer/huaan/signing.pem,valid_from=2026-01-01",
                               "密钥号由 pki issue 给出"},
                              {"recoupctl parties register --name parties/insurer/huaan --aliases "
                               "华安上海分公司 --update-mask aliases",
                               "只更改别名"}}},
                RpcOf("FundService.RegisterParty"),
                {.flatten = "party", .hidden = {"recorded_time"}});
  AddRpcCommand(program, parties,
                {.name = "list",
                 .zh = "列出机构",
                 .en = "List parties by name",
                 .examples = {{"recoupctl parties list --kind insurer", "保险公司"}}},
                RpcOf("FundService.ListParties"));
}

}  // namespace

void AddFundOfficeCommands(adapters::Program& program) {
  AddIssuing(program);
  AddInquiries(program);
  AddApprovals(program);
  AddPolicyData(program);
  AddParties(program);
  AddRpcCommand(program, program.root(),
                {.name = "deadlines",
                 .zh = "逾期与将到期的事项，最急在前",
                 .en = "What is overdue or soon due, most urgent first",
                 .examples = {{"recoupctl deadlines --kinds limitation --until 2026-12-31",
                               "年内届满的诉讼时效"}}},
                RpcOf("FundService.ListDeadlines"));
}

}  // namespace recoup::ctl
