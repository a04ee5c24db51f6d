// The data files of this folder, built into the program so that it needs no installation path.
#ifndef RECOUP_ADAPTERS_HOSPITAL_EMBEDDED_DATA_H_
#define RECOUP_ADAPTERS_HOSPITAL_EMBEDDED_DATA_H_

#include <string_view>

namespace recoup::hospital {

extern const std::string_view kFundPayTypesToml;
extern const std::string_view kInvoiceFieldsToml;
extern const std::string_view kTriageRulesToml;

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_EMBEDDED_DATA_H_
