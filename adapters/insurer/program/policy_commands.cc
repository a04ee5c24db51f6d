// recoup-insurer policies register, claim, usage, list, show.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "adapters/common/format.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"
#include "hub/domain/plate.h"

namespace recoup::insurer {
namespace {

using adapters::Align;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using adapters::FormatYuan;
using domain::Money;

// Reads what the command line gives as text; all faults are told at once.
class Fields {
 public:
  std::string Day(std::string_view option, const std::string& text) {
    absl::CivilDay day;
    if (absl::ParseCivilTime(text, &day)) return absl::FormatCivilTime(day);
    faults_.Add(std::string(option), "must be a day, YYYY-MM-DD");
    return "";
  }
  std::int64_t Fen(std::string_view option, const std::string& text) {
    const absl::StatusOr<Money> amount = Money::FromYuan(text);
    if (amount.ok() && !amount->is_negative()) return amount->fen();
    faults_.Add(std::string(option), "must be an amount in yuan");
    return 0;
  }
  void Fault(std::string_view option, std::string_view what) {
    faults_.Add(std::string(option), std::string(what));
  }
  absl::Status ToStatus() const { return adapters::AsUsageError(faults_.ToStatus()); }

 private:
  Faults faults_;
};

void PrintPolicy(const v1::Policy& policy, CommandContext& context) {
  std::ostream& out = context.out();
  out << "保    单  " << policy.name() << '\n'
      << "保 单 号  " << policy.policy_number() << "（" << mapping::InChinese(policy.kind())
      << "）\n"
      << "车    牌  " << policy.plate() << '\n'
      << "保险期间  " << policy.valid_from_on() << " 至 " << policy.valid_until_on() << '\n';
  if (policy.has_medical_limit_fen()) {
    out << "医疗限额  " << FormatYuan(policy.medical_limit_fen()) << " 元\n";
  }
  if (policy.has_total_limit_fen()) {
    out << "总 限 额  " << FormatYuan(policy.total_limit_fen()) << " 元\n";
  }
  if (policy.usages().empty()) return;
  adapters::Table table({{"事故日期"},
                         {"赔案号"},
                         {"事故编号"},
                         {"医疗已用（元）", Align::kRight},
                         {"追偿已收（元）", Align::kRight},
                         {"分账已用（元）", Align::kRight},
                         {"分账预留（元）", Align::kRight},
                         {"医疗余额（元）", Align::kRight},
                         {"追偿未付（元）", Align::kRight},
                         {"合计已用（元）", Align::kRight},
                         {"承认责任"}});
  for (const v1::PolicyUsage& usage : policy.usages()) {
    const bool stated = usage.has_medical_used_fen();
    table.AddRow({usage.accident_on(), usage.claim_number(), usage.accident_reference(),
                  stated ? FormatYuan(usage.medical_used_fen()) : "未申报",
                  FormatYuan(usage.medical_received_fen()), FormatYuan(usage.medical_split_fen()),
                  FormatYuan(usage.medical_reserved_fen()),
                  FormatYuan(usage.medical_remaining_fen()),
                  FormatYuan(usage.medical_demanded_fen()),
                  stated ? FormatYuan(usage.total_used_fen()) : "未申报",
                  usage.liability_accepted() ? "是" : ""});
  }
  out << table.Render();
}

template <typename Response>
CommandResult Answer(const Response& answer, std::string_view done, CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
    return ExitCode::kOk;
  }
  context.out() << (context.validate_only() ? "校验通过，未记录" : done) << '\n';
  PrintPolicy(answer.policy(), context);
  return ExitCode::kOk;
}

struct RegisterOptions {
  std::string number;
  std::string kind = "ctp";
  std::string plate;
  std::string insured;
  std::string from;
  std::string until;
  std::string medical_limit;
  std::string total_limit;
};

void DeclareRegister(CLI::App& app, RegisterOptions& options) {
  app.add_option("--number", options.number, "保单号 / Policy number")->required();
  app.add_option("--kind", options.kind, "ctp（交强险）或 commercial（商业险）/ Kind of policy");
  app.add_option("--plate", options.plate, "车牌号 / Number plate")->required();
  app.add_option("--insured", options.insured, "被保险人 / Name of the insured");
  app.add_option("--from", options.from, "保险期间首日 / First day of cover")->required();
  app.add_option("--until", options.until, "保险期间末日 / Last day of cover")->required();
  app.add_option("--medical-limit", options.medical_limit,
                 "医疗费用限额（元）；交强险可不给 / Medical limit in yuan; not needed for ctp");
  app.add_option("--total-limit", options.total_limit, "总限额（元）/ Whole limit in yuan");
}

CommandResult RunRegister(const RegisterOptions& options, CommandContext& context) {
  Fields fields;
  v1::RegisterPolicyRequest request;
  v1::Policy& policy = *request.mutable_policy();
  policy.set_policy_number(options.number);
  const std::optional<v1::PolicyKind> kind = mapping::PolicyKindFrom(options.kind);
  if (kind.has_value()) {
    policy.set_kind(*kind);
  } else {
    fields.Fault("--kind", "must be ctp or commercial");
  }
  policy.set_plate(options.plate);
  policy.set_insured_name(options.insured);
  policy.set_valid_from_on(fields.Day("--from", options.from));
  policy.set_valid_until_on(fields.Day("--until", options.until));
  if (!options.medical_limit.empty()) {
    policy.set_medical_limit_fen(fields.Fen("--medical-limit", options.medical_limit));
  }
  if (!options.total_limit.empty()) {
    policy.set_total_limit_fen(fields.Fen("--total-limit", options.total_limit));
  }
  RECOUP_RETURN_IF_ERROR(fields.ToStatus());
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::RegisterPolicyResponse answer,
                          hub.RegisterPolicy(std::move(request)));
  return Answer(answer, "已登记", context);
}

