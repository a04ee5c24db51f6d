#include "adapters/insurer/program/demand_report.h"

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/names.h"

namespace recoup::insurer {

using adapters::Align;
using adapters::FormatYuan;

std::string DemandTable(const std::vector<v1::Demand>& demands) {
  if (demands.empty()) return "没有追偿函\n";
  adapters::Table table({{"追偿函"},
                         {"付款参考号"},
                         {"状态"},
                         {"金额（元）", Align::kRight},
                         {"未付（元）", Align::kRight},
                         {"其中认可（元）", Align::kRight},
                         {"到期日"}});
  for (const v1::Demand& demand : demands) {
    table.AddRow({demand.name(), demand.reference(),
                  std::string(mapping::InChinese(demand.state())), FormatYuan(demand.amount_fen()),
                  FormatYuan(demand.open_fen()), FormatYuan(demand.agreed_fen()), demand.due_on()});
  }
  return table.Render();
}

std::string DemandForPeople(const v1::Demand& demand) {
  std::string out;
  const auto line = [&out](const char* label, const std::string& value) {
    if (!value.empty()) absl::StrAppend(&out, label, "  ", value, "\n");
  };
  line("追 偿 函", demand.name());
  line("付款参考号", demand.reference());
  line("状    态", std::string(mapping::InChinese(demand.state())));
  line("金    额", absl::StrCat(FormatYuan(demand.amount_fen()), " 元"));
  line("已 到 账", absl::StrCat(FormatYuan(demand.applied_fen()), " 元"));
  line("已 免 除", absl::StrCat(FormatYuan(demand.relinquished_fen()), " 元"));
  line("未    付", absl::StrCat(FormatYuan(demand.open_fen()), " 元"));
  if (demand.agreed_fen() > 0) {
    line("其中认可", absl::StrCat(FormatYuan(demand.agreed_fen()), " 元",
                                  demand.reserved_fen() > 0
                                      ? absl::StrCat("（已列入结算批次 ",
                                                     FormatYuan(demand.reserved_fen()), " 元）")
                                      : ""));
  }
  line("发出日期", demand.issued_on());
  line("到 期 日", demand.due_on());
  line("赔 案 号", demand.claim_number());
  line("保    单", demand.policy());
  line("定额协议", demand.agreement());
  line("校验标记", demand.etag());
  if (!demand.lines().empty()) {
    adapters::Table table({{"垫付"}, {"金额（元）", Align::kRight}});
    for (const v1::DemandLine& row : demand.lines()) {
      table.AddRow({row.advance(), FormatYuan(row.amount_fen())});
    }
    absl::StrAppend(&out, "明细\n", table.Render());
  }
  if (!demand.instalments().empty()) {
    adapters::Table table(
        {{"分期到期日"}, {"金额（元）", Align::kRight}, {"已付（元）", Align::kRight}});
    for (const v1::Instalment& one : demand.instalments()) {
      table.AddRow({one.due_on(), FormatYuan(one.amount_fen()), FormatYuan(one.paid_fen())});
    }
    absl::StrAppend(&out, "分期\n", table.Render());
  }
  if (!demand.dispute().lines().empty()) {
    adapters::Table table({{"垫付"}, {"异议金额（元）", Align::kRight}, {"理由"}});
    for (const v1::DisputedLine& row : demand.dispute().lines()) {
      table.AddRow({row.advance(), FormatYuan(row.disputed_fen()),
                    std::string(mapping::InChinese(row.reason()))});
    }
    absl::StrAppend(&out, "异议\n", table.Render());
  }
  for (const v1::DisputeAnswer& answer : demand.dispute().answers()) {
    absl::StrAppend(&out, "基金答复  ", answer.advance(), " ",
                    std::string(mapping::InChinese(answer.decision())));
    if (answer.yielded_fen() > 0) {
      absl::StrAppend(&out, " ", FormatYuan(answer.yielded_fen()), " 元");
    }
    absl::StrAppend(&out, "：", answer.text(), "\n");
  }
  for (const v1::SettlementOffer& offer : demand.offers()) {
    absl::StrAppend(&out, "和解金额  ", FormatYuan(offer.amount_fen()), " 元，至 ",
                    offer.valid_until_on(), "，", std::string(mapping::InChinese(offer.state())),
                    offer.answer_text().empty() ? "" : "：" + offer.answer_text(), "\n");
  }
  for (const v1::EvidenceFile& file : demand.evidence()) {
    absl::StrAppend(&out, "证    据  ", file.evidence_id(), " ", file.file_name(), "，",
                    file.advance().empty() ? "" : absl::StrCat("就 ", file.advance(), "，"),
                    file.byte_count(), " 字节",
                    file.received_byte_count() == file.byte_count()
                        ? ""
                        : absl::StrCat("（已收到 ", file.received_byte_count(), "）"),
                    "\n");
  }
  return out;
}

std::string ExplanationForPeople(const v1::Explanation& explanation) {
  std::string out = absl::StrCat(explanation.title(), "\n");
  int number = 0;
  for (const v1::ExplanationStep& step : explanation.steps()) {
    absl::StrAppend(&out, ++number, ". ", step.label(), "：", step.formula(), " = ",
                    FormatYuan(step.result_fen()), " 元\n");
    for (const v1::ExplanationInput& input : step.inputs()) {
      absl::StrAppend(&out, "     ", input.name(), "：", input.value(), "\n");
    }
    if (!step.source().empty()) absl::StrAppend(&out, "     依据：", step.source(), "\n");
  }
  absl::StrAppend(&out, "结果  ", FormatYuan(explanation.result_fen()), " 元\n");
  return out;
}

}  // namespace recoup::insurer
