// flags, show, clear and replay: the desk's day.
#include <algorithm>
#include <filesystem>
#include <map>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/progress.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/day_list.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/message_file.h"
#include "adapters/hospital/program/settings.h"
#include "adapters/hospital/program/take_files.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct FlagsOptions {
  std::string day;
  std::string xlsx;
  std::vector<std::string> pools;
};

void DeclareFlags(CLI::App& app, FlagsOptions& options) {
  app.add_option("--day", options.day,
                 "入院日期 YYYY-MM-DD；未给出时为今天 / Day of admission; else today");
  app.add_option("--xlsx", options.xlsx, "另存为电子表格 / Also write a spreadsheet");
  app.add_option("--pool", options.pools,
                 "改为列出系统中该统筹区的标志，如 310115-310 / The hub's flags of this pool")
      ->allow_extra_args(false);
}

absl::Status ListFlagsOfHub(const std::vector<std::string>& pools, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto hub, OpenHub(context, context.random()));
  adapters::Table table({{"就诊"}, {"患者"}, {"状态"}, {"类型"}, {"入院"}, {"诊断"}, {"标志"}});
  for (const std::string& pool : pools) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Flag> flags,
                            hub->ListFlags(PoolNameFromText(pool), context.NextRequestId()));
    for (const v1::Flag& flag : flags) {
      if (context.json()) {
        context.out() << adapters::ProtoAsJson(flag);
        continue;
      }
      std::string diagnoses;
      for (const std::string& code : flag.diagnosis_codes()) {
        absl::StrAppend(&diagnoses, diagnoses.empty() ? "" : " ", code);
      }
      const absl::Time admitted = absl::FromUnixSeconds(flag.admitted_time().seconds());
      table.AddRow({flag.visit_id(), flag.patient().name(), StateInChinese(flag.state()),
                    KindInChinese(flag.third_party_kind()),
                    flag.has_admitted_time() ? adapters::FormatChinaTime(admitted) : "", diagnoses,
                    flag.name()});
    }
  }
  if (!context.json()) context.out() << table.Render();
  return absl::OkStatus();
}

CommandResult RunFlags(const FlagsOptions& options, CommandContext& context) {
  if (!options.pools.empty()) {
    RECOUP_RETURN_IF_ERROR(ListFlagsOfHub(options.pools, context));
    return ExitCode::kOk;
  }
  absl::CivilDay day = ChinaDate(context.clock().Now());
  if (!options.day.empty() && !absl::ParseCivilTime(options.day, &day)) {
    return adapters::AsUsageError(
        MakeError(Reason::kInvalidArgument, "--day：须为日期，形如 2026-03-05"));
  }
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  const std::string on = adapters::FormatDate(day);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<DayRow> rows,
                          ListDay(*desk->intake, *desk->book, *desk->spool,
                                  {on, day == ChinaDate(context.clock().Now())}));
  if (context.json()) {
    for (const DayRow& row : rows) context.out() << JsonLine(DayRowAsJson(row));
  } else {
    context.out() << DayForPeople(rows, on);
  }
  if (options.xlsx.empty()) return ExitCode::kOk;
  RECOUP_RETURN_IF_ERROR(
      adapters::AsUsageError(WriteDayWorkbook(rows, on, context.clock().Now(), options.xlsx)));
  context.err() << "已写入 " << options.xlsx << "\n";
  return ExitCode::kOk;
}

struct ShowOptions {
  std::string visit;
};

void DeclareShow(CLI::App& app, ShowOptions& options) {
  app.add_option("VISIT", options.visit, "就诊ID（mdtrt_id）/ Visit id")->required();
}

const char* ProposalInChinese(int proposal) {
  constexpr const char* kNames[] = {"不标记", "询问", "标记"};
  return kNames[static_cast<std::size_t>(proposal)];
}

