// read: looking, without changing anything.
#include "adapters/common/error_text.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/settings.h"
#include "adapters/hospital/program/take_files.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct ReadOptions {
  std::vector<std::string> files;
  std::string area_code;
  std::vector<std::string> insurance;
};

void DeclareRead(CLI::App& app, ReadOptions& options) {
  app.add_option("FILE", options.files, "消息文件，- 为标准输入 / Message files, - for stdin")
      ->required();
  app.add_option("--area", options.area_code, "消息未写明时的参保地 / Area where none is named");
  // One value each, so that files may follow.
  app.add_option("--insurance", options.insurance,
                 "医院险种代码的含义，如 01=310 / What an HL7 insurance code means")
      ->allow_extra_args(false);
}

// As the settings say, except for what the command line says.
absl::StatusOr<ReadingRules> RulesFor(const ReadOptions& options, const config::Config& config) {
  RECOUP_ASSIGN_OR_RETURN(ReadingRules rules, ReadingRulesFrom(config));
  if (!options.area_code.empty()) rules.profile.default_area_code = options.area_code;
  if (!options.insurance.empty()) {
    RECOUP_ASSIGN_OR_RETURN(rules.profile.insurance, InsuranceMappings(options.insurance));
  }
  return rules;
}

CommandResult RunRead(const ReadOptions& options, CommandContext& context) {
  const absl::StatusOr<ReadingRules> rules = RulesFor(options, context.config());
  if (!rules.ok()) return adapters::AsUsageError(rules.status());
  std::size_t refused = 0;
  const auto report = [&](const std::string& name, const absl::StatusOr<Understood>& understood) {
    if (!understood.ok()) ++refused;
    if (context.json()) {
      Json json = {{"file", name}};
      json.update(understood.ok() ? UnderstoodAsJson(*understood)
                                  : Json::parse(adapters::ErrorAsJson(understood.status())));
      context.out() << JsonLine(json);
    } else {
      context.out() << "── " << name << "\n"
                    << (understood.ok()
                            ? UnderstoodForPeople(*understood)
                            : adapters::ErrorForPeople(understood.status(), context.out_colour()));
    }
  };
  RECOUP_RETURN_IF_ERROR(ForEachFile(
      options.files, *rules,
      [&](const std::string& name, const absl::Status& why) { report(name, why); },
      [&](const std::vector<NamedArrival>& arrivals) {
        for (const NamedArrival& named : arrivals) report(named.name, named.arrival.understood);
        return absl::OkStatus();
      }));
  return refused == 0 ? ExitCode::kOk : ExitCode::kUsage;
}

}  // namespace

void AddReadingCommands(adapters::Program& program) {
  program.AddCommand<ReadOptions>(
      program.root(),
      {.name = "read",
       .zh = "查看消息被读成什么，及分诊建议；按设置读，不连接系统",
       .en = "Show what a message says and what triage proposes, as the settings read it; needs "
             "no hub",
       .examples = {{"recoup-hospital read 2401.json", "读一条入院登记，列出数据质量与分诊理由"},
                    {"recoup-hospital read adt.hl7 --insurance 01=310 --area 310115 --format json",
                     "读一条 HL7 消息，输出 JSON"}},
       .settings = adapters::Settings::kAsGiven},
      DeclareRead, RunRead);
}

}  // namespace recoup::hospital
