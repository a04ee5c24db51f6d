// The desks of a hospital, an insurer and a fund: their real programs, each a process of its own,
// against a real hub over mutual TLS. Only the hub's clock is not the world's: it can be put ahead.
#ifndef RECOUP_TESTS_HOSPITAL_REAL_DESKS_H_
#define RECOUP_TESTS_HOSPITAL_REAL_DESKS_H_

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "hub/base/clock.h"
#include "nlohmann/json.hpp"
#include "tests/support/real_hub.h"

namespace recoup::hospital {

// The world's time, and so much more.
class ClockAhead final : public Clock {
 public:
  absl::Time Now() override { return absl::Now() + absl::Seconds(ahead_seconds_.load()); }
  void PutAhead(absl::Duration by) { ahead_seconds_ += absl::ToInt64Seconds(by); }

 private:
  std::atomic<std::int64_t> ahead_seconds_ = 0;  // Read by the hub's threads.
};

struct Said {
  int code = -1;
  std::string out;
  std::string err;
};

class RealDesks : public ::testing::Test {
 protected:
  void SetUp() override;

  Said Hospital(std::vector<std::string> arguments);
  Said Insurer(std::vector<std::string> arguments);
  Said Fund(std::vector<std::string> arguments);
  // The command's answer as JSON; a command that fails is a failure of the test.
  nlohmann::json HospitalJson(std::vector<std::string> arguments);
  nlohmann::json InsurerJson(std::vector<std::string> arguments);
  nlohmann::json FundJson(std::vector<std::string> arguments);

  // A message of the information system, taken and reported at once.
  Said Send(const nlohmann::json& message);
  std::string Write(const std::string& name, const std::string& text);
  // YYYY-MM-DD, of so many days ago in China.
  static std::string DayBefore(int days);

  ClockAhead clock_;

 private:
  Said Run(const std::string& program, const std::string& desk, std::vector<std::string> arguments);
  nlohmann::json Json(const std::string& program, const std::string& desk,
                      std::vector<std::string> arguments);
  void WriteSettings(const std::string& desk, const std::string& party, const std::string& more);

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> hub_;
  int messages_ = 0;
};

// Exchanges of the national interface, request and response together.
struct VisitOf {
  std::string visit;
  std::string name;
  std::string id_number;
  std::string insutype = "310";
};
nlohmann::json Admission2401(const VisitOf& visit, const std::string& day,
                             const std::string& condition);
struct FundRow {
  std::string fund_pay_type;
  std::string yuan;
};
struct Sums {
  std::string total, fund, self;
};
nlohmann::json Settlement2304(const VisitOf& visit, const std::string& settlement,
                              const std::string& day, const Sums& sums,
                              const std::vector<FundRow>& rows);
nlohmann::json Reversal2305(const VisitOf& visit, const std::string& settlement,
                            const std::string& day);

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_REAL_DESKS_H_
