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
    case domain::LetterKind::kInquiry:
      return v1::LETTER_KIND_INQUIRY;
  }
  return v1::LETTER_KIND_UNSPECIFIED;
}

// The demand, or the recovery whose sum is asked for.
std::string SubjectOf(const domain::Letter& letter) {
  if (letter.demand) return app::NameOf(letter.pool, *letter.demand);
  return letter.inquiry ? app::NameOf(letter.pool, letter.inquiry->recovery) : "";
}

// A letter that asks for an amount says how it was computed and how to pay it.
void AmountToProto(const domain::Letter& letter, const domain::LetterContent& content,
                   v1::LetterContent* out) {
  out->set_amount_fen(content.amount.fen());
  out->set_reference(content.reference);
  v1::Explanation* explanation = out->mutable_explanation();
  explanation->set_subject(SubjectOf(letter));
  explanation->set_figure("amount_fen");
  explanation->set_title("函件金额");
  explanation->set_result_fen(content.amount.fen());
  ExplanationToProto(content.explanation, explanation);
  out->set_payment_code(app::PaymentCode(content));
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
  out->set_due_on(DayText(content.due_on));
  for (const domain::LetterLine& line : content.lines) {
    v1::LetterLine* row = out->add_lines();
    row->set_settlement_id(line.settlement_id);
    row->set_admitted_on(DayText(line.admitted_on));
    row->set_discharged_on(DayText(line.discharged_on));
    row->set_fund_paid_fen(line.fund_paid.fen());
    row->set_amount_fen(line.amount.fen());
  }
  if (content.fund_paid) out->set_fund_paid_fen(content.fund_paid->fen());
  for (const std::string& question : content.questions) out->add_questions(question);
  for (const std::string& number : content.replaces) out->add_replaces(number);
  out->set_sender_contact(content.sender_contact);
  if (!letter.inquiry) AmountToProto(letter, content, out);
}

void InquiryToProto(const domain::Inquiry& inquiry, v1::Inquiry* out) {
  out->set_state(static_cast<v1::InquiryState>(inquiry.state));
  out->set_note(inquiry.note);
  if (inquiry.ended_time) SetTime(*inquiry.ended_time, out->mutable_ended_time());
  out->set_document_sha256(inquiry.document_sha256);
}

}  // namespace

void LetterToProto(const domain::Letter& letter, v1::Letter* out) {
  out->set_name(app::NameOf(letter.pool, letter.id));
  out->set_kind(KindToProto(letter.kind));
  out->set_addressee(app::PartyName(letter.addressee_party));
  out->set_addressee_name(letter.addressee);
  out->set_subject(SubjectOf(letter));
  if (letter.court_case) out->set_court_case(app::CourtCaseName(letter.court, *letter.court_case));
  out->set_title(absl::StrCat(std::string(domain::ChineseName(letter.kind)), " ", letter.number));
  out->set_text(letter.text);
  const crypto::Digest digest = crypto::Sha256(letter.text);
  out->set_text_sha256(std::string(crypto::AsView(digest)));
  out->set_issued_on(DayText(letter.issued_on));
  SetTime(letter.id.value.time(), out->mutable_recorded_time());
  if (letter.content) ContentToProto(letter, *letter.content, out->mutable_content());
  if (letter.inquiry) InquiryToProto(*letter.inquiry, out->mutable_inquiry());
}

absl::StatusOr<app::IssueInquiries> IssueInquiriesFromProto(
    const v1::IssueInquiriesRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::IssueInquiries command;
  const auto name = in.Name<domain::RecoveryId>("name", request.name());
  command.pool = name.pool;
  command.recovery = name.id;
  for (int i = 0; i < request.addressees_size(); ++i) {
    command.addressees.push_back(in.Text(absl::StrCat("addressees[", i, "]"), request.addressees(i),
                                         Need::kRequired, kNameMax));
  }
  command.due_on = in.OptionalDay("due_on", request.due_on());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::EndInquiry> EndInquiryFromProto(const v1::EndInquiryRequest& request,
                                                    absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::EndInquiry command;
  const auto name = in.Name<domain::LetterId>("name", request.name());
  command.pool = name.pool;
  command.letter = name.id;
  if (request.state() == v1::INQUIRY_STATE_WITHDRAWN) {
    command.by = domain::InquiryCommand::kWithdraw;
  } else if (request.state() != v1::INQUIRY_STATE_ANSWERED) {
    in.Add("state", "neither ANSWERED nor WITHDRAWN");
  }
  command.note = in.Text("note", request.note(), Need::kRequired, kTextMax);
  command.document_sha256 = in.Sha256("document_sha256", request.document_sha256());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void IssueInquiriesToProto(const std::vector<domain::Letter>& answer,
                           v1::IssueInquiriesResponse* out) {
  for (const domain::Letter& letter : answer) LetterToProto(letter, out->add_letters());
}

void EndInquiryToProto(const domain::Letter& answer, v1::EndInquiryResponse* out) {
  LetterToProto(answer, out->mutable_letter());
}

}  // namespace recoup::rpc
