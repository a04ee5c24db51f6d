// The steps on a visit's flag that lead to a request, whoever decided: a message, a person,
// silence.
//
// A flag that lacks something the hub needs is held in the visit until it is known; until it is
// sent, its changes and its clearing stay here. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_FLAG_STEPS_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_FLAG_STEPS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "adapters/hospital/program/plan.h"
#include "google/protobuf/message_lite.h"

namespace recoup::hospital {

Outgoing ToHub(std::string source_key, const char* method, const std::string& visit_id,
               const google::protobuf::MessageLite& request);

std::vector<std::string> Union(const std::vector<std::string>& a,
                               const std::vector<std::string>& b);
std::vector<std::string> GroundsOfFlag(const v1::Flag& flag);
// What the visit's held flag waits for, in Chinese; empty: none is held.
std::vector<std::string> MissingOf(const Visit& visit);
// The command by which the desk tells what is missing.
std::string SupplyCommandOf(const Visit& visit);
// Says in the outcome what a held flag waits for.
Plan WithHeldTold(Plan plan);

// Changes the visit and the requests of `plan`, which must outlive it. `time`: when it was said,
// InfinitePast when that is unknown.
class FlagSteps {
 public:
  FlagSteps(std::string source_key, absl::Time time, Plan& plan);

  void Raise(const v1::Flag& flag, v1::FlagState state);
  // With a state given the amendment goes out even where no field differs.
  void Amend(const v1::Flag& flag, v1::FlagState state, const std::string& reason);
  void Clear(const std::string& reason);
  // Once nothing is missing from it.
  void SendHeld();

 private:
  void Send(const std::string& source_key, const char* method,
            const google::protobuf::MessageLite& request);

  const std::string source_key_;
  const absl::Time time_;
  Plan& plan_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_FLAG_STEPS_H_