// Messages and what was done beside them, as they came.
std::multimap<absl::Time, std::string> InOrderOfTime(const std::vector<PastAdmission>& history,
                                                     const std::vector<VisitEvent>& events) {
  std::multimap<absl::Time, std::string> all;
  for (const PastAdmission& message : history) {
    all.emplace(message.taken,
                absl::StrCat(message.source_key, "，建议", ProposalInChinese(message.proposal),
                             "（规则 ", message.rules_version, "）\n    ", message.outcome));
  }
  for (const VisitEvent& event : events) all.emplace(event.happened, event.text);
  return all;
}

CommandResult RunShow(const ShowOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const bool known, desk->book->HasVisit(options.visit));
  if (!known) {
    return adapters::AsUsageError(
        MakeError(Reason::kNotFound, absl::StrCat("没有就诊 ", options.visit, " 的消息")));
  }
  RECOUP_ASSIGN_OR_RETURN(const DayRow row,
                          RowOf(*desk->intake, *desk->book, *desk->spool, options.visit));
  RECOUP_ASSIGN_OR_RETURN(const auto history, desk->book->ListAdmissionsOf(options.visit));
  RECOUP_ASSIGN_OR_RETURN(const auto events, desk->book->ListVisitEvents(options.visit));
  if (context.json()) {
    Json json = DayRowAsJson(row);
    json["flag"] = Json::parse(adapters::ProtoAsJson(row.visit.flag));
    json["history"] = Json::array();
    for (const PastAdmission& message : history) {
      json["history"].push_back({{"message", message.source_key},
                                 {"taken_time", adapters::FormatChinaTime(message.taken)},
                                 {"proposal", ProposalInChinese(message.proposal)},
                                 {"rules_version", message.rules_version},
                                 {"outcome", message.outcome}});
    }
    json["events"] = Json::array();
    for (const VisitEvent& event : events) {
      json["events"].push_back(
          {{"time", adapters::FormatChinaTime(event.happened)}, {"text", event.text}});
    }
    context.out() << JsonLine(json);
    return ExitCode::kOk;
  }
  const std::string standing = StandingInChinese(row);
  context.out() << "就诊 " << options.visit << "，" << PatientOf(row) << "，入院 "
                << row.visit.facts.admitted_on << "："
                << (standing.empty() ? "没有需要关注的内容" : standing) << "\n";
  for (const v1::FlagEvidence& evidence : row.visit.flag.evidence()) {
    context.out() << (row.visit.standing == mapping::Standing::kFlagged ? "    依据 "
                                                                        : "    当时的依据 ")
                  << evidence.rule() << "：" << evidence.text() << "\n";
  }
  if (!row.refused.empty()) {
    context.out() << "    系统拒绝：" << row.refused << "（recoup-hospital status）\n";
  }
  if (row.question) {
    context.out() << "    待核实问题 " << row.question->id << "：" << row.question->ask << "\n";
  }
  for (const auto& [time, text] : InOrderOfTime(history, events)) {
    context.out() << adapters::FormatChinaTime(time) << "  " << text << "\n";
  }
  return ExitCode::kOk;
}

struct ClearOptions {
  std::string visit;
  std::string reason;
};

void DeclareClear(CLI::App& app, ClearOptions& options) {
  app.add_option("VISIT", options.visit, "就诊ID（mdtrt_id）/ Visit id")->required();
  app.add_option("--reason", options.reason, "理由 / Why")->required();
}

CommandResult RunClear(const ClearOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  const absl::StatusOr<Taken> taken = desk->intake->ClearVisit(options.visit, options.reason);
  if (!taken.ok()) return adapters::AsUsageError(taken.status());
  context.out() << (context.json() ? JsonLine(TakenAsJson(*taken)) : TakenForPeople(*taken));
  return ExitCode::kOk;
}

struct ReplayOptions {
  std::vector<std::string> paths;
};

void DeclareReplay(CLI::App& app, ReplayOptions& options) {
  app.add_option("PATH", options.paths, "消息文件或文件夹 / Message files or folders")->required();
}

