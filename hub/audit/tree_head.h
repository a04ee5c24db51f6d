// A signed statement of what the log of a partition held at a time. Two heads of one partition that
// no consistency proof connects convict whoever signed them.
#ifndef RECOUP_HUB_AUDIT_TREE_HEAD_H_
#define RECOUP_HUB_AUDIT_TREE_HEAD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "hub/audit/merkle.h"
#include "hub/crypto/signing.h"

namespace recoup::audit {

struct TreeHead {
  std::string partition;
  std::uint64_t size = 0;
  Digest root{};
  absl::Time time;  // To the microsecond.
  bool operator==(const TreeHead&) const = default;
};

// What is signed.
std::string CanonicalTreeHead(const TreeHead& head);

// The head of stored canonical bytes; nothing when they are not exactly those of a head.
std::optional<TreeHead> ParseTreeHead(std::string_view bytes);

struct SignedTreeHead {
  TreeHead head;
  std::string key_id;  // Which key to verify with.
  crypto::Signature signature{};
  bool operator==(const SignedTreeHead&) const = default;
};

SignedTreeHead SignTreeHead(const TreeHead& head, const crypto::SigningKey& key);

// True when this key signed exactly this head and the key id names it.
[[nodiscard]] bool VerifyTreeHead(const SignedTreeHead& signed_head, const crypto::VerifyKey& key);

}  // namespace recoup::audit

#endif  // RECOUP_HUB_AUDIT_TREE_HEAD_H_
