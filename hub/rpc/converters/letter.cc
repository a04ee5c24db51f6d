#include "hub/rpc/converters/letter.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "hub/app/letters.h"
#include "hub/app/names.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

v1::LetterKind KindToProto(domain::LetterKind kind) {
  switch (kind) {
    case domain::LetterKind::kDemand:
      return v1::LETTER_KIND_DEMAND;
    case domain::LetterKind::kReturnAndVerification:
      return v1::LETTER_KIND_REFUND_CHECK;
  }
  return v1::LETTER_KIND_UNSPECIFIED;
}

void ContentToProto(const domain::Letter& letter, const domain::LetterContent& content,
                    v1::LetterContent* out) {
  out->set_number(letter.number);
  out->set_sender_name(content.sender);
  out->set_injured_name(content.injured);
  out->set_what_happened(content.what_happened);
  out->set_law(content.law);
  out->set_court_name(content.court_name);
  out->set_case_number(content.case_number);
  out->set_amount_fen(content.amount.fen());
  out->set_due_on(DayText(content.due_on));
  out->set_reference(content.reference);
  for (const domain::LetterLine& line : content.lines) {
    v1::LetterLine* row = out->add_lines();
    row->set_settlement_id(line.settlement_id);
    row->set_admitted_on(DayText(line.admitted_on));
    row->set_discharged_on(DayText(line.discharged_on));
    row->set_fund_paid_fen(line.fund_paid.fen());
    row->set_amount_fen(line.amount.fen());
  }
  v1::Explanation* explanation = out->mutable_explanation();
  explanation->set_subject(app::NameOf(letter.pool, letter.demand));
  explanation->set_figure("amount_fen");
  explanation->set_title("函件金额");
  explanation->set_result_fen(content.amount.fen());
  ExplanationToProto(content.explanation, explanation);
  out->set_payment_code(app::PaymentCode(content));
}

}  // namespace

void LetterToProto(const domain::Letter& letter, v1::Letter* out) {
  out->set_name(app::NameOf(letter.pool, letter.id));
  out->set_kind(KindToProto(letter.kind));
  out->set_addressee(app::PartyName(letter.addressee_party));
  out->set_addressee_name(letter.addressee);
  out->set_subject(app::NameOf(letter.pool, letter.demand));
  if (letter.court_case) out->set_court_case(app::CourtCaseName(letter.court, *letter.court_case));
  out->set_title(absl::StrCat(std::string(domain::ChineseName(letter.kind)), " ", letter.number));
  out->set_text(letter.text);
  const crypto::Digest digest = crypto::Sha256(letter.text);
  out->set_text_sha256(std::string(crypto::AsView(digest)));
  out->set_issued_on(DayText(letter.issued_on));
  SetTime(letter.id.value.time(), out->mutable_recorded_time());
  if (letter.content) ContentToProto(letter, *letter.content, out->mutable_content());
}

}  // namespace recoup::rpc
