#include "adapters/hospital/program/day_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "adapters/common/workbook/workbook.h"
#include "adapters/hospital/program/flag_steps.h"
#include "hub/base/check.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using mapping::Standing;

const v1::Flag& FlagOf(const DayRow& row) {
  return row.question && !row.visit.flag.has_patient() ? row.question->proposed : row.visit.flag;
}

std::string DiagnosesOf(const DayRow& row) {
  const auto& told = FlagOf(row).diagnosis_codes();
  return told.empty() ? absl::StrJoin(row.visit.facts.diagnosis_codes, " ")
                      : absl::StrJoin(told, " ");
}

std::string DueOf(const Question& question) {
  return question.due_time == absl::UnixEpoch() ? "" : adapters::FormatChinaTime(question.due_time);
}

// Taken here is not yet known there.
std::string Unsent(const DayRow& row) { return row.waiting ? "（待发）" : ""; }

constexpr std::size_t kRefusedMax = 100'000;

}  // namespace

std::string StandingInChinese(const DayRow& row) {
  if (row.refused_flag) return "系统拒绝";
  if (!row.refused.empty()) {
    DayRow without = row;
    without.refused.clear();
    const std::string standing = StandingInChinese(without);
    return absl::StrCat(standing, standing.empty() ? "" : "，", "结算被系统拒绝");
  }
  if (row.visit.held) return absl::StrCat("待补充：", absl::StrJoin(MissingOf(row.visit), "、"));
  if (row.question) return "待核实";
  switch (row.visit.standing) {
    case Standing::kNothing:
      return "";
    case Standing::kFlagged:
      return absl::StrCat("已标记", Unsent(row));
    case Standing::kCleared:
      return absl::StrCat("已撤回", Unsent(row));
    case Standing::kDeclined:
      return "不涉及第三方";
  }
  RECOUP_CHECK(false);
}

std::string PatientOf(const DayRow& row) {
  const std::string& name = FlagOf(row).patient().name();
  if (!name.empty()) return name;
  const v1::Person& known = row.visit.facts.patient;
  if (!known.name().empty() || known.insured_number().empty()) return known.name();
  return absl::StrCat("人员编号 ", known.insured_number());
}

namespace {

// By visit, why something of it was refused; of several the flag's.
absl::StatusOr<std::map<std::string, DayRow>> RefusedByVisit(adapters::Spool& spool) {
  std::map<std::string, DayRow> refused;
  RECOUP_ASSIGN_OR_RETURN(const auto items, spool.ListRefused(kRefusedMax));
  for (const adapters::RefusedItem& item : items) {
    DayRow& row = refused[item.spooled.item.order_key];
    const bool flag = !item.spooled.item.kind.ends_with("Settlement");
    if (!row.refused.empty() && (row.refused_flag || !flag)) continue;
    row.refused = std::string(item.error.message());
    row.refused_flag = flag;
  }
  return refused;
}

absl::StatusOr<DayRow> RowWith(const std::map<std::string, DayRow>& refused, Intake& intake,
                               CaseBook& book, const std::string& visit_id) {
  DayRow row;
  if (const auto found = refused.find(visit_id); found != refused.end()) row = found->second;
  RECOUP_ASSIGN_OR_RETURN(row.visit, intake.VisitAsTheHubKnows(visit_id));
  RECOUP_ASSIGN_OR_RETURN(const auto pending, book.ListPending(visit_id));
  row.waiting = !pending.empty();
  RECOUP_ASSIGN_OR_RETURN(row.question, book.FindOpenQuestion(visit_id));
  return row;
}

}  // namespace

absl::StatusOr<DayRow> RowOf(Intake& intake, CaseBook& book, adapters::Spool& spool,
                             const std::string& visit_id) {
  RECOUP_ASSIGN_OR_RETURN(const auto refused, RefusedByVisit(spool));
  return RowWith(refused, intake, book, visit_id);
}