struct UsageOptions {
  std::string policy;
  std::string accident_on;
  std::string accident_reference;
  std::string medical_used;
  std::string total_used;
  bool accepts_liability = false;
  std::string share;
  std::string claim_number;
  std::string etag;
};

void DeclareUsage(CLI::App& app, UsageOptions& options) {
  app.add_option("POLICY", options.policy, "policies/… 或保单号 / Name or policy number")
      ->required();
  app.add_option("--accident-on", options.accident_on, "事故日期 / Day of the accident")
      ->required();
  app.add_option("--accident-reference", options.accident_reference,
                 "事故编号，区分同日事故 / Tells accidents of one day apart");
  app.add_option("--medical-used", options.medical_used,
                 "医疗限额已用（元）/ Used of the medical limit")
      ->required();
  app.add_option("--total-used", options.total_used,
                 "总限额已用（元）；不给则与医疗相同 / Used of the whole limit; else as medical");
  app.add_flag("--accepts-liability", options.accepts_liability,
               "对该事故承认责任：出院分账时不再询问 / Liability is accepted; splits need not ask");
  app.add_option("--share", options.share,
                 "商业险承认的责任比例（%），如 70 / Accepted share, commercial policies only");
  app.add_option("--claim-number", options.claim_number, "赔案号 / Claim number");
  app.add_option("--etag", options.etag, "只在保单未变时才记录 / Only if the policy is unchanged");
}

struct ClaimOptions {
  std::string policy;
  std::string plate;
  std::string insured;
  std::string claim_number;
  std::string accident_on;
  std::string accident_reference;
  std::string etag;
};

void DeclareClaim(CLI::App& app, ClaimOptions& options) {
  app.add_option("POLICY", options.policy,
                 "policies/… 或保单号；不给则按车牌或被保险人查找 / Name or policy number");
  app.add_option("--plate", options.plate, "车牌号 / Number plate of the policy");
  app.add_option("--insured", options.insured, "被保险人 / Name of the insured");
  app.add_option("--claim-number", options.claim_number, "赔案号 / Claim number")->required();
  app.add_option("--accident-on", options.accident_on, "事故日期 / Day of the accident")
      ->required();
  app.add_option("--accident-reference", options.accident_reference,
                 "事故编号，区分同日事故；可填裁判案号 / Tells accidents of one day apart");
  app.add_option("--etag", options.etag, "只在保单未变时才记录 / Only if the policy is unchanged");
}

