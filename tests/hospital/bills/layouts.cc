// The six pages. Words and places follow what provinces print; names and figures are invented.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "adapters/hospital/invoice/invoice.h"
#include "tests/hospital/bills/canvas.h"

namespace recoup::hospital::bills {
namespace {

using invoice::Field;

std::string ChineseDay(const std::string& day) {
  return absl::StrCat(day.substr(0, 4), "年", day.substr(5, 2), "月", day.substr(8, 2), "日");
}

// Title, code, number, payer, check code and day: the head that all forms share.
void DrawHead(const Bill& bill, const std::string& title, Canvas& canvas, double width) {
  const double size = 16;
  const double x = width / 2 - size * static_cast<double>(title.size()) / 6;
  canvas.Answer(Field::kTitle, canvas.Value(x, 18, title, size), title);
  canvas.Ask(Field::kCode, 40, 48, "票据代码", bill.code);
  canvas.Ask(Field::kNumber, width - 190, 48, "票据号码", bill.number);
  canvas.Ask(Field::kPayerCode, 40, 64, "交款人统一社会信用代码", bill.payer_id);
  canvas.Ask(Field::kCheckCode, width - 190, 64, "校验码", bill.check_code);
  canvas.Ask(Field::kPayerName, 40, 80, "交款人", bill.payer);
  canvas.Ask(Field::kIssuedOn, width - 190, 80, "开票日期", bill.issued_on);
}

// Two columns of items in a frame. Returns the bottom.
double DrawItems(const Bill& bill, Canvas& canvas, double top, double width) {
  const double rows = static_cast<double>((bill.items.size() + 1) / 2);
  const double height = 20 + rows * 16 + 6;
  canvas.Frame(40, top, width - 80, height);
  for (int column = 0; column < 2; ++column) {
    const double x = 40 + column * (width - 80) / 2;
    canvas.Label(x + 14, top + 4, "项目名称");
    canvas.Label(x + 110, top + 4, "数量/单位");
    canvas.Label(x + 180, top + 4, "金额（元）");
  }
  canvas.Line(40, top + 20, width - 40, top + 20);
  for (std::size_t i = 0; i < bill.items.size(); ++i) {
    const double x = 40 + static_cast<double>(i % 2) * (width - 80) / 2;
    const double y = top + 24 + static_cast<double>(i / 2) * 16;
    canvas.Value(x + 14, y, bill.items[i].name);
    canvas.Value(x + 122, y, "1项");
    canvas.ValueEndingAt(x + 228, y, bill.items[i].amount.ToYuan());
  }
  return top + height;
}

void DrawTotal(const Bill& bill, Canvas& canvas, double y, double width) {
  const std::string words = invoice::AmountInWords(bill.total);
  const double end = canvas.Label(50, y, "金额合计（大写）");
  canvas.Answer(Field::kTotalInWords, canvas.Value(end + 8, y, words), words);
  const double small = canvas.Label(width - 200, y, "（小写）");
  canvas.Answer(Field::kTotal, canvas.Value(small + 8, y, bill.total.ToYuan()),
                bill.total.ToYuan());
}

void DrawFoot(const Bill& bill, Canvas& canvas, double y) {
  canvas.Ask(Field::kPayee, 40, y, "收款单位（章）", bill.hospital);
  canvas.Ask(Field::kReviewer, 300, y, "复核人", bill.reviewer);
  canvas.Ask(Field::kCashier, 430, y, "收款人", bill.cashier);
}

void DrawOutpatientForm(const Bill& bill, Canvas& canvas, DrawnBill& drawn) {
  drawn.width = 595;
  drawn.height = 420;
  DrawHead(bill, absl::StrCat(bill.province, "医疗门诊收费票据（电子）"), canvas, drawn.width);
  double y = DrawItems(bill, canvas, 98, drawn.width);
  DrawTotal(bill, canvas, y + 5, drawn.width);
  y += 28;
  canvas.Ask(Field::kBusinessNumber, 50, y, "业务流水号", bill.business_number);
  canvas.Ask(Field::kOutpatientNumber, 240, y, "门诊号", bill.outpatient_number);
  canvas.Ask(Field::kVisitedOn, 410, y, "就诊日期", bill.issued_on);
  canvas.Ask(Field::kInstitutionType, 50, y + 15, "医疗机构类型", bill.institution_type);
  canvas.Ask(Field::kInsuranceType, 240, y + 15, "医保类型", bill.insurance_type);
  canvas.Ask(Field::kInsuranceNumber, 410, y + 15, "医保编号", bill.insurance_number);
  canvas.Ask(Field::kGender, 50, y + 30, "性别", bill.gender);
  canvas.Ask(Field::kFundPaid, 240, y + 30, "医保统筹基金支付", bill.fund.ToYuan());
  canvas.Ask(Field::kOtherPaid, 410, y + 30, "其他支付", bill.other.ToYuan());
  canvas.Ask(Field::kAccountPaid, 50, y + 45, "个人账户支付", bill.account.ToYuan());
  canvas.Ask(Field::kCashPaid, 240, y + 45, "个人现金支付", bill.cash.ToYuan());
  canvas.Ask(Field::kSelfPaid, 410, y + 45, "个人自付", bill.self_paid.ToYuan());
  canvas.Ask(Field::kOwnCost, 50, y + 60, "个人自费", bill.own_cost.ToYuan());
  DrawFoot(bill, canvas, 390);
}

void DrawInpatientForm(const Bill& bill, Canvas& canvas, DrawnBill& drawn) {
  drawn.width = 595;
  drawn.height = 440;
  DrawHead(bill, absl::StrCat(bill.province, "医疗住院收费票据（电子）"), canvas, drawn.width);
  double y = DrawItems(bill, canvas, 98, drawn.width);
  DrawTotal(bill, canvas, y + 5, drawn.width);
  y += 28;
  canvas.Ask(Field::kBusinessNumber, 50, y, "业务流水号", bill.business_number);
  canvas.Ask(Field::kCaseNumber, 240, y, "病历号", bill.case_number);
  canvas.Ask(Field::kInpatientNumber, 410, y, "住院号", bill.inpatient_number);
  canvas.Ask(Field::kDepartment, 50, y + 15, "住院科别", bill.department);
  const double end = canvas.Label(240, y + 15, "住院时间：");
  const adapters::Box first = canvas.Value(end + 3, y + 15, bill.admitted_on);
  canvas.Answer(Field::kAdmittedOn, first, bill.admitted_on);
  const double to = canvas.Label(first.right + 4, y + 15, "至");
  canvas.Answer(Field::kDischargedOn, canvas.Value(to + 4, y + 15, bill.discharged_on),
                bill.discharged_on);
  canvas.Ask(Field::kPrepaid, 50, y + 30, "预缴金额", bill.prepaid.ToYuan());
  canvas.Ask(Field::kToppedUp, 240, y + 30, "补缴金额", bill.topped_up.ToYuan());
  canvas.Ask(Field::kRefunded, 410, y + 30, "退费金额", bill.refunded.ToYuan());
  canvas.Ask(Field::kInsuranceType, 50, y + 45, "医保类型", bill.insurance_type);
  canvas.Ask(Field::kInsuranceNumber, 240, y + 45, "医保编号", bill.insurance_number);
  canvas.Ask(Field::kGender, 410, y + 45, "性别", bill.gender);
  canvas.Ask(Field::kFundPaid, 50, y + 60, "医保统筹基金支付", bill.fund.ToYuan());
  canvas.Ask(Field::kOtherPaid, 240, y + 60, "其他支付", bill.other.ToYuan());
  canvas.Ask(Field::kAccountPaid, 410, y + 60, "个人账户支付", bill.account.ToYuan());
  canvas.Ask(Field::kCashPaid, 50, y + 75, "个人现金支付", bill.cash.ToYuan());
  canvas.Ask(Field::kSelfPaid, 240, y + 75, "个人自付", bill.self_paid.ToYuan());
  canvas.Ask(Field::kOwnCost, 410, y + 75, "个人自费", bill.own_cost.ToYuan());
  DrawFoot(bill, canvas, 410);
}

void DrawOutpatientColumns(const Bill& bill, Canvas& canvas, DrawnBill& drawn) {
  drawn.width = 595;
  drawn.height = 400;
  DrawHead(bill, absl::StrCat(bill.province, "医疗门诊收费票据"), canvas, drawn.width);
  double y = DrawItems(bill, canvas, 98, drawn.width);
  DrawTotal(bill, canvas, y + 5, drawn.width);
  y += 26;
  struct Column {
    Field field;
    const char* head;
    domain::Money amount;
  };
  const Column columns[] = {{Field::kFundPaid, "医保基金支付", bill.fund},
                            {Field::kAccountPaid, "个人账户支付", bill.account},
                            {Field::kOtherPaid, "其他支付", bill.other},
                            {Field::kCashPaid, "个人支付金额", bill.cash},
                            {Field::kOwnCost, "自费金额", bill.own_cost}};
  const double width = (drawn.width - 80) / 5;
  canvas.Frame(40, y, drawn.width - 80, 40);
  canvas.Line(40, y + 19, drawn.width - 40, y + 19);
  double x = 40;
  for (const Column& column : columns) {
    if (x > 41) canvas.Line(x, y, x, y + 40);
    canvas.Label(x + 16, y + 4, column.head);
    canvas.Answer(column.field, canvas.Value(x + 22, y + 23, column.amount.ToYuan()),
                  column.amount.ToYuan());
    x += width;
  }
  y += 48;
  canvas.Ask(Field::kInsuranceType, 50, y, "医保类型", bill.insurance_type);
  canvas.Ask(Field::kGender, 240, y, "性别", bill.gender);
  canvas.Ask(Field::kOutpatientNumber, 410, y, "门诊号", bill.outpatient_number);
  DrawFoot(bill, canvas, 370);
}

void DrawInpatientSentence(const Bill& bill, Canvas& canvas, DrawnBill& drawn) {
  drawn.width = 595;
  drawn.height = 420;
  DrawHead(bill, absl::StrCat(bill.province, "医疗住院收费票据"), canvas, drawn.width);
  double y = DrawItems(bill, canvas, 98, drawn.width);
  DrawTotal(bill, canvas, y + 5, drawn.width);
  y += 30;
  // One sentence; each value ends with 元 and a comma, and lines break where they are full.
  double x = 50;
  const auto say = [&](Field field, const std::string& label, const std::string& value,
                       const char* end) {
    if (x > 400) {
      x = 50;
      y += 15;
    }
    x = canvas.Label(x, y, absl::StrCat(label, "："));
    const adapters::Box box = canvas.Value(x + 1, y, value);
    canvas.Answer(field, box, value);
    x = canvas.Label(box.right + 1, y, end) + 1;
  };
  say(Field::kInsuranceType, "医保类型", bill.insurance_type, "，");
  say(Field::kFundPaid, "统筹基金支付", bill.fund.ToYuan(), "元，");
  say(Field::kOtherPaid, "其他支付", bill.other.ToYuan(), "元，");
  say(Field::kAccountPaid, "个人账户支付", bill.account.ToYuan(), "元，");
  say(Field::kCashPaid, "个人现金支付", bill.cash.ToYuan(), "元，");
  say(Field::kSelfPaid, "个人自付", bill.self_paid.ToYuan(), "元，");
  say(Field::kOwnCost, "个人自费", bill.own_cost.ToYuan(), "元。");
  y += 18;
  canvas.Ask(Field::kInpatientNumber, 50, y, "住院号", bill.inpatient_number);
  canvas.Ask(Field::kDepartment, 240, y, "科室", bill.department);
  canvas.Ask(Field::kPrepaid, 410, y, "预交金额", bill.prepaid.ToYuan());
  canvas.Ask(Field::kAdmittedOn, 50, y + 15, "入院日期", ChineseDay(bill.admitted_on),
             bill.admitted_on);
  canvas.Ask(Field::kDischargedOn, 240, y + 15, "出院日期", ChineseDay(bill.discharged_on),
             bill.discharged_on);
  DrawFoot(bill, canvas, 390);
}

void DrawInpatientGrid(const Bill& bill, Canvas& canvas, DrawnBill& drawn) {
  drawn.width = 595;
  drawn.height = 450;
  DrawHead(bill, absl::StrCat(bill.province, "医疗收费票据（住院）"), canvas, drawn.width);
  double y = DrawItems(bill, canvas, 98, drawn.width) + 4;
  struct Cell {
    Field field;
    const char* label;
    std::string value;
  };
  const Cell cells[] = {{Field::kInpatientNumber, "住院号", bill.inpatient_number},
                        {Field::kDepartment, "科别", bill.department},
                        {Field::kAdmittedOn, "入院日期", bill.admitted_on},
                        {Field::kDischargedOn, "出院日期", bill.discharged_on},
                        {Field::kInsuranceType, "医保类型", bill.insurance_type},
                        {Field::kGender, "性别", bill.gender},
                        {Field::kFundPaid, "医保统筹支付", bill.fund.ToYuanGrouped()},
                        {Field::kOtherPaid, "其他支付", bill.other.ToYuanGrouped()},
                        {Field::kAccountPaid, "账户支付", bill.account.ToYuanGrouped()},
                        {Field::kCashPaid, "个人现金支付", bill.cash.ToYuanGrouped()},
                        {Field::kSelfPaid, "个人自付", bill.self_paid.ToYuanGrouped()},
                        {Field::kOwnCost, "个人自费", bill.own_cost.ToYuanGrouped()}};
  constexpr double kRow = 18;
  const double half = (drawn.width - 80) / 2;
  for (std::size_t i = 0; i < std::size(cells); ++i) {
    const double x = 40 + static_cast<double>(i % 2) * half;
    const double top = y + static_cast<double>(i / 2) * kRow;
    canvas.Frame(x, top, half, kRow);
    canvas.Line(x + 95, top, x + 95, top + kRow);
    canvas.Label(x + 8, top + 3, cells[i].label);
    std::string answer = cells[i].value;
    answer.erase(std::remove(answer.begin(), answer.end(), ','), answer.end());
    canvas.Answer(cells[i].field, canvas.Value(x + 110, top + 3, cells[i].value), answer);
  }
  y += 6 * kRow + 6;
  DrawTotal(bill, canvas, y, drawn.width);
  DrawFoot(bill, canvas, 425);
}

void DrawOutpatientStrip(const Bill& bill, Canvas& canvas, DrawnBill& drawn) {
  drawn.width = 300;
  drawn.height = 520;
  const std::string title = absl::StrCat(bill.province, "门诊收费票据");
  canvas.Answer(Field::kTitle, canvas.Value(70, 16, title, 14), title);
  double y = 44;
  const auto ask = [&](Field field, const char* label, const std::string& value,
                       const std::string& answer = "") {
    canvas.Ask(field, 24, y, label, value, answer, 10);
    y += 17;
  };
  ask(Field::kCode, "票据代码", bill.code);
  ask(Field::kNumber, "票据号码", bill.number);
  ask(Field::kCheckCode, "校验码", bill.check_code);
  ask(Field::kIssuedOn, "开票日期", ChineseDay(bill.issued_on), bill.issued_on);
  ask(Field::kPayerName, "姓名", bill.payer);
  ask(Field::kGender, "性别", bill.gender);
  ask(Field::kOutpatientNumber, "门诊号", bill.outpatient_number);
  ask(Field::kInsuranceType, "医保类型", bill.insurance_type);
  canvas.Line(20, y + 2, 280, y + 2);
  y += 8;
  for (const BillItem& item : bill.items) {
    canvas.Value(24, y, item.name, 10);
    canvas.ValueEndingAt(275, y, item.amount.ToYuan(), 10);
    y += 16;
  }
  canvas.Line(20, y + 2, 280, y + 2);
  y += 8;
  const auto sum = [&](Field field, const char* label, domain::Money amount) {
    canvas.Label(24, y, label, 10);
    canvas.Answer(field, canvas.ValueEndingAt(275, y, amount.ToYuan(), 10), amount.ToYuan());
    y += 17;
  };
  sum(Field::kTotal, "总金额", bill.total);
  sum(Field::kFundPaid, "统筹支付", bill.fund);
  sum(Field::kOtherPaid, "其他支付", bill.other);
  sum(Field::kAccountPaid, "个人账户支付", bill.account);
  sum(Field::kCashPaid, "现金支付", bill.cash);
  canvas.Ask(Field::kPayee, 24, y + 4, "收款单位", bill.hospital, "", 10);
}

}  // namespace

std::string_view NameOf(Layout layout) {
  switch (layout) {
    case Layout::kOutpatientForm:
      return "outpatient form";
    case Layout::kInpatientForm:
      return "inpatient form";
    case Layout::kOutpatientColumns:
      return "outpatient columns";
    case Layout::kInpatientSentence:
      return "inpatient sentence";
    case Layout::kInpatientGrid:
      return "inpatient grid";
    case Layout::kOutpatientStrip:
      return "outpatient strip";
  }
  return "";
}

void DrawLayout(const Bill& bill, Layout layout, Canvas& canvas, DrawnBill& drawn) {
  switch (layout) {
    case Layout::kOutpatientForm:
      return DrawOutpatientForm(bill, canvas, drawn);
    case Layout::kInpatientForm:
      return DrawInpatientForm(bill, canvas, drawn);
    case Layout::kOutpatientColumns:
      return DrawOutpatientColumns(bill, canvas, drawn);
    case Layout::kInpatientSentence:
      return DrawInpatientSentence(bill, canvas, drawn);
    case Layout::kInpatientGrid:
      return DrawInpatientGrid(bill, canvas, drawn);
    case Layout::kOutpatientStrip:
      return DrawOutpatientStrip(bill, canvas, drawn);
  }
}

void DrawStamp(const Bill& bill, const DrawnBill& drawn, Canvas& canvas) {
  for (const Expected& expected : drawn.expected) {
    if (expected.field != Field::kFundPaid) continue;
    // The ring and its words cross the value that matters most.
    canvas.Stamp(expected.box.right + 10, expected.box.middle() + 20, bill.hospital);
    return;
  }
}

}  // namespace recoup::hospital::bills
