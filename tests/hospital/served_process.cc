#include "tests/hospital/served_process.h"

#include "absl/strings/str_cat.h"

namespace recoup::hospital {
namespace {

recoup::testing::ChildOptions Serve(const std::vector<std::string>& arguments) {
  recoup::testing::ChildOptions options;
  options.arguments = {std::string(RECOUP_BINARY_DIR) + "/bin/recoup-hospital", "serve"};
  options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
  options.watched = 2;
  options.ready = "started folder=";  // The listeners are told before.
  return options;
}

}  // namespace

ServedProcess::ServedProcess(const std::vector<std::string>& arguments)
    : child_(Serve(arguments)) {}

int ServedProcess::PortFor(const std::string& what) const {
  return child_.NumberAfter(absl::StrCat("listening for=", what, " port="));
}

}  // namespace recoup::hospital
