// supply: what no message told of a visit, and the hub needs.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/settings.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/identity.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct SupplyOptions {
  std::string visit;
  std::string name;
  std::string id_number;
  std::string admitted;
  std::string pool;
};

void DeclareSupply(CLI::App& app, SupplyOptions& options) {
  app.add_option("VISIT", options.visit, "就诊ID（mdtrt_id）/ Visit id")->required();
  app.add_option("--name", options.name, "患者姓名 / Name of the patient");
  app.add_option("--id-number", options.id_number, "居民身份证号码 / Resident identity number");
  app.add_option("--admitted", options.admitted,
                 "入院时间 YYYY-MM-DD HH:MM / Time of admission, China's");
  app.add_option("--pool", options.pool,
                 "参保统筹区与险种，如 310115-310 / The patient's fund, as 310115-310");
}

absl::StatusOr<Supplied> SuppliedFrom(const SupplyOptions& options) {
  Faults faults;
  Supplied supplied;
  supplied.patient.set_name(PersonNameFromText(options.name));
  if (!options.id_number.empty()) {
    const auto id = domain::ResidentId::Parse(options.id_number);
    if (id.ok()) {
      supplied.patient.set_id_kind(v1::ID_KIND_RESIDENT_ID);
      supplied.patient.set_id_number(id->number());
    } else {
      faults.Add("--id-number", "不是校验码正确的居民身份证号码");
    }
  }
  if (!options.admitted.empty()) {
    supplied.admitted_at = TimeFromText(options.admitted);
    if (!supplied.admitted_at) faults.Add("--admitted", "不是时间，如 2026-03-05 10:20");
  }
  if (!options.pool.empty()) {
    const std::vector<std::string> parts = absl::StrSplit(options.pool, '-');
    if (parts.size() == 2 && IsAreaCode(parts[0]) && parts[1].size() == 3) {
      supplied.pool = {parts[0], parts[1]};
    } else {
      faults.Add("--pool", "应为六位区划与险种，如 310115-310");
    }
  }
  const bool nothing = options.name.empty() && options.id_number.empty() &&
                       options.admitted.empty() && options.pool.empty();
  if (nothing) faults.Add("supply", "请至少给出 --name、--id-number、--admitted、--pool 之一");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return supplied;
}

CommandResult RunSupply(const SupplyOptions& options, CommandContext& context) {
  const absl::StatusOr<Supplied> supplied = SuppliedFrom(options);
  if (!supplied.ok()) return adapters::AsUsageError(supplied.status());
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  const absl::StatusOr<Taken> taken = desk->intake->SupplyVisit(options.visit, *supplied);
  if (!taken.ok()) return adapters::AsUsageError(taken.status());
  context.out() << (context.json() ? JsonLine(TakenAsJson(*taken)) : TakenForPeople(*taken));
  return ExitCode::kOk;
}

}  // namespace

void AddSupplyCommand(adapters::Program& program) {
  program.AddCommand<SupplyOptions>(
      program.root(),
      {.name = "supply",
       .zh = "补充就诊缺少的信息；待补充的标志补齐后自动上报",
       .en = "Supply what no message told of a visit; a held flag is sent once it is whole",
       .examples = {{"recoup-hospital supply 310115M0001 --name 王小明 --admitted \"2026-03-05 "
                     "10:20\"",
                     "补充姓名与入院时间"},
                    {"recoup-hospital supply 310115M0001 --pool 310115-310",
                     "补充参保统筹区与险种"}}},
      DeclareSupply, RunSupply);
}

}  // namespace recoup::hospital
