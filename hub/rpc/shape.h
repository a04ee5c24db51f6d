// The form any request must have, whatever it asks: checked in one place, from the descriptors, so
// that a field nobody thought of is checked as well.
//
// Text is UTF-8, at most 64 KiB, and holds no control characters, bytes are at most 512 KiB, an
// enum value is one this program knows, a `_fen` amount is one money can have, a `_on` text is a
// day, a
// `_size` and a `_count` are not negative, a timestamp lies between the years 1 and 9999. What a
// field means is for the converters, which are usually stricter.
#ifndef RECOUP_HUB_RPC_SHAPE_H_
#define RECOUP_HUB_RPC_SHAPE_H_

#include "google/protobuf/message.h"
#include "hub/base/error.h"

namespace recoup::rpc {

// Adds a fault for each field of the wrong form, with its path.
void CheckShape(const google::protobuf::Message& request, Faults& faults);

// `refusal` with the faults of form added, field by field, where it names none yet. A status that
// is no refusal of fields is returned as it is, unless there are faults of form.
absl::Status WithShapeFaults(const google::protobuf::Message& request, const absl::Status& refusal);

// True for text like 2025-03-25 that is a day of the calendar.
bool IsDay(std::string_view text);
// Line breaks and tabs are text; other control characters are not.
bool HoldsControlCharacters(std::string_view text);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_SHAPE_H_
