// Answers of the hub as people read them: lists as aligned tables, single things as labelled lines,
// amounts in yuan, states by their Chinese words.
#ifndef RECOUP_CTL_RENDER_H_
#define RECOUP_CTL_RENDER_H_

#include <string>

#include "google/protobuf/message.h"

namespace recoup::ctl {

// A response with everything in it. A replayed answer and an empty list say so.
std::string Render(const google::protobuf::Message& response);

// One scalar field, or one element of a repeated one (`index` from 0, else -1).
std::string FormatValue(const google::protobuf::Message& message,
                        const google::protobuf::FieldDescriptor& field, int index);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_RENDER_H_
