// Any bytes are a statement or a refusal, in every charset; what is read adds up.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/insurer/bank/csv_statement.h"
#include "hub/base/check.h"

namespace bank = recoup::insurer::bank;

namespace {

// Short headings, so that mutations reach the rows.
bank::CsvProfile Profile(bank::CsvCharset charset) {
  bank::CsvProfile profile;
  profile.name = "fuzz";
  profile.charset = charset;
  profile.date_formats = {"YYYYMMDD", "YYYY-M-D"};
  profile.thousands = true;
  profile.footer_prefixes = {"T"};
  profile.preamble.currency = "C";
  profile.preamble.period = "P";
  profile.columns.booked_on = "d";
  profile.columns.debit = "o";
  profile.columns.credit = "i";
  profile.columns.balance = "b";
  return profile;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bank::ReadOptions options;
  options.account = "A";
  for (const auto charset :
       {bank::CsvCharset::kByContent, bank::CsvCharset::kUtf8, bank::CsvCharset::kGb18030}) {
    const auto statement = bank::ReadCsvStatement({reinterpret_cast<const char*>(data), size},
                                                  Profile(charset), options);
    if (!statement.ok() || !statement->closing_balance) continue;
    bank::BankAmount sum = *statement->opening_balance;
    for (const bank::StatementEntry& entry : statement->entries) {
      const auto next = sum.Add(entry.SignedAmount());
      RECOUP_CHECK(next.ok());
      sum = *next;
    }
    RECOUP_CHECK(sum == *statement->closing_balance);
  }
  return 0;
}
