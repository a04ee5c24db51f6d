#include "hub/engine/notice_board.h"

#include <utility>

namespace recoup::engine {

NoticeBoard::Token NoticeBoard::Subscribe(const std::string& recipient,
                                          std::function<void()> ring) {
  const MutexLock lock(mutex_);
  const Token token = next_++;
  watchers_.emplace(token, Watcher{recipient, std::move(ring)});
  return token;
}

void NoticeBoard::Unsubscribe(Token token) {
  const MutexLock lock(mutex_);
  watchers_.erase(token);
}

void NoticeBoard::Ring(const std::set<std::string>& recipients) {
  // Rings are called under the lock on purpose: it is what makes Unsubscribe final.
  const MutexLock lock(mutex_);
  for (const auto& [token, watcher] : watchers_) {
    if (recipients.count(watcher.recipient) > 0) watcher.ring();
  }
}

}  // namespace recoup::engine
