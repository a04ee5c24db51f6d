#include "hub/audit/tree_head.h"

#include "hub/audit/canonical.h"

namespace recoup::audit {

std::string CanonicalTreeHead(const TreeHead& head) {
  return CanonicalBytes("recoup tree head v1")
      .Text(head.partition)
      .Number(head.size)
      .Hash(head.root)
      .Time(head.time)
      .Take();
}

SignedTreeHead SignTreeHead(const TreeHead& head, const crypto::SigningKey& key) {
  return {head, key.key_id(), key.Sign(CanonicalTreeHead(head))};
}

bool VerifyTreeHead(const SignedTreeHead& signed_head, const crypto::VerifyKey& key) {
  return signed_head.key_id == key.key_id() &&
         key.Verify(CanonicalTreeHead(signed_head.head), signed_head.signature);
}

}  // namespace recoup::audit
