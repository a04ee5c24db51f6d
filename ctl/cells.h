// Single values of answers as people read them, and where the columns of a table find them: what
// tables on a screen and sheets of a workbook have in common.
#ifndef RECOUP_CTL_CELLS_H_
#define RECOUP_CTL_CELLS_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "google/protobuf/message.h"

namespace recoup::ctl {

bool IsAmount(const google::protobuf::FieldDescriptor& field);
// Timestamps are values, other messages are not.
bool IsScalar(const google::protobuf::FieldDescriptor& field);

// One scalar field, or one element of a repeated one (`index` from 0, else -1).
std::string FormatValue(const google::protobuf::Message& message,
                        const google::protobuf::FieldDescriptor& field, int index);
// All elements of a repeated scalar in one cell; what was not given is empty.
std::string FormatScalar(const google::protobuf::Message& message,
                         const google::protobuf::FieldDescriptor& field);

struct Found {
  const google::protobuf::Message* message;
  const google::protobuf::FieldDescriptor* field;
};
// Where a path of a table leads in one row; nothing when a message on the way is not there.
std::optional<Found> Walk(const google::protobuf::Message& row, std::string_view path);

// The total of a list. What was reversed or withdrawn, or only waits for a confirmation that it is
// an advance at all, is shown in the list and left out of its total, and the label says so.
class Total {
 public:
  // Whether the amounts of this row are added up.
  bool Counts(const google::protobuf::Message& row);
  // "合计", or "合计（不含已撤销）".
  std::string Label() const;

 private:
  std::set<std::string> left_out_;  // The words for the states.
};

// "debtor.display_name" is the debtor; "clock.expires_on" is the day.
std::string TitleOf(std::string_view path);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_CELLS_H_
