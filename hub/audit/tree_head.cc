#include "hub/audit/tree_head.h"

#include "hub/audit/canonical.h"

namespace recoup::audit {
namespace {

constexpr char kTreeHeadTag[] = "recoup tree head v1";

}  // namespace

std::string CanonicalTreeHead(const TreeHead& head) {
  return CanonicalBytes(kTreeHeadTag)
      .Text(head.partition)
      .Number(head.size)
      .Hash(head.root)
      .Time(head.time)
      .Take();
}

std::optional<TreeHead> ParseTreeHead(std::string_view bytes) {
  CanonicalReader in(kTreeHeadTag, bytes);
  TreeHead head;
  head.partition = in.Text();
  head.size = in.Number();
  head.root = in.Hash();
  head.time = in.Time();
  if (!in.Done()) return std::nullopt;
  return head;
}

SignedTreeHead SignTreeHead(const TreeHead& head, const crypto::SigningKey& key) {
  return {head, key.key_id(), key.Sign(CanonicalTreeHead(head))};
}

bool VerifyTreeHead(const SignedTreeHead& signed_head, const crypto::VerifyKey& key) {
  return signed_head.key_id == key.key_id() &&
         key.Verify(CanonicalTreeHead(signed_head.head), signed_head.signature);
}

}  // namespace recoup::audit
