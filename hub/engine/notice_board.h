// Tells watchers that a party has new notices. Holds no notices: a watcher reads them from a
// snapshot, by sequence, so that nothing is missed between two looks. Thread-safe.
#ifndef RECOUP_HUB_ENGINE_NOTICE_BOARD_H_
#define RECOUP_HUB_ENGINE_NOTICE_BOARD_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "hub/base/mutex.h"

namespace recoup::engine {

class NoticeBoard {
 public:
  using Token = std::uint64_t;

  // `ring` is called, on the engine's thread, whenever the recipient got a notice. It must be quick
  // and must not call back into the board.
  Token Subscribe(const std::string& recipient, std::function<void()> ring);
  // After it returns `ring` runs no more.
  void Unsubscribe(Token token);
  void Ring(const std::set<std::string>& recipients);

 private:
  struct Watcher {
    std::string recipient;
    std::function<void()> ring;
  };
  Mutex mutex_;
  Token next_ RECOUP_GUARDED_BY(mutex_) = 1;
  std::map<Token, Watcher> watchers_ RECOUP_GUARDED_BY(mutex_);
};

}  // namespace recoup::engine

#endif  // RECOUP_HUB_ENGINE_NOTICE_BOARD_H_
