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

// What is used of a policy's limits for one accident, by all victims, as its insurer states it.
// Limits are per accident, so the uses of one policy do not add up.
struct PolicyUse {
  absl::CivilDay accident_on;
  std::string accident;  // The insurer's or police's number: tells accidents of one day apart.
  Money medical;
  Money total;
  Money medical_limit;  // The limits that hold for this accident.
  Money total_limit;
  std::optional<absl::Time> stated_time;
  absl::Time recorded_time;
  bool liability_accepted = false;  // By the insurer, for this accident.
  std::int64_t liable_share_basis_points = 0;
  std::string claim_number;
  bool only_claim = false;  // A claim of which no use was stated yet: `medical` and `total` are 0.
  // What the hub's demands had brought in when the use was stated: it is part of the figure.
  Money counted;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "accident_on", self.accident_on);
    visit(2, "accident", self.accident);
    visit(3, "medical", self.medical);
    visit(4, "total", self.total);
    visit(5, "medical_limit", self.medical_limit);
    visit(6, "total_limit", self.total_limit);
    visit(7, "stated_time", self.stated_time);
    visit(8, "recorded_time", self.recorded_time);
    visit(9, "liability_accepted", self.liability_accepted);
    visit(10, "liable_share_basis_points", self.liable_share_basis_points);
    visit(11, "claim_number", self.claim_number);
    visit(20, "only_claim", self.only_claim);
    visit(21, "counted", self.counted);
  }
};

// An insurance policy: its cover, its limits per accident and what is used of them.
struct RegisteredPolicy {
  static constexpr RecordKind kKind = RecordKind::kPolicy;
  PolicyId id;
  std::int64_t version = 0;
  PartyId insurer;
  std::string policy_number;
  PolicyKind kind = PolicyKind::kCtp;
  std::string plate;
  std::string holder;
  absl::CivilDay valid_from;
  absl::CivilDay valid_until;
  std::optional<Money> medical_limit;  // Absent: that of the policy data on the day (交强险).
  std::optional<Money> total_limit;
  std::vector<PolicyUse> uses;
  absl::Time recorded_time;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "insurer", self.insurer);
    visit(4, "policy_number", self.policy_number);
    visit(5, "kind", self.kind);
    visit(6, "plate", self.plate);
    visit(7, "holder", self.holder);
    visit(8, "valid_from", self.valid_from);
    visit(9, "valid_until", self.valid_until);
    visit(10, "medical_limit", self.medical_limit);
    visit(11, "total_limit", self.total_limit);
    visit(12, "uses", self.uses);
    visit(13, "recorded_time", self.recorded_time);
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
