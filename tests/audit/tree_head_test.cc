#include "hub/audit/tree_head.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "hub/audit/commitment.h"
#include "hub/crypto/bytes.h"

namespace recoup::audit {
namespace {

const absl::Time kTime = absl::FromUnixMicros(1'795'262'400'000'001);

TreeHead SomeHead() { return {"310115-310", 8, LeafHash("root"), kTime}; }

EventHeader SomeEvent() {
  EventHeader event;
  event.partition = "310115-310";
  event.sequence = 7;
  event.recorded_time = kTime;
  event.party = "insurer/huaan";
  event.actor = "claims-desk";
  event.method = "AcceptDemand";
  event.request_id = "0192f0c1-2b3c-7d4e-8f50-617283940a1b";
  event.outcome = "OK";
  event.commitment = EventCommitment(Salt{1, 2, 3}, "payload");
  return event;
}

TEST(TreeHeadTest, VerifiesWithItsKeyOnly) {
  SeededRandom random(9);
  const crypto::SigningKey key = crypto::SigningKey::Generate(random);
  const crypto::SigningKey other = crypto::SigningKey::Generate(random);
  const SignedTreeHead signed_head = SignTreeHead(SomeHead(), key);
  EXPECT_EQ(signed_head.key_id, key.key_id());
  EXPECT_TRUE(VerifyTreeHead(signed_head, key.verify_key()));
  EXPECT_FALSE(VerifyTreeHead(signed_head, other.verify_key()));
}

TEST(TreeHeadTest, RefusesEveryAlteredField) {
  SeededRandom random(9);
  const crypto::SigningKey key = crypto::SigningKey::Generate(random);
  const std::vector<std::function<void(SignedTreeHead&)>> alterations = {
      [](SignedTreeHead& s) { s.head.partition = "310115-390"; },
      [](SignedTreeHead& s) { ++s.head.size; },
      [](SignedTreeHead& s) { s.head.root[31] ^= 1; },
      [](SignedTreeHead& s) { s.head.time += absl::Microseconds(1); },
      [](SignedTreeHead& s) { s.key_id = "0000000000000000"; },
      [](SignedTreeHead& s) { s.signature[0] ^= 1; },
  };
  for (std::size_t i = 0; i < alterations.size(); ++i) {
    SignedTreeHead altered = SignTreeHead(SomeHead(), key);
    alterations[i](altered);
    EXPECT_FALSE(VerifyTreeHead(altered, key.verify_key())) << "alteration " << i;
  }
}

// Signatures outlive releases, so the bytes are frozen here.
TEST(TreeHeadTest, CanonicalBytes) {
  EXPECT_EQ(crypto::ToHex(CanonicalTreeHead({"p", 258, Digest{}, absl::FromUnixMicros(1)})),
            "00000013" + crypto::ToHex(std::string_view("recoup tree head v1")) + "0000000170" +
                "0000000000000102" + "00000020" + std::string(64, '0') + "0000000000000001");
}

TEST(EventTest, CanonicalBytes) {
  const auto text = [](std::string_view t) {
    std::string bytes;
    crypto::AppendBigEndian(t.size(), 4, bytes);
    return bytes.append(t);
  };
  const EventHeader event = SomeEvent();
  std::string expected = text("recoup event v1") + text("310115-310");
  crypto::AppendBigEndian(7, 8, expected);
  crypto::AppendBigEndian(1'795'262'400'000'001, 8, expected);
  expected += text("insurer/huaan") + text("claims-desk") + text("AcceptDemand") +
              text("0192f0c1-2b3c-7d4e-8f50-617283940a1b") + text("OK") +
              text(crypto::AsView(event.commitment));
  EXPECT_EQ(LeafBytes(event), expected);
  EXPECT_EQ(LeafHash(event), LeafHash(expected));
}

TEST(EventTest, EveryFieldChangesTheLeaf) {
  const std::vector<std::function<void(EventHeader&)>> changes = {
      [](EventHeader&) {},
      [](EventHeader& e) { e.partition += "x"; },
      [](EventHeader& e) { ++e.sequence; },
      [](EventHeader& e) { e.recorded_time += absl::Microseconds(1); },
      [](EventHeader& e) { e.party += "x"; },
      [](EventHeader& e) { e.actor = "x" + e.actor; },
      [](EventHeader& e) { e.method += "x"; },
      [](EventHeader& e) { e.request_id += "x"; },
      [](EventHeader& e) { e.outcome = "NOT_ALLOWED"; },
      [](EventHeader& e) { e.commitment[0] ^= 1; },
      // Text that crosses the border between two fields.
      [](EventHeader& e) { e.party = "insurer/huaanc", e.actor = "laims-desk"; },
  };
  std::set<Digest> leaves;
  for (const auto& change : changes) {
    EventHeader event = SomeEvent();
    change(event);
    leaves.insert(LeafHash(event));
  }
  EXPECT_EQ(leaves.size(), changes.size());
}

TEST(EventTest, CommitmentBindsSaltAndPayload) {
  const Salt salt{1, 2, 3};
  const std::string salt_bytes(crypto::AsView(salt));
  EXPECT_EQ(EventCommitment(salt, "payload"), crypto::Sha256(salt_bytes + "payload"));
  EXPECT_NE(EventCommitment(salt, "payload"), EventCommitment(salt, "payloae"));
  EXPECT_NE(EventCommitment(salt, "payload"), EventCommitment(Salt{1, 2, 4}, "payload"));
}

}  // namespace
}  // namespace recoup::audit
