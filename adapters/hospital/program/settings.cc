#include "adapters/hospital/program/settings.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/common/common_config.h"
#include "adapters/common/hub_channel.h"
#include "adapters/hospital/program/message_file.h"
#include "adapters/hospital/program/serve_keys.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using config::KeyType;

// Both alerts of a queue are one line each, however long it lasts.
adapters::SpoolOptions SpoolOptionsFrom(CommandContext& context) {
  const config::Config& config = context.config();
  adapters::SpoolOptions options;
  options.alert_starts_at = config.Integer("spool.alert_starts_at");
  options.alert_clears_at = config.Integer("spool.alert_clears_at");
  options.on_alert = [log = context.log()](adapters::QueueAlert alert, std::int64_t waiting) {
    switch (alert) {
      case adapters::QueueAlert::kStarted:
        log.Warning("queue started", {{"waiting", waiting}});
        return;
      case adapters::QueueAlert::kCleared:
        log.Info("queue cleared", {{"waiting", waiting}});
        return;
    }
  };
  return options;
}

bool IsDigits(const std::string& text, std::size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

absl::StatusOr<std::unique_ptr<Desk>> Open(CommandContext& context) {
  const config::Config& config = context.config();
  RECOUP_ASSIGN_OR_RETURN(ReadingRules rules, ReadingRulesFrom(config));
  const std::string spool_file = config.Path("spool.file").string();
  RECOUP_ASSIGN_OR_RETURN(auto book, CaseBook::Open(CaseBookFileOf(spool_file)));
  RECOUP_ASSIGN_OR_RETURN(
      auto spool, adapters::Spool::Open(spool_file, SpoolOptionsFrom(context), context.clock()));
  auto desk =
      std::make_unique<Desk>(Desk{std::move(rules), std::move(book), std::move(spool), nullptr});
  desk->intake = std::make_unique<Intake>(desk->rules, *desk->book, *desk->spool, context.clock(),
                                          [&context] { return context.NextRequestId(); });
  RECOUP_RETURN_IF_ERROR(desk->intake->Flush());
  RECOUP_RETURN_IF_ERROR(desk->intake->CloseOverdueQuestions().status());
  // As long as the spool remembers what was sent, so is remembered what was taken.
  RECOUP_RETURN_IF_ERROR(
      desk->book->DeleteMessagesBefore(context.clock().Now() - config.Duration("spool.retention"))
          .status());
  return desk;
}

}  // namespace

std::vector<config::KeyRow> HospitalKeys() {
  std::vector<config::KeyRow> keys = adapters::HubKeys();
  for (config::KeyRow& row : adapters::SpoolKeys()) keys.push_back(std::move(row));
  keys.push_back({.name = "hospital.code",
                  .type = KeyType::kString,
                  .help = "The hospital's national code (fixmedins_code), for messages without "
                          "one.",
                  .default_text = "",
                  .zh = "医疗机构国家编码，用于未写明的消息"});
  keys.push_back({.name = "hospital.name",
                  .type = KeyType::kString,
                  .help = "The hospital's name, for messages without one.",
                  .default_text = "",
                  .zh = "医疗机构名称，用于未写明的消息"});
  keys.push_back({.name = "hospital.area_code",
                  .type = KeyType::kString,
                  .help = "Six-digit area of the fund where a message names none (HL7); "
                          "begins the numbers of answers over HTTP.",
                  .default_text = "",
                  .zh = "六位统筹区划，用于未写明的消息（HL7）"});
  keys.push_back({.name = "hospital.triage_rules",
                  .type = KeyType::kString,
                  .help = "A triage rule file in place of the built-in one; "
                          "`recoup-hospital rules show --file` prints that as a start.",
                  .default_text = "",
                  .zh = "代替内置分诊规则的文件"});
  keys.push_back({.name = "hospital.insurance",
                  .type = KeyType::kList,
                  .help = "What the hospital's own insurance codes mean (HL7 IN1, PV1-20): "
                          "`01=310`, or with another area `NT-RES=320600-390`.",
                  .default_text = "",
                  .zh = "本院险种代码的含义（HL7 IN1、PV1-20）"});
  for (config::KeyRow& row : ListenKeys()) keys.push_back(std::move(row));
  return keys;
}

