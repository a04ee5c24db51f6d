#include "tests/operation/interrupted_hub.h"

#include <google/protobuf/message.h>

#include <chrono>

#include "absl/strings/str_cat.h"

namespace recoup::testing {

bool InterruptedHub::Start() {
  process_.emplace(prepared_.config(), log_file_);
  const std::lock_guard lock(mutex_);
  ++life_.number;
  life_.port = process_->port();
  serving_ = life_.port > 0;
  changed_.notify_all();
  return serving_;
}

void InterruptedHub::Kill() {
  {
    const std::lock_guard lock(mutex_);
    serving_ = false;
  }
  process_->Kill();
}

int InterruptedHub::Terminate() { return process_->Terminate(); }

HubLife InterruptedHub::LifeAfter(int number) {
  std::unique_lock lock(mutex_);
  const bool came = changed_.wait_for(lock, std::chrono::minutes(1),
                                      [&] { return serving_ && life_.number > number; });
  return came ? life_ : HubLife();
}

void InterruptedHub::CountAnswer() {
  const std::lock_guard lock(mutex_);
  ++answers_;
  changed_.notify_all();
}

void InterruptedHub::Finish() {
  const std::lock_guard lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

bool InterruptedHub::AwaitAnswers(int count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return finished_ || answers_ >= count; });
  return !finished_;
}

int InterruptedHub::answers() {
  const std::lock_guard lock(mutex_);
  return answers_;
}

bool PersistentCaller::Connect() {
  const HubLife life = hub_.LifeAfter(life_);
  if (life.number == 0) {
    faults_.emplace_back("the hub was not killed and does not answer");
    return false;
  }
  life_ = life.number;
  channel_ = hub_.ConnectAs(party_, life.port);
  return true;
}

void PersistentCaller::AskAllAgain() {
  for (const auto& ask : again_) ask();
}

std::string PersistentCaller::TextOf(const grpc::Status& status,
                                     const google::protobuf::Message& response) {
  return status.ok() ? response.SerializeAsString()
                     : absl::StrCat(status.error_code(), " ", status.error_details());
}

}  // namespace recoup::testing
