// recoup-court run: the daily job (daily_run.h) and its report.
#include <string>
#include <vector>

#include "adapters/court/program/commands.h"
#include "adapters/court/program/daily_run.h"
#include "adapters/court/program/run_report.h"
#include "hub/base/status.h"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;

struct RunOptions {
  DailyRunOptions run;
  std::string xlsx;
};

void DeclareRun(CLI::App& app, RunOptions& options) {
  app.add_option(
         "SOURCE", options.run.paths,
         "目录（含子目录）、zip 或文书文件；- 为标准输入 / Folders, zip files, documents, or - "
         "for the standard input")
      ->required();
  app.add_flag("--consent", options.run.consent,
               "同意平台通知医保基金和义务人；待复核的除外 / Consent that pools and debtors are "
               "notified, but for what must be reviewed");
  app.add_flag("--again", options.run.again,
               "再读此前读不了的文书 / Read again what could not be read before");
  app.add_option("--xlsx", options.xlsx, "另写运行报告为电子表格 / Also write the report as xlsx");
}

CommandResult RunRun(const RunOptions& options, CommandContext& context) {
  const absl::Time started = context.clock().Now();
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RunRow> rows, RunDaily(options.run, context));
  const RunReport report{rows, started, context.clock().Now() - started};
  if (context.json()) {
    WriteRunReportAsJson(report, context.out());
  } else {
    context.out() << RunReportForPeople(report);
  }
  if (!options.xlsx.empty()) RECOUP_RETURN_IF_ERROR(WriteRunReport(report, options.xlsx));
  RECOUP_RETURN_IF_ERROR(MarkReported(rows, context));
  return ExitCodeOf(rows);
}

}  // namespace

void AddRunCommand(adapters::Program& program) {
  program.AddCommand<RunOptions>(
      program.root(),
      {.name = "run",
       .zh = "每日任务：读取新结案文书，分级、推送并报告；已处理的不重复",
       .en = "The daily job: read, grade and push what is new, and report",
       .examples = {{.command = "recoup-court run /data/closed",
                     .says = "推送新文书；不同意通知，基金看不到"},
                    {.command = "recoup-court run /data/closed --consent --xlsx 报告.xlsx",
                     .says = "同时同意通知，并写电子表格"}},
       .effect = adapters::Effect::kManyRequests},
      DeclareRun, RunRun);
}

}  // namespace recoup::court
