#include "adapters/court/program/run_report.h"

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/format.h"
#include "adapters/common/phrases.h"
#include "adapters/common/table.h"
#include "adapters/common/workbook/workbook.h"
#include "adapters/court/program/elements_report.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup::court {
namespace {

using Json = nlohmann::ordered_json;

constexpr RunState kStates[] = {
    RunState::kPushed,  RunState::kAmended,    RunState::kAlreadyRead, RunState::kDuplicate,
    RunState::kDiffers, RunState::kIncomplete, RunState::kChecked,     RunState::kWaiting,
    RunState::kRefused, RunState::kUnread,
};
// Keys of the JSON, in the order of kStates.
constexpr const char* kKeys[] = {"pushed",     "amended", "already_pushed", "duplicate", "differs",
                                 "incomplete", "checked", "waiting",        "refused",   "unread"};

constexpr Grade kGrades[] = {Grade::kNoAdvance, Grade::kAdvanceRepaid, Grade::kAdvanceOutstanding};

// By the hub where it answered, else as the document was read.
const std::string& GradeOf(const RunRow& row) {
  return row.answer.grade.empty() ? row.entry.grade : row.answer.grade;
}

std::string GradeForPeople(const std::string& name) {
  for (const Grade grade : kGrades) {
    if (Name(grade) == name) return std::string(GradeInChinese(grade));
  }
  return name;
}

bool IsNew(const RunRow& row) { return row.state != RunState::kAlreadyRead; }
bool InReview(const RunRow& row) { return row.entry.review == ReviewState::kOpen; }

struct Counts {
  std::map<RunState, std::int64_t> by_state;
  std::map<std::string, std::int64_t> by_grade;  // Of what was read in this run.
  std::int64_t read = 0;
  std::int64_t in_review = 0;
};

Counts Count(const RunReport& report) {
  Counts counts;
  for (const RunRow& row : report.rows) {
    ++counts.by_state[row.state];
    counts.in_review += InReview(row) ? 1 : 0;
    if (row.state == RunState::kUnread) continue;
    ++counts.read;
    if (IsNew(row) && !row.was_graded) ++counts.by_grade[GradeOf(row)];
  }
  return counts;
}

std::string Why(const RunRow& row) {
  std::string why;
  if (row.state == RunState::kUnread) {
    why = adapters::InChinese(std::string(row.error.message()));
  } else if (!row.error.ok()) {
    why = adapters::ErrorInACell(row.error);
  }
  if (InReview(row))
    absl::StrAppend(&why, why.empty() ? "" : "；", "待复核：", row.entry.review_why);
  return why;
}

Json AsJson(const RunRow& row) {
  const auto or_null = [](const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
  };
  Json json;
  json["file"] = row.entry.name;
  json["sha256"] = row.entry.sha256;
  json["case_number"] = or_null(row.entry.case_number);
  json["court"] = or_null(row.entry.court);
  json["closed_on"] = or_null(row.entry.closed_on);
  json["state"] = std::string(Name(row.state));
  json["grade"] = or_null(GradeOf(row));
  json["consent"] = row.consent;
  json["court_case"] = or_null(row.answer.court_case);
  json["persons_with_lead_count"] = row.answer.persons_with_lead_count;
  json["recoveries_without_amount_count"] = row.answer.recoveries_without_amount_count;
  json["replaces"] = or_null(row.entry.replaces);
  json["receipt_file"] = or_null(row.receipt_file);
  json["review"] = InReview(row) ? Json(row.entry.review_why) : Json(nullptr);
  json["error"] =
      row.error.ok() ? Json(nullptr) : Json::parse(adapters::ErrorAsJson(row.error))["error"];
  return json;
}

adapters::Cell Money(const std::optional<std::int64_t>& fen) {
  if (!fen.has_value()) return {};
  return adapters::Fen{*fen};
}

adapters::Cell Day(const std::string& text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day)) return {};
  return day;
}

}  // namespace

