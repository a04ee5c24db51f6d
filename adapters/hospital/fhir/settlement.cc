#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/bill_number.h"
#include "adapters/hospital/fhir/insurance.h"
#include "adapters/hospital/fhir/parts.h"
#include "adapters/hospital/fhir/person.h"
#include "adapters/hospital/field_text.h"
#include "hub/base/status.h"

namespace recoup::hospital::fhir {
namespace {

using domain::Money;

enum class Part { kTotal, kFund, kPersonal, kShare, kAccount, kMutualAid, kCash, kHospital };

struct CategoryRow {
  std::string_view code;
  Part part;
};

// terminology.hl7.org/CodeSystem/adjudication with the codes of the C4BB guide that extends it, and
// the national interface's own names for senders that carry them through.
constexpr std::array kCategories = {
    CategoryRow{"submitted", Part::kTotal},       CategoryRow{"medfee_sumamt", Part::kTotal},
    CategoryRow{"benefit", Part::kFund},          CategoryRow{"fund_pay_sumamt", Part::kFund},
    CategoryRow{"psn_part_amt", Part::kPersonal}, CategoryRow{"memberliability", Part::kPersonal},
    CategoryRow{"copay", Part::kShare},           CategoryRow{"coinsurance", Part::kShare},
    CategoryRow{"deductible", Part::kShare},      CategoryRow{"noncovered", Part::kShare},
    CategoryRow{"acct_pay", Part::kAccount},      CategoryRow{"acct_mulaid_pay", Part::kMutualAid},
    CategoryRow{"psn_cash_pay", Part::kCash},     CategoryRow{"hosp_part_amt", Part::kHospital},
};

bool IsFundPayType(std::string_view code) {
  return code.size() == 6 && std::all_of(code.begin(), code.end(),
                                         [](unsigned char c) { return std::isdigit(c) != 0; });
}

class SettlementBuilder {
 public:
  SettlementBuilder(const Resource& explanation, const Links& links, const ReaderContext& context)
      : explanation_(explanation),
        element_(explanation.element),
        links_(links),
        context_(context) {}

  absl::StatusOr<Document> Build() {
    const std::string status = element_.Text("status");
    const std::string use = element_.Text("use");
    if (!use.empty() && use != "claim") {
      faults_.Add(element_.PathOf("use"), absl::StrCat("为 ", use, "，并未结算"));
    }
    if (status == "cancelled" || status == "entered-in-error") return Reversal();
    if (status != "active") {
      faults_.Add(element_.PathOf("status"), status.empty() ? "缺少状态" : "不是 active（有效）");
    }
    const std::string outcome = element_.Text("outcome");
    if (outcome != "complete" && outcome != "partial") {
      faults_.Add(element_.PathOf("outcome"),
                  outcome.empty() ? "缺少处理结果" : absl::StrCat("为 ", outcome, "，并未结算"));
    }
    ReadOrigin(document_);
    ReadPatient();
    ReadInsurance();
    ReadAmounts();
    ReadInvoices();
    document_.settled_at = SettledAt();
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    document_.notes = std::move(notes_);
    return Document(std::move(document_));
  }

 private:
  void Note(NoteKind kind, std::string path, std::string text) {
    notes_.push_back({kind, std::move(path), std::move(text)});
  }

  template <typename Kind>
  void ReadOrigin(Kind& document) {
    document.hospital =
        HospitalFrom(element_["provider"], explanation_, links_.collection(), context_.profile);
    document.sender = SenderFrom(document.hospital);
    // Without the time of sending: what was settled once is the same settlement whenever it comes.
    document.message_id = ContentId({element_.value()}, "");
    document.settlement_id = IdentifierOf(element_, {});
    if (document.settlement_id.empty()) document.settlement_id = explanation_.id;
    if (document.settlement_id.empty()) {
      faults_.Add(element_.PathOf("identifier"), "缺少结算的标识");
    }
    const Element reference = Links::EncounterReferenceOf(explanation_);
    const Resource* encounter = links_.EncounterOf(explanation_);
    document.visit_id = encounter != nullptr ? links_.VisitIdOf(*encounter)
                                             : links_.VisitIdOf(reference, explanation_);
    if (document.visit_id.empty()) {
      Note(NoteKind::kIncomplete, element_.PathOf("item/0/encounter"), "未写明，不知道是哪次就诊");
    }
  }

