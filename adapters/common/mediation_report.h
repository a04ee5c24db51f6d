// A mediation (调解) as funds and insurers read it: state, panel, offers, the agreement with its
// instalments, the court's ruling.
#ifndef RECOUP_ADAPTERS_COMMON_MEDIATION_REPORT_H_
#define RECOUP_ADAPTERS_COMMON_MEDIATION_REPORT_H_

#include <string>
#include <string_view>

#include "recoup/v1/mediation.pb.h"

namespace recoup::adapters {

std::string_view InChinese(v1::MediationState state);

// Several lines, each with its line end.
std::string MediationForPeople(const v1::Mediation& mediation);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_MEDIATION_REPORT_H_
