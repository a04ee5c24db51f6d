// A statement of account that both sides have signed (双方签认的对账): one text, two signatures.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_ACCOUNT_H_
#define RECOUP_HUB_DOMAIN_RECORDS_ACCOUNT_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"

namespace recoup::domain {

struct SignedAccount {
  static constexpr RecordKind kKind = RecordKind::kSignedAccount;
  SignedAccountId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId insurer;
  absl::CivilDay from;
  absl::CivilDay until;
  Money hub_open;      // What the hub's account shows as open at the end.
  Money insurer_open;  // What the insurer's own list shows.
  std::int64_t differences = 0;
  std::string document;  // Exactly what was signed.
  std::string document_sha256;
  std::string insurer_signature;
  std::string insurer_key_id;
  std::string hub_signature;
  std::string hub_key_id;
  std::string signed_by;
  absl::Time signed_time;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "insurer", self.insurer);
    visit(5, "from", self.from);
    visit(6, "until", self.until);
    visit(7, "hub_open", self.hub_open);
    visit(8, "insurer_open", self.insurer_open);
    visit(9, "differences", self.differences);
    visit(10, "document", self.document);
    visit(11, "document_sha256", self.document_sha256);
    visit(12, "insurer_signature", self.insurer_signature);
    visit(13, "insurer_key_id", self.insurer_key_id);
    visit(14, "hub_signature", self.hub_signature);
    visit(15, "hub_key_id", self.hub_key_id);
    visit(16, "signed_by", self.signed_by);
    visit(17, "signed_time", self.signed_time);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_ACCOUNT_H_
