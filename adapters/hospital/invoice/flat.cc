#include "adapters/hospital/invoice/flat.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/invoice/related_bill.h"
#include "adapters/hospital/invoice/values.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "re2/re2.h"

namespace recoup::hospital::invoice {
namespace {

// The sender's own words, but free ones.
constexpr int kFreeWords = 90;

std::ptrdiff_t Depth(const Leaf& leaf) {
  return std::count(leaf.path.begin(), leaf.path.end(), '/');
}

// What stands higher before what stands deeper.
const Leaf* HighestLeaf(const std::vector<Leaf>& leaves, std::string_view name) {
  const Leaf* best = nullptr;
  for (const Leaf& leaf : leaves) {
    if (leaf.name != name) continue;
    if (best == nullptr || Depth(leaf) < Depth(*best)) best = &leaf;
  }
  return best;
}

const Leaf* FindLeaf(const std::vector<Leaf>& leaves, const FieldSpec& spec) {
  // The standard's name before a province's, and last what the form prints.
  for (const std::string& name : spec.names) {
    if (const Leaf* leaf = HighestLeaf(leaves, name); leaf != nullptr) return leaf;
  }
  for (const std::string& label : spec.labels) {
    if (const Leaf* leaf = HighestLeaf(leaves, FoldedName(label)); leaf != nullptr) return leaf;
  }
  return nullptr;
}

// What the sum is made of: a value here that cannot be read must not be taken for zero.
bool IsOfTheSum(Field field) {
  return std::find(kFieldsOfTheSum.begin(), kFieldsOfTheSum.end(), field) != kFieldsOfTheSum.end();
}

const char* TypeInWords(FieldType type) {
  return type == FieldType::kDate ? "不是日期" : "不是金额";
}

// A member called "amount" in one form is a row's in another; rows have names of their own.
std::optional<domain::Money> RowAmount(const std::vector<Leaf>& row) {
  for (const char* name : {"itemamount", "totalamount", "amount", "amt", "totalmoney"}) {
    for (const Leaf& leaf : row) {
      if (leaf.name == name) return AmountFrom(leaf.text);
    }
  }
  return std::nullopt;
}

std::string RowName(const std::vector<Leaf>& row) {
  for (const char* name : {"itemname", "chargename", "name"}) {
    for (const Leaf& leaf : row) {
      if (leaf.name == name) return leaf.text;
    }
  }
  return "";
}

class InvoiceBuilder {
 public:
  InvoiceBuilder(const FlatInvoice& flat, const FieldTable& table, Source source)
      : flat_(flat), table_(table) {
    invoice_.source = source;
    invoice_.notes = flat.notes;
  }

  absl::StatusOr<Invoice> Build() {
    for (const FieldSpec& spec : table_.specs()) ReadField(spec);
    for (const std::vector<Leaf>& row : flat_.rows) {
      invoice_.items.push_back({RowName(row), RowAmount(row)});
      if (!invoice_.items.back().amount && !row.empty()) {
        Note(NoteKind::kIncomplete, row.front().path, "此行没有能读出的金额");
      }
    }
    ReadDetailTexts();
    ReadRelatedBill();
    NoteUnknownAmounts();
    CheckInvoice(table_, invoice_);
    // What takes another bill back, or was exchanged for paper, is known by that other bill, and
    // some systems leave out the amounts that the other has.
    const bool stands_for_another =
        invoice_.state == State::kRed || invoice_.state == State::kExchanged;
    if (invoice_.Find(Field::kRelatedNumber) == nullptr) Require(Field::kNumber);
    if (!stands_for_another) {
      Require(Field::kTotal);
    } else if (invoice_.Find(Field::kTotal) == nullptr) {
      Note(NoteKind::kIncomplete, absl::StrCat(flat_.path, "/", table_.Spec(Field::kTotal).key),
           "未写，以所对应的票据为准");
    }
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    return std::move(invoice_);
  }

 private:
  void Note(NoteKind kind, std::string path, std::string text) {
    invoice_.notes.push_back({kind, std::move(path), std::move(text)});
  }

  void ReadField(const FieldSpec& spec) {
    const Leaf* leaf = FindLeaf(flat_.leaves, spec);
    if (leaf == nullptr) return;
    std::optional<Answer> answer = AnswerFrom(spec, leaf->text);
    const auto words = spec.type == FieldType::kAmount ? AmountFromWords(leaf->text) : std::nullopt;
    if (!answer && words) answer = AnswerFrom(spec, words->ToYuan());
    if (answer) {
      answer->path = leaf->path;
      invoice_.Put(*std::move(answer));
    } else if (IsOfTheSum(spec.field)) {
      faults_.Add(leaf->path, TypeInWords(spec.type));
    } else {
      Note(NoteKind::kUnusual, leaf->path, absl::StrCat(TypeInWords(spec.type), "，未采用"));
    }
  }