absl::StatusOr<std::vector<InsuranceMapping>> InsuranceMappings(
    const std::vector<std::string>& rows) {
  Faults faults;
  std::vector<InsuranceMapping> mappings;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::vector<std::string> sides = absl::StrSplit(rows[i], absl::MaxSplits('=', 1));
    InsuranceMapping mapping;
    if (sides.size() == 2) {
      mapping.key = sides[0];
      const std::vector<std::string> pool = absl::StrSplit(sides[1], absl::MaxSplits('-', 1));
      mapping.insurance_type = pool.back();
      // An area that is announced and empty is a slip, not a default.
      if (pool.size() == 2) mapping.area_code = pool[0].empty() ? "?" : pool[0];
    }
    // Pools are named by six and three digits.
    const bool area_fits = mapping.area_code.empty() || IsDigits(mapping.area_code, 6);
    if (mapping.key.empty() || !area_fits || !IsDigits(mapping.insurance_type, 3)) {
      faults.Add(absl::StrCat("hospital.insurance[", i, "]"), "应写作 01=310 或 NT-RES=320600-390");
    }
    mappings.push_back(std::move(mapping));
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return mappings;
}

absl::StatusOr<HospitalProfile> ProfileFrom(const config::Config& config) {
  HospitalProfile profile;
  profile.hospital_code = config.String("hospital.code");
  profile.hospital_name = config.String("hospital.name");
  profile.default_area_code = config.String("hospital.area_code");
  if (!profile.default_area_code.empty() && !IsDigits(profile.default_area_code, 6)) {
    Faults faults;
    faults.Add("hospital.area_code", "应为六位数字，如 310115");
    return faults.ToStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(profile.insurance, InsuranceMappings(config.List("hospital.insurance")));
  return profile;
}

absl::StatusOr<ReadingRules> ReadingRulesFrom(const config::Config& config) {
  RECOUP_ASSIGN_OR_RETURN(HospitalProfile profile, ProfileFrom(config));
  RECOUP_ASSIGN_OR_RETURN(ReadingRules rules, MakeReadingRules(std::move(profile)));
  if (!config.String("hospital.triage_rules").empty()) {
    RECOUP_ASSIGN_OR_RETURN(rules.triage, RuleBookFromFile(config.String("hospital.triage_rules")));
  }
  return rules;
}

absl::StatusOr<triage::RuleBook> RuleBookFromFile(const std::string& file) {
  RECOUP_ASSIGN_OR_RETURN(const std::string text, ReadMessageFile(file));
  RECOUP_ASSIGN_OR_RETURN(triage::RuleBook rules, triage::RuleBookFromToml(text));
  RECOUP_RETURN_IF_ERROR(triage::CheckExamples(rules));
  return rules;
}

std::string PoolNameFromText(const std::string& text) {
  return text.starts_with("pools/") ? text : absl::StrCat("pools/", text);
}

std::string CaseBookFileOf(const std::string& spool_file) {
  return absl::StrCat(spool_file, ".visits");
}

absl::StatusOr<std::unique_ptr<Desk>> OpenDesk(CommandContext& context) {
  absl::StatusOr<std::unique_ptr<Desk>> desk = Open(context);
  if (!desk.ok()) return adapters::AsUsageError(desk.status());
  return desk;
}

absl::StatusOr<std::unique_ptr<HospitalHub>> OpenHub(CommandContext& context, Random& random) {
  const config::Config& config = context.config();
  absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = adapters::OpenHubChannel(config);
  if (!channel.ok()) return adapters::AsUsageError(channel.status());
  return std::make_unique<HospitalHub>(
      *std::move(channel),
      adapters::CallEnvironment{
          .deadline = config.Duration("hub.deadline"),
          .retry = {.attempts_max = static_cast<int>(config.Integer("hub.attempts_max"))},
          .clock = context.clock(),
          .sleeper = context.sleeper(),
          .random = random,
          .log = context.log()});
}

}  // namespace recoup::hospital
