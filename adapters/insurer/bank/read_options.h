// What the caller expects of a bank file. A value; the same for every reader.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_READ_OPTIONS_H_
#define RECOUP_ADAPTERS_INSURER_BANK_READ_OPTIONS_H_

#include <cstddef>
#include <string>

namespace recoup::insurer::bank {

struct ReadOptions {
  // What a CSV file that names no currency is taken to be in. Every currency is read.
  std::string currency = "CNY";
  // When given, a file of another account is refused, and a CSV file that names no account is taken
  // to be of this one.
  std::string account{};
  // Where the text shows no kind, the ending tells which kind it was meant to be: .sta, .940.
  std::string file_name{};
  // A year of a busy account is some tens of MB; beyond these a file is refused as TOO_LARGE.
  std::size_t bytes_max = std::size_t{64} << 20;
  std::size_t entries_max = 500'000;
};

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_READ_OPTIONS_H_
