// The Merkle tree of the event log, with the hashing of RFC 6962 section 2.1: leaves are
// SHA-256(0x00 | leaf), nodes SHA-256(0x01 | left | right), the empty tree SHA-256("").
//
// The hub appends through a Frontier, which holds what the root needs and nothing else. Proofs are
// made from the stored leaf hashes, and verified by anyone with the functions at the end, which
// take nothing on trust and accept no proof with a part too many.
#ifndef RECOUP_HUB_AUDIT_MERKLE_H_
#define RECOUP_HUB_AUDIT_MERKLE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "hub/crypto/sha256.h"

namespace recoup::audit {

using crypto::Digest;

Digest LeafHash(std::string_view leaf);
Digest NodeHash(const Digest& left, const Digest& right);
// The root of the tree without leaves.
Digest EmptyRoot();

// The right edge of a growing tree: the roots of its perfect subtrees, largest first, at most 64.
// A value; not thread-safe while it is written.
class Frontier final {
 public:
  // Amortised constant time.
  void Append(const Digest& leaf_hash);
  std::uint64_t size() const { return size_; }
  Digest Root() const;

  // The size in 8 bytes, big endian, then the subtree roots. The same tree has the same bytes.
  std::string Serialise() const;
  // INVALID_ARGUMENT when the length does not follow from the size.
  static absl::StatusOr<Frontier> Parse(std::string_view bytes);

  bool operator==(const Frontier&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> subtrees_;
};

using Proof = std::vector<Digest>;
// Gives the hash of the leaf with this index, counted from 0. Must answer the same every time.
using LeafHashes = absl::FunctionRef<Digest(std::uint64_t index)>;

// Proofs read each leaf of the tree at most once and keep O(log n) hashes.

// That the leaf `index` is in the tree of the first `size` leaves. OUT_OF_RANGE unless index <
// size.
absl::StatusOr<Proof> InclusionProof(std::uint64_t index, std::uint64_t size, LeafHashes leaves);
absl::StatusOr<Proof> InclusionProof(std::uint64_t index, std::span<const Digest> leaves);

// That the tree of the first `old_size` leaves is the beginning of that of the first `new_size`.
// OUT_OF_RANGE unless old_size <= new_size. Empty when old_size is 0 or equals new_size.
absl::StatusOr<Proof> ConsistencyProof(std::uint64_t old_size, std::uint64_t new_size,
                                       LeafHashes leaves);
absl::StatusOr<Proof> ConsistencyProof(std::uint64_t old_size, std::span<const Digest> leaves);

[[nodiscard]] bool VerifyInclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size,
                                   std::span<const Digest> proof, const Digest& root);
[[nodiscard]] bool VerifyConsistency(std::uint64_t old_size, const Digest& old_root,
                                     std::uint64_t new_size, const Digest& new_root,
                                     std::span<const Digest> proof);

}  // namespace recoup::audit

#endif  // RECOUP_HUB_AUDIT_MERKLE_H_