  std::optional<absl::Time> SettledAt() const {
    for (const std::string& text : {element_["payment"].Text("date"), element_.Text("created")}) {
      if (const std::optional<absl::Time> time = TimeFromText(text)) return time;
    }
    return std::nullopt;
  }

  absl::StatusOr<Document> Reversal() {
    ReversalDocument reversal;
    ReadOrigin(reversal);
    ReadPatient();
    ReadInsurance();
    reversal.pool = document_.pool;
    reversal.patient = document_.patient;
    reversal.reversed_at = TimeFromText(explanation_.sent);
    if (!reversal.reversed_at) reversal.reversed_at = SettledAt();
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    reversal.notes = notes_;
    reversal.returned = ReadReturned();
    return Document(std::move(reversal));
  }

  // What is said of amounts; a taking back stands without them.
  Returned ReadReturned() {
    taken_back_ = true;
    ReadAmounts();
    const auto said = [this](Part part) {
      return Has(part) ? std::optional<Money>(Get(part)) : std::nullopt;
    };
    return {said(Part::kTotal), said(Part::kFund), said(Part::kAccount), said(Part::kCash)};
  }

  void ReadPatient() {
    const Element reference = element_["patient"];
    const Element patient = links_.collection().Resolve(reference, explanation_);
    if (patient.present()) {
      document_.patient = PatientFrom(patient);
    } else {
      document_.patient.name = reference.Text("display");
      Note(NoteKind::kIncomplete, reference.path(), "所指的患者不在文件中");
    }
    document_.patient.person_number.clear();  // The hospital's; the insurance's follows.
  }

  // A commercial insurer's explanation has the same form as the fund's; it must never be booked as
  // the fund's money.
  void ReadInsurance() {
    const Collection& collection = links_.collection();
    std::vector<const Resource*> coverages;
    std::vector<Resource> contained = ContainedCoverages(explanation_);
    bool described = false;
    for (const Element& insurance : element_.Items("insurance")) {
      const Element reference = insurance["coverage"];
      if (const Resource* coverage = collection.Find(reference)) coverages.push_back(coverage);
      described = described || reference.Text("display") != "" || reference["identifier"].present();
    }
    for (const Resource& coverage : contained) coverages.push_back(&coverage);
    if (coverages.empty() && !described) {
      coverages = links_.CoveragesOf(element_["patient"], explanation_);
    }
    const Element insurer = collection.Resolve(element_["insurer"], explanation_);
    const std::string insurer_name = element_["insurer"].Text("display");
    InsuranceFacts facts = InsuranceFrom(coverages, collection, context_.profile);
    document_.patient.person_number = facts.insured_number;
    document_.pool = facts.pool;
    if (facts.fund_known || NamedFund(insurer)) return;
    if (!coverages.empty() || described || insurer.present() || !insurer_name.empty()) {
      faults_.Add(element_.PathOf("insurance"), "没有能按医院设置对应到基金的参保信息（Coverage）");
    } else {
      document_.pool.area_code = context_.profile.default_area_code;
      Note(NoteKind::kIncomplete, element_.PathOf("insurance"),
           "所指的参保信息不在文件中，基金以就诊为准");
    }
  }

  bool NamedFund(const Element& insurer) {
    std::vector<std::string> keys = {element_["insurer"].Text("display"),
                                     element_["insurer"]["identifier"].Text("value"),
                                     insurer.Text("name")};
    for (const Element& identifier : insurer.Items("identifier")) {
      keys.push_back(identifier.Text("value"));
    }
    for (const Element& insurance : element_.Items("insurance")) {
      keys.push_back(insurance["coverage"].Text("display"));
      keys.push_back(insurance["coverage"]["identifier"].Text("value"));
    }
    for (const std::string& key : keys) {
      for (const InsuranceMapping& row : context_.profile.insurance) {
        if (key.empty() || row.key != key) continue;
        document_.pool.area_code =
            row.area_code.empty() ? context_.profile.default_area_code : row.area_code;
        document_.pool.insurance_type = row.insurance_type;
        return true;
      }
    }
    return false;
  }