bool IsMeant(const v1::Policy& policy, const ClaimOptions& options) {
  if (!options.policy.empty() && policy.name() != options.policy &&
      policy.policy_number() != options.policy) {
    return false;
  }
  if (!options.plate.empty() &&
      domain::NormalisePlate(policy.plate()) != domain::NormalisePlate(options.plate)) {
    return false;
  }
  if (!options.insured.empty() && policy.insured_name() != options.insured) return false;
  // Days in this form compare as text.
  return options.accident_on.empty() || (policy.valid_from_on() <= options.accident_on &&
                                         options.accident_on <= policy.valid_until_on());
}

absl::StatusOr<v1::Policy> TheOneMeant(const ClaimOptions& options, InsurerHub& hub) {
  v1::ListPoliciesRequest request;
  if (!absl::StartsWith(options.policy, "policies/")) request.set_policy_number(options.policy);
  RECOUP_ASSIGN_OR_RETURN(std::vector<v1::Policy> found, hub.ListPolicies(std::move(request)));
  std::erase_if(found, [&](const v1::Policy& policy) { return !IsMeant(policy, options); });
  if (found.empty()) return MakeError(Reason::kNotFound, "没有符合条件的保单");
  if (found.size() == 1) return found.front();
  std::string numbers;
  for (const v1::Policy& policy : found) {
    absl::StrAppend(&numbers, numbers.empty() ? "" : "、", policy.policy_number(), "（",
                    std::string(mapping::InChinese(policy.kind())), "）");
  }
  return MakeError(Reason::kNotFound, absl::StrCat("符合条件的保单不止一份，请指明：", numbers));
}

CommandResult RunClaim(const ClaimOptions& options, CommandContext& context) {
  Fields fields;
  ClaimOptions wanted = options;
  wanted.accident_on = fields.Day("--accident-on", options.accident_on);
  if (options.policy.empty() && options.plate.empty() && options.insured.empty()) {
    fields.Fault("POLICY", "give the policy, --plate or --insured");
  }
  RECOUP_RETURN_IF_ERROR(fields.ToStatus());
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::Policy policy, TheOneMeant(wanted, hub));
  v1::UpdatePolicyUsageRequest request;
  request.set_name(policy.name());
  request.set_etag(options.etag);
  request.mutable_usage()->set_accident_on(wanted.accident_on);
  request.mutable_usage()->set_accident_reference(options.accident_reference);
  request.mutable_usage()->set_claim_number(options.claim_number);
  RECOUP_ASSIGN_OR_RETURN(const v1::UpdatePolicyUsageResponse answer,
                          hub.UpdatePolicyUsage(std::move(request)));
  return Answer(answer, "已登记赔案", context);
}

absl::StatusOr<std::string> PolicyName(const std::string& name_or_number, InsurerHub& hub) {
  if (absl::StartsWith(name_or_number, "policies/")) return name_or_number;
  ClaimOptions number;
  number.policy = name_or_number;
  RECOUP_ASSIGN_OR_RETURN(const v1::Policy policy, TheOneMeant(number, hub));
  return policy.name();
}

