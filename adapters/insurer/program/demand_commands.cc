// recoup-insurer demands list, due, show, explain, letter.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/letters/letter_pdf.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/demand_report.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct ListOptions {
  std::string pool;
  std::vector<std::string> states;
  std::string reference;
  std::string recovery;
  std::string due_until_on;
};

void DeclareList(CLI::App& app, ListOptions& options) {
  app.add_option("--pool", options.pool, "只列此基金，如 pools/310115-310 / Only of this pool");
  app.add_option("--state", options.states,
                 "只列这些状态，如 issued、disputed / Only in these states");
  app.add_option("--reference", options.reference, "只列此付款参考号 / Only with this reference");
  app.add_option("--recovery", options.recovery, "只列此追偿案 / Only of this recovery");
  app.add_option("--due-until", options.due_until_on,
                 "只列此日或之前到期且未付清的 / Only with an open part due until this day");
}

CommandResult RunList(const ListOptions& options, CommandContext& context) {
  v1::ListDemandsRequest request;
  request.set_pool(options.pool);
  request.set_reference(options.reference);
  request.set_recovery(options.recovery);
  request.set_due_until_on(options.due_until_on);
  Faults faults;
  for (const std::string& text : options.states) {
    const std::optional<v1::DemandState> state = mapping::DemandStateFrom(text);
    if (state.has_value()) {
      request.add_states(*state);
    } else {
      faults.Add("--state", absl::StrCat("unknown: ", text));
    }
  }
  RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(faults.ToStatus()));
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Demand> demands,
                          hub.ListDemands(std::move(request)));
  if (context.json()) {
    v1::ListDemandsResponse all;
    for (const v1::Demand& demand : demands) *all.add_demands() = demand;
    context.out() << adapters::ProtoAsJson(all);
  } else {
    context.out() << DemandTable(demands);
  }
  return ExitCode::kOk;
}

struct DueOptions {
  std::string pool;
  int within_days = 30;
};

void DeclareDue(CLI::App& app, DueOptions& options) {
  app.add_option("--pool", options.pool, "只列此基金 / Only of this pool");
  app.add_option("--within", options.within_days,
                 "今后这么多天内到期的，已逾期的总是列出 / Due within so many days; overdue ones "
                 "always")
      ->check(CLI::Range(0, 3660))
      ->capture_default_str();
}

std::string DaysLeft(std::int32_t days) {
  if (days < 0) return absl::StrCat("逾期 ", -days, " 天");
  return days == 0 ? "今天" : absl::StrCat("还有 ", days, " 天");
}

CommandResult RunDue(const DueOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  v1::GetClocksRequest request;
  request.set_pool(options.pool);
  request.set_until_on(
      adapters::FormatDate(ChinaDate(context.clock().Now()) + options.within_days));
  RECOUP_ASSIGN_OR_RETURN(const v1::GetClocksResponse answer, hub.GetClocks(std::move(request)));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
    return ExitCode::kOk;
  }
  if (answer.clocks().empty()) {
    context.out() << "没有将到期的事项\n";
    return ExitCode::kOk;
  }
  adapters::Table table({{"到期日"},
                         {"期限"},
                         {"事项"},
                         {"付款参考号"},
                         {"金额（元）", adapters::Align::kRight},
                         {"依据"}});
  for (const v1::InsurerClock& clock : answer.clocks()) {
    table.AddRow({clock.due_on(), DaysLeft(clock.days_left()),
                  std::string(mapping::InChinese(clock.kind())), clock.reference(),
                  adapters::FormatYuan(clock.amount_fen()), clock.source()});
  }
  context.out() << table.Render();
  return ExitCode::kOk;
}

struct DemandOptions {
  std::string demand;
};

void DeclareDemand(CLI::App& app, DemandOptions& options) {
  app.add_option("DEMAND", options.demand,
                 "pools/…/demands/… 或付款参考号 / Name or payment reference")
      ->required();
}

CommandResult RunShow(const DemandOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::Demand demand, hub.GetDemand(options.demand));
  context.out() << (context.json() ? adapters::ProtoAsJson(demand) : DemandForPeople(demand));
  return ExitCode::kOk;
}

CommandResult RunExplain(const DemandOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::Explanation explanation, hub.Explain(options.demand));
  context.out() << (context.json() ? adapters::ProtoAsJson(explanation)
                                   : ExplanationForPeople(explanation));
  return ExitCode::kOk;
}

struct LetterOptions {
  std::string demand;
  std::string pdf;
  bool all = false;
};

void DeclareLetter(CLI::App& app, LetterOptions& options) {
  app.add_option("DEMAND", options.demand,
                 "pools/…/demands/… 或付款参考号 / Name or payment reference")
      ->required();
  app.add_option("--pdf", options.pdf,
                 "另存为 PDF 的文件（.pdf）或目录 / PDF file, or folder, to write the letter into");
  app.add_flag("--all", options.all,
               "连同此前各版；默认只取现行一版 / Earlier revisions too, not only the last");
}

CommandResult RunLetter(const LetterOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(std::vector<v1::Letter> letters, hub.Letters(options.demand));
  if (!options.all) letters.erase(letters.begin(), letters.end() - 1);
  if (!options.pdf.empty()) {
    const absl::StatusOr<std::vector<std::string>> files =
        adapters::WriteLetterPdfs(letters, options.pdf);
    if (!files.ok()) return adapters::AsUsageError(files.status());
    // On stderr, so that what is piped on stays clean.
    for (const std::string& file : *files) context.err() << "已写入 " << file << '\n';
  }
  for (const v1::Letter& letter : letters) {
    if (context.json()) {
      context.out() << adapters::ProtoAsJson(letter);
    } else {
      context.out() << letter.title() << "\n\n" << letter.text() << '\n';
    }
  }
  return ExitCode::kOk;
}

}  // namespace

void AddDemandCommands(adapters::Program& program, CLI::App& demands) {
  program.AddCommand<ListOptions>(
      demands,
      {.name = "list",
       .zh = "列出追偿函",
       .en = "List demands",
       .examples = {{.command = "recoup-insurer demands list --state issued acknowledged",
                     .says = "列出尚未答复的追偿函"}}},
      DeclareList, RunList);
  program.AddCommand<DueOptions>(
      demands,
      {.name = "due",
       .zh = "列出法定和约定的期限：核定、支付、先付、分期、到期",
       .en = "List what must be done by when, overdue first",
       .examples = {{.command = "recoup-insurer demands due --within 7",
                     .says = "一周内到期和已逾期的事项，可由定时任务每日运行"}}},
      DeclareDue, RunDue);
  program.AddCommand<DemandOptions>(demands,
                                    {.name = "show", .zh = "查看一份追偿函", .en = "Show a demand"},
                                    DeclareDemand, RunShow);
  program.AddCommand<DemandOptions>(
      demands,
      {.name = "explain", .zh = "说明金额如何得出", .en = "Explain why the amount is what it is"},
      DeclareDemand, RunExplain);
  program.AddCommand<LetterOptions>(
      demands,
      {.name = "letter",
       .zh = "查看追偿函全文，或者另存为 PDF",
       .en = "Show the letter of a demand, or save it as PDF",
       .examples = {{.command = "recoup-insurer demands letter RF18539007547034 --pdf 追偿函.pdf",
                     .says = "把现行追偿函存为 PDF"}}},
      DeclareLetter, RunLetter);
}

}  // namespace recoup::insurer
