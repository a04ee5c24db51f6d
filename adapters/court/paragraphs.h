// Where paragraphs begin in a judgment without line breaks, as collections of judgments keep them;
// internal to normalise.cc.
#ifndef RECOUP_ADAPTERS_COURT_PARAGRAPHS_H_
#define RECOUP_ADAPTERS_COURT_PARAGRAPHS_H_

#include <string_view>
#include <vector>

namespace recoup::court {

// "二、驳回…", "(三)", "4．": a number that heads an item.
bool BeginsItem(std::u32string_view line);

// The lines, the long ones parted, in order and without a gap: in the head before the kind of
// document, its number and the first party; then before each sentence and item; behind the ruling
// before each signature and the date. Linear in the length.
std::vector<std::u32string_view> PartParagraphs(const std::vector<std::u32string_view>& lines);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PARAGRAPHS_H_
