// rules show, check and try: the published triage rules, and what a change would have done.
#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/settings.h"
#include "adapters/hospital/triage/facts.h"
#include "adapters/hospital/triage/triage.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using triage::Proposal;

const char* AnswerInChinese(triage::Answer answer) {
  switch (answer) {
    case triage::Answer::kFlag:
      return "标记";
    case triage::Answer::kAskFirmly:
      return "必问";
    case triage::Answer::kAsk:
      return "询问";
    case triage::Answer::kDeny:
      return "否定第三方";
    case triage::Answer::kNothing:
      return "无意义";
  }
  RECOUP_CHECK(false);
}

struct ShowRulesOptions {
  bool file = false;
};

void DeclareShowRules(CLI::App& app, ShowRulesOptions& options) {
  app.add_flag("--file", options.file, "输出规则文件原文 / Print the rule file itself");
}

CommandResult RunShowRules(const ShowRulesOptions& options, CommandContext& context) {
  if (options.file) {
    context.out() << triage::BuiltInRuleText();
    return ExitCode::kOk;
  }
  RECOUP_ASSIGN_OR_RETURN(const triage::RuleBook rules, triage::BuiltInRuleBook());
  adapters::Table table({{"规则"}, {"结论"}, {"类型"}, {"说明"}});
  for (const triage::Rule& rule : rules.rules) {
    if (context.json()) {
      context.out() << JsonLine({{"id", rule.id},
                                 {"answer", AnswerName(rule.answer)},
                                 {"kind", std::string(NameOf(rule.kind))},
                                 {"why", rule.why},
                                 {"pattern", rule.pattern->pattern()},
                                 {"version", rules.version}});
      continue;
    }
    table.AddRow({rule.id, AnswerInChinese(rule.answer), KindInChinese(rule.kind), rule.why});
  }
  if (!context.json()) context.out() << "规则版本 " << rules.version << "\n" << table.Render();
  return ExitCode::kOk;
}

struct FileOptions {
  std::string file;
};

void DeclareCheck(CLI::App& app, FileOptions& options) {
  app.add_option("FILE", options.file, "规则文件 / Rule file")->required();
}

CommandResult RunCheck(const FileOptions& options, CommandContext& context) {
  const absl::StatusOr<triage::RuleBook> rules = RuleBookFromFile(options.file);
  if (!rules.ok()) return adapters::AsUsageError(rules.status());
  std::size_t examples = 0;
  for (const triage::Rule& rule : rules->rules) {
    examples += rule.examples.size() + rule.counter_examples.size();
  }
  if (context.json()) {
    context.out() << JsonLine(
        {{"version", rules->version}, {"rules", rules->rules.size()}, {"examples", examples}});
  } else {
    context.out() << "规则文件正确：版本 " << rules->version << "，" << rules->rules.size()
                  << " 条规则，" << examples << " 个例子全部通过。\n";
  }
  return ExitCode::kOk;
}

struct TryOptions {
  std::string file;
  std::string against;
};

void DeclareTry(CLI::App& app, TryOptions& options) {
  app.add_option("FILE", options.file, "待试的规则文件 / Rule file to try")->required();
  app.add_option("--against", options.against, "past：本机收过的入院消息 / Admissions taken here")
      ->check(CLI::IsMember({"past"}))
      ->required();
}

std::string ReasonsOf(const triage::TriageResult& result) {
  std::string reasons;
  for (const triage::TriageReason& reason : result.reasons) {
    absl::StrAppend(&reasons, reasons.empty() ? "" : "；", reason.why);
  }
  return reasons;
}

