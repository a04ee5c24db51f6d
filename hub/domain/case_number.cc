#include "hub/domain/case_number.h"

#include "absl/strings/str_replace.h"
#include "hub/domain/text_width.h"

namespace recoup::domain {

std::string NormaliseCaseNumber(std::string_view text) {
  return absl::StrReplaceAll(FoldWidth(text), {{"〔", "("},
                                               {"〕", ")"},
                                               {"【", "("},
                                               {"】", ")"},
                                               {"[", "("},
                                               {"]", ")"},
                                               {" ", ""},
                                               {"\t", ""}});
}

std::string WithNumberSign(std::string_view case_number) {
  constexpr std::string_view kSign = "号";
  std::string number(case_number);
  // "…703号之一" ends behind its sign.
  if (case_number.find(kSign) == std::string_view::npos) number += kSign;
  return number;
}

}  // namespace recoup::domain
