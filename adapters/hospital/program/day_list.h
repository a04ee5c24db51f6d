// The day's list of the registration desk: every visit of one day of admission of which something
// was decided or asked, for the screen, for programs and as a spreadsheet.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DAY_LIST_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DAY_LIST_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/intake.h"

namespace recoup::hospital {

struct DayRow {
  Visit visit;
  std::optional<Question> question;  // The open one.
  std::string refused;               // Why the hub refused a request; empty: it did not.
  bool refused_flag = false;         // It was about the flag, and not only about a settlement.
  bool waiting = false;              // What was decided last has not reached the hub.
};

// "已标记", "已撤回" …: what the desk has to know of the visit in a word.
std::string StandingInChinese(const DayRow& row);
// The patient as the flag, the question or the visit's messages name them.
std::string PatientOf(const DayRow& row);

struct DayAsked {
  std::string admitted_on;
  // Today's list also has the visits of other days about which a question is open.
  bool with_open_questions = false;
};

// Visits without flag, question or decision are left out: there is nothing to do for them. Those
// whose flag waits for the day of admission itself are in the list of every day.
absl::StatusOr<DayRow> RowOf(Intake& intake, CaseBook& book, adapters::Spool& spool,
                             const std::string& visit_id);
absl::StatusOr<std::vector<DayRow>> ListDay(Intake& intake, CaseBook& book, adapters::Spool& spool,
                                            const DayAsked& asked);

Json DayRowAsJson(const DayRow& row);
std::string DayForPeople(const std::vector<DayRow>& rows, const std::string& admitted_on);
// Two sheets: visits, and open questions.
absl::Status WriteDayWorkbook(const std::vector<DayRow>& rows, const std::string& admitted_on,
                              absl::Time created, const std::string& file);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DAY_LIST_H_
