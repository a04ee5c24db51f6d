// read and flags: looking, without changing anything.
#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/format.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/message_file.h"
#include "adapters/hospital/program/settings.h"
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

CommandResult RunRead(const ReadOptions& options, CommandContext& context) {
  HospitalProfile profile;
  profile.default_area_code = options.area_code;
  auto insurance = InsuranceMappings(options.insurance);
  if (!insurance.ok()) return adapters::AsUsageError(insurance.status());
  profile.insurance = *std::move(insurance);
  RECOUP_ASSIGN_OR_RETURN(const ReadingRules rules, MakeReadingRules(std::move(profile)));
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
  for (const std::string& file : options.files) {
    const absl::StatusOr<std::string> bytes = ReadMessageFile(file);
    if (!bytes.ok()) {
      report(file, bytes.status());
      continue;
    }
    for (const NamedArrival& named : ArrivalsIn(file, *bytes, rules)) {
      report(named.name, named.arrival.understood);
    }
  }
  return refused == 0 ? ExitCode::kOk : ExitCode::kUsage;
}

struct FlagsOptions {
  std::vector<std::string> pools;
};

void DeclareFlags(CLI::App& app, FlagsOptions& options) {
  app.add_option("--pool", options.pools,
                 "统筹区基金，如 310115-310；未给出时为本院上报过的 / Pools; else all known here")
      ->allow_extra_args(false);
}

CommandResult RunFlags(const FlagsOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto hub, OpenHub(context, context.random()));
  std::vector<std::string> pools = options.pools;
  if (pools.empty()) {
    RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
    RECOUP_ASSIGN_OR_RETURN(pools, desk->book->ListPools());
  }
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
  return ExitCode::kOk;
}

}  // namespace

void AddReadingCommands(adapters::Program& program) {
  program.AddCommand<ReadOptions>(
      program.root(),
      {.name = "read",
       .zh = "查看消息被读成什么，及分诊建议；不连接系统",
       .en = "Show what a message says and what triage proposes; needs no hub",
       .examples = {{"recoup-hospital read 2401.json", "读一条入院登记，列出数据质量与分诊理由"},
                    {"recoup-hospital read adt.hl7 --insurance 01=310 --area 310115 --format json",
                     "读一条 HL7 消息，输出 JSON"}},
       .settings = adapters::Settings::kNone},
      DeclareRead, RunRead);
  program.AddCommand<FlagsOptions>(
      program.root(),
      {.name = "flags",
       .zh = "列出本院在系统中的第三方标志",
       .en = "List this hospital's flags at the hub",
       .examples = {{"recoup-hospital flags --pool 310115-310", "列出一个统筹区的标志"}}},
      DeclareFlags, RunFlags);
}

}  // namespace recoup::hospital
