// status, retry, drop, questions and answer: what waits for a person.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/common/error_text.h"
#include "adapters/common/format.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/settings.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

constexpr std::size_t kRefusedShownMax = 1000;

Json RefusedAsJson(const adapters::RefusedItem& item) {
  Json json = {{"id", item.spooled.sequence},
               {"message", item.spooled.item.source_key},
               {"request", item.spooled.item.kind},
               {"visit", item.spooled.item.order_key},
               {"refused_time", adapters::FormatChinaTime(item.refused_time)}};
  json.update(Json::parse(adapters::ErrorAsJson(item.error)));
  return json;
}

CommandResult RunStatus(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const adapters::SpoolCounts counts, desk->spool->Counts());
  RECOUP_ASSIGN_OR_RETURN(const auto refused, desk->spool->ListRefused(kRefusedShownMax));
  RECOUP_ASSIGN_OR_RETURN(const auto questions, desk->book->ListOpenQuestions());
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t half, desk->book->CountWaitingRequests());
  RECOUP_ASSIGN_OR_RETURN(const auto held, desk->book->ListHeldVisits());
  RECOUP_ASSIGN_OR_RETURN(const auto reversals, desk->book->ListWaitingReversals());
  if (context.json()) {
    Json json = {{"waiting", counts.waiting},     {"delivered", counts.delivered},
                 {"refused", counts.refused},     {"dropped", counts.dropped},
                 {"questions", questions.size()}, {"refused_items", Json::array()}};
    json["without_response"] = half;
    json["held_flags"] = held;
    json["reversals_without_settlement"] = reversals.size();
    for (const auto& item : refused) json["refused_items"].push_back(RefusedAsJson(item));
    context.out() << JsonLine(json);
    return ExitCode::kOk;
  }
  context.out() << "待发 " << counts.waiting << "，已上报 " << counts.delivered << "，被拒绝 "
                << counts.refused << "，已放弃 " << counts.dropped << "；待核实问题 "
                << questions.size() << "。\n";
  if (half > 0) {
    context.out() << "国家接口请求 " << half
                  << " 条尚无平台应答，未上报；请检查应答是否也已抄送。\n";
  }
  if (!held.empty()) {
    context.out() << "待补充后才能上报的标志 " << held.size() << " 个："
                  << absl::StrJoin(held, "、") << "；缺少的内容见 recoup-hospital show 就诊ID。\n";
  }
  for (const WaitingReversal& reversal : reversals) {
    context.out() << "撤销 " << reversal.sender << "/" << reversal.message_id
                  << "：其结算尚未收到，收到后依次上报；请检查结算是否也已抄送。\n";
  }
  for (const adapters::RefusedItem& item : refused) {
    context.out() << "\n被拒绝 " << item.spooled.sequence << "：" << item.spooled.item.source_key
                  << "，就诊 " << item.spooled.item.order_key << "，" << item.spooled.item.kind
                  << "，" << adapters::FormatChinaTime(item.refused_time) << "\n"
                  << adapters::ErrorForPeople(item.error, context.out_colour());
  }
  if (!refused.empty()) {
    context.out() << "\n同一就诊的后续消息在等待它们：recoup-hospital retry 编号，或 drop 编号 "
                     "--reason 理由\n";
  }
  return ExitCode::kOk;
}

struct RetryOptions {
  std::int64_t id = 0;
};

void DeclareRetry(CLI::App& app, RetryOptions& options) {
  app.add_option("ID", options.id, "status 中的编号 / Number shown by status")->required();
}

CommandResult RunRetry(const RetryOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_RETURN_IF_ERROR(
      adapters::AsUsageError(desk->spool->Retry(options.id, context.NextRequestId())));
  context.out() << (context.json() ? JsonLine({{"id", options.id}, {"state", "WAITING"}})
                                   : absl::StrCat(options.id, " 已重新排队，用 deliver 上报。\n"));
  return ExitCode::kOk;
}

struct DropOptions {
  std::int64_t id = 0;
  std::string reason;
};

void DeclareDrop(CLI::App& app, DropOptions& options) {
  app.add_option("ID", options.id, "status 中的编号 / Number shown by status")->required();
  app.add_option("--reason", options.reason, "理由 / Why")->required();
}

CommandResult RunDrop(const DropOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  // While the spool still knows that the hub refused it: the visit stands as before.
  RECOUP_ASSIGN_OR_RETURN(const auto refused, desk->spool->ListRefused(kRefusedShownMax));
  for (const adapters::RefusedItem& item : refused) {
    if (item.spooled.sequence != options.id) continue;
    RECOUP_RETURN_IF_ERROR(desk->intake->VisitAsTheHubKnows(item.spooled.item.order_key).status());
  }
  RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(desk->spool->Drop(options.id, options.reason)));
  context.out() << (context.json() ? JsonLine({{"id", options.id}, {"state", "DROPPED"}})
                                   : absl::StrCat(options.id, " 已放弃。\n"));
  return ExitCode::kOk;
}

