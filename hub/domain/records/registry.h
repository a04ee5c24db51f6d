// Who takes part and what holds in general: parties, insurance policies, policy data.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_REGISTRY_H_
#define RECOUP_HUB_DOMAIN_RECORDS_REGISTRY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/stage.h"

namespace recoup::domain {

// Records of the hub itself (parties, policy data) live in this partition.
inline const std::string kHubPartition = "hub";

struct PartyKey {
  std::string key_id;
  std::string public_key;  // Ed25519, 32 bytes.
  bool revoked = false;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "key_id", self.key_id);
    visit(2, "public_key", self.public_key);
    visit(3, "revoked", self.revoked);
  }
};

struct Party {
  static constexpr RecordKind kKind = RecordKind::kParty;
  PartyRecordId id;
  std::int64_t version = 0;
  PartyId party;
  std::string display_name;
  std::vector<std::string> aliases;  // Names under which judgments and banks know it.
  std::vector<PartyKey> keys;        // What it signs with.
  std::vector<PoolId>
      pools;  // Of a fund: its pools. Of a hospital: the pools it settles with; empty = all.
  std::string hospital_code;  // fixmedins_code, for hospitals.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "party", self.party);
    visit(4, "display_name", self.display_name);
    visit(5, "aliases", self.aliases);
    visit(6, "keys", self.keys);
    visit(7, "pools", self.pools);
    visit(8, "hospital_code", self.hospital_code);
  }
  const std::string& partition() const { return kHubPartition; }
  void Index(IndexEntries& out) const;
};

// A use of a policy's limit by this or another claim on it.
struct PolicyUse {
  absl::CivilDay on;
  std::string claim;  // Claim or case number, or the demand that uses it.
  Money amount;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "on", self.on);
    visit(2, "claim", self.claim);
    visit(3, "amount", self.amount);
  }
};

// An insurance policy with the limit that concerns medical costs of one accident, and what is left
// of it.
struct RegisteredPolicy {
  static constexpr RecordKind kKind = RecordKind::kPolicy;
  PolicyId id;
  std::int64_t version = 0;
  PartyId insurer;
  std::string policy_number;
  PolicyKind kind = PolicyKind::kCtp;
  std::string plate;
  std::string holder;
  absl::CivilDay accident_on;
  std::string court_case_number;
  Money medical_limit;
  std::vector<PolicyUse> uses;

  Money used() const;
  Money remaining() const { return medical_limit - used(); }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "insurer", self.insurer);
    visit(4, "policy_number", self.policy_number);
    visit(5, "kind", self.kind);
    visit(6, "plate", self.plate);
    visit(7, "holder", self.holder);
    visit(8, "accident_on", self.accident_on);
    visit(9, "court_case_number", self.court_case_number);
    visit(10, "medical_limit", self.medical_limit);
    visit(11, "uses", self.uses);
  }
  const std::string& partition() const { return insurer.value; }
  void Index(IndexEntries& out) const;
};

// One effective-dated rule (limits, deadlines, thresholds); beats the built-in national row of the
// same key.
struct PolicyDatum {
  static constexpr RecordKind kKind = RecordKind::kPolicyDatum;
  PolicyDatumId id;
  std::int64_t version = 0;
  std::string key;
  std::string pool;  // A pool id, or "*" for all.
  absl::CivilDay effective_from;
  std::int64_t value = 0;
  std::string source;
  std::string recorded_by;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "key", self.key);
    visit(4, "pool", self.pool);
    visit(5, "effective_from", self.effective_from);
    visit(6, "value", self.value);
    visit(7, "source", self.source);
    visit(8, "recorded_by", self.recorded_by);
  }
  const std::string& partition() const { return kHubPartition; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_REGISTRY_H_
