#include "hub/rpc/converters/fund_commands.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/clock.h"
#include "hub/crypto/signing.h"
#include "hub/domain/policy_data.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/approval.h"
#include "hub/rpc/converters/fund_records.h"
#include "hub/rpc/converters/lead.h"
#include "hub/rpc/converters/recovery.h"

namespace recoup::rpc {
namespace {

constexpr int kFundListMax = 200;
constexpr std::size_t kPublicKeySize = 32;
constexpr int kAllShares = 10'000;

std::optional<std::int64_t> WholeNumber(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "3": the third candidate of the lead, as LeadToProto counts.
std::size_t CandidateOf(FieldReader& in, const std::string& id) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(kFundListMax); ++i) {
    if (CandidateIdOf(i) == id) return i;
  }
  in.Add("candidate_id", id.empty() ? "missing" : "not a candidate of a lead");
  return 0;
}

std::optional<domain::InterruptionKind> KindOf(v1::InterruptionKind kind) {
  switch (kind) {
    case v1::INTERRUPTION_KIND_DEMAND_SERVED:
      return domain::InterruptionKind::kDemand;
    case v1::INTERRUPTION_KIND_PAYMENT:
      return domain::InterruptionKind::kPartPayment;
    case v1::INTERRUPTION_KIND_PROMISE:
      return domain::InterruptionKind::kAcknowledgement;
    case v1::INTERRUPTION_KIND_SUIT:
      return domain::InterruptionKind::kSuit;
    case v1::INTERRUPTION_KIND_MEDIATION:
      return domain::InterruptionKind::kMediation;
    case v1::INTERRUPTION_KIND_POLICE_REPORT:
      return domain::InterruptionKind::kPoliceReport;
    case v1::INTERRUPTION_KIND_OBSTACLE:
      return domain::InterruptionKind::kObstacle;
    case v1::INTERRUPTION_KIND_UNSPECIFIED:
    case v1::INTERRUPTION_KIND_OTHER:
    case v1::InterruptionKind_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::InterruptionKind_INT_MAX_SENTINEL_DO_NOT_USE_:
      return std::nullopt;
  }
  return std::nullopt;
}

domain::Debtor ReadDebtor(FieldReader& in, const v1::DebtorShare& share) {
  FieldReader of = in.In("debtor");
  domain::Debtor debtor;
  debtor.kind = of.Enum<domain::DebtorKind>("kind", share.debtor().kind());
  debtor.name = of.Text("display_name", share.debtor().display_name(), Need::kRequired, kNameMax);
  debtor.party = of.Party("party", share.debtor().party(), Need::kOptional);
  debtor.credit_code = of.CreditCode("credit_code", share.debtor().credit_code());
  if (!share.policy().empty()) {
    if (const auto policy = app::ParsePolicyName(share.policy())) {
      debtor.policy = policy->second;
      if (debtor.party.empty()) debtor.party = policy->first;
      if (debtor.party != policy->first) in.Add("policy", "of another insurer");
    } else {
      in.Add("policy", "not a policy like policies/huaan.<id>");
    }
  }
  return debtor;
}

domain::PartyKey ReadKey(FieldReader& in, const v1::SigningKey& proto) {
  domain::PartyKey key;
  key.public_key = proto.public_key();
  key.revoked = proto.has_revoked_time();
  if (key.public_key.size() != kPublicKeySize) {
    in.Add("public_key", "not an Ed25519 public key of 32 bytes");
    return key;
  }
  crypto::VerifyKey::Bytes bytes;
  std::copy(key.public_key.begin(), key.public_key.end(), bytes.begin());
  key.key_id = crypto::VerifyKey(bytes).key_id();
  if (!proto.key_id().empty() && proto.key_id() != key.key_id) {
    in.Add("key_id", absl::StrCat("is ", key.key_id, " for this public key"));
  }
  return key;
}

}  // namespace

