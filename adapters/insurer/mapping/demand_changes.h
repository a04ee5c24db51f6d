// What happened to a demand, in the words of a claims desk.
#ifndef RECOUP_ADAPTERS_INSURER_MAPPING_DEMAND_CHANGES_H_
#define RECOUP_ADAPTERS_INSURER_MAPPING_DEMAND_CHANGES_H_

#include <string>
#include <string_view>

namespace recoup::insurer::mapping {

// The kind of a WatchDemandsResponse in Chinese; a kind of a later hub stays as it is.
std::string ChangeInChinese(std::string_view kind);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_DEMAND_CHANGES_H_