  // Where the fund's part is not found, it may stand under a name that nobody knows.
  void NoteUnknownAmounts() {
    if (invoice_.Find(Field::kFundPaid) != nullptr) return;
    for (const Leaf& leaf : flat_.leaves) {
      static const RE2 kAmount("-?[0-9]{1,12}\\.[0-9]{2}");
      const std::optional<domain::Money> amount = AmountFrom(leaf.text);
      if (!RE2::FullMatch(leaf.text, kAmount) || !amount || amount->is_zero()) continue;
      const bool read =
          std::any_of(invoice_.answers.begin(), invoice_.answers.end(),
                      [&leaf](const Answer& answer) { return answer.path == leaf.path; });
      if (!read) Note(NoteKind::kUnusual, leaf.path, "金额，但不认识此名称，未采用");
    }
  }

  void Require(Field field) {
    if (invoice_.Find(field) != nullptr) return;
    const FieldSpec& spec = table_.Spec(field);
    for (const FieldFault& fault : faults_.all()) {
      const Leaf* leaf = FindLeaf(flat_.leaves, spec);
      if (leaf != nullptr && leaf->path == fault.field) return;  // There, but no good.
    }
    std::string question = spec.question;
    if (question.ends_with('?')) question.pop_back();
    faults_.Add(absl::StrCat(flat_.path, "/", spec.key),
                absl::StrCat("缺少（", question, "），没有它就不是票据"));
  }

  // Provinces write the parts of 其他支付, and some whole bills, as text: "大病保险支付:12.00;…".
  void ReadDetailTexts() {
    for (const Leaf& leaf : flat_.leaves) {
      const bool details = leaf.name == "fundpayamountinfo" || leaf.name == "otherpayamountinfo";
      if (!details && leaf.name != "remark") continue;
      for (const LabelledAmount& said : AmountsIn(leaf.text)) {
        const FieldSpec* spec = SpecOfLabel(said.label);
        if (spec == nullptr || invoice_.Find(spec->field) != nullptr) continue;
        Answer answer;
        answer.field = spec->field;
        answer.amount = said.amount;
        answer.text = said.amount.ToYuan();
        answer.path = leaf.path;
        answer.confidence_percent = kFreeWords;
        invoice_.Put(std::move(answer));
      }
    }
  }

  // "冲销原票据，代码：…，号码：…" in a remark.
  void ReadRelatedBill() {
    if (invoice_.Find(Field::kRelatedNumber) != nullptr) return;
    for (const Leaf& leaf : flat_.leaves) {
      if (leaf.name != "remark") continue;
      const std::optional<RelatedBill> related = RelatedBillIn(leaf.text);
      if (!related) continue;
      PutSaid(Field::kRelatedCode, related->code, leaf.path);
      PutSaid(Field::kRelatedNumber, related->number, leaf.path);
    }
  }

  void PutSaid(Field field, const std::string& text, const std::string& path) {
    if (text.empty()) return;
    Answer answer;
    answer.field = field;
    answer.text = text;
    answer.path = path;
    answer.confidence_percent = kFreeWords;
    invoice_.Put(std::move(answer));
  }

  // Only payments: "合计" in a remark may be of anything.
  const FieldSpec* SpecOfLabel(const std::string& label) const {
    for (const FieldSpec& spec : table_.specs()) {
      if (spec.type != FieldType::kAmount || spec.field == Field::kTotal) continue;
      for (const std::string& known : spec.labels) {
        if (label == known) return &spec;
      }
    }
    return nullptr;
  }

  const FlatInvoice& flat_;
  const FieldTable& table_;
  Invoice invoice_;
  Faults faults_;
};

}  // namespace

bool IsPairKey(std::string_view folded) {
  constexpr std::array<std::string_view, 8> kKeys = {
      "extcode", "extkey", "key", "fieldcode", "fieldname", "paramname", "itemkey", "name"};
  return std::find(kKeys.begin(), kKeys.end(), folded) != kKeys.end();
}

bool IsPairValue(std::string_view folded) {
  constexpr std::array<std::string_view, 5> kValues = {"extvalue", "value", "fieldvalue",
                                                       "paramvalue", "itemvalue"};
  return std::find(kValues.begin(), kValues.end(), folded) != kValues.end();
}

absl::StatusOr<Invoice> InvoiceFromFlat(const FlatInvoice& flat, const FieldTable& table,
                                        Source source) {
  return InvoiceBuilder(flat, table, source).Build();
}

}  // namespace recoup::hospital::invoice
