// What stands where a bill's number (票据号码) should: forms and systems that demand one are given
// "0", "无" or "待开" when there is none, and the same for every bill.
#ifndef RECOUP_HUB_DOMAIN_BILL_NUMBER_H_
#define RECOUP_HUB_DOMAIN_BILL_NUMBER_H_

#include <string_view>

namespace recoup::domain {

// False for empty text and for what only says that there is no number: zeros, dashes and other
// signs alone, 无, 待开, NA and the like, in full or half width. Two bills never share such a text
// because they are one bill.
bool IsBillNumber(std::string_view text);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_BILL_NUMBER_H_
