// The way of every kind of stored record from its bytes and back.
#include "hub/app/record_reader.h"
#include "hub/app/unit_of_work.h"

namespace recoup::app {

#define RECOUP_DEFINE(R) RECOUP_RECORD_READS(, domain::R) RECOUP_RECORD_WORK(, domain::R)
RECOUP_STORED_RECORDS(RECOUP_DEFINE)

}  // namespace recoup::app
