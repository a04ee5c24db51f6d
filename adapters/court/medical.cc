// What the treatment cost and who paid it: total (A + C), fund (C), the rest (A).
#include <algorithm>
#include <numeric>

#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// Far beyond any real case; keeps a hostile text from costing time.
constexpr std::size_t kVisitsMax = 200;

enum class Payer { kTotal, kFund, kSelf, kNone };

struct Figure {
  Payer payer = Payer::kNone;
  Amount amount;
  std::string_view rule;
  bool about = false;  // "约5300元"
};

// One stay or one list of bills: a total and how it was paid.
struct Visit {
  Amount total;
  std::string_view rule;
  bool about = false;  // Of the total or of a part.
  std::vector<Figure> fund, self;
};

Money Sum(const std::vector<Figure>& figures) {
  return std::accumulate(figures.begin(), figures.end(), Money(),
                         [](Money sum, const Figure& f) { return sum + f.amount.money; });
}

bool AddsUp(const Visit& visit) {
  return !visit.fund.empty() && !visit.self.empty() &&
         Sum(visit.fund) + Sum(visit.self) == visit.total.money;
}

// The words an amount is labelled with: those of its own clause before it.
Span LabelOf(const Reading& reading, std::size_t from, std::size_t amount_begin) {
  Span label{from, amount_begin};
  for (const Hit& hit : reading.All("medical.clause", label)) {
    label.begin = hit.span.end;
  }
  return label;
}

// "其中第三人支付19886.40元", where the third party is the fund.
const Rule* PaidByFundParty(const Reading& reading, Span label) {
  const Parties& parties = reading.document.parties;
  const auto mentions = parties.MentionsIn(label);
  if (mentions.empty() || mentions.back().parties.size() != 1) return nullptr;
  if (parties[mentions.back().parties.front()].kind != PartyKind::kFund) return nullptr;
  const auto hit = reading.First("medical.fund_party", {mentions.back().span.end, label.end});
  return hit.has_value() ? hit->rule : nullptr;
}

// What the words around an amount say it is. Words before it outweigh words behind it, except that
// "7820元由新农合报销" tells of this amount and "其中经新农合报销7820元" of the next one.
// `item`: the words of the sentence before the amount.
Figure Classify(const Reading& reading, Span item, Span label, const Amount& amount, Span after) {
  const auto is = [&](std::string_view group, Span within) { return reading.First(group, within); };
  if (is("medical.no_figure", label)) return {Payer::kNone, amount, {}};
  if (const auto hit = is("medical.account", label)) return {Payer::kSelf, amount, hit->rule->name};
  const bool not_fund =
      is("medical.not_fund", label).has_value() || is("medical.not_fund_after", after).has_value();
  if (!not_fund) {
    const auto hit_after = is("medical.fund_after", after);
    if (const auto hit = hit_after; hit.has_value() && hit->span.end < after.end) {
      return {Payer::kFund, amount, hit->rule->name};
    }
    if (const auto hit = is("medical.fund", label)) return {Payer::kFund, amount, hit->rule->name};
    if (const Rule* rule = PaidByFundParty(reading, label)) {
      return {Payer::kFund, amount, rule->name};
    }
  }
  if (const auto hit = is("medical.self", label)) return {Payer::kSelf, amount, hit->rule->name};
  if (is("medical.paid", label)) return {Payer::kNone, amount, {}};
  if (const auto hit = is("medical.total", label)) return {Payer::kTotal, amount, hit->rule->name};
  if (const auto hit = is("medical.total_after", after)) {
    return {Payer::kTotal, amount, hit->rule->name};
  }
  // "某医院住院9天：费用38993.70元"
  if (const auto hit = is("medical.total_bare", label);
      hit.has_value() && is("hospital.kind", item)) {
    return {Payer::kTotal, amount, hit->rule->name};
  }
  return {Payer::kNone, amount, {}};
}