// Files of folders in the order of their names, which is the order of time where systems name them.
absl::StatusOr<std::vector<std::string>> FilesIn(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> inside;
    for (auto entry = std::filesystem::recursive_directory_iterator(path, error);
         !error && entry != std::filesystem::recursive_directory_iterator();
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (entry->is_regular_file() && !name.starts_with('.') && !name.ends_with(".error.txt")) {
        inside.push_back(entry->path().string());
      }
    }
    if (error) {
      return MakeError(Reason::kInvalidArgument, absl::StrCat(path, ": ", error.message()));
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

CommandResult RunReplay(const ReplayOptions& options, CommandContext& context) {
  const auto files = FilesIn(options.paths);
  if (!files.ok()) return adapters::AsUsageError(files.status());
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  adapters::Progress progress({.what = "文件",
                               .total = static_cast<std::int64_t>(files->size()),
                               .is_terminal = context.err_is_terminal()},
                              context.clock(), context.err());
  std::int64_t added = 0, known = 0, refused = 0;
  const auto count = [&](const std::string& name, const absl::StatusOr<Taken>& taken) {
    if (taken.ok() && taken->as == TakenAs::kKnown) {
      ++known;
      return;
    }
    ++(taken.ok() ? added : refused);
    ReportFile(context, name, taken);
  };
  for (const std::string& file : *files) {
    const absl::StatusOr<std::string> bytes = ReadMessageFile(file);
    progress.Add(1);
    if (!bytes.ok()) {
      count(file, bytes.status());
      continue;
    }
    for (const NamedArrival& named : ArrivalsIn(file, *bytes, desk->rules)) {
      count(named.name, desk->intake->Take(named.arrival));
    }
  }
  progress.Finish();
  if (context.json()) {
    context.out() << JsonLine({{"added", added}, {"known", known}, {"refused", refused}});
  } else {
    context.out() << "补收 " << added << " 条，此前已收 " << known << " 条，不能收 " << refused
                  << " 条。\n";
  }
  if (refused == 0) return ExitCode::kOk;
  return added + known == 0 ? ExitCode::kUsage : ExitCode::kPartlyRefused;
}

}  // namespace

void AddVisitCommands(adapters::Program& program) {
  program.AddCommand<FlagsOptions>(
      program.root(),
      {.name = "flags",
       .zh = "今日清单：已标记、待核实、已撤回的就诊；不连接系统",
       .en = "The day's list: flagged, asked and cleared visits; needs no hub without --pool",
       .examples = {{"recoup-hospital flags", "今天入院的清单与待核实问题"},
                    {"recoup-hospital flags --day 2026-03-05 --xlsx 0305.xlsx",
                     "某日清单，另存表格"},
                    {"recoup-hospital flags --pool 310115-310", "系统中一个统筹区的标志"}}},
      DeclareFlags, RunFlags);
  program.AddCommand<ShowOptions>(
      program.root(),
      {.name = "show",
       .zh = "一次就诊：现状、依据、每条消息的建议与结果，登记处的答复、补充与撤回",
       .en = "One visit: where it stands, why, what each message led to, what the desk did",
       .examples = {{"recoup-hospital show 310115M0001", "查看一次就诊"}}},
      DeclareShow, RunShow);
  program.AddCommand<ClearOptions>(
      program.root(),
      {.name = "clear",
       .zh = "撤回一次就诊的第三方标志",
       .en = "Take back the flag of a visit",
       .examples = {{"recoup-hospital clear 310115M0001 --reason 患者更正为自行跌倒", "撤回标志"}}},
      DeclareClear, RunClear);
  program.AddCommand<ReplayOptions>(
      program.root(),
      {.name = "replay",
       .zh = "重新收取以前的消息：已收过的不重复，遗漏的补上",
       .en = "Take old messages again: what is known stays as it is, what was lost is added",
       .examples = {{"recoup-hospital replay /var/spool/his/done", "故障后核对整个文件夹"}}},
      DeclareReplay, RunReplay);
}

}  // namespace recoup::hospital
