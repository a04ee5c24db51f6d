#include "adapters/common/letters/letter_pdf.h"

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/common/format.h"
#include "adapters/common/letters/chinese_amount.h"
#include "adapters/common/letters/paper_words.h"
#include "adapters/common/paper/paper.h"
#include "hub/base/status.h"
#include "hub/base/write_file.h"

namespace recoup::adapters {
namespace {

std::string TitleOf(const v1::Letter& letter) {
  if (letter.kind() == v1::LETTER_KIND_REFUND_CHECK) return "医保基金退回核查函";
  if (letter.kind() == v1::LETTER_KIND_DEMAND) return "医保基金追偿函";
  return letter.title();
}

void AddVisits(const v1::LetterContent& content, Paper& paper) {
  std::vector<std::vector<std::string>> rows;
  std::int64_t paid = 0;
  for (const v1::LetterLine& line : content.lines()) {
    paid += line.fund_paid_fen();
    rows.push_back({line.settlement_id(),
                    absl::StrCat(line.admitted_on(), " 至 ", line.discharged_on()),
                    FormatYuan(line.fund_paid_fen()), FormatYuan(line.amount_fen())});
  }
  paper.Table({{"结算号", Align::kLeft, 2.2},
               {"就医期间", Align::kLeft, 2.2},
               {"基金支付（元）", Align::kRight, 1.4},
               {"本函主张（元）", Align::kRight, 1.4}},
              std::move(rows), {"合计", "", FormatYuan(paid), FormatYuan(content.amount_fen())});
}

void AddComputation(const v1::LetterContent& content, Paper& paper) {
  std::vector<std::vector<std::string>> rows;
  int number = 0;
  for (const v1::ExplanationStep& step : content.explanation().steps()) {
    std::string with = step.formula();
    for (const v1::ExplanationInput& input : step.inputs()) {
      absl::StrAppend(&with, "\n", input.name(), "：", input.value());
    }
    rows.push_back({absl::StrCat(++number, ". ", step.label()), std::move(with),
                    FormatYuan(step.result_fen()), step.source()});
  }
  paper.Table({{"步骤", Align::kLeft, 1.5},
               {"公式和数值", Align::kLeft, 2.4},
               {"结果（元）", Align::kRight, 1.2},
               {"依据", Align::kLeft, 2.1}},
              std::move(rows));
}

void AddContent(const v1::Letter& letter, const v1::LetterContent& content, Paper& paper) {
  paper.Issuer(content.sender_name());
  paper.Title(TitleOf(letter));
  paper.Subtitle(content.number());
  paper.Paragraph(absl::StrCat(letter.addressee_name(), "："), ParagraphStyle::kPlain);
  paper.Heading("一、事由");
  paper.Paragraph(content.what_happened());
  paper.Heading("二、请求");
  paper.Paragraph(absl::StrCat("依据", content.law(), "，请于", ChineseDay(content.due_on()),
                               "前向医保基金支付人民币 ", FormatYuan(content.amount_fen()),
                               " 元（大写：", ChineseAmount(content.amount_fen()), "）。"));
  paper.Heading("三、垫付明细");
  AddVisits(content, paper);
  paper.Heading("四、计算");
  AddComputation(content, paper);
  paper.Heading("五、付款");
  paper.Fields({{"收款单位", content.sender_name()},
                {"付款金额", absl::StrCat("人民币 ", FormatYuan(content.amount_fen()), " 元")},
                {"付款期限", ChineseDay(content.due_on())},
                {"付款参考号", SpacedReference(content.reference())}});
  paper.QrCode(content.payment_code(),
               {"扫码可得付款参考号、金额、期限和收款单位，免去手工录入。",
                "请在付款附言中注明付款参考号；附言未注明的，款项须人工核对。"});
  paper.Heading("六、异议");
  paper.Paragraph(
      "对事实或者金额有异议的，请在上述期限内书面提出并附证据；已经支付的，请附付款凭证。");
  paper.Space(0.6);
  if (!content.court_name().empty()) {
    paper.Paragraph(absl::StrCat("抄送：", content.court_name(), "，", content.case_number(), "案"),
                    ParagraphStyle::kPlain);
  }
  paper.Paragraph(content.sender_name(), ParagraphStyle::kRight);
  paper.Paragraph(ChineseDay(letter.issued_on()), ParagraphStyle::kRight);
}

std::string FileNameOf(const v1::Letter& letter) {
  return SafeFileName(letter.has_content() ? letter.content().number()
                                           : letter.name().substr(letter.name().rfind('/') + 1));
}

}  // namespace

absl::StatusOr<std::string> LetterPdf(const v1::Letter& letter) {
  Paper paper({.title = letter.title(),
               .author = letter.content().sender_name(),
               .created = Midnight(letter.issued_on()),
               .footer = letter.content().number()});
  if (letter.has_content()) {
    AddContent(letter, letter.content(), paper);
    return paper.Finish();
  }
  for (const auto& line : absl::StrSplit(letter.text(), '\n')) {
    paper.Paragraph(std::string(line), ParagraphStyle::kPlain);
  }
  return paper.Finish();
}

absl::StatusOr<std::vector<std::string>> WriteLetterPdfs(const std::vector<v1::Letter>& letters,
                                                         const std::string& target) {
  const bool one_file = letters.size() == 1 && target.ends_with(".pdf");
  if (!one_file) {
    std::error_code error;
    std::filesystem::create_directories(target, error);
    if (error) {
      return CannotWrite(target, error);
    }
  }
  std::vector<std::string> files;
  std::set<std::string> names;
  for (const v1::Letter& letter : letters) {
    RECOUP_ASSIGN_OR_RETURN(const std::string pdf, LetterPdf(letter));
    std::string name = FileNameOf(letter);
    for (int copy = 2; !names.insert(name).second; ++copy) {
      name = absl::StrCat(FileNameOf(letter), "-", copy);
    }
    const std::filesystem::path file =
        one_file ? std::filesystem::path(target) : std::filesystem::path(target) / (name + ".pdf");
    RECOUP_RETURN_IF_ERROR(WriteFile(file.string(), pdf));
    files.push_back(file.string());
  }
  return files;
}

}  // namespace recoup::adapters
