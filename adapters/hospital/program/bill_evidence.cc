#include "adapters/hospital/program/bill_evidence.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"

namespace recoup::hospital {
namespace {

using domain::Money;
using invoice::Answer;
using invoice::Field;
using invoice::Invoice;

// Far below any threshold at which a reading counts unseen.
constexpr int kContradictory = 50;

// What decides whether and how a bill counts.
constexpr Field kDeciding[] = {Field::kNumber, Field::kTotal, Field::kFundPaid, Field::kIssuedOn};
// Public funds beside the pooled one; their money is the fund's as well.
constexpr Field kFurtherFunds[] = {Field::kMajorIllnessPaid, Field::kMedicalAidPaid,
                                   Field::kCivilServantPaid};

v1::BillState StateOf(invoice::State state) {
  switch (state) {
    case invoice::State::kNormal:
      return v1::BILL_STATE_NORMAL;
    case invoice::State::kRed:
      return v1::BILL_STATE_RED;
    case invoice::State::kReversed:
      return v1::BILL_STATE_REVERSED;
    case invoice::State::kExchanged:
      return v1::BILL_STATE_EXCHANGED;
  }
  RECOUP_CHECK(false);
}

// A red bill's amounts are negative on paper and positive in the API.
Money Unsigned(Money amount) { return amount.is_negative() ? -amount : amount; }

// C as the bill says it; nullopt where it does not say whether a fund paid.
std::optional<Money> FundPart(const Invoice& bill) {
  const std::optional<bool> paid = bill.FundPaid();
  if (!paid) return std::nullopt;
  Money sum = Unsigned(bill.Amount(Field::kFundPaid).value_or(Money()));
  for (const Field field : kFurtherFunds) {
    const absl::StatusOr<Money> more = sum.Add(Unsigned(bill.Amount(field).value_or(Money())));
    if (!more.ok()) return std::nullopt;
    sum = *more;
  }
  return sum;
}

// A: account and cash. A bill that names the cash only has paid nothing from the account.
std::optional<Money> OwnPart(const Invoice& bill) {
  const std::optional<Money> cash = bill.Amount(Field::kCashPaid);
  if (!cash) return std::nullopt;
  const absl::StatusOr<Money> own =
      Unsigned(*cash).Add(Unsigned(bill.Amount(Field::kAccountPaid).value_or(Money())));
  if (!own.ok()) return std::nullopt;
  return *own;
}

bool Fails(const Invoice& bill, const char* key) {
  return std::any_of(bill.checks.begin(), bill.checks.end(), [&](const invoice::Check& check) {
    return check.key == key && check.result == invoice::CheckResult::kFails;
  });
}

int ConfidenceOf(const Invoice& bill) {
  int least = 100;
  for (const Field field : kDeciding) {
    const Answer* const answer = bill.Find(field);
    if (answer != nullptr) least = std::min(least, answer->confidence_percent);
  }
  const bool contradictory =
      Fails(bill, "TOTAL_IS_SUM_OF_PAYMENTS") || Fails(bill, "TOTAL_IN_WORDS");
  return contradictory ? std::min(least, kContradictory) : least;
}

std::string Where(const Answer& answer) {
  if (!answer.spot) return "";
  const adapters::Box& box = answer.spot->box;
  return absl::StrCat("第", answer.spot->page, "页(", std::lround(box.left), ",",
                      std::lround(box.top), ")-(", std::lround(box.right), ",",
                      std::lround(box.bottom), ")，");
}

std::string EvidenceOf(const invoice::FieldTable& table, const Invoice& bill) {
  std::string text;
  for (const Field field : kDeciding) {
    std::string name = table.Spec(field).question;
    if (name.ends_with('?')) name.pop_back();
    const Answer* const answer = bill.Find(field);
    absl::StrAppend(&text, text.empty() ? "" : "；", name, " ");
    if (answer == nullptr) {
      text += "未读到";
    } else {
      absl::StrAppend(&text, answer->text, "（", Where(*answer), answer->confidence_percent, "%）");
    }
  }
  for (const invoice::Check& check : bill.checks) {
    if (check.result != invoice::CheckResult::kFails || check.key == "FIVE_ELEMENTS") continue;
    absl::StrAppend(&text, "；核对不符：", check.question, " ", check.explanation);
  }
  return text;
}

}  // namespace

v1::PresentedBill BillOf(const invoice::FieldTable& table, const Invoice& invoice,
                         const std::string& source, bool confirmed) {
  v1::PresentedBill bill;
  bill.set_invoice_number(invoice.Text(Field::kNumber));
  bill.set_code(invoice.Text(Field::kCode));
  const std::optional<Money> total = invoice.Amount(Field::kTotal);
  if (total) bill.set_total_fen(Unsigned(*total).fen());
  if (const std::optional<Money> fund = FundPart(invoice)) bill.set_fund_paid_fen(fund->fen());
  if (const std::optional<Money> own = OwnPart(invoice)) bill.set_self_paid_fen(own->fen());
  bill.set_issued_on(invoice.Text(Field::kIssuedOn));
  bill.set_state(StateOf(invoice.state));
  bill.set_related_number(invoice.Text(Field::kRelatedNumber));
  bill.set_payer_name(invoice.Text(Field::kPayerName));
  bill.set_source(source);
  bill.set_confidence_percent(confirmed ? 100 : ConfidenceOf(invoice));
  bill.set_evidence(absl::StrCat(confirmed ? "经办人已核对；" : "", EvidenceOf(table, invoice)));
  return bill;
}

}  // namespace recoup::hospital
