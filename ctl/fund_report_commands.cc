// FundService's reports: funnel, ageing, limitation clocks, worklist, the statement of account that
// is sent to a debtor.
#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/letters/statement_pdf.h"
#include "ctl/cells.h"
#include "ctl/labels.h"
#include "ctl/online_commands.h"
#include "ctl/render.h"
#include "google/protobuf/timestamp.pb.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::ctl {
namespace {
using google::protobuf::FieldDescriptor;

// What the report is, of what, as of which entry of the books, when and by whom it was made.
std::string RenderHeading(const v1::ReportHeading& heading) {
  std::string text = absl::StrCat(heading.title(), "\n");
  for (const v1::PoolCut& cut : heading.cuts()) {
    absl::StrAppend(&text, FieldLabel("pool"), " ", cut.pool(), "，账面截至第 ",
                    cut.transfer_sequence(), " 笔分录、第 ", cut.event_sequence(), " 条事件\n");
  }
  absl::StrAppend(&text, heading.made_by(), " 制于 ",
                  FormatScalar(heading, *heading.GetDescriptor()->FindFieldByName("made_time")),
                  "，金额单位：元\n\n");
  return text;
}

// Totals are the last rows of their tables, so they are not shown once more.
std::string RenderReport(const Message& response) {
  const std::unique_ptr<Message> rest(response.New());
  rest->CopyFrom(response);
  std::string text;
  for (const char* name : {"heading", "total", "stages_total", "payment_code"}) {
    const FieldDescriptor* field = response.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) continue;
    if (std::string_view(name) == "heading") {
      text = RenderHeading(static_cast<const v1::ReportHeading&>(
          response.GetReflection()->GetMessage(response, field)));
    }
    rest->GetReflection()->ClearField(rest.get(), field);
  }
  return text + Render(*rest);
}

absl::StatusOr<std::vector<std::string>> StatementToPdf(const Message& response,
                                                        const std::string& target) {
  return adapters::WriteStatementPdf(static_cast<const v1::GetDebtorStatementResponse&>(response),
                                     target);
}

}  // namespace

void AddFundReportCommands(adapters::Program& program) {
  CLI::App& reports = Group(program, "reports", "报表与待办", "Reports and worklist");
  AddRpcCommand(program, reports,
                {.name = "worklist",
                 .zh = "今日待办：需要人处理的事项，最急在前，各附处理命令",
                 .en = "What needs a person today, most urgent first, with the command for it",
                 .examples = {{"recoupctl reports worklist --pool 310115-310", "全部事项"},
                              {"recoupctl reports worklist --kinds limitation --kinds overdue "
                               "--xlsx 待办.xlsx",
                               "只看时效与逾期，存为电子表格"}}},
                RpcOf("FundService.GetWorklist"), {.human = RenderReport});
  AddRpcCommand(
      program, reports,
      {.name = "statement",
       .zh = "寄给义务人的对账单：期初、变动、未结清、付款方式",
       .en = "The statement of account that is sent to a debtor",
       .examples = {{"recoupctl reports statement RF18539007547034 --pdf 对账单.pdf",
                     "该函的义务人；个人只列同一追偿案"},
                    {"recoupctl reports statement parties/insurer/huaan --from 2026-01-01 "
                     "--until 2026-03-31 --xlsx 一季度.xlsx",
                     "一家保险公司一个季度"}}},
      RpcOf("FundService.GetDebtorStatement"),
      {.argument = "demand",
       .argument_of = Also{.prefix = "parties/", .field = "debtor"},
       .lookup = DemandByReference(),
       .human = RenderReport,
       .pdf = StatementToPdf});
  AddRpcCommand(program, reports,
                {.name = "ageing",
                 .zh = "应收追偿款账龄",
                 .en = "Open amounts by age",
                 .examples = {{"recoupctl reports ageing --pool 310115-310", "按义务人，自到期日"},
                              {"recoupctl reports ageing --dimension kind --age-basis issued "
                               "--xlsx 账龄.xlsx",
                               "按义务人类型，自发函日"}}},
                RpcOf("FundService.GetAgeing"), {.human = RenderReport});
  AddRpcCommand(program, reports,
                {.name = "funnel",
                 .zh = "追偿漏斗：垫付、入账、追偿、认可、收回、上解，及各阶段现有金额",
                 .en = "How far the money has come, and where it stands; sums to the trial balance",
                 .examples = {{"recoupctl reports funnel", "本单位全部统筹区"},
                              {"recoupctl reports funnel --pools 310115-310 --dimension hospital "
                               "--xlsx 漏斗.xlsx",
                               "按医院；另有 court、debtor、kind"}}},
                RpcOf("FundService.GetFunnel"), {.human = RenderReport});
  AddRpcCommand(
      program, reports,
      {.name = "clocks",
       .zh = "诉讼时效清单：每一尚有未偿的义务人，最早届满在前",
       .en = "Limitation clocks of all debtors of whom something is open, earliest end first",
       .examples = {{"recoupctl reports clocks --until 2026-12-31", "年内届满的"}}},
      RpcOf("FundService.GetLimitationClocks"), {.human = RenderReport});
}

}  // namespace recoup::ctl
