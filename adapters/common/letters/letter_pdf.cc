#include "adapters/common/letters/letter_pdf.h"

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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
  if (letter.kind() == v1::LETTER_KIND_REFUND_CHECK || letter.kind() == v1::LETTER_KIND_INQUIRY) {
    return "医保基金退回核查函";
  }
  if (letter.kind() == v1::LETTER_KIND_DEMAND) return "医保基金追偿函";
  return letter.title();
}

// The last column is of letters that ask for an amount.
void AddVisits(const v1::LetterContent& content, bool claims, Paper& paper) {
  std::vector<PaperColumn> columns = {{"结算号", Align::kLeft, 2.2},
                                      {"就医期间", Align::kLeft, 2.2},
                                      {"基金支付（元）", Align::kRight, 1.4}};
  std::vector<std::vector<std::string>> rows;
  std::int64_t paid = 0;
  for (const v1::LetterLine& line : content.lines()) {
    paid += line.fund_paid_fen();
    rows.push_back({line.settlement_id(),
                    absl::StrCat(line.admitted_on(), " 至 ", line.discharged_on()),
                    FormatYuan(line.fund_paid_fen())});
    if (claims) rows.back().push_back(FormatYuan(line.amount_fen()));
  }
  std::vector<std::string> sum = {"合计", "", FormatYuan(paid)};
  if (claims) {
    columns.push_back({"本函主张（元）", Align::kRight, 1.4});
    sum.push_back(FormatYuan(content.amount_fen()));
  }
  paper.Table(std::move(columns), std::move(rows), std::move(sum));
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

std::string WhatHappened(const v1::LetterContent& content) {
  if (content.replaces().empty()) return content.what_happened();
  return absl::StrCat(content.what_happened(), "本函替代此前发出的",
                      absl::StrJoin(content.replaces(), "、"), "核查函。");
}

// What every letter begins with: who writes to whom, and why.
void AddOpening(const v1::Letter& letter, const v1::LetterContent& content, Paper& paper) {
  paper.Issuer(content.sender_name());
  paper.Title(TitleOf(letter));
  paper.Subtitle(content.number());
  paper.Paragraph(absl::StrCat(letter.addressee_name(), "："), ParagraphStyle::kPlain);
  paper.Heading("一、事由");
  paper.Paragraph(WhatHappened(content));
}

void AddSignature(const v1::Letter& letter, const v1::LetterContent& content, Paper& paper) {
  paper.Space(0.6);
  if (!content.court_name().empty()) {
    paper.Paragraph(absl::StrCat("抄送：", content.court_name(), "，", content.case_number(), "案"),
                    ParagraphStyle::kPlain);
  }
  // One paragraph, so that no page begins with the day alone.
  paper.Paragraph(absl::StrCat(content.sender_name(), "\n", ChineseDay(letter.issued_on())),
                  ParagraphStyle::kRight);
}

void AddDemand(const v1::LetterContent& content, Paper& paper) {
  paper.Heading("二、请求");
  paper.Paragraph(absl::StrCat("依据", content.law(), "，请于", ChineseDay(content.due_on()),
                               "前向医保基金支付人民币 ", FormatYuan(content.amount_fen()),
                               " 元（大写：", ChineseAmount(content.amount_fen()), "）。"));
  paper.Heading("三、垫付明细");
  AddVisits(content, true, paper);
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
}

void AddInquiry(const v1::LetterContent& content, Paper& paper) {
  paper.Heading("二、核查事项");
  paper.Paragraph(absl::StrCat("依据", content.law(), "，请于", ChineseDay(content.due_on()),
                               "前书面答复下列事项："));
  int number = 0;
  for (const std::string& question : content.questions()) {
    paper.Paragraph(absl::StrCat("（", ++number, "）", question));
  }
  paper.Heading("三、垫付明细");
  if (content.lines().empty()) {
    paper.Paragraph("结算明细待核。");
  } else {
    AddVisits(content, false, paper);
  }
  paper.Heading("四、答复");
  std::vector<std::pair<std::string, std::string>> fields = {
      {"答复单位", content.sender_name()},
      {"答复期限", ChineseDay(content.due_on())},
      {"请注明函号", content.number()}};
  if (!content.sender_contact().empty()) {
    fields.insert(fields.begin() + 1, {"联系方式", content.sender_contact()});
  }
  paper.Fields(std::move(fields));
  paper.Paragraph(
      "本函不要求付款，应退金额核定后另行发函，写明金额和付款参考号；此前无须向医保基金付款。"
      "逾期没有答复的，将依据现有证据核定应退金额，依法追偿。");
}

void AddContent(const v1::Letter& letter, const v1::LetterContent& content, Paper& paper) {
  AddOpening(letter, content, paper);
  if (letter.kind() == v1::LETTER_KIND_INQUIRY) {
    AddInquiry(content, paper);
  } else {
    AddDemand(content, paper);
  }
  AddSignature(letter, content, paper);
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
