#include "adapters/hospital/program/describe_invoice.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "adapters/common/table.h"
#include "hub/base/check.h"
#include "hub/domain/identity.h"

namespace recoup::hospital {
namespace {

using invoice::Check;
using invoice::CheckResult;
using invoice::Field;
using invoice::Invoice;
using invoice::Source;
using invoice::State;

struct Names {
  const char* name;
  const char* zh;
};

Names NamesOf(Source source) {
  switch (source) {
    case Source::kXml:
      return {"XML", "数据文件（XML）"};
    case Source::kJson:
      return {"JSON", "数据文件（JSON）"};
    case Source::kOfdData:
      return {"OFD_DATA", "OFD 所附数据"};
    case Source::kOfdPage:
      return {"OFD_PAGE", "OFD 版面文字"};
    case Source::kPdfText:
      return {"PDF_TEXT", "PDF 文字"};
    case Source::kText:
      return {"TEXT", "文本"};
    case Source::kScan:
      return {"SCAN", "图像识别"};
  }
  RECOUP_CHECK(false);
}

Names NamesOf(State state) {
  switch (state) {
    case State::kNormal:
      return {"NORMAL", "正常"};
    case State::kRed:
      return {"RED", "红字票据（冲销另一张票据）"};
    case State::kReversed:
      return {"REVERSED", "已被冲红"};
    case State::kExchanged:
      return {"EXCHANGED", "已换开纸质票据"};
  }
  RECOUP_CHECK(false);
}

Names NamesOf(CheckResult result) {
  switch (result) {
    case CheckResult::kHolds:
      return {"HOLDS", "相符"};
    case CheckResult::kFails:
      return {"FAILS", "不符"};
    case CheckResult::kNotPossible:
      return {"NOT_POSSIBLE", "无法核对"};
  }
  RECOUP_CHECK(false);
}

const char* FundInChinese(std::optional<bool> paid) {
  if (!paid.has_value()) return "票面未说明";
  return *paid ? "是" : "否";
}

std::string Shown(const invoice::Answer& answer) {
  return answer.field == Field::kPayerCode ? domain::MaskIdentityNumber(answer.text) : answer.text;
}

// Tenths of a point are finer than any scan.
double Rounded(double points) { return std::round(points * 10) / 10; }

std::string PlaceOf(const invoice::Answer& answer) {
  if (!answer.spot) return answer.path;
  const adapters::Box& box = answer.spot->box;
  return absl::StrCat("第", answer.spot->page, "页 (", std::lround(box.left), ",",
                      std::lround(box.top), ")-(", std::lround(box.right), ",",
                      std::lround(box.bottom), ")");
}

}  // namespace

Json InvoiceAsJson(const invoice::FieldTable& table, const Invoice& invoice) {
  Json json = {{"source", NamesOf(invoice.source).name}, {"state", NamesOf(invoice.state).name}};
  const std::optional<bool> fund = invoice.FundPaid();
  json["fund_paid"] = fund.has_value() ? Json(*fund) : Json(nullptr);
  json["answers"] = Json::array();
  for (const invoice::Answer& answer : invoice.answers) {
    const invoice::FieldSpec& spec = table.Spec(answer.field);
    Json row = {{"key", spec.key}, {"question", spec.question}, {"value", Shown(answer)}};
    if (answer.amount) row["amount_fen"] = answer.amount->fen();
    row["confidence_percent"] = answer.confidence_percent;
    if (!answer.path.empty()) row["path"] = answer.path;
    if (answer.spot) {
      const adapters::Box& box = answer.spot->box;
      row["page"] = answer.spot->page;
      row["box"] = {Rounded(box.left), Rounded(box.top), Rounded(box.right), Rounded(box.bottom)};
    }
    json["answers"].push_back(std::move(row));
  }
  json["items"] = Json::array();
  for (const invoice::Item& item : invoice.items) {
    json["items"].push_back(
        {{"name", item.name},
         {"amount_fen", item.amount ? Json(item.amount->fen()) : Json(nullptr)}});
  }
  json["checks"] = Json::array();
  for (const Check& check : invoice.checks) {
    json["checks"].push_back({{"key", check.key},
                              {"question", check.question},
                              {"result", NamesOf(check.result).name},
                              {"explanation", check.explanation}});
  }
  json["notes"] = NotesAsJson(invoice.notes);
  return json;
}

std::string InvoiceForPeople(const invoice::FieldTable& table, const Invoice& invoice) {
  std::string text =
      absl::StrCat("来源：", NamesOf(invoice.source).zh, "　状态：", NamesOf(invoice.state).zh,
                   "　医保基金支付过：", FundInChinese(invoice.FundPaid()), "\n");
  adapters::Table answers({{"问题"}, {"回答"}, {"把握"}, {"位置"}});
  for (const invoice::Answer& answer : invoice.answers) {
    answers.AddRow({table.Spec(answer.field).question, Shown(answer),
                    absl::StrCat(answer.confidence_percent, "%"), PlaceOf(answer)});
  }
  absl::StrAppend(&text, answers.Render());
  adapters::Table checks({{"核对"}, {"结果"}, {"说明"}});
  for (const Check& check : invoice.checks) {
    checks.AddRow({check.question, NamesOf(check.result).zh, check.explanation});
  }
  absl::StrAppend(&text, checks.Render(), NotesForPeople(invoice.notes));
  return text;
}

}  // namespace recoup::hospital
