#include "tests/operation/hospital_desk.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace recoup::testing {
namespace {

constexpr auto kDeadline = std::chrono::seconds(30);

}  // namespace

HospitalDesk::Exchange HospitalDesk::Next() {
  const std::string visit = absl::StrCat("D", number_, "-", sent_.size() / 2);
  const std::string request_id = ids_.Next(absl::Now()).ToUuid();
  Exchange exchange;
  if (sent_.size() % 2 == 0) {
    v1::FlagAdmissionRequest& request = exchange.flag.emplace();
    request.set_request_id(request_id);
    request.set_state(v1::FLAG_STATE_CONFIRMED);
    request.mutable_flag()->set_pool(kPool);
    request.mutable_flag()->set_visit_id(visit);
    request.mutable_flag()->mutable_patient()->set_name("测试甲");
    request.mutable_flag()->mutable_admitted_time()->set_seconds(1'740'000'000);
    request.mutable_flagged_time()->set_seconds(1'740'000'060);
    return exchange;
  }
  v1::ReportSettlementRequest& request = exchange.settlement.emplace();
  request.set_request_id(request_id);
  v1::SettlementReport& settlement = *request.mutable_settlement();
  settlement.set_pool(kPool);
  settlement.set_visit_id(visit);
  settlement.set_settlement_id("S" + visit);
  settlement.set_sender_message_id("M" + visit);
  settlement.mutable_patient()->set_name("测试甲");
  settlement.mutable_settled_time()->set_seconds(1'740'900'000);
  settlement.set_total_fen(kFundPaidFen + 100);
  settlement.set_fund_paid_fen(kFundPaidFen);
  settlement.set_self_paid_fen(100);
  settlement.set_cash_paid_fen(100);
  return exchange;
}

HospitalDesk::Answer HospitalDesk::Send(v1::HospitalService::Stub& stub,
                                        const Exchange& exchange) const {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  Answer answer;
  const auto take = [&](grpc::Status status, auto& response) {
    answer.status = std::move(status);
    answer.replayed = response.replayed();
    response.clear_replayed();
    answer.text = response.SerializeAsString();
  };
  if (exchange.flag.has_value()) {
    v1::FlagAdmissionResponse response;
    grpc::Status status = stub.FlagAdmission(&context, *exchange.flag, &response);
    take(std::move(status), response);
  } else {
    v1::ReportSettlementResponse response;
    grpc::Status status = stub.ReportSettlement(&context, *exchange.settlement, &response);
    take(std::move(status), response);
  }
  return answer;
}

bool HospitalDesk::IsAnswered(const Answer& answer) {
  if (answer.status.ok()) return true;
  // A hub that stops drops calls that it has not taken; that is CANCELLED, and said by gRPC alone.
  const bool dropped = answer.status.error_code() == grpc::StatusCode::CANCELLED &&
                       answer.status.error_details().empty();
  if (answer.status.error_code() != grpc::StatusCode::UNAVAILABLE && !dropped) {
    faults_.push_back(absl::StrCat("answered with error ", answer.status.error_code(), ": ",
                                   answer.status.error_message()));
  }
  return false;
}

void HospitalDesk::SendUntilCutOff(const std::shared_ptr<grpc::Channel>& hub,
                                   std::atomic<int>& answered, const std::atomic<bool>* enough) {
  const auto stub = v1::HospitalService::NewStub(hub);
  while (enough == nullptr || !*enough) {
    sent_.push_back(Next());
    const Answer answer = Send(*stub, sent_.back());
    if (!IsAnswered(answer)) return;
    if (answer.replayed) faults_.emplace_back("a new request is called a replay");
    sent_.back().answer = answer.text;
    ++answered;
  }
}

void HospitalDesk::Repeat(const std::shared_ptr<grpc::Channel>& hub, bool from_the_beginning) {
  const auto stub = v1::HospitalService::NewStub(hub);
  for (std::size_t i = from_the_beginning ? 0 : repeated_; i < sent_.size(); ++i) {
    const Answer answer = Send(*stub, sent_[i]);
    if (!IsAnswered(answer)) return;
    if (sent_[i].answer.has_value()) {
      if (!answer.replayed) faults_.emplace_back("what was answered is not answered as a replay");
      if (answer.text != *sent_[i].answer) faults_.emplace_back("the answer has become another");
    }
    sent_[i].answer = answer.text;
  }
  repeated_ = sent_.size();
}

std::vector<std::string> HospitalDesk::SettlementIds() const {
  std::vector<std::string> ids;
  for (const Exchange& exchange : sent_) {
    if (exchange.settlement.has_value()) {
      ids.push_back(exchange.settlement->settlement().settlement_id());
    }
  }
  return ids;
}

}  // namespace recoup::testing
