// A split at discharge (出院分账) as hospitals and insurers read it: its state, the policies with
// what their insurers say, who pays what, and why.
#ifndef RECOUP_ADAPTERS_COMMON_SPLIT_REPORT_H_
#define RECOUP_ADAPTERS_COMMON_SPLIT_REPORT_H_

#include <string>
#include <string_view>

#include "recoup/v1/split.pb.h"

namespace recoup::adapters {

std::string_view InChinese(v1::SplitState state);
std::string_view InChinese(v1::SplitAnswer answer);

// Several lines, each with its line end. Insurers see no shares and no explanation.
std::string SplitForPeople(const v1::Split& split);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SPLIT_REPORT_H_
