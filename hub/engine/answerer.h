// Hands out the answers of committed batches on a thread of its own, so that the writer is already
// deciding the next batch while replies are encoded and sent.
//
// Batches are answered in the order of their commits. What a batch used up (records, rows) is
// released here too. Hand and Stop belong to the engine.
#ifndef RECOUP_HUB_ENGINE_ANSWERER_H_
#define RECOUP_HUB_ENGINE_ANSWERER_H_

#include <deque>
#include <memory>
#include <thread>
#include <vector>

#include "hub/base/mutex.h"
#include "hub/engine/command.h"

namespace recoup::engine {

struct Answers {
  std::vector<CommandGroup> groups;
  std::vector<std::vector<Outcome>> outcomes;  // One per group.
  std::vector<std::shared_ptr<void>> spent;    // Released after the answers.
};

class Answerer {
 public:
  void Start();
  // Answers what is left and ends the thread.
  void Stop();
  // Waits while too many batches are unanswered: callers that cannot be answered slow the writer.
  void Hand(Answers answers);

 private:
  void Run();

  Mutex mutex_;
  CondVar changed_;
  std::deque<Answers> waiting_ RECOUP_GUARDED_BY(mutex_);
  bool stopping_ RECOUP_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace recoup::engine

#endif  // RECOUP_HUB_ENGINE_ANSWERER_H_
