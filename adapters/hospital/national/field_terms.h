// What the fields of the national interface are called in Chinese, so that a clerk who is told of
// "psn_part_amt" also reads 个人负担总金额.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_FIELD_TERMS_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_FIELD_TERMS_H_

#include <string_view>

namespace recoup::hospital::national {

// Empty for a field that is not listed.
std::string_view TermOf(std::string_view field);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_FIELD_TERMS_H_
