// What the fund sees of the hub's books, and whether they hold: read over the API, and from the
// database by recoupctl.
#ifndef RECOUP_TESTS_OPERATION_HUB_BOOKS_H_
#define RECOUP_TESTS_OPERATION_HUB_BOOKS_H_

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/config/hub_config.h"

namespace recoup::testing {

// The settlements of all advances in the pool, sorted. A call that fails is a failure of the test.
std::vector<std::string> SettlementIdsOfAdvances(const std::shared_ptr<grpc::Channel>& fund);
// The trial balance of a pool, "pools/310115-310", without the accounts that hold nothing; accounts
// without the pool: "tracking:advanced".
std::map<std::string, std::int64_t> TrialBalance(const std::shared_ptr<grpc::Channel>& fund,
                                                 const std::string& pool);
// The five laws, checked by the hub: how many are broken; -1 when it did not answer.
int BrokenLaws(const std::shared_ptr<grpc::Channel>& fund, const std::string& pool);
// recoupctl audit verify over a database that no hub has open, with every sealed body opened: its
// exit code, and what it found on standard output.
int VerifyAudit(const config::HubConfig& config, const std::string& data_file,
                const std::string& folder, std::string& said);

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_HUB_BOOKS_H_
