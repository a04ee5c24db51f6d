// Pictures of pages for tests: what a scanner would deliver.
#ifndef RECOUP_TESTS_COMMON_SCAN_H_
#define RECOUP_TESTS_COMMON_SCAN_H_

#include <string>
#include <vector>

namespace recoup::adapters {

// The lines as a PNG of an A4 page at 150 or more dots per inch, black on white.
std::string ScannedPng(const std::vector<std::string>& lines, int dots_per_inch = 200);
// Such a picture as the only content of a PDF page; several pages when there are several texts.
std::string ScannedPdf(const std::vector<std::vector<std::string>>& pages);
// Paragraphs as a court sets them, justified in one column and indented by two characters; the
// first lines stand in the middle of the page. A PNG of an A4 page.
std::string ScannedParagraphsPng(const std::vector<std::string>& headings,
                                 const std::vector<std::string>& paragraphs,
                                 int dots_per_inch = 200);
// A PDF that holds text.
std::string TextPdf(const std::vector<std::vector<std::string>>& pages);
// A PDF that opens only with a password that nobody knows.
std::string LockedPdf();

}  // namespace recoup::adapters

#endif  // RECOUP_TESTS_COMMON_SCAN_H_
