#include "ctl/event_header.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "hub/crypto/bytes.h"

namespace recoup::ctl {
namespace {

// Takes parts off the front; what is missing reads as empty, and the caller compares the whole.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t Number() { return crypto::ReadBigEndian(Take(8)); }
  std::string Text() { return std::string(Take(crypto::ReadBigEndian(Take(4)))); }

 private:
  std::string_view Take(std::uint64_t size) {
    const auto taken =
        rest_.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(size, rest_.size())));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<audit::EventHeader> ParseEventHeader(std::string_view bytes) {
  Reader reader(bytes);
  reader.Text();  // The tag; compared below.
  audit::EventHeader header;
  header.partition = reader.Text();
  header.sequence = reader.Number();
  header.recorded_time = absl::FromUnixMicros(static_cast<std::int64_t>(reader.Number()));
  header.party = reader.Text();
  header.actor = reader.Text();
  header.method = reader.Text();
  header.request_id = reader.Text();
  header.outcome = reader.Text();
  const std::string commitment = reader.Text();
  if (commitment.size() != header.commitment.size()) return std::nullopt;
  std::copy_n(crypto::Data(commitment), commitment.size(), header.commitment.begin());
  // One value has one byte form, so writing it again finds every other fault.
  if (audit::LeafBytes(header) != bytes) return std::nullopt;
  return header;
}

}  // namespace recoup::ctl
