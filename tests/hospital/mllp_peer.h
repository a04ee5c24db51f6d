// A peer of the MLLP listener over a real socket, well-behaved or not as the test wants.
#ifndef RECOUP_TESTS_HOSPITAL_MLLP_PEER_H_
#define RECOUP_TESTS_HOSPITAL_MLLP_PEER_H_

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/hospital/hl7/frames.h"

namespace recoup::hospital {

class MllpPeer {
 public:
  // False from connected() when nobody listens.
  explicit MllpPeer(int port);
  ~MllpPeer() { HangUp(); }
  MllpPeer(const MllpPeer&) = delete;
  MllpPeer& operator=(const MllpPeer&) = delete;

  bool connected() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  // False when the connection is gone.
  bool SendRaw(std::string_view bytes);
  bool Send(std::string_view message) { return SendRaw(hl7::Framed(message)); }
  // The next block; nothing after ten seconds or when the listener has hung up.
  std::optional<std::string> Receive();
  bool HasBlock() const { return !received_.empty(); }
  std::string SendAndReceive(std::string_view message);
  // No more will be sent; answers may still come.
  void EndSending();
  // Whether the listener hangs up within ten seconds, without another answer.
  bool IsHungUpOn();
  void HangUp();

 private:
  bool ReadMore();

  int descriptor_ = -1;
  bool ended_ = false;
  hl7::FrameReader frames_{1024 * 1024};
  std::deque<std::string> received_;
};

// Field `field` of the first segment of this name, as sent; "" when there is none.
std::string FieldOf(std::string_view message, std::string_view segment, std::size_t field);

// An admission of an invented patient; `words` go into PV2-3, `code` into DG1-3.
struct AdtMessage {
  std::string trigger = "A01";
  std::string id = "1";
  std::string visit = "V1";
  std::string code = "J18.9";
  std::string words = "";
  std::string accept = "";       // MSH-15
  std::string application = "";  // MSH-16
  std::string version = "2.5.1";
  std::string Text() const;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_MLLP_PEER_H_
