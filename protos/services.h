// The services of the API: the one list of them. A program that finds methods by name links this, so that the linker
// keeps what nothing else refers to.
#ifndef RECOUP_PROTOS_SERVICES_H_
#define RECOUP_PROTOS_SERVICES_H_

#include <vector>

#include "google/protobuf/descriptor.h"

namespace recoup::v1 {

// In the order of their names.
const std::vector<const google::protobuf::ServiceDescriptor*>& Services();

}  // namespace recoup::v1

#endif  // RECOUP_PROTOS_SERVICES_H_
