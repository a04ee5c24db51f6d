#include "hub/app/register_party.h"

#include <algorithm>

#include "hub/app/etag.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Party;
using domain::PartyKey;

// When a revoked key was revoked: as kept before, else now.
void DateRevocations(const std::vector<PartyKey>& before, absl::Time now,
                     std::vector<PartyKey>& keys) {
  for (PartyKey& key : keys) {
    if (!key.revoked) continue;
    const auto known = std::find_if(before.begin(), before.end(), [&](const PartyKey& one) {
      return one.key_id == key.key_id && one.revoked;
    });
    key.revoked_time = known == before.end() ? now : known->revoked_time;
  }
}

// Keys that are missing from the new list are revoked.
void ReplaceKeys(const Party& from, Party& to) {
  std::vector<PartyKey> keys = from.keys;
  for (PartyKey old : to.keys) {
    const bool kept = std::any_of(keys.begin(), keys.end(),
                                  [&](const PartyKey& key) { return key.key_id == old.key_id; });
    if (kept) continue;
    old.revoked = true;
    keys.push_back(std::move(old));
  }
  to.keys = std::move(keys);
}

struct ChangeableField {
  const char* name;
  void (*apply)(const Party& from, Party& to);
};
constexpr ChangeableField kChangeable[] = {
    {"display_name", [](const Party& from, Party& to) { to.display_name = from.display_name; }},
    {"aliases", [](const Party& from, Party& to) { to.aliases = from.aliases; }},
    {"pools", [](const Party& from, Party& to) { to.pools = from.pools; }},
    {"signing_keys", ReplaceKeys},
    {"credit_code", [](const Party& from, Party& to) { to.credit_code = from.credit_code; }},
    {"accounts", [](const Party& from, Party& to) { to.accounts = from.accounts; }},
    {"contact", [](const Party& from, Party& to) { to.contact = from.contact; }},
};

bool SaysTheSame(const Party& a, const Party& b) {
  const auto same_key = [](const PartyKey& x, const PartyKey& y) {
    return x.key_id == y.key_id && x.public_key == y.public_key && x.revoked == y.revoked;
  };
  return a.display_name == b.display_name && a.aliases == b.aliases && a.pools == b.pools &&
         a.credit_code == b.credit_code && a.accounts == b.accounts && a.contact == b.contact &&
         std::equal(a.keys.begin(), a.keys.end(), b.keys.begin(), b.keys.end(), same_key);
}

}  // namespace

const std::vector<std::string>& ChangeablePartyFields() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const ChangeableField& field : kChangeable) all.emplace_back(field.name);
    return all;
  }();
  return names;
}

absl::StatusOr<Party> RegisterPartyOf(const RegisterParty& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<Party> known,
                          work.FindBy<Party>(domain::UniqueKeyKind::kPartyOfName,
                                             domain::Key({command.party.party.value})));
  if (command.fields.empty()) {
    if (known) {
      if (SaysTheSame(*known, command.party)) return *known;
      return MakeError(Reason::kAlreadyExistsWithOtherContent,
                       "this party is registered with other content; change it with update_mask");
    }
    Party party = command.party;
    party.id = work.NewId<domain::PartyRecordId>();
    DateRevocations({}, work.now(), party.keys);
    work.Put(party);
    return party;
  }
  if (!known) return NotFound("no such party");
  if (command.etag.empty()) {
    return MakeError(Reason::kEtagMismatch, "give the etag of the party as last read");
  }
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, known->version));
  const std::vector<PartyKey> keys_before = known->keys;
  for (const ChangeableField& field : kChangeable) {
    const bool named =
        std::find(command.fields.begin(), command.fields.end(), field.name) != command.fields.end();
    if (named) field.apply(command.party, *known);
  }
  DateRevocations(keys_before, work.now(), known->keys);
  work.Put(*known);
  return *known;
}

}  // namespace recoup::app
