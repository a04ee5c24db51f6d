#include "hub/rpc/converters/statement_of_account.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "hub/app/names.h"
#include "hub/app/signed_accounts.h"
#include "hub/crypto/bytes.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

void LineToProto(const app::AccountLine& line, const domain::Demand& demand,
                 v1::StatementOfAccountLine* out) {
  out->set_demand(app::NameOf(demand.pool, demand.id));
  out->set_amount_fen(line.amount.fen());
  out->set_applied_fen(line.applied.fen());
  out->set_relinquished_fen(line.relinquished.fen());
  out->set_open_fen(line.open.fen());
  out->set_reference(demand.reference);
  out->set_claim_number(demand.claim_number);
  out->set_opening_fen(line.opening.fen());
  out->set_issued_on(DayText(demand.issued_on));
  out->set_due_on(DayText(demand.next_due_on()));
}

}  // namespace

void StatementOfAccountToProto(const AccountHeading& heading,
                               const app::StatementOfAccount& account,
                               const std::map<domain::DemandId, domain::Demand>& demands,
                               const crypto::SigningKey& key,
                               v1::GetStatementOfAccountResponse* out) {
  v1::StatementOfAccountReceipt receipt;
  receipt.set_pool(app::PoolName(heading.pool));
  receipt.set_insurer(heading.insurer.value);
  receipt.set_from_on(DayText(heading.from));
  receipt.set_until_on(DayText(heading.until));
  receipt.set_opening_fen(account.opening.fen());
  receipt.set_closing_fen(account.closing.fen());
  receipt.set_transfer_sequence(account.last_transfer);
  for (const app::AccountLine& line : account.lines) {
    LineToProto(line, demands.at(line.demand), receipt.add_lines());
  }
  out->set_opening_fen(receipt.opening_fen());
  out->set_closing_fen(receipt.closing_fen());
  *out->mutable_lines() = receipt.lines();
  v1::SignedReceipt& signed_receipt = *out->mutable_receipt();
  signed_receipt.set_payload(receipt.SerializeAsString());
  const crypto::Signature signature =
      key.Sign(absl::StrCat(app::kAccountReceiptPrefix, signed_receipt.payload()));
  signed_receipt.set_signature(std::string(crypto::AsView(signature)));
  signed_receipt.set_key_id(key.key_id());
}

void InsurerClockToProto(const app::InsurerClock& clock, const domain::Demand& demand,
                         absl::CivilDay today, v1::InsurerClock* out) {
  out->set_kind(static_cast<v1::InsurerClockKind>(clock.kind));
  out->set_demand(app::NameOf(clock.pool, clock.demand));
  out->set_reference(demand.reference);
  out->set_started_on(DayText(clock.started_on));
  out->set_due_on(DayText(clock.due_on));
  out->set_days_left(static_cast<std::int32_t>(clock.due_on - today));
  out->set_amount_fen(clock.amount.fen());
  out->set_source(clock.source);
}

}  // namespace recoup::rpc
