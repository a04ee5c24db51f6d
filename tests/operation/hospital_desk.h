// A hospital's registration desk that reports visits and their settlements one after another, and
// remembers what it sent and what it was answered.
#ifndef RECOUP_TESTS_OPERATION_HOSPITAL_DESK_H_
#define RECOUP_TESTS_OPERATION_HOSPITAL_DESK_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "recoup/v1/hospital_service.grpc.pb.h"

namespace recoup::testing {

// Whose insured all patients are.
constexpr char kPool[] = "pools/310115-310";
// What the fund pays in every settlement of a desk.
constexpr std::int64_t kFundPaidFen = 123'45;

// One thread at a time.
class HospitalDesk {
 public:
  // Its visits bear its number.
  explicit HospitalDesk(int number) : number_(number) {}

  // A flagged visit, then its settlement, then the next visit, until a call is not answered or
  // `enough`. Counts every answer.
  void SendUntilCutOff(const std::shared_ptr<grpc::Channel>& hub, std::atomic<int>& answered,
                       const std::atomic<bool>* enough = nullptr);
  // Everything once more that was sent since the last time this was done in full; with
  // `from_the_beginning`, everything. What was answered must be answered the same, as a replay;
  // what was not is answered now. Stops when a call is not answered.
  void Repeat(const std::shared_ptr<grpc::Channel>& hub, bool from_the_beginning = false);

  std::size_t sent_count() const { return sent_.size(); }
  // Of the settlements that were sent.
  std::vector<std::string> SettlementIds() const;
  // Of calls that were answered with an error, or otherwise than before.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  // Exactly one of the two requests is meant.
  struct Exchange {
    std::optional<v1::FlagAdmissionRequest> flag;
    std::optional<v1::ReportSettlementRequest> settlement;
    std::optional<std::string> answer;  // Serialized, without the mark of a replay.
  };
  struct Answer {
    grpc::Status status;
    std::string text;
    bool replayed = false;
  };

  Exchange Next();
  Answer Send(v1::HospitalService::Stub& stub, const Exchange& exchange) const;
  // Whether the call was answered; an error that is no missing answer is a fault.
  bool IsAnswered(const Answer& answer);

  const int number_;
  SystemRandom random_;
  IdSource ids_{random_};
  std::vector<Exchange> sent_;
  std::size_t repeated_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_HOSPITAL_DESK_H_
