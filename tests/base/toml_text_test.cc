#include "hub/base/toml_text.h"

#include <stdexcept>

#include "gtest/gtest.h"

namespace recoup {
namespace {

TEST(TomlTextTest, TellsTheLineThatIsNotUtf8) {
  struct Case {
    std::string_view text;
    std::size_t line;
  };
  const Case cases[] = {
      {"", 0},
      {"a = '医保'\n", 0},
      {"a = '\xD2\xBD\xB1\xA3'\n", 1},  // 医保 in GB18030.
      {"a = 1\nb = 2\nc = '\xB1\xA3'", 3},
      {"'\xE3'\xC2", 1},          // Found by fuzzing.
      {"a = '\xED\xA0\x80'", 1},  // Half of a surrogate pair.
      {"a = '\xE5\x8C", 1},       // Ends within a character.
  };
  for (const Case& c : cases) {
    EXPECT_EQ(LineNotUtf8(c.text), c.line) << c.text;
    if (c.line > 0) {
      EXPECT_THROW(ParseToml(c.text, "x.toml"), std::runtime_error) << c.text;
    }
  }
  EXPECT_EQ(toml::find<std::string>(ParseToml(cases[1].text, "x.toml"), "a"), "医保");
}

}  // namespace
}  // namespace recoup
