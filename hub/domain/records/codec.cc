#include "hub/domain/records/codec.h"

namespace recoup::domain {

#define RECOUP_DEFINE(R) RECOUP_RECORD_CODEC(, R)
RECOUP_STORED_RECORDS(RECOUP_DEFINE)

}  // namespace recoup::domain
