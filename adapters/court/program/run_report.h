// What a run did, for people, programs and spreadsheets.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_RUN_REPORT_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_RUN_REPORT_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "adapters/court/program/daily_run.h"

namespace recoup::court {

struct RunReport {
  const std::vector<RunRow>& rows;
  absl::Time started;
  absl::Duration took;
};

std::string RunReportForPeople(const RunReport& report);  // Several lines.
// One line, written document by document: there may be many.
void WriteRunReportAsJson(const RunReport& report, std::ostream& out);
// Sheets 汇总 and 文书; an error of the disk is a usage error.
absl::Status WriteRunReport(const RunReport& report, const std::string& xlsx_file);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_RUN_REPORT_H_