void AddOnce(std::vector<Figure>& figures, const Figure& figure) {
  const bool known = std::ranges::any_of(
      figures, [&](const Figure& f) { return f.amount.money == figure.amount.money; });
  if (!known) figures.push_back(figure);
}

class VisitReader {
 public:
  explicit VisitReader(const Reading& reading) : reading_(reading) {}

  void ReadSentence(Span sentence) {
    const bool unrelated = reading_.Has("medical.unrelated", sentence);
    const auto amounts = reading_.Amounts(sentence);
    std::size_t from = sentence.begin;
    std::size_t cover_from = sentence.begin;
    std::size_t part_until = 0;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      const Amount& amount = amounts[i];
      const Span after{amount.span.end,
                       i + 1 < amounts.size() ? amounts[i + 1].span.begin : sentence.end};
      const Span label = LabelOf(reading_, from, amount.span.begin);
      // "报销102300元(其中大病保险21000元)": a part of the part.
      if (amount.span.begin < part_until) {
        from = amount.span.end;
        continue;
      }
      Figure figure = Classify(reading_, {sentence.begin, label.begin}, label, amount, after);
      figure.about = reading_.Has("medical.about", label);
      // "投保交强险（医疗费用10000元…）": what a policy covers is no expense.
      const bool cover = reading_.Has("medical.cover", {cover_from, amount.span.begin});
      if (!cover) cover_from = amount.span.end;
      from = amount.span.end;
      if (figure.payer == Payer::kFund) {
        const auto part = reading_.First("medical.part_of", {amount.span.end, sentence.end});
        if (part.has_value()) part_until = part->span.end;
      }
      if ((unrelated || cover) && figure.payer == Payer::kTotal) continue;
      Take(figure);
    }
  }

  const std::vector<Visit>& visits() const { return visits_; }
  // Parts that stand before or without any total: "医保基金支付3210.5元，自付4120.3元".
  const Visit& parts() const { return parts_; }

 private:
  void Take(const Figure& figure) {
    const bool is_part = figure.payer == Payer::kFund || figure.payer == Payer::kSelf;
    if (is_part && !visits_.empty()) visits_.back().about |= figure.about;
    switch (figure.payer) {
      case Payer::kTotal:
        if (visits_.size() < kVisitsMax && !IsKnown(figure.amount.money))
          visits_.push_back({figure.amount, figure.rule, figure.about, {}, {}});
        break;
      case Payer::kFund:
        if (visits_.empty()) {
          AddOnce(parts_.fund, figure);
        } else if (!AddsUp(visits_.back())) {
          AddOnce(visits_.back().fund, figure);
        }
        break;
      case Payer::kSelf:
        if (visits_.empty()) {
          AddOnce(parts_.self, figure);
        } else if (!AddsUp(visits_.back())) {
          AddOnce(visits_.back().self, figure);
        }
        break;
      case Payer::kNone:
        break;
    }
  }

  // A later sentence repeats the total, or calls the own part "医疗费" once the fund's is deducted.
  bool IsKnown(Money money) const {
    return std::ranges::any_of(visits_, [&](const Visit& visit) {
      return visit.total.money == money || (!visit.self.empty() && Sum(visit.self) == money);
    });
  }

  const Reading& reading_;
  std::vector<Visit> visits_;
  Visit parts_;
};

// The reasons of an earlier instance, which this document recites among its facts: they repeat the
// figures of the facts, and shares of them.
Span RecitedParagraph(const Reading& reading) {
  const Span facts = reading.document.outline.facts;
  const auto recited = reading.Leftmost("basis.recited_reasons", facts);
  if (!recited.has_value()) return {facts.end, facts.end};
  const std::size_t line = reading.text().find('\n', recited->span.end);
  return {recited->span.begin, std::min(line, facts.end)};
}

VisitReader ReadSentences(const Reading& reading, Section section, Span part, bool inside) {
  VisitReader reader(reading);
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != section || sentence.by_party) continue;
    const bool is_inside = sentence.span.end > part.begin && sentence.span.begin < part.end;
    if (is_inside == inside) reader.ReadSentence(sentence.span);
  }
  return reader;
}