CommandResult RunUsage(const UsageOptions& options, CommandContext& context) {
  Fields fields;
  v1::UpdatePolicyUsageRequest request;
  v1::PolicyUsage& usage = *request.mutable_usage();
  usage.set_accident_on(fields.Day("--accident-on", options.accident_on));
  usage.set_accident_reference(options.accident_reference);
  usage.set_medical_used_fen(fields.Fen("--medical-used", options.medical_used));
  usage.set_total_used_fen(options.total_used.empty()
                               ? usage.medical_used_fen()
                               : fields.Fen("--total-used", options.total_used));
  usage.set_liability_accepted(options.accepts_liability);
  // Percent with two decimals and basis points are the same digits, as yuan and fen are.
  if (!options.share.empty()) {
    usage.set_liable_share_bp(static_cast<std::int32_t>(
        std::min<std::int64_t>(fields.Fen("--share", options.share), 10'001)));
  }
  usage.set_claim_number(options.claim_number);
  usage.mutable_stated_time()->set_seconds(absl::ToUnixSeconds(context.RequestTime()));
  request.set_etag(options.etag);
  RECOUP_RETURN_IF_ERROR(fields.ToStatus());
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(*request.mutable_name(), PolicyName(options.policy, hub));
  RECOUP_ASSIGN_OR_RETURN(const v1::UpdatePolicyUsageResponse answer,
                          hub.UpdatePolicyUsage(std::move(request)));
  return Answer(answer, "已记录", context);
}

struct ListPoliciesOptions {
  std::string number;
};

void DeclareListPolicies(CLI::App& app, ListPoliciesOptions& options) {
  app.add_option("--number", options.number, "只列此保单号 / Only with this number");
}

struct ShowPolicyOptions {
  std::string policy;
};

void DeclareShowPolicy(CLI::App& app, ShowPolicyOptions& options) {
  app.add_option("POLICY", options.policy, "policies/… 或保单号 / Name or policy number")
      ->required();
}

CommandResult RunShowPolicy(const ShowPolicyOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  ClaimOptions meant;
  meant.policy = options.policy;
  RECOUP_ASSIGN_OR_RETURN(const v1::Policy policy, TheOneMeant(meant, hub));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(policy);
    return ExitCode::kOk;
  }
  PrintPolicy(policy, context);
  return ExitCode::kOk;
}

CommandResult RunListPolicies(const ListPoliciesOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  v1::ListPoliciesRequest request;
  request.set_policy_number(options.number);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Policy> policies,
                          hub.ListPolicies(std::move(request)));
  if (context.json()) {
    v1::ListPoliciesResponse all;
    for (const v1::Policy& policy : policies) *all.add_policies() = policy;
    context.out() << adapters::ProtoAsJson(all);
    return ExitCode::kOk;
  }
  if (policies.empty()) context.out() << "没有保单\n";
  for (const v1::Policy& policy : policies) PrintPolicy(policy, context);
  return ExitCode::kOk;
}

}  // namespace

void AddPolicyCommands(adapters::Program& program) {
  CLI::App& policies = program.AddGroup(program.root(), "policies", "保单", "Policies");
  program.AddCommand<RegisterOptions>(
      policies,
      {.name = "register",
       .zh = "登记保单",
       .en = "Register a policy",
       .examples = {{.command = "recoup-insurer policies register --number JQ20250001 --plate "
                                "沪A·D1234 --from 2024-09-01 --until 2025-08-31 --medical-limit "
                                "18000.00",
                     .says = "登记一份交强险保单"}},
       .effect = Effect::kOneRequest},
      DeclareRegister, RunRegister);
  program.AddCommand<ClaimOptions>(
      policies,
      {.name = "claim",
       .zh = "登记一次事故的赔案，尚无限额使用也可登记",
       .en = "Register a claim, whether or not any of the limits is used",
       .examples = {{.command = "recoup-insurer policies claim --plate 沪A·D1234 --accident-on "
                                "2025-03-01 --claim-number PA2025-0301",
                     .says = "按车牌找到当日有效的保单，登记赔案号"}},
       .effect = Effect::kOneRequest},
      DeclareClaim, RunClaim);
  program.AddCommand<UsageOptions>(
      policies,
      {.name = "usage",
       .zh = "报告一次事故已使用的限额",
       .en = "State what is used of the limits for one accident",
       .examples = {{.command = "recoup-insurer policies usage JQ20250001 --accident-on 2025-03-01 "
                                "--medical-used 11200.00",
                     .says = "医疗限额已用 11,200 元"}},
       .effect = Effect::kOneRequest},
      DeclareUsage, RunUsage);
  program.AddCommand<ListPoliciesOptions>(
      policies, {.name = "list", .zh = "列出保单及限额使用", .en = "List policies"},
      DeclareListPolicies, RunListPolicies);
  program.AddCommand<ShowPolicyOptions>(
      policies,
      {.name = "show",
       .zh = "查看一份保单、其赔案和限额",
       .en = "Show one policy, its claims and what is left of its limits"},
      DeclareShowPolicy, RunShowPolicy);
}

}  // namespace recoup::insurer