// The proposals of both books over the same facts. Which book proposed at the time does not matter:
// what counts is what this change would do.
CommandResult RunTry(const TryOptions& options, CommandContext& context) {
  const absl::StatusOr<triage::RuleBook> tried = RuleBookFromFile(options.file);
  if (!tried.ok()) return adapters::AsUsageError(tried.status());
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  const triage::RuleBook& current = desk->rules.triage;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<PastAdmission> past, desk->book->ListAdmissions());
  std::int64_t counts[3][3] = {};
  std::int64_t changed = 0;
  adapters::Table table({{"收到"}, {"就诊"}, {"现行"}, {"改后"}, {"改后的理由"}});
  std::int64_t judged = 0;
  for (const PastAdmission& message : past) {
    RECOUP_ASSIGN_OR_RETURN(const AdmissionDocument admission,
                            triage::FactsFromJson(message.facts));
    // What takes an admission back, or puts patients together, tells no injury.
    if (admission.event == AdmissionEvent::kCancel || admission.event == AdmissionEvent::kMerge) {
      continue;
    }
    ++judged;
    const triage::TriageResult before = Triage(admission, current);
    const triage::TriageResult after = Triage(admission, *tried);
    ++counts[static_cast<std::size_t>(before.proposal)][static_cast<std::size_t>(after.proposal)];
    if (before.proposal == after.proposal && before.kind == after.kind) continue;
    ++changed;
    const std::string taken = adapters::FormatChinaTime(message.taken);
    if (context.json()) {
      context.out() << JsonLine({{"message", message.source_key},
                                 {"visit", message.visit_id},
                                 {"taken_time", taken},
                                 {"before", ProposalName(before.proposal)},
                                 {"after", ProposalName(after.proposal)},
                                 {"kind_before", std::string(NameOf(before.kind))},
                                 {"kind_after", std::string(NameOf(after.kind))},
                                 {"reasons", ReasonsOf(after)}});
    } else {
      table.AddRow({taken, message.visit_id, ProposalInChinese(before.proposal),
                    ProposalInChinese(after.proposal), ReasonsOf(after)});
    }
  }
  const auto of = [&](Proposal before, Proposal after) {
    return counts[static_cast<std::size_t>(before)][static_cast<std::size_t>(after)];
  };
  if (context.json()) {
    context.out() << JsonLine({{"admissions", judged},
                               {"changed", changed},
                               {"version_before", current.version},
                               {"version_after", tried->version}});
    return ExitCode::kOk;
  }
  if (changed > 0) context.out() << table.Render() << "\n";
  context.out() << "共 " << judged << " 条入院消息，规则 " << current.version << " → "
                << tried->version << "，结论改变 " << changed << " 条：新增标记 "
                << of(Proposal::kAsk, Proposal::kFlag) + of(Proposal::kNoFlag, Proposal::kFlag)
                << "，不再标记 " << of(Proposal::kFlag, Proposal::kNoFlag) << "，标记改为询问 "
                << of(Proposal::kFlag, Proposal::kAsk) << "，新增询问 "
                << of(Proposal::kNoFlag, Proposal::kAsk) << "，不再询问 "
                << of(Proposal::kAsk, Proposal::kNoFlag) << "。\n没有改动任何已有结论。\n";
  return ExitCode::kOk;
}

}  // namespace

void AddRulesCommands(adapters::Program& program) {
  CLI::App& rules =
      program.AddGroup(program.root(), "rules", "分诊规则", "The triage rules: see, check, try");
  program.AddCommand<ShowRulesOptions>(
      rules,
      {.name = "show",
       .zh = "列出内置规则及其说明",
       .en = "List the built-in rules with their reasons",
       .examples = {{"recoup-hospital rules show", "列出规则"},
                    {"recoup-hospital rules show --file > rules.toml", "取得规则文件以便修改"}},
       .settings = adapters::Settings::kNone},
      DeclareShowRules, RunShowRules);
  program.AddCommand<FileOptions>(
      rules,
      {.name = "check",
       .zh = "检查规则文件，并运行每条规则旁的例子",
       .en = "Check a rule file and run the examples beside each rule",
       .examples = {{"recoup-hospital rules check rules.toml", "检查修改后的规则"}},
       .settings = adapters::Settings::kNone},
      DeclareCheck, RunCheck);
  program.AddCommand<TryOptions>(
      rules,
      {.name = "try",
       .zh = "试用规则文件：对以往的入院会有什么不同；不改动任何结论",
       .en = "What a rule file would have done to past admissions; changes nothing",
       .examples = {{"recoup-hospital rules try rules.toml --against past", "在以往入院上试用"}}},
      DeclareTry, RunTry);
}

}  // namespace recoup::hospital