absl::StatusOr<app::ConfirmLead> ConfirmLeadFromProto(const v1::ConfirmLeadRequest& request,
                                                      absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::LeadId>("name", request.name());
  app::ConfirmLead command;
  command.pool = name.pool;
  command.lead = name.id;
  command.candidate = CandidateOf(in, request.candidate_id());
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::RejectLead> RejectLeadFromProto(const v1::RejectLeadRequest& request,
                                                    absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::LeadId>("name", request.name());
  app::RejectLead command;
  command.pool = name.pool;
  command.lead = name.id;
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::OpenRecovery> OpenRecoveryFromProto(const v1::OpenRecoveryRequest& request,
                                                        absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::OpenRecovery command;
  command.pool = in.Pool("pool", request.pool());
  if (request.advances().empty()) in.Add("advances", "missing");
  for (int i = 0; i < request.advances_size(); ++i) {
    const std::string field = absl::StrCat("advances[", i, "]");
    const auto advance = in.Name<domain::AdvanceId>(field, request.advances(i));
    if (advance.pool.value != command.pool.value && !advance.id.is_nil())
      in.Add(field, "of another pool");
    command.advances.push_back(advance.id);
  }
  command.accident_on = in.Day("accident_on", request.accident_on(), ChinaDate(now));
  command.third_party_kind =
      in.EnumOr("third_party_kind", request.third_party_kind(), domain::ThirdPartyKind::kUnknown);
  if (request.debtor_shares().empty()) in.Add("debtor_shares", "missing");
  std::int64_t total = 0;
  for (int i = 0; i < request.debtor_shares_size(); ++i) {
    FieldReader of = in.In("debtor_shares", i);
    const v1::DebtorShare& share = request.debtor_shares(i);
    if (share.share_bp() <= 0 || share.share_bp() > kAllShares)
      of.Add("share_bp", "not between 1 and 10000");
    total += share.share_bp();
    command.shares.push_back({ReadDebtor(of, share), share.share_bp()});
  }
  if (total > kAllShares) in.Add("debtor_shares", "sum to more than 100%");
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  command.document_sha256 = in.Sha256("document_sha256", request.document_sha256());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::RecordInterruption> RecordInterruptionFromProto(
    const v1::RecordInterruptionRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::DemandId>("name", request.name());
  FieldReader of = in.In("interruption");
  app::RecordInterruption command;
  command.pool = name.pool;
  command.demand = name.id;
  if (const auto kind = KindOf(request.interruption().kind())) {
    command.interruption.kind = *kind;
  } else {
    of.Add("kind", "missing, or none that interrupts or suspends (民法典 194, 195)");
  }
  command.interruption.date =
      of.Day("happened_on", request.interruption().happened_on(), ChinaDate(now));
  command.interruption.ended_on =
      of.OptionalDay("ended_on", request.interruption().ended_on(), ChinaDate(now));
  if (command.interruption.ended_on) {
    const domain::Interruption& event = command.interruption;
    const bool may_end =
        IsProceeding(event.kind) || event.kind == domain::InterruptionKind::kObstacle;
    if (!may_end) of.Add("ended_on", "only a suit, mediation, police report or obstacle ends");
    if (*event.ended_on < event.date) of.Add("ended_on", "before happened_on");
  }
  command.interruption.evidence =
      of.Text("evidence", request.interruption().evidence(), Need::kRequired, kTextMax);
  command.interruption.document_sha256 =
      of.Sha256("document_sha256", request.interruption().document_sha256());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::Relinquish> RelinquishFromProto(const v1::RelinquishRequest& request,
                                                    absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::Relinquish command;
  if (const auto advance = app::ParseName<domain::AdvanceId>(request.name())) {
    command.pool = advance->pool;
    command.of = advance->id;
  } else {
    const auto demand = in.Name<domain::DemandId>("name", request.name());
    command.pool = demand.pool;
    command.of = demand.id;
  }
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  command.amount = in.PositiveAmount("amount_fen", request.amount_fen());
  command.kind = in.Enum<domain::RelinquishReason>("reason_kind", request.reason_kind());
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::DecideApproval> DecideApprovalFromProto(
    const v1::DecideApprovalRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::ApprovalId>("name", request.name());
  app::DecideApproval command;
  command.pool = name.pool;
  command.approval = name.id;
  command.approve = request.decision() == v1::APPROVAL_DECISION_APPROVE;
  if (!command.approve && request.decision() != v1::APPROVAL_DECISION_REJECT) {
    in.Add("decision", "missing: APPROVE or REJECT");
  }
  command.reason = in.Text("reason", request.reason(),
                           command.approve ? Need::kOptional : Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::PutPolicyDatum> PutPolicyDatumFromProto(
    const v1::PutPolicyDatumRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in = FieldReader(faults).In("policy_datum");
  const v1::PolicyDatum& proto = request.policy_datum();
  app::PutPolicyDatum command;
  command.datum.key = in.Text("key", proto.key());
  if (!proto.pool().empty()) command.pool = in.Pool("pool", proto.pool());
  command.datum.effective_from = in.Day("effective_from_on", proto.effective_from_on());
  if (const auto value = WholeNumber(proto.value())) {
    command.datum.value = *value;
  } else {
    in.Add("value", "not a whole number (amounts in fen, shares in basis points)");
  }
  command.datum.source = in.Text("source", proto.source(), Need::kRequired, kTextMax);
  command.etag = in.Text("etag", proto.etag(), Need::kOptional);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::RegisterParty> RegisterPartyFromProto(const v1::RegisterPartyRequest& request,
                                                          absl::Time /*now*/) {
  Faults faults;
  FieldReader in = FieldReader(faults).In("party");
  const v1::Party& proto = request.party();
  app::RegisterParty command;
  for (const std::string& path : request.update_mask().paths()) command.fields.push_back(path);
  command.etag = in.Text("etag", proto.etag(), Need::kOptional);
  domain::Party& party = command.party;
  party.party = in.Party("name", proto.name());
  const auto kind = PartyKindFromProto(proto.kind());
  if (proto.kind() != v1::PARTY_KIND_UNSPECIFIED && kind != party.party.kind())
    in.Add("kind", "not that of the name");
  party.display_name =
      in.Text("display_name", proto.display_name(),
              command.fields.empty() ? Need::kRequired : Need::kOptional, kNameMax);
  for (int i = 0; i < proto.aliases_size(); ++i) {
    party.aliases.push_back(
        in.Text(absl::StrCat("aliases[", i, "]"), proto.aliases(i), Need::kRequired, kNameMax));
  }
  party.credit_code = in.CreditCode("credit_code", proto.credit_code());
  if (proto.accounts_size() > kFundListMax) in.Add("accounts", "more than 200");
  for (int i = 0; i < std::min(proto.accounts_size(), kFundListMax); ++i) {
    party.accounts.push_back(in.Text(absl::StrCat("accounts[", i, "]"), proto.accounts(i)));
  }
  party.contact = in.Text("contact", proto.contact(), Need::kOptional, kNameMax);
  for (int i = 0; i < proto.pools_size(); ++i) {
    party.pools.push_back(in.Pool(absl::StrCat("pools[", i, "]"), proto.pools(i)));
  }
  for (int i = 0; i < proto.signing_keys_size(); ++i) {
    FieldReader key = in.In("signing_keys", i);
    party.keys.push_back(ReadKey(key, proto.signing_keys(i)));
  }
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void ConfirmLeadToProto(const app::ConfirmedLead& answer, v1::ConfirmLeadResponse* out) {
  LeadToProto(answer.lead, out->mutable_lead());
  RecoveryToProto(answer.opened, out->mutable_recovery());
  for (const domain::Demand& demand : answer.opened.demands)
    out->add_demands(app::NameOf(demand.pool, demand.id));
}

void RejectLeadToProto(const domain::Lead& answer, v1::RejectLeadResponse* out) {
  LeadToProto(answer, out->mutable_lead());
}

void OpenRecoveryToProto(const app::RecoveryView& answer, v1::OpenRecoveryResponse* out) {
  RecoveryToProto(answer, out->mutable_recovery());
  for (const domain::Demand& demand : answer.demands)
    out->add_demands(app::NameOf(demand.pool, demand.id));
}

void RecordInterruptionToProto(const app::InterruptionAnswer& answer,
                               v1::RecordInterruptionResponse* out) {
  ClockToProto(answer.debtor, answer.limitation, out->mutable_clock());
  for (const domain::DemandId id : answer.other_demands) {
    out->add_other_demands(app::NameOf(answer.pool, id));
  }
}

void RelinquishToProto(const app::RelinquishAnswer& answer, v1::RelinquishResponse* out) {
  out->set_relinquished_fen(answer.relinquished.fen());
  if (answer.approval) out->set_approval(app::NameOf(answer.approval->pool, answer.approval->id));
}

void DecideApprovalToProto(const domain::Approval& answer, v1::DecideApprovalResponse* out) {
  ApprovalToProto(answer, out->mutable_approval());
}

void PutPolicyDatumToProto(const app::PolicyDatumAnswer& answer, v1::PutPolicyDatumResponse* out) {
  PolicyDatumToProto(answer.datum, out->mutable_policy_datum());
  if (answer.approval) out->set_approval(app::NameOf(answer.approval->pool, answer.approval->id));
}

void RegisterPartyToProto(const domain::Party& answer, v1::RegisterPartyResponse* out) {
  PartyToProto(answer, out->mutable_party());
}

}  // namespace recoup::rpc
