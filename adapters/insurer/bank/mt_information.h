// Information to the account owner (:86:) in the forms that banks give it.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_MT_INFORMATION_H_
#define RECOUP_ADAPTERS_INSURER_BANK_MT_INFORMATION_H_

#include <string>
#include <vector>

#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Adds to `entry` what the lines of one :86: say:
// - subfields (166?00…?20…?32…): purpose in ?20-?29 and ?60-?63 with SEPA marks (EREF+, KREF+,
//   MREF+, SVWZ+, ABWA+ …), account in ?31 or ?38, name in ?32 and ?33, reason of a return in ?34;
// - marks between slashes (/EREF/…/NAME/…/REMI/…), as SWIFT and the Dutch banks write them;
// - else free text.
// Nothing here can fail: what is not understood is text.
void ReadMtInformation(const std::vector<std::string>& lines, StatementEntry& entry);

// Lines of :NS:, numbered by German savings banks: 01 to 14 purpose, 15 and 16 name, 17 kind.
void ReadMtBankLines(const std::vector<std::string>& lines, StatementEntry& entry);

// Free text: a line of full width runs on into the next, others are joined with a space.
std::string JoinMtLines(const std::vector<std::string>& lines);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_MT_INFORMATION_H_
