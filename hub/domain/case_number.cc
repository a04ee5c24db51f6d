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

}  // namespace recoup::domain
