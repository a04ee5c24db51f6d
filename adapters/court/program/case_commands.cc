// recoup-court show, consent, withdraw, performance: what a clerk does with one case.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/program/court_hub.h"
#include "adapters/court/program/elements_report.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;

constexpr char kCaseHelp[] = "案号或 courtCases/… / Case number or name";

struct CaseOptions {
  std::string court_case;
  std::string reason;
};

void DeclareCase(CLI::App& app, CaseOptions& options) {
  app.add_option("CASE", options.court_case, kCaseHelp)->required();
}

void DeclareCaseWithReason(CLI::App& app, CaseOptions& options) {
  DeclareCase(app, options);
  app.add_option("--reason", options.reason, "原因 / Why")->required();
}

std::string_view StateInChinese(v1::CourtCaseState state) {
  if (state == v1::COURT_CASE_STATE_PUSHED) return "已推送，未同意通知";
  if (state == v1::COURT_CASE_STATE_NOTIFIED) return "已推送，同意通知";
  if (state == v1::COURT_CASE_STATE_SUPERSEDED) return "已被替代";
  if (state == v1::COURT_CASE_STATE_WITHDRAWN) return "已撤回";
  return "未知";
}

std::string_view GradeInChinese(v1::Grade grade) {
  if (grade == v1::GRADE_NO_ADVANCE) return "无垫付";
  if (grade == v1::GRADE_ADVANCE_REPAID) return "已垫付且已返还";
  if (grade == v1::GRADE_ADVANCE_OUTSTANDING) return "已垫付未返还";
  return "未分级";
}

void PrintCase(const v1::CourtCase& court_case, CommandContext& context) {
  std::ostream& out = context.out();
  out << "案    号  " << court_case.elements().case_number() << '\n'
      << "平台案件  " << court_case.name() << "（第 " << court_case.version() << " 版）\n"
      << "状    态  " << StateInChinese(court_case.state()) << '\n'
      << "分    级  " << GradeInChinese(court_case.grade()) << '\n'
      << "同意通知  " << (court_case.consent() ? "是" : "否") << '\n';
  if (!court_case.superseded_by().empty()) {
    out << "替代案件  " << court_case.superseded_by() << '\n';
  }
  if (court_case.performances_size() + court_case.withdrawn_performances_size() == 0) return;
  adapters::Table table({{"履行日期"},
                         {"金额（元）", adapters::Align::kRight},
                         {"付款人"},
                         {"收款人"},
                         {"为受害人"},
                         {"履行完毕"},
                         {"撤回"}});
  const auto add = [&table](const v1::Performance& row, std::string withdrawn) {
    table.AddRow({row.performed_on(), adapters::FormatYuan(row.amount_fen()), row.payer(),
                  row.payee(), row.injured_person(), row.complete() ? "是" : "否",
                  std::move(withdrawn)});
  };
  for (const v1::Performance& row : court_case.performances()) add(row, "");
  for (const v1::WithdrawnPerformance& row : court_case.withdrawn_performances()) {
    add(row.performance(), absl::StrCat("已撤回：", row.reason()));
  }
  out << "履行情况\n" << table.Render();
}

template <typename Response>
CommandResult Answer(const Response& answer, std::string_view done, CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
    return ExitCode::kOk;
  }
  context.out() << (context.validate_only() ? "校验通过，未记录" : done) << '\n';
  PrintCase(answer.court_case(), context);
  return ExitCode::kOk;
}

CommandResult RunShow(const CaseOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const std::string name, hub.CaseName(options.court_case));
  RECOUP_ASSIGN_OR_RETURN(const v1::CourtCase court_case, hub.GetCase(name));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(court_case);
  } else {
    PrintCase(court_case, context);
  }
  return ExitCode::kOk;
}

CommandResult RunGiveConsent(const CaseOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  v1::GiveConsentRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), hub.CaseName(options.court_case));
  RECOUP_ASSIGN_OR_RETURN(const v1::GiveConsentResponse answer, hub.GiveConsent(request));
  const std::string letters = InquiriesInChinese(answer.recoveries_without_amount_count());
  return Answer(answer,
                absl::StrCat("已同意通知，", LeadsInChinese(answer.persons_with_lead_count()),
                             letters.empty() ? "" : "，函件：", letters),
                context);
}