  std::optional<Money> Amount(const Element& money) {
    const Element value = money["value"];
    if (!value.present()) return std::nullopt;
    const std::string currency = money.Text("currency");
    if (!currency.empty() && currency != "CNY") {
      if (!foreign_) {
        faults_.Add(money.PathOf("currency"),
                    absl::StrCat("币种为 ", currency, "，基金以人民币（CNY）支付"));
      }
      foreign_ = true;  // One fault for the document, not one for each amount.
      return std::nullopt;
    }
    const absl::StatusOr<Money> amount = AmountFromText(value.Text());
    if (!amount.ok()) {
      faults_.Add(value.path(), std::string(amount.status().message()));
      return std::nullopt;
    }
    if (amount->is_negative() && taken_back_) return -*amount;
    if (amount->is_negative()) {
      faults_.Add(value.path(), "金额为负");
      return std::nullopt;
    }
    return *amount;
  }

  void AddTo(Part part, Money amount, const std::string& path) {
    const auto it = sums_.find(part);
    if (it == sums_.end()) {
      sums_.emplace(part, amount);
      return;
    }
    const absl::StatusOr<Money> sum = it->second.Add(amount);
    if (sum.ok()) {
      it->second = *sum;
    } else {
      faults_.Add(path, std::string(sum.status().message()));
    }
  }

  void AddCategory(const Element& row) {
    const std::optional<Money> amount = Amount(row["amount"]);
    if (!amount) return;
    for (const Coding& coding : CodingsOf(row["category"])) {
      if (IsFundPayType(coding.code)) {
        AddFundLine(coding, *amount, row);
        return;
      }
      for (const CategoryRow& known : kCategories) {
        if (known.code != coding.code) continue;
        AddTo(known.part, *amount, row.path());
        return;
      }
    }
  }

  void AddFundLine(const Coding& coding, Money amount, const Element& row) {
    const FundClass kind = context_.fund_types.Classify(coding.code);
    if (kind == FundClass::kUnknown) {
      Note(NoteKind::kUnusual, row.PathOf("category"),
           absl::StrCat("基金支付类型 ", coding.code, " 不在类型表中，未计入"));
    }
    document_.fund_lines.push_back({coding.code, coding.display, amount, kind == FundClass::kFund});
    if (kind == FundClass::kFund) AddTo(Part::kFund, amount, row.path());
  }

  void AddItems() {
    for (const Element& item : element_.Items("item")) {
      for (const Element& adjudication : item.Items("adjudication")) AddCategory(adjudication);
      if (const std::optional<Money> net = Amount(item["net"])) item_net_.push_back(*net);
    }
  }

  Money Get(Part part) const {
    const auto it = sums_.find(part);
    return it == sums_.end() ? Money() : it->second;
  }
  bool Has(Part part) const { return sums_.count(part) > 0; }

  void ReadAmounts() {
    const std::vector<Element> totals = element_.Items("total");
    // A sum by fund pay type stands beside the sum of all; the rows are the fund's own account.
    for (const Element& total : totals) AddCategory(total);
    const bool lines_and_sum = !document_.fund_lines.empty() && Has(Part::kFund);
    if (lines_and_sum) SettleFundSum(totals);
    if (totals.empty()) AddItems();
    const std::optional<Money> payment = Amount(element_["payment"]["amount"]);
    if (!Has(Part::kTotal)) {
      for (const Money net : item_net_) AddTo(Part::kTotal, net, element_.PathOf("item"));
    }
    if (!Has(Part::kFund) && payment) sums_.emplace(Part::kFund, *payment);
    if (!Has(Part::kFund)) {
      faults_.Add(element_.PathOf("payment/amount"), "缺少基金支付金额");
    }
    if (!Has(Part::kTotal)) {
      faults_.Add(element_.PathOf("total"), "缺少申报总金额");
    }
    if (!faults_.empty()) return;
    document_.total = Get(Part::kTotal);
    document_.fund_paid = Get(Part::kFund);
    document_.hospital_part = Get(Part::kHospital);
    document_.account_paid = Get(Part::kAccount);
    document_.account_mutual_aid = Get(Part::kMutualAid);
    document_.cash_paid = Get(Part::kCash);
    if (payment && document_.fund_lines.empty() && *payment != document_.fund_paid) {
      Note(NoteKind::kDoesNotAddUp, element_.PathOf("payment/amount"),
           absl::StrCat("实付 ", payment->ToYuan(), "，待遇 ", document_.fund_paid.ToYuan()));
    }
    SetPersonalPart();
  }

