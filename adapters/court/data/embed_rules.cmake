# cmake -DINPUT=rules.toml -DOUTPUT=builtin_rules.cc -P embed_rules.cmake
# One literal per block of the file, because compilers limit the length of one literal.
file(READ "${INPUT}" text)
string(REPLACE "\n\n" "\n\n)RULES\";\n  text += R\"RULES(" text "${text}")
file(WRITE "${OUTPUT}" "// Generated from rules.toml.
#include \"adapters/court/builtin_rules.h\"

namespace recoup::court {
std::string BuiltInRulesToml() {
  std::string text = R\"RULES(${text})RULES\";
  return text;
}
}  // namespace recoup::court
")
