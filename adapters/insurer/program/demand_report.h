// Demands as a clerk reads them, in Chinese.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_DEMAND_REPORT_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_DEMAND_REPORT_H_

#include <string>
#include <vector>

#include "recoup/v1/demand.pb.h"
#include "recoup/v1/explain.pb.h"

namespace recoup::insurer {

std::string DemandTable(const std::vector<v1::Demand>& demands);
std::string DemandForPeople(const v1::Demand& demand);
std::string ExplanationForPeople(const v1::Explanation& explanation);

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_DEMAND_REPORT_H_
