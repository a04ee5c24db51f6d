// A hub with one record of nearly every kind, told over the wire by one party of each kind: what
// others must not see. Requests are text format in which $names stand for what was made before.
//
//   WireStory story;
//   ASSERT_NO_FATAL_FAILURE(story.Tell());
//   story.Send("fund/xuhui", "FundService/GetLead", "name: '$lead'").Outcome();
#ifndef RECOUP_TESTS_RPC_WIRE_STORY_H_
#define RECOUP_TESTS_RPC_WIRE_STORY_H_

#include <map>
#include <memory>
#include <string>

#include "hub/base/ids.h"
#include "hub/crypto/signing.h"
#include "tests/rpc/wire.h"

namespace recoup::testing {

class WireStory {
 public:
  WireStory();

  // Starts the hub and tells the story; fails the test where it is refused.
  void Tell();

  // The request with its names filled in, and a new request id where it has one.
  std::unique_ptr<google::protobuf::Message> Request(const std::string& method,
                                                     const std::string& text);
  Answer Send(const std::string& party, const std::string& method, const std::string& text);
  Answer Send(const std::string& party, const std::string& method,
              const google::protobuf::Message& request);
  // The value of a field of the last answer that was OK: "recovery.name", "demands[1]".
  std::string Last(const std::string& path) const;
  // The same with a new request id.
  std::string NewRequestId();
  RealHub& hub() { return *hub_; }
  // A closed case of the second patient, with the court's signature, as text of a push.
  std::string SignedCase(const std::string& elements);

 private:
  void TellHospital();
  void TellInsurer();
  void TellFund();
  void TellCourt();
  void TellBank();
  void Must(const std::string& party, const std::string& method, const std::string& text);
  void Keep(const std::string& name, const std::string& path) { names_[name] = Last(path); }
  std::string Filled(std::string text) const;

  SystemRandom random_;
  IdSource ids_{random_};
  crypto::SigningKey court_key_;
  TemporaryFolder folder_;
  std::unique_ptr<RealHub> hub_;
  std::unique_ptr<Wire> wire_;
  std::map<std::string, std::string> names_;
  std::unique_ptr<google::protobuf::Message> last_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_RPC_WIRE_STORY_H_
