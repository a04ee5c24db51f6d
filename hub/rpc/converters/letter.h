// Letters as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_LETTER_H_
#define RECOUP_HUB_RPC_CONVERTERS_LETTER_H_

#include "hub/domain/records/letter.h"
#include "recoup/v1/letter.pb.h"

namespace recoup::rpc {

void LetterToProto(const domain::Letter& letter, recoup::v1::Letter* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_LETTER_H_
