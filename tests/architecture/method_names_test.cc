// Methods are served and called by name ("FundService.GetAdvance", "FundService/GetAdvance" in the
// access table): a name that the API does not have is found here, not when somebody runs it.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "protos/services.h"
#include "re2/re2.h"
#include "tests/architecture/source_tree.h"

namespace recoup::architecture {
namespace {

std::set<std::string> MethodsOfTheApi() {
  std::set<std::string> names;
  for (const auto* service : v1::Services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      names.insert(absl::StrCat(service->name(), ".", service->method(i)->name()));
    }
  }
  return names;
}

TEST(MethodNamesTest, EveryNameInTheSourcesIsOneOfTheApi) {
  const std::set<std::string> api = MethodsOfTheApi();
  static const RE2 kName(R"re("([A-Z][A-Za-z]*Service)[./]([A-Z][A-Za-z]*)")re");
  std::set<std::string> called;
  for (const SourceFile& file : FilesBelow({"adapters", "ctl", "hub"})) {
    if (!IsIncluder(file.path)) continue;
    re2::StringPiece rest(file.text);
    std::string service, method;
    while (RE2::FindAndConsume(&rest, kName, &service, &method)) {
      const std::string name = absl::StrCat(service, ".", method);
      EXPECT_TRUE(api.contains(name)) << file.path << ": " << name;
      called.insert(name);
    }
  }
  EXPECT_EQ(called, api) << "the access table names every method";
}

}  // namespace
}  // namespace recoup::architecture
