#include "hub/audit/merkle.h"

#include <bit>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/crypto/bytes.h"

namespace recoup::audit {
namespace {

constexpr std::size_t kSizeBytes = 8;

// The largest power of two below n: how RFC 6962 section 2.1 splits n leaves. Needs n > 1.
std::uint64_t SplitPoint(std::uint64_t n) { return std::bit_floor(n - 1); }

Digest RangeRoot(std::uint64_t begin, std::uint64_t end, LeafHashes leaves) {
  Frontier frontier;
  for (std::uint64_t i = begin; i < end; ++i) frontier.Append(leaves(i));
  return frontier.Root();
}

absl::Status OutOfRange(std::string_view what, std::uint64_t value, std::uint64_t size) {
  return absl::OutOfRangeError(
      absl::StrCat(std::string(what), " ", value, " does not fit a tree of ", size, " leaves"));
}

}  // namespace

Digest LeafHash(std::string_view leaf) {
  return crypto::Sha256Hasher().Update(std::string_view("\x00", 1)).Update(leaf).Finish();
}

Digest NodeHash(const Digest& left, const Digest& right) {
  return crypto::Sha256Hasher()
      .Update("\x01")
      .Update(crypto::AsView(left))
      .Update(crypto::AsView(right))
      .Finish();
}

Digest EmptyRoot() { return crypto::Sha256(""); }

void Frontier::Append(const Digest& leaf_hash) {
  Digest carried = leaf_hash;
  // Like adding one to a binary number: each set bit is a perfect subtree that the carry completes.
  for (std::uint64_t bits = size_; (bits & 1) != 0; bits >>= 1) {
    carried = NodeHash(subtrees_.back(), carried);
    subtrees_.pop_back();
  }
  subtrees_.push_back(carried);
  ++size_;
}

Digest Frontier::Root() const {
  if (subtrees_.empty()) return EmptyRoot();
  Digest root = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i-- > 0;) root = NodeHash(subtrees_[i], root);
  return root;
}

std::string Frontier::Serialise() const {
  std::string bytes;
  crypto::AppendBigEndian(size_, kSizeBytes, bytes);
  for (const Digest& subtree : subtrees_) bytes.append(crypto::AsView(subtree));
  return bytes;
}

absl::StatusOr<Frontier> Frontier::Parse(std::string_view bytes) {
  constexpr std::size_t kDigestSize = std::tuple_size_v<Digest>;
  Frontier frontier;
  if (bytes.size() < kSizeBytes) {
    return MakeError(Reason::kInvalidArgument, "a Merkle frontier has at least eight bytes");
  }
  frontier.size_ = crypto::ReadBigEndian(bytes.substr(0, kSizeBytes));
  bytes.remove_prefix(kSizeBytes);
  const auto count = static_cast<std::size_t>(std::popcount(frontier.size_));
  if (bytes.size() != count * kDigestSize) {
    return MakeError(Reason::kInvalidArgument, "a Merkle frontier does not fit its size");
  }
  for (std::size_t i = 0; i < count; ++i) {
    frontier.subtrees_.push_back(
        *crypto::DigestFromBytes(bytes.substr(i * kDigestSize, kDigestSize)));
  }
  return frontier;
}

absl::StatusOr<Proof> InclusionProof(std::uint64_t index, std::uint64_t size, LeafHashes leaves) {
  if (index >= size) return OutOfRange("index", index, size);
  // RFC 6962 section 2.1.1, walked from the root down: the sibling of every subtree on the way.
  Proof reversed;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + SplitPoint(end - begin);
    if (index < middle) {
      reversed.push_back(RangeRoot(middle, end, leaves));
      end = middle;
    } else {
      reversed.push_back(RangeRoot(begin, middle, leaves));
      begin = middle;
    }
  }
  return Proof(reversed.rbegin(), reversed.rend());
}

absl::StatusOr<Proof> InclusionProof(std::uint64_t index, std::span<const Digest> leaves) {
  return InclusionProof(index, leaves.size(), [&](std::uint64_t i) { return leaves[i]; });
}

absl::StatusOr<Proof> ConsistencyProof(std::uint64_t old_size, std::uint64_t new_size,
                                       LeafHashes leaves) {
  if (old_size > new_size) return OutOfRange("old size", old_size, new_size);
  if (old_size == 0 || old_size == new_size) return Proof();
  // RFC 6962 section 2.1.2, walked from the root down to the subtree that ends where the old tree
  // did.
  Proof reversed;
  std::uint64_t begin = 0;
  std::uint64_t end = new_size;
  while (end != old_size) {
    const std::uint64_t middle = begin + SplitPoint(end - begin);
    if (old_size <= middle) {
      reversed.push_back(RangeRoot(middle, end, leaves));
      end = middle;
    } else {
      reversed.push_back(RangeRoot(begin, middle, leaves));
      begin = middle;
    }
  }
  // When it begins at 0 it is the old tree itself, whose root the verifier knows.
  if (begin != 0) reversed.push_back(RangeRoot(begin, end, leaves));
  return Proof(reversed.rbegin(), reversed.rend());
}

absl::StatusOr<Proof> ConsistencyProof(std::uint64_t old_size, std::span<const Digest> leaves) {
  return ConsistencyProof(old_size, leaves.size(), [&](std::uint64_t i) { return leaves[i]; });
}

// RFC 9162 section 2.1.3.2; the tree is that of RFC 6962, which gives no algorithm.
bool VerifyInclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size,
                     std::span<const Digest> proof, const Digest& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Digest computed = leaf_hash;
  for (const Digest& sibling : proof) {
    if (last == 0) return false;  // The root is reached already.
    if ((node & 1) != 0 || node == last) {
      computed = NodeHash(sibling, computed);
      while ((node & 1) == 0 && node != 0) {  // Levels on which the last node has no sibling.
        node >>= 1;
        last >>= 1;
      }
    } else {
      computed = NodeHash(computed, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && computed == root;
}

// RFC 9162 section 2.1.4.2.
bool VerifyConsistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                       const Digest& new_root, std::span<const Digest> proof) {
  if (old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size == 0) return proof.empty() && old_root == EmptyRoot();
  std::uint64_t node = old_size - 1;
  std::uint64_t last = new_size - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  // A power of two is one perfect subtree, which the verifier knows by the old root.
  const bool starts_at_old_root = std::has_single_bit(old_size);
  if (!starts_at_old_root && proof.empty()) return false;
  Digest old_computed = starts_at_old_root ? old_root : proof.front();
  Digest new_computed = old_computed;
  for (const Digest& part : proof.subspan(starts_at_old_root ? 0 : 1)) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      old_computed = NodeHash(part, old_computed);
      new_computed = NodeHash(part, new_computed);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_computed = NodeHash(new_computed, part);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_computed == old_root && new_computed == new_root;
}

}  // namespace recoup::audit
