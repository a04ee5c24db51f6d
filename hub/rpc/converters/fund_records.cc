#include "hub/rpc/converters/fund_records.h"

#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "hub/app/names.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

std::string PoolText(const std::string& pool) {
  return pool == domain::kEveryPool ? "" : absl::StrCat("pools/", pool);
}

}  // namespace

v1::PartyKind PartyKindToProto(domain::PartyKind kind) {
  switch (kind) {
    case domain::PartyKind::kFund:
      return v1::PARTY_KIND_FUND;
    case domain::PartyKind::kHospital:
      return v1::PARTY_KIND_HOSPITAL;
    case domain::PartyKind::kCourt:
      return v1::PARTY_KIND_COURT;
    case domain::PartyKind::kInsurer:
      return v1::PARTY_KIND_INSURER;
    case domain::PartyKind::kMediator:
      return v1::PARTY_KIND_MEDIATOR;
    case domain::PartyKind::kOperator:
      return v1::PARTY_KIND_OPERATOR;
  }
  return v1::PARTY_KIND_UNSPECIFIED;
}

std::optional<domain::PartyKind> PartyKindFromProto(v1::PartyKind kind) {
  for (const domain::PartyKind candidate :
       {domain::PartyKind::kFund, domain::PartyKind::kHospital, domain::PartyKind::kCourt,
        domain::PartyKind::kInsurer, domain::PartyKind::kMediator, domain::PartyKind::kOperator}) {
    if (PartyKindToProto(candidate) == kind) return candidate;
  }
  return std::nullopt;
}

void PartyToProto(const domain::Party& party, v1::Party* out) {
  out->set_name(app::PartyName(party.party));
  if (const auto kind = party.party.kind()) out->set_kind(PartyKindToProto(*kind));
  out->set_display_name(party.display_name);
  out->set_certificate_uri(absl::StrCat("recoup://", party.party.value));
  for (const domain::PartyKey& key : party.keys) {
    v1::SigningKey* proto = out->add_signing_keys();
    proto->set_key_id(key.key_id);
    proto->set_public_key(key.public_key);
    // Of keys revoked before their time was kept this much is known: not before the registration.
    if (key.revoked) {
      SetTime(key.revoked_time.value_or(party.id.value.time()), proto->mutable_revoked_time());
    }
  }
  for (const domain::PoolId& pool : party.pools) out->add_pools(app::PoolName(pool));
  for (const std::string& alias : party.aliases) out->add_aliases(alias);
  out->set_credit_code(party.credit_code);
  for (const std::string& account : party.accounts) out->add_accounts(account);
  out->set_contact(party.contact);
  out->set_etag(EtagOf(party.version));
  SetTime(party.id.value.time(), out->mutable_recorded_time());
}

void PolicyDatumToProto(const domain::PolicyDatum& datum, v1::PolicyDatum* out) {
  out->set_name(app::PolicyDatumName(datum.id));
  out->set_key(datum.key);
  out->set_pool(PoolText(datum.pool));
  out->set_effective_from_on(DayText(datum.effective_from));
  out->set_value(absl::StrCat(datum.value));
  out->set_source(datum.source);
  out->set_put_by(datum.recorded_by);
  SetTime(datum.id.value.time(), out->mutable_recorded_time());
  out->set_etag(EtagOf(datum.version));
}

void PolicyRuleToProto(const domain::PolicyRule& rule, v1::PolicyDatum* out) {
  out->set_key(rule.key);
  out->set_pool(PoolText(rule.pool));
  out->set_effective_from_on(DayText(rule.effective_from));
  out->set_value(std::holds_alternative<std::int64_t>(rule.value)
                     ? absl::StrCat(std::get<std::int64_t>(rule.value))
                     : std::get<std::string>(rule.value));
  out->set_source(rule.source);
  out->set_version(rule.version);
}

}  // namespace recoup::rpc
