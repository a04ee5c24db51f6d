#include <algorithm>
#include <initializer_list>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/invoice/invoice.h"

namespace recoup::hospital::invoice {
namespace {

using domain::Money;

// Saturates instead of failing: a sum out of range is no invoice's, and the check then fails.
Money Sum(std::initializer_list<Money> parts) {
  Money sum;
  for (const Money part : parts) {
    const absl::StatusOr<Money> next = sum.Add(part);
    if (next.ok()) sum = *next;
  }
  return sum;
}

class Checker {
 public:
  Checker(const FieldTable& table, Invoice& invoice) : table_(table), invoice_(invoice) {}

  void Run() {
    FiveElements();
    TotalInWords();
    TotalOfPayments();
    TotalOfItems();
    OwnParts();
    Deposits();
    DecideState();
  }

 private:
  void Add(std::string key, std::string question, CheckResult result, std::string explanation) {
    invoice_.checks.push_back(
        {std::move(key), std::move(question), result, std::move(explanation)});
  }

  void Compare(std::string key, std::string question, Money left, Money right,
               const std::string& terms) {
    Add(std::move(key), std::move(question),
        left == right ? CheckResult::kHolds : CheckResult::kFails,
        absl::StrCat(left.ToYuan(), left == right ? " = " : " ≠ ", right.ToYuan(), terms));
  }

  std::string Missing(std::initializer_list<Field> fields) const {
    std::string missing;
    for (const Field field : fields) {
      if (invoice_.Find(field) != nullptr) continue;
      std::string name = table_.Spec(field).question;
      if (name.ends_with('?')) name.pop_back();
      absl::StrAppend(&missing, missing.empty() ? "缺：" : "、", name);
    }
    return missing;
  }

  std::optional<Money> Get(Field field) const { return invoice_.Amount(field); }

  // What the public query service asks for: 票据代码, 票据号码, 校验码, 开票日期, 金额.
  void FiveElements() {
    const std::string missing =
        Missing({Field::kCode, Field::kNumber, Field::kCheckCode, Field::kIssuedOn, Field::kTotal});
    Add("FIVE_ELEMENTS", "查验五要素齐全",
        missing.empty() ? CheckResult::kHolds : CheckResult::kFails, missing);
  }

  void TotalInWords() {
    const char* question = "大写金额与小写金额一致";
    const auto total = Get(Field::kTotal);
    const auto words = Get(Field::kTotalInWords);
    if (!total || !words) {
      Add("TOTAL_IN_WORDS", question, CheckResult::kNotPossible,
          Missing({Field::kTotal, Field::kTotalInWords}));
      return;
    }
    // Capitals are the hardest print to recognise; a doubtful reading of them proves nothing.
    constexpr int kDoubtful = 70;
    if (*total != *words && invoice_.Find(Field::kTotalInWords)->confidence_percent < kDoubtful) {
      Add("TOTAL_IN_WORDS", question, CheckResult::kNotPossible, "大写金额辨认不清");
      return;
    }
    Compare("TOTAL_IN_WORDS", question, *total, *words, "");
  }

  void TotalOfPayments() {
    const char* question = "金额合计 = 基金 + 其他 + 个人账户 + 个人现金";
    const auto total = Get(Field::kTotal);
    const auto fund = Get(Field::kFundPaid);
    const auto cash = Get(Field::kCashPaid);
    const Money other = Get(Field::kOtherPaid).value_or(Money());
    const Money account = Get(Field::kAccountPaid).value_or(Money());
    if (!total || !fund || !cash) {
      Add("TOTAL_IS_SUM_OF_PAYMENTS", question, CheckResult::kNotPossible,
          Missing({Field::kTotal, Field::kFundPaid, Field::kCashPaid}));
      return;
    }
    // Provinces print what belongs to 其他支付 also by itself, inside that sum or beside it.
    const Money details = Sum({Get(Field::kMajorIllnessPaid).value_or(Money()),
                               Get(Field::kOtherInsurancePaid).value_or(Money()),
                               Get(Field::kMedicalAidPaid).value_or(Money()),
                               Get(Field::kCivilServantPaid).value_or(Money()),
                               Get(Field::kRoadRescuePaid).value_or(Money())});
    const Money inside = Sum({*fund, other, account, *cash});
    const Money beside = Sum({inside, details});
    const bool details_are_beside = inside != *total && beside == *total;
    Compare(
        "TOTAL_IS_SUM_OF_PAYMENTS", question, *total, details_are_beside ? beside : inside,
        absl::StrCat("（", fund->ToYuan(), " + ", other.ToYuan(), " + ", account.ToYuan(), " + ",
                     cash->ToYuan(),
                     details_are_beside ? absl::StrCat(" + 另列 ", details.ToYuan()) : "", "）"));
  }

  void TotalOfItems() {
    const char* question = "项目金额之和 = 金额合计";
    const auto total = Get(Field::kTotal);
    Money sum;
    bool all = !invoice_.items.empty();
    for (const Item& item : invoice_.items) {
      all = all && item.amount.has_value();
      if (item.amount) sum = Sum({sum, *item.amount});
    }
    if (!total || !all) {
      Add("TOTAL_IS_SUM_OF_ITEMS", question, CheckResult::kNotPossible,
          invoice_.items.empty() ? "没有项目" : "有的项目没有金额");
      return;
    }
    Compare("TOTAL_IS_SUM_OF_ITEMS", question, *total, sum, "");
  }

