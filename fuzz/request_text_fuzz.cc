// Bytes of a request that protobuf refuses: marking text that is no UTF-8 never reads or writes
// beyond them, and what is marked once needs no more.
#include <cstddef>
#include <cstdint>
#include <string>

#include "hub/rpc/undecodable_text.h"
#include "recoup/v1/hospital_service.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  recoup::v1::BatchFlagAdmissionsRequest request;
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  if (!recoup::rpc::MarkUndecodableText(type, bytes)) return 0;
  const std::string marked = bytes;
  if (!recoup::rpc::MarkUndecodableText(type, bytes) || bytes != marked) __builtin_trap();
  return 0;
}
