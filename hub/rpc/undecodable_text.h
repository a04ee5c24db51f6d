// Texts of a request that are no UTF-8, as of a sender that writes GBK. Protobuf refuses the whole
// message then and does not say where; here the bytes are marked in their place, so that the
// message can be read, its faults are named with their paths, and other items of a batch go on.
#ifndef RECOUP_HUB_RPC_UNDECODABLE_TEXT_H_
#define RECOUP_HUB_RPC_UNDECODABLE_TEXT_H_

#include <string>

#include "google/protobuf/descriptor.h"

namespace recoup::rpc {

// U+001A SUBSTITUTE, which stands for what cannot be shown; CheckShape refuses text that holds it.
inline constexpr char kUndecodable = '\x1A';

// Puts kUndecodable for each byte of a string field that belongs to no UTF-8 character. False when
// the bytes are no such message for another reason; they may have been changed nevertheless.
bool MarkUndecodableText(const google::protobuf::Descriptor& message, std::string& bytes);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_UNDECODABLE_TEXT_H_
