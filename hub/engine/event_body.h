// What the log keeps of a command behind its commitment: the request as it came and the answer as
// it went.
#ifndef RECOUP_HUB_ENGINE_EVENT_BODY_H_
#define RECOUP_HUB_ENGINE_EVENT_BODY_H_

#include <string>

namespace recoup::engine {

struct EventPayload {
  std::string request;
  std::string status;  // EncodeStatus of a refusal, empty for OK.
  std::string answer;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "request", self.request);
    visit(2, "status", self.status);
    visit(3, "answer", self.answer);
  }
};

// Sealed as a whole; the commitment in the event's header is over salt and payload.
struct EventBody {
  std::string salt;
  std::string payload;  // Encoded EventPayload.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "salt", self.salt);
    visit(2, "payload", self.payload);
  }
};

// The place an event body is bound to when sealed.
inline std::string EventPlace(long sequence) { return "event:" + std::to_string(sequence); }

}  // namespace recoup::engine

#endif  // RECOUP_HUB_ENGINE_EVENT_BODY_H_