// What the plaintiff says of the expense, where the court closes the case without findings: by
// agreement or because the suit is withdrawn. What the other side says is left out.
VisitReader ReadPleading(const Reading& reading) {
  VisitReader reader(reading);
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kClaims) continue;
    if (reading.Has("sentence.of_respondent", sentence.span)) break;
    reader.ReadSentence(sentence.span);
  }
  return reader;
}

bool ClosedWithoutFindings(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  if (outline.facts.size() > 0) return false;
  return reading.elements.document_type == DocumentType::kMediation ||
         reading.Has("ruling.withdrawn", outline.ruling);
}

// The sum of the visits; a visit that states just that sum is their summary.
Visit Merge(const std::vector<Visit>& visits) {
  Money before;
  for (const Visit& visit : visits) {
    if (before.is_positive() && visit.total.money == before && !visit.fund.empty()) return visit;
    before += visit.total.money;
  }
  Visit merged = visits.front();
  for (std::size_t i = 1; i < visits.size(); ++i) {
    if (visits[i].total.money == merged.total.money) continue;
    merged.total.money += visits[i].total.money;
    merged.about |= visits[i].about;
    merged.fund.insert(merged.fund.end(), visits[i].fund.begin(), visits[i].fund.end());
    merged.self.insert(merged.self.end(), visits[i].self.begin(), visits[i].self.end());
  }
  return merged;
}

bool FundPaymentDenied(const Reading& reading) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kRuling) continue;
    if (sentence.by_party) continue;
    if (const auto hit = reading.First("medical.denied", sentence.span)) {
      reading.Note("fund_paid", *hit);
      return true;
    }
  }
  return false;
}

void Keep(const Reading& reading, const Visit& visit) {
  JudgmentElements& elements = reading.elements;
  const int confidence = visit.about ? 50 : AddsUp(visit) ? 98 : 70;
  if (visit.about) reading.Warn("文书所载医疗费或其支付金额为约数，请以结算记录为准。");
  elements.medical_expense_total = visit.total.money;
  reading.Note("medical_expense_total", visit.total.span, visit.rule, confidence);
  const Money fund = Sum(visit.fund);
  if (!visit.fund.empty()) {
    elements.fund_paid = fund;
    for (const Figure& f : visit.fund) {
      reading.Note("fund_paid", f.amount.span, f.rule, confidence);
    }
  } else if (FundPaymentDenied(reading)) {
    elements.fund_paid = Money();
  }
  // A is what C leaves of the total; a stated own part that differs is for a person to look at.
  elements.self_paid = visit.total.money - fund;
  for (const Figure& f : visit.self) reading.Note("self_paid", f.amount.span, f.rule, confidence);
  if (visit.self.empty()) {
    reading.Derive("self_paid", "medical_expense_total", "self_paid.rest", visit.about ? 50 : 85);
  }
  if (!visit.fund.empty() && !visit.self.empty() && !AddsUp(visit)) {
    reading.Warn("医疗费总额与基金支付、个人负担之和不一致，请核对。");
    for (const char* field : {"medical_expense_total", "fund_paid", "self_paid"}) {
      reading.Doubt(field, 60);
    }
  }
  if (elements.self_paid->is_negative()) {
    reading.Warn("基金支付超过医疗费总额，请核对。");
    elements.self_paid.reset();
  }
}

// "已将统筹基金为其支付的8230.15元退还": an order that permits a withdrawal may name the fund's
// part only where it tells of its return.
void ReadRepaidFund(const Reading& reading) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kFacts || sentence.by_party) continue;
    if (!reading.Has("grade.repaid", sentence.span) &&
        !reading.Has("grade.repaid_told", sentence.span)) {
      continue;
    }
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts(sentence.span)) {
      const Span label = LabelOf(reading, from, amount.span.begin);
      from = amount.span.end;
      const auto fund = reading.First("medical.fund", label);
      if (!fund.has_value()) continue;
      reading.elements.fund_paid = amount.money;
      reading.Note("fund_paid", amount.span, fund->rule->name, 75);
      return;
    }
  }
}

