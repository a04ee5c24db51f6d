#include "hub/engine/answerer.h"

#include <pthread.h>

#include <utility>

namespace recoup::engine {
namespace {

constexpr std::size_t kWaitingMax = 4;

}  // namespace

void Answerer::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Answerer::Stop() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Answerer::Hand(Answers answers) {
  {
    const MutexLock lock(mutex_);
    while (waiting_.size() >= kWaitingMax) changed_.wait(mutex_);
    waiting_.push_back(std::move(answers));
  }
  changed_.notify_all();
}

void Answerer::Run() {
  pthread_setname_np(pthread_self(), "recoup-answers");
  for (;;) {
    Answers answers;
    {
      const MutexLock lock(mutex_);
      while (waiting_.empty() && !stopping_) changed_.wait(mutex_);
      if (waiting_.empty()) return;
      answers = std::move(waiting_.front());
      waiting_.pop_front();
    }
    changed_.notify_all();
    for (std::size_t i = 0; i < answers.groups.size(); ++i) {
      answers.groups[i].done(std::move(answers.outcomes[i]));
    }
  }
}

}  // namespace recoup::engine
