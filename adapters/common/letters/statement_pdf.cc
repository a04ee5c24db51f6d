#include "adapters/common/letters/statement_pdf.h"

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/letters/chinese_amount.h"
#include "adapters/common/letters/paper_words.h"
#include "adapters/common/paper/paper.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/base/write_file.h"

namespace recoup::adapters {
namespace {

using v1::GetDebtorStatementResponse;

// A movement that only a later hub knows is still an amount.
std::string WordOf(v1::AccountMovementKind kind) {
  if (kind == v1::ACCOUNT_MOVEMENT_KIND_DEMANDED) return "追偿";
  if (kind == v1::ACCOUNT_MOVEMENT_KIND_WITHDRAWN) return "撤回追偿";
  if (kind == v1::ACCOUNT_MOVEMENT_KIND_RECEIVED) return "收到付款";
  if (kind == v1::ACCOUNT_MOVEMENT_KIND_TAKEN_BACK) return "收款撤回";
  if (kind == v1::ACCOUNT_MOVEMENT_KIND_RELINQUISHED) return "减免";
  if (kind == v1::ACCOUNT_MOVEMENT_KIND_ASKED_AGAIN) return "恢复追偿";
  return "其他";
}

void AddSummary(const GetDebtorStatementResponse& statement, Paper& paper) {
  paper.Heading("一、账户汇总");
  std::vector<std::pair<std::string, std::string>> fields = {
      {"对账期间",
       absl::StrCat(ChineseDay(statement.from_on()), "至", ChineseDay(statement.until_on()))},
      {"期初未付", absl::StrCat(FormatYuan(statement.opening_fen()), " 元")},
      {"本期追偿", absl::StrCat(FormatYuan(statement.demanded_fen()), " 元")},
      {"本期收款", absl::StrCat(FormatYuan(statement.received_fen()), " 元")},
      {"本期减免", absl::StrCat(FormatYuan(statement.relinquished_fen()), " 元")},
      {"期末未付", absl::StrCat(FormatYuan(statement.closing_fen()), " 元（大写：",
                                ChineseAmount(statement.closing_fen()), "）")}};
  if (statement.overdue_fen() > 0) {
    fields.emplace_back("其中已逾期", absl::StrCat(FormatYuan(statement.overdue_fen()), " 元"));
  }
  paper.Fields(std::move(fields));
  std::string remark = "期末未付＝期初未付＋本期追偿－本期收款－本期减免。以上金额均不计利息。";
  for (const v1::PoolCut& cut : statement.heading().cuts()) {
    absl::StrAppend(&remark, "统筹区 ", cut.pool().substr(cut.pool().find('/') + 1),
                    "，账面截至第 ", cut.transfer_sequence(), " 笔分录。");
  }
  paper.Paragraph(std::move(remark), ParagraphStyle::kSmall);
}

void AddMovements(const GetDebtorStatementResponse& statement, Paper& paper) {
  paper.Heading("二、本期变动");
  if (statement.movements().empty()) {
    paper.Paragraph("本期没有变动。");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const v1::AccountMovement& movement : statement.movements()) {
    std::string what = WordOf(movement.kind());
    if (!movement.bank_reference().empty()) {
      absl::StrAppend(&what, "\n银行流水 ", movement.bank_reference());
    }
    rows.push_back({movement.recorded_on(), std::move(what), movement.reference(),
                    FormatYuan(movement.change_fen()), FormatYuan(movement.balance_fen())});
  }
  paper.Table({{"日期", Align::kLeft, 1.5},
               {"事项", Align::kLeft, 1.8},
               {"付款参考号", Align::kLeft, 3.2},
               {"变动（元）", Align::kRight, 1.5},
               {"结余（元）", Align::kRight, 1.5}},
              std::move(rows));
}

void AddItems(const GetDebtorStatementResponse& statement, Paper& paper) {
  paper.Heading("三、未结清明细");
  if (statement.open_items().empty()) {
    paper.Paragraph("没有未结清的款项。");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const v1::OpenItem& item : statement.open_items()) {
    std::string reference = item.reference();
    if (!item.case_number().empty()) absl::StrAppend(&reference, "\n", item.case_number());
    if (!item.claim_number().empty()) absl::StrAppend(&reference, "\n赔案 ", item.claim_number());
    std::string days = absl::StrCat(item.issued_on(), "\n", item.due_on());
    if (item.overdue_days() > 0) absl::StrAppend(&days, "\n逾期 ", item.overdue_days(), " 天");
    rows.push_back({std::move(reference), std::move(days), FormatYuan(item.amount_fen()),
                    FormatYuan(item.applied_fen()), FormatYuan(item.relinquished_fen()),
                    FormatYuan(item.open_fen())});
  }
  paper.Table({{"付款参考号、案号", Align::kLeft, 3.4},
               {"发函、到期", Align::kLeft, 1.6},
               {"原金额（元）", Align::kRight, 1.5},
               {"已收（元）", Align::kRight, 1.5},
               {"减免（元）", Align::kRight, 1.3},
               {"未付（元）", Align::kRight, 1.5}},
              std::move(rows), {"合计", "", "", "", "", FormatYuan(statement.closing_fen())});
  for (const v1::OpenItem& demand : statement.instalment_demands()) {
    paper.Paragraph(absl::StrCat("付款参考号 ", demand.reference(), " 分期支付，全案：原金额 ",
                                 FormatYuan(demand.amount_fen()), " 元，已收 ",
                                 FormatYuan(demand.applied_fen()), " 元，减免 ",
                                 FormatYuan(demand.relinquished_fen()), " 元，未付 ",
                                 FormatYuan(demand.open_fen()), " 元。"),
                    ParagraphStyle::kSmall);
  }
}

void AddPayment(const GetDebtorStatementResponse& statement, Paper& paper) {
  std::set<std::string> references;
  for (const v1::OpenItem& item : statement.open_items()) {
    if (item.payable_fen() > 0) references.insert(item.reference());
  }
  if (references.empty()) return;
  std::string amount = absl::StrCat("人民币 ", FormatYuan(statement.payable_fen()), " 元");
  if (statement.payable_fen() != statement.closing_fen()) {
    absl::StrAppend(&amount,
                    "（分期的为已到期各期；均未到期的为最近一期。其余各期按未结清明细所列"
                    "到期日支付）");
  }
  paper.Heading("四、付款");
  paper.Fields({{"收款单位", statement.sender_name()},
                {"付款金额", std::move(amount)},
                {"付款参考号", references.size() == 1 ? SpacedReference(*references.begin())
                                                      : "见未结清明细，逐笔注明"}});
  std::vector<std::string> beside = {
      "扫码可得付款参考号、金额和收款单位，免去手工录入。",
      "请在付款附言中注明付款参考号；附言未注明的，款项须人工核对。"};
  if (references.size() > 1) {
    beside.emplace_back("合并付款的，请另送付款通知，列明每一参考号的金额。");
  }
  paper.QrCode(statement.payment_code(), std::move(beside));
}

}  // namespace

absl::StatusOr<std::string> StatementPdf(const GetDebtorStatementResponse& statement) {
  const v1::ReportHeading& heading = statement.heading();
  const absl::Time made = absl::FromUnixSeconds(heading.made_time().seconds());
  Paper paper({.title = absl::StrCat(heading.title(), " ", statement.statement_number()),
               .author = statement.sender_name(),
               .created = made,
               .footer = statement.statement_number()});
  paper.Issuer(statement.sender_name());
  paper.Title(heading.title());
  paper.Subtitle(statement.statement_number());
  paper.Paragraph(absl::StrCat(statement.debtor_name(), "："), ParagraphStyle::kPlain);
  paper.Paragraph(absl::StrCat(
      "截至", ChineseDay(statement.until_on()),
      "，应向医保基金支付的追偿款如下，请核对。有出入的，请书面告知并附付款凭证；无出入的，请按期"
      "支付。"));
  AddSummary(statement, paper);
  AddMovements(statement, paper);
  AddItems(statement, paper);
  AddPayment(statement, paper);
  paper.Space(0.6);
  // One paragraph, so that no page begins with the day alone.
  paper.Paragraph(
      absl::StrCat(statement.sender_name(), "\n", ChineseDay(FormatDate(ChinaDate(made)))),
      ParagraphStyle::kRight);
  return paper.Finish();
}

absl::StatusOr<std::vector<std::string>> WriteStatementPdf(
    const GetDebtorStatementResponse& statement, const std::string& target) {
  RECOUP_ASSIGN_OR_RETURN(const std::string pdf, StatementPdf(statement));
  std::string file = target;
  if (!target.ends_with(".pdf")) {
    std::error_code error;
    std::filesystem::create_directories(target, error);
    if (error) {
      return CannotWrite(target, error);
    }
    file = (std::filesystem::path(target) / (SafeFileName(statement.statement_number()) + ".pdf"))
               .string();
  }
  RECOUP_RETURN_IF_ERROR(WriteFile(file, pdf));
  return std::vector<std::string>{file};
}

}  // namespace recoup::adapters