CommandResult RunWithdrawConsent(const CaseOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  v1::WithdrawConsentRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), hub.CaseName(options.court_case));
  request.set_reason(options.reason);
  RECOUP_ASSIGN_OR_RETURN(const v1::WithdrawConsentResponse answer, hub.WithdrawConsent(request));
  return Answer(answer, "已撤回同意，此后不再通知；已发出的不受影响", context);
}

CommandResult RunWithdraw(const CaseOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  v1::WithdrawCourtCaseRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), hub.CaseName(options.court_case));
  request.set_reason(options.reason);
  RECOUP_ASSIGN_OR_RETURN(const v1::WithdrawCourtCaseResponse answer, hub.Withdraw(request));
  return Answer(answer, "已撤回案件", context);
}

struct PerformanceOptions {
  std::string court_case;
  std::string performed_on;
  std::string amount;
  std::string medical;
  std::string payer;
  std::string payee;
  std::string injured_person;
  bool complete = false;
  std::string note;
};

void DeclarePerformance(CLI::App& app, PerformanceOptions& options) {
  app.add_option("CASE", options.court_case, kCaseHelp)->required();
  app.add_option("--on", options.performed_on, "履行日期 / Day of payment, YYYY-MM-DD")->required();
  app.add_option("--amount", options.amount, "金额（元）/ Amount in yuan")->required();
  app.add_option("--medical", options.medical, "其中医疗费（元）/ Of that, medical costs");
  app.add_option("--payer", options.payer, "付款人 / Who paid")->required();
  app.add_option("--payee", options.payee, "收款人 / Who received it")->required();
  app.add_option("--injured", options.injured_person,
                 "为哪一名受害人支付（案件有几名受害人而款项退回基金时须写明）/ For whose injury");
  app.add_flag("--complete", options.complete, "已全部履行 / Nothing is left to be paid");
  app.add_option("--note", options.note, "备注 / Note");
}

absl::StatusOr<v1::Performance> PerformanceFrom(const PerformanceOptions& options) {
  Faults faults;
  v1::Performance performance;
  absl::CivilDay day;
  if (!absl::ParseCivilTime(options.performed_on, &day)) {
    faults.Add("--on", "must be a day, YYYY-MM-DD");
  }
  performance.set_performed_on(options.performed_on);
  const absl::StatusOr<domain::Money> amount = domain::Money::FromYuan(options.amount);
  if (amount.ok()) {
    performance.set_amount_fen(amount->fen());
  } else {
    faults.Add("--amount", "must be an amount in yuan");
  }
  if (!options.medical.empty()) {
    const absl::StatusOr<domain::Money> medical = domain::Money::FromYuan(options.medical);
    if (medical.ok()) {
      performance.set_medical_fen(medical->fen());
    } else {
      faults.Add("--medical", "must be an amount in yuan");
    }
  }
  performance.set_payer(options.payer);
  performance.set_payee(options.payee);
  performance.set_injured_person(options.injured_person);
  performance.set_complete(options.complete);
  performance.set_note(options.note);
  RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(faults.ToStatus()));
  return performance;
}

CommandResult RunPerformance(const PerformanceOptions& options, CommandContext& context) {
  v1::ReportPerformanceRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_performance(), PerformanceFrom(options));
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), hub.CaseName(options.court_case));
  RECOUP_ASSIGN_OR_RETURN(const v1::ReportPerformanceResponse answer,
                          hub.ReportPerformance(request));
  return Answer(answer, "已报告履行情况", context);
}

struct WithdrawPerformanceOptions {
  std::string court_case;
  std::string performed_on;
  std::string amount;
  std::string payer;
  std::string payee;
  std::string reason;
};

void DeclareWithdrawPerformance(CLI::App& app, WithdrawPerformanceOptions& options) {
  app.add_option("CASE", options.court_case, kCaseHelp)->required();
  app.add_option("--on", options.performed_on, "所报履行日期 / Day that was reported, YYYY-MM-DD")
      ->required();
  app.add_option("--amount", options.amount, "所报金额（元）/ Amount that was reported, in yuan")
      ->required();
  app.add_option("--payer", options.payer, "所报付款人 / Payer that was reported");
  app.add_option("--payee", options.payee, "所报收款人 / Payee that was reported");
  app.add_option("--reason", options.reason, "原因 / Why")->required();
}

