// Demands that pools have issued to an insurer, made over the API from the first day: a visit is
// flagged and settled, the fund opens a recovery of it and sends the demand.
#ifndef RECOUP_TESTS_OPERATION_ISSUED_DEMANDS_H_
#define RECOUP_TESTS_OPERATION_ISSUED_DEMANDS_H_

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace recoup::testing {

struct IssuedDemand {
  std::string pool;
  std::string name;
  std::string reference;
  std::int64_t amount_fen = 0;
};

// So many, of 100.01 yuan, 100.02 yuan and so on; the insurer owes all of each. Fewer, and a
// failure of the test, when one is refused.
std::vector<IssuedDemand> IssueDemands(const std::shared_ptr<grpc::Channel>& hospital,
                                       const std::shared_ptr<grpc::Channel>& fund,
                                       const std::string& pool, const std::string& insurer,
                                       int count);

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_ISSUED_DEMANDS_H_
