// The shares of liability as the court states them, clause by clause.
//
// Internal to adapters/court: liability.cc makes of them who answers in the end.
#ifndef RECOUP_ADAPTERS_COURT_LIABILITY_SHARES_H_
#define RECOUP_ADAPTERS_COURT_LIABILITY_SHARES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/court/document.h"

namespace recoup::court {

inline constexpr Percent kWholeShare{100 * 100};

// One share as a clause states it. `party` may be several, joined by "、" (guardians of a child).
struct ShareStatement {
  std::string party;
  std::vector<std::size_t> members;
  Percent percent;
  Span span;
};

std::string JoinedNames(const Parties& parties, const std::vector<std::size_t>& members);

// Who is sued and bears a loss itself: neither an insurer nor a fund.
bool PaysForItself(const Party& party);
std::optional<std::size_t> FirstSued(const Parties& parties);

// The parties a clause is about: the first named; for a child its guardians (监护人楼某、宗某).
// `joint`: all who stand side by side.
std::vector<std::size_t> SubjectOf(const Reading& reading, Span clause, bool joint);

std::int64_t SumOfShares(const std::vector<ShareStatement>& statements);

// The court's own reasons outweigh the agreement, the agreement what was found before. An employer
// stands for its driver.
std::vector<ShareStatement> StatedShares(const Reading& reading);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_LIABILITY_SHARES_H_
