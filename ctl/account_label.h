// The accounts of the ledgers in Chinese, as people see them on a screen and in a workbook.
#ifndef RECOUP_CTL_ACCOUNT_LABEL_H_
#define RECOUP_CTL_ACCOUNT_LABEL_H_

#include <string>
#include <string_view>

namespace recoup::ctl {

// "tracking:310115-310:advanced" → "追踪:310115-310:已垫付". The text itself where it is no account
// of a ledger: banks have accounts, too.
std::string AccountLabel(std::string_view account);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_ACCOUNT_LABEL_H_
