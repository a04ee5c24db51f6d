// docs/configuration.md holds the tables of the keys that exist.
#include <fstream>
#include <iterator>
#include <string>

#include "adapters/common/common_config.h"
#include "gmock/gmock.h"
#include "hub/config/hub_config.h"

namespace recoup::adapters {
namespace {

TEST(ConfigurationDocTest, TheDocumentHoldsEveryTable) {
  std::ifstream stream(RECOUP_SOURCE_DIR "/docs/configuration.md");
  const std::string document(std::istreambuf_iterator<char>(stream), {});
  for (const auto& rows : {HubKeys(), SpoolKeys()}) {
    EXPECT_THAT(document, testing::HasSubstr(config::DocumentationTable(config::Schema(rows))));
  }
  EXPECT_THAT(document, testing::HasSubstr(config::DocumentationTable(config::HubSchema())));
}

}  // namespace
}  // namespace recoup::adapters
