// Case numbers (案号) as they are compared: courts and insurers print brackets in every width.
#ifndef RECOUP_HUB_DOMAIN_CASE_NUMBER_H_
#define RECOUP_HUB_DOMAIN_CASE_NUMBER_H_

#include <string>
#include <string_view>

namespace recoup::domain {

// Half width, round brackets, no spaces: "(2025)沪0115民初12345号". Pure.
std::string NormaliseCaseNumber(std::string_view text);

// For sentences: with the 号 that most case numbers end with. Pure.
std::string WithNumberSign(std::string_view case_number);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_CASE_NUMBER_H_
