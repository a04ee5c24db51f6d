// What the fund paid, where the words around it are not understood: told by sums.
//
// Internal to adapters/court, for medical.cc. That the total is the fund's part and the rest, all
// three told to the fen, is no accident; so of the sums next to words for a fund the one counts
// that the total and another sum of the document leave room for.
#ifndef RECOUP_ADAPTERS_COURT_MEDICAL_SUMS_H_
#define RECOUP_ADAPTERS_COURT_MEDICAL_SUMS_H_

#include <optional>

#include "adapters/court/medical_visits.h"

namespace recoup::court {

// A bill whose parts add up, of a document in which the court deals with a fund's payment. `known`
// is what the words have told, if anything: the bill has the same total, or what was taken for the
// total is its rest. Absent: there is none, or there are several.
// Whether the court itself tells that somebody else than the fund has paid this sum: "其中工伤保险
// 基金支付12000元". It outweighs what a party says of the same sum.
bool CourtNamesOtherPayer(const Reading& reading, domain::Money money);
// Whether an amount stands in what a party says.
bool ToldByParty(const Reading& reading, const Amount& amount);

std::optional<Visit> VisitBySums(const Reading& reading, const std::optional<Visit>& known);

// A table of bills with a column for each who paid: "医疗机构|总额|统筹支付|大病保险|个人现金".
// Absent where its rows do not add up.
std::optional<Visit> VisitOfTable(const Reading& reading);

// "医疗费为24799.37元", in the reasons, after a bill of 21864.37元 and one of 2935元 that nobody
// but the patient paid: the total of both and the rest of it. Absent: no such sum.
std::optional<Visit> VisitWithFurtherBill(const Reading& reading, const Visit& known);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_MEDICAL_SUMS_H_
