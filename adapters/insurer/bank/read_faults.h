// Collects what is wrong with a bank file, so that it is refused once with everything.
//
// Descriptions never quote names, accounts or free text of the file. Not thread-safe.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_READ_FAULTS_H_
#define RECOUP_ADAPTERS_INSURER_BANK_READ_FAULTS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "hub/base/error.h"

namespace recoup::insurer::bank {

class ReadFaults {
 public:
  // A wrong file may be wrong in every row; beyond this the faults are only counted.
  static constexpr std::size_t kKeptMax = 100;

  // A fault of form: the content cannot be read.
  void Add(std::string path, std::string description);
  // Readable, but the figures contradict each other.
  void AddDifference(std::string path, std::string description);

  std::size_t count() const { return form_count_ + difference_count_; }

  // OK when there is none; STATEMENT_DOES_NOT_ADD_UP when only figures contradict each other; else
  // INVALID_ARGUMENT. The faults are in the order found.
  absl::Status ToStatus() const;

 private:
  void Keep(std::string path, std::string description);

  Faults kept_;
  std::size_t form_count_ = 0;
  std::size_t difference_count_ = 0;
};

// A short code of the file ("EUR", "camt.054.001.02") made safe for an error message; anything that
// is no code becomes "(not a code)".
std::string QuoteCode(std::string_view code);
// What is said of a file that is of another account than the expected one.
std::string WrongAccount(std::string_view read, std::string_view expected);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_READ_FAULTS_H_
