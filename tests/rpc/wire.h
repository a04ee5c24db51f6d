// Any call of any service by its descriptor, over a real connection: for tests that enumerate the
// API instead of naming its calls.
#ifndef RECOUP_TESTS_RPC_WIRE_H_
#define RECOUP_TESTS_RPC_WIRE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "google/rpc/status.pb.h"
#include "tests/support/real_hub.h"

namespace recoup::testing {

// All methods of all services.
std::vector<const google::protobuf::MethodDescriptor*> Methods();
// "FundService/GetLead", as the access table names it.
std::string NameOf(const google::protobuf::MethodDescriptor& method);
// The method of that name; fails the process when there is none.
const google::protobuf::MethodDescriptor& MethodOf(const std::string& name);
// An empty request, but with the mode of a batch, so that its items are looked at.
std::unique_ptr<google::protobuf::Message> EmptyRequest(
    const google::protobuf::MethodDescriptor& method);

struct Answer {
  google::rpc::Status status;
  bool whole_call_ok = false;
  std::string response;                       // Of a call that was OK as a whole.
  std::vector<std::string> reasons;           // Of all ErrorInfos.
  std::vector<std::string> fields;            // Of all field violations.
  std::map<std::string, std::string> faults;  // Their descriptions by field.

  // "OK", or the only reason; what tests compare.
  std::string Outcome() const;
};

// A hub with connections of as many parties as ask.
class Wire {
 public:
  explicit Wire(RealHub& hub) : hub_(hub) {}
  // Waits at most 10 seconds. The first refused item of a batch or stream counts as the answer.
  Answer Send(const std::string& party, const google::protobuf::MethodDescriptor& method,
              const std::string& request);

 private:
  RealHub& hub_;
  std::map<std::string, std::unique_ptr<grpc::GenericStub>> stubs_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_RPC_WIRE_H_