  // 个人自付 and 个人自费 explain what the patient bore, from the account or in cash.
  void OwnParts() {
    const char* question = "个人自付 + 个人自费 = 个人账户 + 个人现金";
    const auto self = Get(Field::kSelfPaid);
    const auto own = Get(Field::kOwnCost);
    const auto cash = Get(Field::kCashPaid);
    // Many hospitals leave both at zero.
    if (!self || !own || !cash || (self->is_zero() && own->is_zero())) {
      Add("OWN_PARTS", question, CheckResult::kNotPossible, "未分列个人自付与个人自费");
      return;
    }
    Compare("OWN_PARTS", question, Sum({*self, *own}),
            Sum({Get(Field::kAccountPaid).value_or(Money()), *cash}), "");
  }

  void Deposits() {
    const char* question = "预缴 + 补缴 - 退费 = 个人现金";
    const auto prepaid = Get(Field::kPrepaid);
    const auto cash = Get(Field::kCashPaid);
    if (!prepaid || !cash || prepaid->is_zero()) {
      Add("DEPOSITS", question, CheckResult::kNotPossible, "没有预缴金额");
      return;
    }
    Compare("DEPOSITS", question,
            Sum({*prepaid, Get(Field::kToppedUp).value_or(Money()),
                 -Get(Field::kRefunded).value_or(Money())}),
            *cash, "");
  }

  // A flag, or words such as "已换开" and "票据状态：已冲红"; what has not happened says 未.
  bool Says(Field field, std::initializer_list<const char*> words) const {
    const std::string text = invoice_.Text(field);
    if (TriStateFromText(text) == TriState::kYes) return true;
    if (absl::StrContains(text, "未")) return false;
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return absl::StrContains(text, word); });
  }

  // Red bills print what they take back as negative amounts; some print the fund's alone.
  bool TakesMoneyBack() const {
    return std::any_of(kFieldsOfTheSum.begin(), kFieldsOfTheSum.end(), [&](Field field) {
      const auto amount = Get(field);
      // A refund of a deposit makes the cash negative on a bill that takes nothing back.
      return field != Field::kCashPaid && amount && amount->is_negative();
    });
  }

  Field FirstAmount() const {
    for (const Field field : kFieldsOfTheSum) {
      if (Get(field)) return field;
    }
    return Field::kTotal;
  }

  void DecideState() {
    const bool related = invoice_.Find(Field::kRelatedNumber) != nullptr;
    const bool negative = TakesMoneyBack();
    if (negative || related || absl::StrContains(invoice_.Text(Field::kTitle), "红字")) {
      invoice_.state = State::kRed;
      const Field amount = FirstAmount();
      if (!negative && Get(amount)) {
        invoice_.notes.push_back(
            {NoteKind::kUnusual, PathOf(amount), "写明了所冲销的原票据，但金额为正"});
      }
      if (!related) {
        invoice_.notes.push_back(
            {NoteKind::kIncomplete, PathOf(amount), "红字票据，但没有写明所冲销的原票据"});
      }
      return;
    }
    const bool status_is_exchange = absl::StrContains(invoice_.Text(Field::kReversed), "换开");
    if (!status_is_exchange && Says(Field::kReversed, {"冲", "红", "作废"})) {
      invoice_.state = State::kReversed;
      if (invoice_.Find(Field::kReversedOn) == nullptr) {
        invoice_.notes.push_back(
            {NoteKind::kUnusual, PathOf(Field::kReversed), "写明已冲红，但没有日期"});
      }
      return;
    }
    if (invoice_.Find(Field::kPaperNumber) != nullptr || Says(Field::kReversed, {"已换开"}) ||
        Says(Field::kExchanged, {"已"})) {
      invoice_.state = State::kExchanged;
    }
  }

  std::string PathOf(Field field) const {
    const Answer* answer = invoice_.Find(field);
    return answer == nullptr ? "" : answer->path;
  }

  const FieldTable& table_;
  Invoice& invoice_;
};

}  // namespace

const Answer* Invoice::Find(Field field) const {
  for (const Answer& answer : answers) {
    if (answer.field == field) return &answer;
  }
  return nullptr;
}

std::string Invoice::Text(Field field) const {
  const Answer* answer = Find(field);
  return answer == nullptr ? "" : answer->text;
}

std::optional<Money> Invoice::Amount(Field field) const {
  const Answer* answer = Find(field);
  return answer == nullptr ? std::nullopt : answer->amount;
}

void Invoice::Put(Answer answer) {
  const auto at =
      std::lower_bound(answers.begin(), answers.end(), answer.field,
                       [](const Answer& other, Field field) { return other.field < field; });
  if (at != answers.end() && at->field == answer.field) {
    *at = std::move(answer);
  } else {
    answers.insert(at, std::move(answer));
  }
}

std::optional<bool> Invoice::FundPaid() const {
  bool said = false;
  Money explained;
  // 其他保险 is a commercial insurer's and 道路救助 another fund's: neither is the health fund.
  for (const Field field : {Field::kFundPaid, Field::kMajorIllnessPaid, Field::kMedicalAidPaid,
                            Field::kCivilServantPaid}) {
    const std::optional<Money> amount = Amount(field);
    if (!amount) continue;
    if (!amount->is_zero()) return true;
    said = said || field == Field::kFundPaid;
  }
  for (const Field field : {Field::kOtherInsurancePaid, Field::kRoadRescuePaid}) {
    explained = Sum({explained, Amount(field).value_or(Money())});
  }
  // 其他支付 holds the money of further funds too; unless it is explained, it may be theirs.
  const bool open = Amount(Field::kOtherPaid).value_or(Money()) != explained;
  return said && !open ? std::optional<bool>(false) : std::nullopt;
}

void CheckInvoice(const FieldTable& table, Invoice& invoice) {
  invoice.checks.clear();
  invoice.state = State::kNormal;
  Checker(table, invoice).Run();
}

}  // namespace recoup::hospital::invoice