// The one report that is meant, as the hub keeps it.
absl::StatusOr<v1::Performance> ReportMeant(const v1::CourtCase& court_case,
                                            const WithdrawPerformanceOptions& options) {
  const absl::StatusOr<domain::Money> amount = domain::Money::FromYuan(options.amount);
  if (!amount.ok()) {
    Faults faults;
    faults.Add("--amount", "must be an amount in yuan");
    return adapters::AsUsageError(faults.ToStatus());
  }
  std::vector<v1::Performance> meant;
  for (const v1::Performance& report : court_case.performances()) {
    if (report.performed_on() == options.performed_on && report.amount_fen() == amount->fen() &&
        (options.payer.empty() || report.payer() == options.payer) &&
        (options.payee.empty() || report.payee() == options.payee)) {
      meant.push_back(report);
    }
  }
  if (meant.empty()) {
    return MakeError(Reason::kNotFound, "the case has no such report of performance");
  }
  if (meant.size() > 1) {
    return adapters::AsUsageError(MakeError(
        Reason::kInvalidArgument, absl::StrCat(meant.size(),
                                               " reports of performance are like this; name payer "
                                               "and payee, too")));
  }
  return meant.front();
}

CommandResult RunWithdrawPerformance(const WithdrawPerformanceOptions& options,
                                     CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  v1::WithdrawPerformanceRequest request;
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), hub.CaseName(options.court_case));
  RECOUP_ASSIGN_OR_RETURN(const v1::CourtCase court_case, hub.GetCase(request.name()));
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_performance(), ReportMeant(court_case, options));
  request.set_reason(options.reason);
  RECOUP_ASSIGN_OR_RETURN(const v1::WithdrawPerformanceResponse answer,
                          hub.WithdrawPerformance(request));
  return Answer(answer, "已撤回履行情况报告", context);
}

}  // namespace

void AddCaseCommands(adapters::Program& program) {
  program.AddCommand<CaseOptions>(
      program.root(),
      {.name = "show", .zh = "查看平台上的案件", .en = "Show a case as the hub keeps it"},
      DeclareCase, RunShow);
  CLI::App& consent = program.AddGroup(program.root(), "consent", "同意通知", "Consent");
  program.AddCommand<CaseOptions>(consent,
                                  {.name = "give",
                                   .zh = "同意通知医保基金和义务人",
                                   .en = "Consent that pools and debtors are notified",
                                   .effect = Effect::kOneRequest},
                                  DeclareCase, RunGiveConsent);
  program.AddCommand<CaseOptions>(consent,
                                  {.name = "withdraw",
                                   .zh = "撤回同意，此后不再通知",
                                   .en = "Withdraw consent; nothing further is sent out",
                                   .effect = Effect::kOneRequest},
                                  DeclareCaseWithReason, RunWithdrawConsent);
  program.AddCommand<CaseOptions>(program.root(),
                                  {.name = "withdraw",
                                   .zh = "撤回已推送的案件",
                                   .en = "Withdraw a pushed case",
                                   .effect = Effect::kOneRequest},
                                  DeclareCaseWithReason, RunWithdraw);
  CLI::App& performance =
      program.AddGroup(program.root(), "performance", "履行情况", "Performance of judgments");
  program.AddCommand<PerformanceOptions>(
      performance,
      {.name = "report",
       .zh = "报告判决的履行情况",
       .en = "Report what was paid under a judgment",
       .examples = {{.command =
                         "recoup-court performance report （2025）沪0115民初90027号 --on "
                         "2025-10-08 --amount 75400.00 --payer 陆志强 --payee 李秀英 --complete",
                     .says = "报告已全部履行"}},
       .effect = Effect::kOneRequest},
      DeclarePerformance, RunPerformance);
  program.AddCommand<WithdrawPerformanceOptions>(
      performance,
      {.name = "withdraw",
       .zh = "撤回误报的履行情况",
       .en = "Take back a report of performance that was wrong",
       .examples = {{.command = "recoup-court performance withdraw （2025）沪0115民初90027号 --on "
                                "2025-10-08 --amount 75400.00 --reason 误录他案款项",
                     .says = "以履行日期和金额指明所撤回的报告；有多笔相同时再给付款人、收款人"}},
       .effect = Effect::kOneRequest},
      DeclareWithdrawPerformance, RunWithdrawPerformance);
}

}  // namespace recoup::court
