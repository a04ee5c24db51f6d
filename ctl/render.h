// Answers of the hub as people read them: lists as aligned tables, single things as labelled lines,
// amounts in yuan, states by their Chinese words.
#ifndef RECOUP_CTL_RENDER_H_
#define RECOUP_CTL_RENDER_H_

#include <string>

#include "google/protobuf/message.h"

namespace recoup::ctl {

// A response with everything in it. A replayed answer and an empty list say so.
std::string Render(const google::protobuf::Message& response);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_RENDER_H_
