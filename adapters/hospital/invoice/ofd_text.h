// The text objects of one OFD page or template, as words. Internal to this folder.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_OFD_TEXT_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_OFD_TEXT_H_

#include <string_view>
#include <vector>

#include "adapters/common/pages/page.h"
#include "pugixml.hpp"

namespace recoup::hospital::invoice {

inline constexpr double kPointsPerMillimetre = 72 / 25.4;

// "0 0 210 140": as many numbers as can be read; never throws.
std::vector<double> NumbersOf(std::string_view text);

// Appends the words of every TextObject under `content`, however its layers nest.
void AppendTextObjects(const pugi::xml_node& content, std::vector<adapters::Word>& words);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_OFD_TEXT_H_