  // The rows of the fund were added to a stated sum: take the sum as stated, and compare.
  void SettleFundSum(const std::vector<Element>& totals) {
    Money rows;
    for (const FundLine& line : document_.fund_lines) {
      if (!line.is_fund) continue;
      const absl::StatusOr<Money> sum = rows.Add(line.amount);
      if (sum.ok()) rows = *sum;
    }
    for (const Element& total : totals) {
      for (const Coding& coding : CodingsOf(total["category"])) {
        if (coding.code != "benefit" && coding.code != "fund_pay_sumamt") continue;
        const std::optional<Money> stated = Amount(total["amount"]);
        if (!stated) continue;
        sums_[Part::kFund] = *stated;
        if (*stated != rows) {
          Note(NoteKind::kDoesNotAddUp, total.path(),
               absl::StrCat("为 ", stated->ToYuan(), "，各行合计 ", rows.ToYuan()));
        }
        return;
      }
    }
  }

  void SetPersonalPart() {
    const absl::StatusOr<Money> rest = document_.total.Add(-document_.fund_paid);
    const absl::StatusOr<Money> left =
        rest.ok() ? rest->Add(-document_.hospital_part) : rest.status();
    if (!left.ok() || left->is_negative()) {
      faults_.Add(element_.PathOf("total"), "小于已支付的各项之和");
      return;
    }
    if (!Has(Part::kPersonal)) {
      document_.personal_part = *left;
      Note(NoteKind::kRepaired, element_.PathOf("total"), "未写个人负担，按总金额减去他人支付计算");
      if (Has(Part::kShare) && Get(Part::kShare) != *left) {
        Note(NoteKind::kDoesNotAddUp, element_.PathOf("total"),
             absl::StrCat("个人负担各项合计 ", Get(Part::kShare).ToYuan(), "，而余额为 ",
                          left->ToYuan()));
      }
      return;
    }
    document_.personal_part = Get(Part::kPersonal);
    if (document_.personal_part != *left) {
      Note(NoteKind::kDoesNotAddUp, element_.PathOf("total"),
           absl::StrCat("总金额减去基金与医院负担为 ", left->ToYuan(), "，个人负担为 ",
                        document_.personal_part.ToYuan()));
    }
  }

  void ReadInvoices() {
    for (const Element& info : element_.Items("supportingInfo")) {
      const Element category = info["category"];
      const std::string words = absl::StrCat(absl::AsciiStrToLower(WordsOf(category)), " ",
                                             category.First("coding").Text("code"));
      if (!absl::StrContains(words, "invoice") && !absl::StrContains(words, "票据") &&
          !absl::StrContains(words, "发票")) {
        continue;
      }
      std::string number = info.Text("valueString");
      if (number.empty()) number = info["valueReference"]["identifier"].Text("value");
      AddBillNumber(std::move(number), document_.invoice_numbers, [&](std::string text) {
        Note(NoteKind::kIncomplete, info.path(), std::move(text));
      });
    }
  }

  const Resource& explanation_;
  const Element& element_;
  const Links& links_;
  const ReaderContext& context_;
  SettlementDocument document_;
  std::vector<QualityNote> notes_;
  Faults faults_;
  std::map<Part, Money> sums_;
  std::vector<Money> item_net_;
  bool foreign_ = false;
  bool taken_back_ = false;  // Then amounts may be negated.
};

}  // namespace

absl::StatusOr<Document> SettlementFromExplanation(const Resource& explanation, const Links& links,
                                                   const ReaderContext& context) {
  return SettlementBuilder(explanation, links, context).Build();
}

}  // namespace recoup::hospital::fhir