absl::StatusOr<std::vector<DayRow>> ListDay(Intake& intake, CaseBook& book, adapters::Spool& spool,
                                            const DayAsked& asked) {
  RECOUP_ASSIGN_OR_RETURN(const auto refused, RefusedByVisit(spool));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> visits,
                          book.ListVisitsOf(asked.admitted_on));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> held, book.ListHeldVisits());
  std::vector<DayRow> rows;
  for (const std::string& id : visits) {
    RECOUP_ASSIGN_OR_RETURN(DayRow row, RowWith(refused, intake, book, id));
    const bool nothing =
        row.visit.standing == Standing::kNothing && !row.question && row.refused.empty();
    if (!nothing) rows.push_back(std::move(row));
  }
  for (const std::string& id : held) {
    RECOUP_ASSIGN_OR_RETURN(DayRow row, RowWith(refused, intake, book, id));
    if (row.visit.facts.admitted_on.empty()) rows.push_back(std::move(row));
  }
  if (!asked.with_open_questions) return rows;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Question> questions, book.ListOpenQuestions());
  std::set<std::string> listed;
  for (const DayRow& row : rows) listed.insert(row.visit.visit_id);
  for (const Question& question : questions) {
    if (!listed.insert(question.visit_id).second) continue;
    RECOUP_ASSIGN_OR_RETURN(DayRow row, RowWith(refused, intake, book, question.visit_id));
    rows.push_back(std::move(row));
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
  if (row.visit.held) {
    json["standing"] = "HELD";
    json["missing"] = MissingOf(row.visit);
  }
  if (row.waiting) json["waiting"] = true;
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
  adapters::Table table(
      {{"就诊"}, {"患者"}, {"入院"}, {"情况"}, {"类型"}, {"诊断"}, {"车牌"}, {"问题"}});
  std::string questions, held;
  for (const DayRow& row : rows) {
    table.AddRow({row.visit.visit_id, PatientOf(row), row.visit.facts.admitted_on,
                  StandingInChinese(row), KindInChinese(FlagOf(row).third_party_kind()),
                  DiagnosesOf(row), FlagOf(row).plate(),
                  row.question ? absl::StrCat(row.question->id) : ""});
    if (row.visit.held) {
      absl::StrAppend(&held, "待补充 ", row.visit.visit_id, "（", PatientOf(row), "）：",
                      absl::StrJoin(MissingOf(row.visit), "、"), "\n    ",
                      SupplyCommandOf(row.visit), "\n");
    }
    if (!row.question) continue;
    absl::StrAppend(&questions, "问题 ", row.question->id, "（", PatientOf(row), "）：",
                    row.question->ask, "\n    ", row.question->why, "\n");
    if (const std::string due = DueOf(*row.question); !due.empty()) {
      absl::StrAppend(&questions, "    请在 ", due, " 前答复；逾期",
                      row.question->silence_flags ? "先标记为疑似" : "不标记", "。\n");
    }
  }
  const bool other_days = std::any_of(rows.begin(), rows.end(), [&](const DayRow& row) {
    return row.visit.facts.admitted_on != admitted_on;
  });
  std::string text = absl::StrCat(
      admitted_on, other_days ? " 入院，及待核实、待补充的其他就诊\n" : " 入院\n", table.Render());
  if (!held.empty()) {
    absl::StrAppend(&text, "\n", held,
                    "这些标志补齐后自动上报；自费等无需上报的：recoup-hospital clear 就诊ID "
                    "--reason 理由\n");
  }
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
                                                   {"入院"},
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
    visits.AddRow({row.visit.visit_id, PatientOf(row), row.visit.facts.admitted_on,
                   StandingInChinese(row), KindInChinese(flag.third_party_kind()), DiagnosesOf(row),
                   flag.plate(), flag.insurer_name(), flag.accident_on(), flag.accident_place(),
                   grounds, row.refused});
    if (!row.question) continue;
    questions.AddRow({absl::StrCat(row.question->id), row.visit.visit_id, PatientOf(row),
                      row.question->ask, DueOf(*row.question),
                      std::string(row.question->silence_flags ? "先标记为疑似" : "不标记"),
                      row.question->why});
  }
  return book.Write(file);
}

}  // namespace recoup::hospital