CommandResult RunQuestions(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const auto questions, desk->book->ListOpenQuestions());
  for (const Question& question : questions) {
    const std::string asked = adapters::FormatChinaTime(question.asked_time);
    const bool has_deadline = question.due_time != absl::UnixEpoch();
    const std::string due = has_deadline ? adapters::FormatChinaTime(question.due_time) : "";
    if (context.json()) {
      context.out() << JsonLine({{"id", question.id},
                                 {"visit", question.visit_id},
                                 {"patient", question.proposed.patient().name()},
                                 {"asked_time", asked},
                                 {"ask", question.ask},
                                 {"due_time", due},
                                 {"silence", question.silence_flags ? "FLAG" : "NO_FLAG"},
                                 {"why", question.why},
                                 {"grounds", question.grounds}});
      continue;
    }
    context.out() << question.id << "  " << question.proposed.patient().name() << "，就诊 "
                  << question.visit_id << "，" << asked << "\n    问：" << question.ask << "\n    "
                  << question.why << "\n";
    if (!has_deadline) continue;
    context.out() << "    请在 " << due << " 前答复；逾期"
                  << (question.silence_flags ? "先标记为疑似" : "不标记") << "。\n";
  }
  if (questions.empty() && !context.json()) context.out() << "没有待核实的问题。\n";
  return ExitCode::kOk;
}

struct AnswerOptions {
  std::int64_t id = 0;
  bool flag = false;
  bool no_flag = false;
  std::string reason;
};

void DeclareAnswer(CLI::App& app, AnswerOptions& options) {
  app.add_option("ID", options.id, "questions 中的编号 / Number shown by questions")->required();
  CLI::Option* const flag = app.add_flag("--flag", options.flag, "涉及第三方 / Third party");
  CLI::Option* const no_flag =
      app.add_flag("--no-flag", options.no_flag, "不涉及第三方 / No third party");
  flag->excludes(no_flag);
  app.add_option("--reason", options.reason, "理由 / Why")->required();
}

CommandResult RunAnswer(const AnswerOptions& options, CommandContext& context) {
  if (options.flag == options.no_flag) {
    return adapters::AsUsageError(
        MakeError(Reason::kInvalidArgument, "--flag 与 --no-flag 须选其一"));
  }
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  const absl::StatusOr<Taken> taken =
      desk->intake->AnswerQuestion(options.id, options.flag, options.reason);
  if (!taken.ok()) return adapters::AsUsageError(taken.status());
  context.out() << (context.json() ? JsonLine(TakenAsJson(*taken)) : TakenForPeople(*taken));
  return ExitCode::kOk;
}

}  // namespace

void AddQueueCommands(adapters::Program& program) {
  program.AddCommand(program.root(),
                     {.name = "status",
                      .zh = "待发队列的数量，被拒绝的消息及其全部错误",
                      .en = "Counts of the spool, and refused messages with all their faults",
                      .examples = {{"recoup-hospital status", "查看队列"}}},
                     RunStatus);
  program.AddCommand<RetryOptions>(
      program.root(),
      {.name = "retry",
       .zh = "重新上报一条被拒绝的消息",
       .en = "Send a refused message again",
       .examples = {{"recoup-hospital retry 12", "问题解决后重新排队"}}},
      DeclareRetry, RunRetry);
  program.AddCommand<DropOptions>(
      program.root(),
      {.name = "drop",
       .zh = "放弃一条被拒绝的消息",
       .en = "Give up a refused message",
       .examples = {{"recoup-hospital drop 12 --reason 已改用更正后的消息", "放弃并写明理由"}}},
      DeclareDrop, RunDrop);
  program.AddCommand(program.root(),
                     {.name = "questions",
                      .zh = "待核实的问题：是否涉及第三方",
                      .en = "Open questions: is a third party involved?",
                      .examples = {{"recoup-hospital questions", "列出待核实的入院"}}},
                     RunQuestions);
  program.AddCommand<AnswerOptions>(
      program.root(),
      {.name = "answer",
       .zh = "回答一个问题",
       .en = "Answer a question",
       .examples = {{"recoup-hospital answer 3 --flag --reason 患者称被电动车撞倒",
                     "确认涉及第三方"},
                    {"recoup-hospital answer 4 --no-flag --reason 自行跌倒", "确认不涉及第三方"}}},
      DeclareAnswer, RunAnswer);
}

}  // namespace recoup::hospital
