#include "hub/audit/merkle.h"

#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <vector>

#include "hub/crypto/bytes.h"

namespace recoup::audit {
namespace {

constexpr std::uint64_t kSizeMax = 130;  // Past 128, so that every shape of a tree occurs.

std::vector<Digest> Leaves(std::uint64_t size) {
  std::vector<Digest> leaves;
  for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(LeafHash("leaf " + std::to_string(i)));
  return leaves;
}

Frontier FrontierOf(std::span<const Digest> leaves) {
  Frontier frontier;
  for (const Digest& leaf : leaves) frontier.Append(leaf);
  return frontier;
}

// The definitions of RFC 6962 section 2.1, word for word: slow, and written independently of the
// code they judge.
std::uint64_t Split(std::uint64_t n) {
  std::uint64_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

Digest Mth(std::span<const Digest> d) {
  if (d.empty()) return crypto::Sha256("");
  if (d.size() == 1) return d[0];
  const std::uint64_t k = Split(d.size());
  return NodeHash(Mth(d.first(k)), Mth(d.subspan(k)));
}

Proof Path(std::uint64_t m, std::span<const Digest> d) {
  if (d.size() == 1) return {};
  const std::uint64_t k = Split(d.size());
  Proof proof = m < k ? Path(m, d.first(k)) : Path(m - k, d.subspan(k));
  proof.push_back(m < k ? Mth(d.subspan(k)) : Mth(d.first(k)));
  return proof;
}

Proof SubProof(std::uint64_t m, std::span<const Digest> d, bool complete) {
  if (m == d.size()) return complete ? Proof{} : Proof{Mth(d)};
  const std::uint64_t k = Split(d.size());
  Proof proof = m <= k ? SubProof(m, d.first(k), complete) : SubProof(m - k, d.subspan(k), false);
  proof.push_back(m <= k ? Mth(d.subspan(k)) : Mth(d.first(k)));
  return proof;
}

// The leaves and roots of the tests of google/certificate-transparency.
TEST(MerkleTest, PublishedRoots) {
  EXPECT_EQ(crypto::ToHex(EmptyRoot()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Frontier().Root(), EmptyRoot());
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
      {"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
      {"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
      {"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
      {"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
      {"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
      {"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
      {"606162636465666768696a6b6c6d6e6f",
       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
  };
  Frontier frontier;
  for (const auto& [leaf, root] : rows) {
    frontier.Append(LeafHash(*crypto::FromHex(leaf)));
    EXPECT_EQ(crypto::ToHex(frontier.Root()), root) << "size " << frontier.size();
  }
}

TEST(MerkleTest, FrontierHasTheRootOfTheDefinition_AtEverySize) {
  const std::vector<Digest> leaves = Leaves(kSizeMax);
  Frontier frontier;
  for (std::uint64_t size = 1; size <= kSizeMax; ++size) {
    frontier.Append(leaves[size - 1]);
    EXPECT_EQ(frontier.size(), size);
    EXPECT_EQ(frontier.Root(), Mth(std::span(leaves).first(size))) << "size " << size;
  }
}

TEST(MerkleTest, FrontierReadsBackAndGrowsOn_AtEverySize) {
  const std::vector<Digest> leaves = Leaves(kSizeMax);
  Frontier frontier;
  for (std::uint64_t size = 0; size < kSizeMax; ++size) {
    const std::string bytes = frontier.Serialise();
    auto parsed = Frontier::Parse(bytes);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(*parsed, frontier);
    parsed->Append(leaves[size]);
    frontier.Append(leaves[size]);
    EXPECT_EQ(parsed->Root(), frontier.Root());
  }
}

TEST(MerkleTest, FrontierRefusesEveryOtherLength) {
  const std::string bytes = FrontierOf(Leaves(11)).Serialise();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(Frontier::Parse(std::string_view(bytes).substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(Frontier::Parse(bytes + '\0').ok());
}

TEST(MerkleTest, InclusionProofs_OfEveryLeafOfEveryTree) {
  const std::vector<Digest> leaves = Leaves(kSizeMax);
  for (std::uint64_t size = 1; size <= kSizeMax; ++size) {
    const std::span<const Digest> tree = std::span(leaves).first(size);
    const Digest root = Mth(tree);
    for (std::uint64_t index = 0; index < size; ++index) {
      SCOPED_TRACE("leaf " + std::to_string(index) + " of " + std::to_string(size));
      const Proof proof = InclusionProof(index, tree).value();
      ASSERT_EQ(proof, Path(index, tree));
      ASSERT_TRUE(VerifyInclusion(leaves[index], index, size, proof, root));
      // Neither another place nor another leaf nor another root.
      ASSERT_FALSE(VerifyInclusion(leaves[index], index ^ 1, size, proof, root));
      ASSERT_FALSE(VerifyInclusion(leaves[index], size, size, proof, root));
      ASSERT_FALSE(VerifyInclusion(LeafHash("other"), index, size, proof, root));
      ASSERT_FALSE(VerifyInclusion(leaves[index], index, size, proof, LeafHash("other")));
    }
  }
}

TEST(MerkleTest, InclusionProofIsRefused_WithAnyPartAlteredMissingOrAdded) {
  const std::vector<Digest> leaves = Leaves(kSizeMax);
  for (const std::uint64_t size : {1u, 2u, 3u, 7u, 8u, 9u, 100u, 130u}) {
    const std::span<const Digest> tree = std::span(leaves).first(size);
    const Digest root = Mth(tree);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = InclusionProof(index, tree).value();
      for (std::size_t part = 0; part < proof.size(); ++part) {
        Proof altered = proof;
        altered[part][part % 32] ^= 1;
        ASSERT_FALSE(VerifyInclusion(leaves[index], index, size, altered, root));
        Proof missing = proof;
        missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(part));
        ASSERT_FALSE(VerifyInclusion(leaves[index], index, size, missing, root));
      }
      Proof added = proof;
      added.push_back(root);
      ASSERT_FALSE(VerifyInclusion(leaves[index], index, size, added, root));
      added = proof;
      added.insert(added.begin(), root);
      ASSERT_FALSE(VerifyInclusion(leaves[index], index, size, added, root));
    }
  }
}

TEST(MerkleTest, ConsistencyProofs_OfEveryPairOfSizes) {
  const std::vector<Digest> leaves = Leaves(kSizeMax);
  std::vector<Digest> roots;
  for (std::uint64_t size = 0; size <= kSizeMax; ++size) {
    roots.push_back(Mth(std::span(leaves).first(size)));
  }
  for (std::uint64_t new_size = 0; new_size <= kSizeMax; ++new_size) {
    const std::span<const Digest> tree = std::span(leaves).first(new_size);
    for (std::uint64_t old_size = 0; old_size <= new_size; ++old_size) {
      SCOPED_TRACE(std::to_string(old_size) + " to " + std::to_string(new_size));
      const Digest& old_root = roots[old_size];
      const Digest& new_root = roots[new_size];
      const Proof proof = ConsistencyProof(old_size, tree).value();
      ASSERT_EQ(proof, old_size == 0 ? Proof{} : SubProof(old_size, tree, true));
      ASSERT_TRUE(VerifyConsistency(old_size, old_root, new_size, new_root, proof));

      ASSERT_FALSE(VerifyConsistency(old_size, LeafHash("x"), new_size, new_root, proof));
      // From the empty tree everything follows, so only there any new root is consistent.
      ASSERT_EQ(VerifyConsistency(old_size, old_root, new_size, LeafHash("x"), proof),
                old_size == 0 && new_size > 0);
      for (std::size_t part = 0; part < proof.size(); ++part) {
        Proof altered = proof;
        altered[part][part % 32] ^= 1;
        ASSERT_FALSE(VerifyConsistency(old_size, old_root, new_size, new_root, altered));
        Proof missing = proof;
        missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(part));
        ASSERT_FALSE(VerifyConsistency(old_size, old_root, new_size, new_root, missing));
      }
      Proof added = proof;
      added.push_back(new_root);
      ASSERT_FALSE(VerifyConsistency(old_size, old_root, new_size, new_root, added));
      if (new_size > old_size) {
        ASSERT_FALSE(VerifyConsistency(new_size, new_root, old_size, old_root, proof));
      }
    }
  }
}

TEST(MerkleTest, ARewrittenHistoryHasNoConsistencyProof) {
  std::vector<Digest> leaves = Leaves(kSizeMax);
  const Digest old_root = Mth(std::span(leaves).first(100));
  leaves[42] = LeafHash("rewritten");
  EXPECT_FALSE(VerifyConsistency(100, old_root, kSizeMax, Mth(leaves),
                                 ConsistencyProof(100, leaves).value()));
}

TEST(MerkleTest, RefusesProofsOfWhatIsNotThere) {
  const std::vector<Digest> leaves = Leaves(5);
  EXPECT_EQ(InclusionProof(5, leaves).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(InclusionProof(0, std::span<const Digest>()).status().code(),
            absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ConsistencyProof(6, leaves).status().code(), absl::StatusCode::kOutOfRange);
}

// A proof is asked for while the log grows; it reads the leaves of its tree once and no others.
TEST(MerkleTest, ProofsReadEachLeafAtMostOnce) {
  const std::vector<Digest> leaves = Leaves(kSizeMax);
  std::vector<int> reads(kSizeMax, 0);
  const auto counting = [&](std::uint64_t i) {
    ++reads[i];
    return leaves[i];
  };
  ASSERT_TRUE(InclusionProof(77, 100, counting).ok());
  for (std::uint64_t i = 0; i < kSizeMax; ++i) EXPECT_EQ(reads[i], i < 100 && i != 77 ? 1 : 0) << i;
}

TEST(MerkleTest, LeavesAndNodesAreToldApart) {
  const Digest a = LeafHash("a");
  const Digest b = LeafHash("b");
  const std::string both = std::string(crypto::AsView(a)) + std::string(crypto::AsView(b));
  EXPECT_NE(NodeHash(a, b), LeafHash(both));
  EXPECT_EQ(NodeHash(a, b), crypto::Sha256("\x01" + both));
  EXPECT_EQ(LeafHash(both), crypto::Sha256(std::string(1, '\0') + both));
}

}  // namespace
}  // namespace recoup::audit
