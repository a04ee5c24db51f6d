#include "adapters/hospital/program/day_list.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "adapters/common/workbook/workbook.h"
#include "hub/base/check.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using mapping::Standing;

const v1::Flag& FlagOf(const DayRow& row) {
  return row.question && !row.visit.flag.has_patient() ? row.question->proposed : row.visit.flag;
}

std::string DiagnosesOf(const DayRow& row) {
  return absl::StrJoin(FlagOf(row).diagnosis_codes(), " ");
}

std::string DueOf(const Question& question) {
  return question.due_time == absl::UnixEpoch() ? "" : adapters::FormatChinaTime(question.due_time);
}

constexpr std::size_t kRefusedMax = 100'000;

}  // namespace

std::string StandingInChinese(const DayRow& row) {
  if (!row.refused.empty()) return "系统拒绝";
  if (row.question) return "待核实";
  switch (row.visit.standing) {
    case Standing::kNothing:
      return "";
    case Standing::kFlagged:
      return "已标记";
    case Standing::kCleared:
      return "已撤回";
    case Standing::kDeclined:
      return "不涉及第三方";
  }
  RECOUP_CHECK(false);
}

std::string PatientOf(const DayRow& row) { return FlagOf(row).patient().name(); }

absl::StatusOr<std::vector<DayRow>> ListDay(Intake& intake, CaseBook& book, adapters::Spool& spool,
                                            const std::string& admitted_on) {
  std::map<std::string, std::string> refused;
  RECOUP_ASSIGN_OR_RETURN(const auto items, spool.ListRefused(kRefusedMax));
  for (const adapters::RefusedItem& item : items) {
    refused.emplace(item.spooled.item.order_key, std::string(item.error.message()));
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> visits, book.ListVisitsOf(admitted_on));
  std::vector<DayRow> rows;
  for (const std::string& id : visits) {
    DayRow row;
    RECOUP_ASSIGN_OR_RETURN(row.visit, intake.VisitAsTheHubKnows(id));
    RECOUP_ASSIGN_OR_RETURN(row.question, book.FindOpenQuestion(id));
    if (const auto found = refused.find(id); found != refused.end()) row.refused = found->second;
    const bool nothing =
        row.visit.standing == Standing::kNothing && !row.question && row.refused.empty();
    if (!nothing) rows.push_back(std::move(row));
  }
  return rows;
}

Json DayRowAsJson(const DayRow& row) {
  constexpr const char* kStandings[] = {"NOTHING", "FLAGGED", "CLEARED", "DECLINED"};
  Json json = {{"visit", row.visit.visit_id},
               {"patient", PatientOf(row)},
               {"standing", kStandings[static_cast<std::size_t>(row.visit.standing)]},
               {"kind", KindInChinese(FlagOf(row).third_party_kind())},
               {"admitted_on", row.visit.facts.admitted_on},
               {"diagnoses", DiagnosesOf(row)},
               {"plate", FlagOf(row).plate()},
               {"accident_on", FlagOf(row).accident_on()},
               {"accident_place", FlagOf(row).accident_place()}};
  if (!row.refused.empty()) json["refused"] = row.refused;
  if (row.question) {
    json["question"] = {{"id", row.question->id},
                        {"ask", row.question->ask},
                        {"due_time", DueOf(*row.question)},
                        {"silence", row.question->silence_flags ? "FLAG" : "NO_FLAG"},
                        {"why", row.question->why}};
  }
  return json;
}

std::string DayForPeople(const std::vector<DayRow>& rows, const std::string& admitted_on) {
  if (rows.empty()) return absl::StrCat(admitted_on, " 入院：没有需要关注的就诊。\n");
  adapters::Table table({{"就诊"}, {"患者"}, {"情况"}, {"类型"}, {"诊断"}, {"车牌"}, {"问题"}});
  std::string questions;
  for (const DayRow& row : rows) {
    table.AddRow({row.visit.visit_id, PatientOf(row), StandingInChinese(row),
                  KindInChinese(FlagOf(row).third_party_kind()), DiagnosesOf(row),
                  FlagOf(row).plate(), row.question ? absl::StrCat(row.question->id) : ""});
    if (!row.question) continue;
    absl::StrAppend(&questions, "问题 ", row.question->id, "（", PatientOf(row), "）：",
                    row.question->ask, "\n    ", row.question->why, "\n");
    if (const std::string due = DueOf(*row.question); !due.empty()) {
      absl::StrAppend(&questions, "    请在 ", due, " 前答复；逾期",
                      row.question->silence_flags ? "先标记为疑似" : "不标记", "。\n");
    }
  }
  std::string text = absl::StrCat(admitted_on, " 入院\n", table.Render());
  if (!questions.empty()) {
    absl::StrAppend(&text, "\n", questions,
                    "答复：recoup-hospital answer 编号 --flag 或 --no-flag --reason 理由\n");
  }
  return text;
}

absl::Status WriteDayWorkbook(const std::vector<DayRow>& rows, const std::string& admitted_on,
                              absl::Time created, const std::string& file) {
  adapters::Workbook book(absl::StrCat("第三方责任标记 ", admitted_on), created);
  adapters::Sheet& visits = book.AddSheet("就诊", {{"就诊"},
                                                   {"患者"},
                                                   {"情况"},
                                                   {"类型"},
                                                   {"诊断"},
                                                   {"车牌"},
                                                   {"保险公司"},
                                                   {"事故日期"},
                                                   {"事故地点"},
                                                   {"依据"},
                                                   {"系统答复"}});
  adapters::Sheet& questions = book.AddSheet(
      "待核实", {{"编号"}, {"就诊"}, {"患者"}, {"问题"}, {"答复期限"}, {"逾期"}, {"理由"}});
  for (const DayRow& row : rows) {
    const v1::Flag& flag = FlagOf(row);
    std::string grounds;
    for (const v1::FlagEvidence& evidence : flag.evidence()) {
      absl::StrAppend(&grounds, grounds.empty() ? "" : "；", evidence.text());
    }
    visits.AddRow({row.visit.visit_id, PatientOf(row), StandingInChinese(row),
                   KindInChinese(flag.third_party_kind()), DiagnosesOf(row), flag.plate(),
                   flag.insurer_name(), flag.accident_on(), flag.accident_place(), grounds,
                   row.refused});
    if (!row.question) continue;
    questions.AddRow({absl::StrCat(row.question->id), row.visit.visit_id, PatientOf(row),
                      row.question->ask, DueOf(*row.question),
                      std::string(row.question->silence_flags ? "先标记为疑似" : "不标记"),
                      row.question->why});
  }
  return book.Write(file);
}

}  // namespace recoup::hospital