std::string RunReportForPeople(const RunReport& report) {
  Counts counts = Count(report);
  std::string text = absl::StrCat("读取 ", counts.read, " 份");
  for (const RunState state : kStates) {
    if (counts.by_state[state] == 0) continue;
    absl::StrAppend(&text, "，", std::string(InChinese(state)), " ", counts.by_state[state], " 份");
  }
  absl::StrAppend(&text, "\n分级：");
  for (const Grade grade : kGrades) {
    absl::StrAppend(&text, grade == kGrades[0] ? "" : "，", std::string(GradeInChinese(grade)), " ",
                    counts.by_grade[std::string(Name(grade))]);
  }
  absl::StrAppend(&text, "\n用时 ",
                  absl::FormatDuration(absl::Trunc(report.took, absl::Milliseconds(100))), "\n");
  adapters::Table table({{"文书"}, {"案号"}, {"状态"}, {"原因"}});
  bool any = false;
  for (const RunRow& row : report.rows) {
    const std::string why = Why(row);
    if (why.empty() || !IsNew(row)) continue;
    any = true;
    table.AddRow({row.entry.name, row.entry.case_number, std::string(InChinese(row.state)), why});
  }
  if (any) text += table.Render();
  if (counts.in_review > 0) {
    absl::StrAppend(&text, "待复核 ", counts.in_review, " 份，见 recoup-court review list\n");
  }
  return text;
}

void WriteRunReportAsJson(const RunReport& report, std::ostream& out) {
  Counts counts = Count(report);
  Json json{
      {"started_time", absl::FormatTime(absl::RFC3339_sec, report.started, absl::UTCTimeZone())},
      {"took_ms", absl::ToInt64Milliseconds(report.took)},
      {"read", counts.read},
      {"graded", Json::object()}};
  for (const Grade grade : kGrades) {
    const std::string name(Name(grade));
    json["graded"][name] = counts.by_grade[name];
  }
  for (std::size_t i = 0; i < std::size(kStates); ++i) json[kKeys[i]] = counts.by_state[kStates[i]];
  json["in_review"] = counts.in_review;
  const auto dump = [](const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  std::string head = dump(json);
  head.pop_back();  // The brace, behind which the documents come.
  out << head << ",\"documents\":[";
  for (std::size_t i = 0; i < report.rows.size(); ++i) {
    out << (i == 0 ? "" : ",") << dump(AsJson(report.rows[i]));
  }
  out << "]}\n";
}

absl::Status WriteRunReport(const RunReport& report, const std::string& xlsx_file) {
  using adapters::CellKind;
  Counts counts = Count(report);
  adapters::Workbook book("裁判文书运行报告", report.started);
  adapters::Sheet& summary = book.AddSheet("汇总", {{"项目"}, {"份数", CellKind::kCount}});
  summary.AddRow({std::string("读取"), counts.read});
  for (const RunState state : kStates) {
    summary.AddRow({std::string(InChinese(state)), counts.by_state[state]});
  }
  for (const Grade grade : kGrades) {
    summary.AddRow({absl::StrCat("分级：", std::string(GradeInChinese(grade))),
                    counts.by_grade[std::string(Name(grade))]});
  }
  summary.AddRow({std::string("待复核"), counts.in_review});
  adapters::Sheet& documents = book.AddSheet("文书", {{"文书"},
                                                      {"案号"},
                                                      {"法院"},
                                                      {"裁判日期", CellKind::kDate},
                                                      {"分级"},
                                                      {"状态"},
                                                      {"基金支付（元）", CellKind::kMoney},
                                                      {"判决医疗费（元）", CellKind::kMoney},
                                                      {"有线索人数", CellKind::kCount},
                                                      {"函件"},
                                                      {"说明"}});
  for (const RunRow& row : report.rows) {
    documents.AddRow(
        {row.entry.name, row.entry.case_number, row.entry.court, Day(row.entry.closed_on),
         GradeForPeople(GradeOf(row)), std::string(InChinese(row.state)), Money(row.fund_paid_fen),
         Money(row.medical_expense_awarded_fen), std::int64_t{row.answer.persons_with_lead_count},
         InquiriesInChinese(row.answer.recoveries_without_amount_count), Why(row)});
  }
  return adapters::AsUsageError(book.Write(xlsx_file));
}

}  // namespace recoup::court
