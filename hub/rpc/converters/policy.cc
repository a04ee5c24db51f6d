#include "hub/rpc/converters/policy.h"

#include <algorithm>

#include "hub/app/names.h"
#include "hub/base/clock.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

constexpr int kUsagesMax = 200;

domain::PolicyUse UseFromProto(FieldReader in, const recoup::v1::PolicyUsage& usage,
                               absl::Time now) {
  domain::PolicyUse use;
  use.accident_on = in.Day("accident_on", usage.accident_on(), ChinaDate(now));
  use.accident = in.Text("accident_reference", usage.accident_reference(), Need::kOptional);
  use.only_claim = !usage.has_medical_used_fen();
  use.medical = in.Amount("medical_used_fen", usage.medical_used_fen());
  use.total = in.Amount("total_used_fen", usage.total_used_fen());
  if (use.only_claim && use.total.is_positive()) {
    in.Add("total_used_fen", "only with medical_used_fen");
  }
  if (use.total < use.medical) in.Add("total_used_fen", "less than medical_used_fen");
  use.liability_accepted = usage.liability_accepted();
  use.liable_share_basis_points = usage.liable_share_bp();
  if (usage.liable_share_bp() < 0 || usage.liable_share_bp() > 10'000) {
    in.Add("liable_share_bp", "not between 0 and 10000");
  }
  use.claim_number = in.Text("claim_number", usage.claim_number(), Need::kOptional);
  if (usage.has_stated_time())
    use.stated_time = in.Time("stated_time", true, usage.stated_time(), now);
  return use;
}

}  // namespace

void PolicyToProto(const domain::RegisteredPolicy& policy,
                   const std::vector<app::HubFigures>& figures, recoup::v1::Policy* out) {
  out->set_name(app::PolicyName(policy.insurer, policy.id));
  out->set_insurer(app::PartyName(policy.insurer));
  out->set_policy_number(policy.policy_number);
  out->set_kind(static_cast<recoup::v1::PolicyKind>(policy.kind));
  out->set_plate(policy.plate);
  out->set_insured_name(policy.holder);
  out->set_valid_from_on(DayText(policy.valid_from));
  out->set_valid_until_on(DayText(policy.valid_until));
  if (policy.medical_limit) out->set_medical_limit_fen(policy.medical_limit->fen());
  if (policy.total_limit) out->set_total_limit_fen(policy.total_limit->fen());
  for (std::size_t i = 0; i < policy.uses.size(); ++i) {
    const domain::PolicyUse& use = policy.uses[i];
    const app::HubFigures of_hub = i < figures.size() ? figures[i] : app::HubFigures();
    const domain::Money left =
        std::max(app::MedicalLeft(use, of_hub) - of_hub.split, domain::Money());
    auto* proto = out->add_usages();
    proto->set_accident_on(DayText(use.accident_on));
    proto->set_accident_reference(use.accident);
    if (!use.only_claim) proto->set_medical_used_fen(use.medical.fen());
    proto->set_total_used_fen(use.total.fen());
    proto->set_medical_remaining_fen(left.fen());
    proto->set_total_remaining_fen(
        std::max(app::TotalLeft(use, of_hub) - of_hub.split, domain::Money()).fen());
    proto->set_medical_split_fen(of_hub.split.fen());
    proto->set_medical_reserved_fen(of_hub.reserved.fen());
    proto->set_medical_received_fen(of_hub.received.fen());
    proto->set_medical_demanded_fen(of_hub.demanded.fen());
    proto->set_medical_unclaimed_fen(
        std::max(left - of_hub.demanded - of_hub.reserved, domain::Money()).fen());
    if (use.stated_time) SetTime(*use.stated_time, proto->mutable_stated_time());
    SetTime(use.recorded_time, proto->mutable_recorded_time());
    proto->set_liability_accepted(use.liability_accepted);
    proto->set_liable_share_bp(static_cast<std::int32_t>(use.liable_share_basis_points));
    proto->set_claim_number(use.claim_number);
  }
  out->set_etag(EtagOf(policy.version));
  SetTime(policy.recorded_time, out->mutable_recorded_time());
}

absl::StatusOr<app::RegisterPolicy> RegisterPolicyFromProto(
    const recoup::v1::RegisterPolicyRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in = FieldReader(faults).In("policy");
  const recoup::v1::Policy& policy = request.policy();
  app::RegisterPolicy command;
  domain::RegisteredPolicy& out = command.policy;
  out.policy_number = in.Text("policy_number", policy.policy_number());
  out.kind = in.Enum<domain::PolicyKind>("kind", policy.kind());
  out.plate = in.Text("plate", policy.plate(), Need::kOptional);
  out.holder = in.Text("insured_name", policy.insured_name(), Need::kOptional, kNameMax);
  out.valid_from = in.Day("valid_from_on", policy.valid_from_on());
  out.valid_until = in.Day("valid_until_on", policy.valid_until_on());
  if (out.valid_until < out.valid_from) in.Add("valid_until_on", "before valid_from_on");
  if (policy.has_medical_limit_fen())
    out.medical_limit = in.PositiveAmount("medical_limit_fen", policy.medical_limit_fen());
  if (policy.has_total_limit_fen())
    out.total_limit = in.PositiveAmount("total_limit_fen", policy.total_limit_fen());
  if (out.kind == domain::PolicyKind::kCommercial && !out.total_limit)
    in.Add("total_limit_fen", "missing: only a compulsory policy takes its limits from the law");
  if (out.medical_limit && out.total_limit && *out.medical_limit > *out.total_limit)
    in.Add("medical_limit_fen", "more than total_limit_fen");
  if (policy.usages_size() > kUsagesMax) in.Add("usages", "more than 200");
  for (int i = 0; i < std::min(policy.usages_size(), kUsagesMax); ++i)
    out.uses.push_back(UseFromProto(in.In("usages", i), policy.usages(i), now));
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::UpdatePolicyUsage> UpdatePolicyUsageFromProto(
    const recoup::v1::UpdatePolicyUsageRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::UpdatePolicyUsage command;
  const auto name = app::ParsePolicyName(request.name());
  if (name) {
    command.insurer = name->first;
    command.policy = name->second;
  } else {
    in.Add("name", "not a name like policies/<insurer>.<id>");
  }
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  command.use = UseFromProto(in.In("usage"), request.usage(), now);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void RegisterPolicyToProto(const app::PolicyAnswer& answer,
                           recoup::v1::RegisterPolicyResponse* out) {
  PolicyToProto(answer.policy, answer.figures, out->mutable_policy());
}

void UpdatePolicyUsageToProto(const app::PolicyAnswer& answer,
                              recoup::v1::UpdatePolicyUsageResponse* out) {
  PolicyToProto(answer.policy, answer.figures, out->mutable_policy());
  for (const std::string& name : answer.breaks) out->add_breaks(name);
}

}  // namespace recoup::rpc