// Whether the pleading tells what the court does not; it must not contradict what the court says of
// the fund's part.
bool TakePleading(const Reading& reading, Visit& parts, std::optional<Visit>& found) {
  if (!ClosedWithoutFindings(reading)) return false;
  VisitReader reader = ReadPleading(reading);
  if (!reader.visits().empty()) {
    Visit visit = Merge(reader.visits());
    if (!parts.fund.empty() && !visit.fund.empty() && Sum(parts.fund) != Sum(visit.fund)) {
      return false;
    }
    found = std::move(visit);
    return true;
  }
  if (!parts.fund.empty() || reader.parts().fund.empty()) return false;
  parts = reader.parts();
  return true;
}

}  // namespace

void ReadMedicalExpense(const Reading& reading) {
  // A dispute about wages or a contract may speak of illness; nobody was hurt by anybody.
  const JudgmentElements& elements = reading.elements;
  const bool other_matter = elements.cause.has_value() && !elements.third_party_kind.has_value();
  if (other_matter && elements.injured_persons.empty()) return;
  Visit parts;
  std::optional<Visit> found;
  const Span recited = RecitedParagraph(reading);
  const VisitReader sections[] = {ReadSentences(reading, Section::kFacts, recited, false),
                                  ReadSentences(reading, Section::kFacts, recited, true),
                                  ReadSentences(reading, Section::kReasons, {}, false),
                                  ReadSentences(reading, Section::kRuling, {}, false)};
  for (const VisitReader& reader : sections) {
    if (parts.fund.empty()) parts.fund = reader.parts().fund;
    if (parts.self.empty()) parts.self = reader.parts().self;
    if (reader.visits().empty()) continue;
    Visit visit = Merge(reader.visits());
    if (!found.has_value()) {
      found = std::move(visit);
    } else if (found->fund.empty() && found->total.money == visit.total.money) {
      found->fund = std::move(visit.fund);
      found->self = std::move(visit.self);
    }
  }
  const bool pleaded = !found.has_value() && TakePleading(reading, parts, found);
  // What is called 医疗费 after the parts may be the own part alone; it cannot be less than a part.
  const bool only_parts = !found.has_value() || found->total.money == Sum(parts.self) ||
                          (found->fund.empty() && found->total.money < Sum(parts.fund));
  if (only_parts && !parts.fund.empty() && !parts.self.empty()) {
    found = parts;
    found->total = {parts.fund.front().amount.span, Sum(parts.fund) + Sum(parts.self)};
    found->rule = parts.fund.front().rule;
    reading.Warn("文书未载明医疗费总额，按基金支付与个人负担之和计算。");
  } else if (found.has_value() && found->fund.empty() && found->total.money <= Sum(parts.fund)) {
    found.reset();  // Some other sum than the total.
  }
  if (found.has_value()) {
    // The part of the fund may stand before the total, or elsewhere.
    if (found->fund.empty() && Sum(parts.fund) < found->total.money) found->fund = parts.fund;
    Keep(reading, *found);
  } else if (!parts.fund.empty()) {
    reading.elements.fund_paid = Sum(parts.fund);
    for (const Figure& f : parts.fund) reading.Note("fund_paid", f.amount.span, f.rule, 60);
  } else if (FundPaymentDenied(reading)) {
    reading.elements.fund_paid = Money();
  } else {
    ReadRepaidFund(reading);
  }
  if (!pleaded) return;
  reading.Warn("医疗费及其支付情况仅见于原告陈述，未经法院认定，请以结算记录为准。");
  for (const char* field : {"medical_expense_total", "fund_paid", "self_paid"}) {
    reading.Doubt(field, 70);
  }
}

}  // namespace recoup::court
