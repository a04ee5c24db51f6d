#include "hub/rpc/converters/letter.h"

#include <string>

#include "absl/strings/str_cat.h"
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

}  // namespace

void LetterToProto(const domain::Letter& letter, v1::Letter* out) {
  out->set_name(app::NameOf(letter.pool, letter.id));
  out->set_kind(KindToProto(letter.kind));
  out->set_addressee_name(letter.addressee);
  out->set_subject(app::NameOf(letter.pool, letter.demand));
  if (letter.court_case) out->set_court_case(app::CourtCaseName(letter.court, *letter.court_case));
  out->set_title(absl::StrCat(std::string(domain::ChineseName(letter.kind)), " ", letter.number));
  out->set_text(letter.text);
  const crypto::Digest digest = crypto::Sha256(letter.text);
  out->set_text_sha256(std::string(crypto::AsView(digest)));
  out->set_issued_on(DayText(letter.issued_on));
}

}  // namespace recoup::rpc
