// Clerks and officers at their programs: an insurer's maker and checker with recoup-insurer, two
// funds with recoupctl, each a process of its own against a real hub.
#ifndef RECOUP_TESTS_OPERATION_BATCH_OFFICE_H_
#define RECOUP_TESTS_OPERATION_BATCH_OFFICE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "tests/operation/issued_demands.h"
#include "tests/support/real_hub.h"

namespace recoup::testing {

// What a program did; `said` is its standard output and what it complained of.
struct Said {
  int code = -1;
  std::string said;
};

class BatchOffice {
 public:
  BatchOffice();

  // As "maker" or "checker" of the insurer: recoup-insurer; as "pudong", "minhang" or "xuhui", a
  // fund: recoupctl.
  Said Run(const std::string& who, std::vector<std::string> arguments);
  // The same as JSON; null where it is refused, which fails the test.
  nlohmann::json Ask(const std::string& who, std::vector<std::string> arguments);

  // Issued by the pool of this fund, and not yet accepted. All persons and amounts are invented.
  std::vector<IssuedDemand> Issue(const std::string& fund, int count);

  // One line of a bank file: what arrived (positive) or left, in fen, and what the bank says of it.
  struct Booking {
    std::int64_t amount_fen = 0;
    std::string text;
  };
  // The next file of the fund's bank, as its e-banking exports it, and imported.
  void Import(const std::string& fund, const std::vector<Booking>& bookings);

  const std::string& folder() const { return folder_.path(); }

 private:
  struct Account {
    std::string number;
    std::int64_t balance_fen = 0;
  };

  std::string NewFile(const std::string& ending);

  TemporaryFolder folder_;
  std::unique_ptr<RealHub> hub_;
  std::map<std::string, std::vector<std::string>> settings_;  // By who.
  std::map<std::string, Account> accounts_;                   // By fund.
  int files_ = 0;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_BATCH_OFFICE_H_
