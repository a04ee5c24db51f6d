// The bills a case tells of: what each cost, and who paid it.
//
// Internal to adapters/court: medical.cc makes of them the medical expense of the case.
#ifndef RECOUP_ADAPTERS_COURT_MEDICAL_VISITS_H_
#define RECOUP_ADAPTERS_COURT_MEDICAL_VISITS_H_

#include <optional>
#include <string_view>
#include <vector>

#include "adapters/court/document.h"

namespace recoup::court {

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
  bool stay = false;     // In a hospital: 住院费, not 门诊费.
  bool another = false;  // Told as one of several (第二次住院), so no repetition of another.
};

// What sentences tell, in their order. `parts` stand before or without any total:
// "医保基金支付3210.5元，自付4120.3元".
struct Visits {
  std::vector<Visit> visits;
  Visit parts;
};

domain::Money SumOfFigures(const std::vector<Figure>& figures);
// Whether what the fund and the patient paid makes up the total.
bool AddsUp(const Visit& visit);

// The words an amount is labelled with: those of its own clause before it.
Span LabelOf(const Reading& reading, std::size_t from, std::size_t amount_begin);

Visits ReadVisits(const Reading& reading, const std::vector<Span>& sentences);

// Where a sum that the fund was to pay or had paid is told and its refusal or undoing with it: of
// the text, so that sums inside are none the fund has paid.
class Unpaid {
 public:
  explicit Unpaid(const Reading& reading);
  bool Has(const Amount& amount) const;

 private:
  std::vector<Span> parts_;
};
// The court's words for either, in a sentence.
std::optional<Hit> RefusedOrUndone(const Reading& reading, Span sentence);

// "其中原发疾病的费用38115.35元，因损害增加的费用104544.7元": of a bill told before, whose payers
// are not told yet, leaves only what was spent for this event.
void TakeRelatedPart(const Reading& reading, Span sentence, Visit& visit);

// The sum of the visits, of which there is at least one; a visit that states just that sum is their
// summary. Bills that a visit is made of count once, what the court leaves out not at all.
Visit MergeVisits(const Reading& reading, std::vector<Visit> visits);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_MEDICAL_VISITS_H_
