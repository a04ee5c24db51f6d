// What accounts and kinds of breaks are called on the report of a closed day. The report is signed
// and made again to be proven, so its words are fixed with its layout: they are not those of the
// enumerations, which may be bettered.
#ifndef RECOUP_HUB_RECONCILE_DAY_WORDS_H_
#define RECOUP_HUB_RECONCILE_DAY_WORDS_H_

#include <optional>
#include <string_view>

#include "hub/domain/records/receipts.h"
#include "hub/ledger/accounts.h"

namespace recoup::reconcile {

// The first writes accounts and kinds as programs name them.
enum class DayLayout { kFirst = 1, kSecond = 2 };

// "日结单 2\n", with which a report begins.
std::string_view TitleOf(DayLayout layout);
// Of a report; nothing when it is none.
std::optional<DayLayout> LayoutOf(std::string_view report);

std::string_view WordOf(DayLayout layout, ledger::Account account);
std::string_view WordOf(DayLayout layout, domain::BreakKind kind);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_DAY_WORDS_H_
