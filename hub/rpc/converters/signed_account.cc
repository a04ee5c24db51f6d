#include "hub/rpc/converters/signed_account.h"

#include "google/protobuf/util/json_util.h"
#include "hub/app/names.h"
#include "hub/rpc/convert.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::rpc {
namespace {

// Amounts within the document are checked like those of a request; their faults are the document's.
void ReadDocument(const v1::SignAccountRequest& request, FieldReader& in, app::SignAccount& out) {
  v1::AccountComparison comparison;
  v1::StatementOfAccountReceipt account;
  const auto parsed = google::protobuf::util::JsonStringToMessage(request.document(), &comparison);
  if (!parsed.ok() || !account.ParseFromString(comparison.hub_receipt().payload())) {
    in.Add("document", "no AccountComparison in JSON with the hub's statement of account");
    return;
  }
  Faults inner;
  FieldReader of(inner);
  out.account_pool = of.Pool("pool", account.pool());
  const auto insurer = domain::PartyId::Parse(account.insurer());
  if (insurer) out.insurer = *insurer;
  out.from = of.Day("from_on", account.from_on());
  out.until = of.Day("until_on", account.until_on());
  out.hub_open = of.Amount("hub_fen", comparison.hub_fen());
  out.insurer_open = of.Amount("ours_fen", comparison.ours_fen());
  domain::Money explained;
  for (const v1::AccountDifference& difference : comparison.differences()) {
    const domain::Money ours = of.Amount("ours_fen", difference.ours_fen());
    const domain::Money hub = of.Amount("hub_fen", difference.hub_fen());
    // Two amounts in range and a bounded document: the sum stays in range for any real one.
    const auto sum = explained.Add(ours - hub);
    if (!sum.ok()) return in.Add("document", "its differences are beyond all money");
    explained = *sum;
  }
  if (!inner.empty() || !insurer) return in.Add("document", "its statement or amounts are damaged");
  if (out.hub_open.fen() != account.closing_fen()) {
    in.Add("document", "names another sum than the hub's statement in it");
  }
  if (out.insurer_open - out.hub_open != explained) {
    in.Add("document", "its differences do not add up to the difference of the two sums");
  }
  out.differences = comparison.differences_size();
  out.receipt_payload = comparison.hub_receipt().payload();
  out.receipt_signature = comparison.hub_receipt().signature();
  out.receipt_key_id = comparison.hub_receipt().key_id();
}

}  // namespace

void SignedAccountToProto(const domain::SignedAccount& account, WithDocument with_document,
                          v1::SignedAccount* out) {
  out->set_name(app::NameOf(account.pool, account.id));
  out->set_insurer(app::PartyName(account.insurer));
  out->set_from_on(DayText(account.from));
  out->set_until_on(DayText(account.until));
  out->set_hub_open_fen(account.hub_open.fen());
  out->set_insurer_open_fen(account.insurer_open.fen());
  out->set_difference_count(account.differences);
  if (with_document == WithDocument::kYes) out->set_document(account.document);
  out->set_insurer_signature(account.insurer_signature);
  out->set_insurer_key_id(account.insurer_key_id);
  out->set_hub_signature(account.hub_signature);
  out->set_hub_key_id(account.hub_key_id);
  out->set_signed_by(account.signed_by);
  SetTime(account.signed_time, out->mutable_signed_time());
}

absl::StatusOr<app::SignAccount> SignAccountFromProto(const v1::SignAccountRequest& request,
                                                      absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::SignAccount command;
  command.pool = in.Pool("pool", request.pool());
  command.document = request.document();
  command.signature = request.signature();
  if (request.signature().size() != crypto::Signature().size()) {
    in.Add("signature", "not an Ed25519 signature");
  }
  command.key_id = in.Text("key_id", request.key_id());
  ReadDocument(request, in, command);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void SignAccountToProto(const domain::SignedAccount& account, v1::SignAccountResponse* out) {
  SignedAccountToProto(account, WithDocument::kYes, out->mutable_signed_account());
}

}  // namespace recoup::rpc
