#include "tests/operation/prometheus_text.h"

#include <regex>
#include <set>
#include <sstream>

namespace recoup::testing {
namespace {

constexpr char kName[] = "[a-zA-Z_:][a-zA-Z0-9_:]*";

// A summary and a histogram have samples beside those under their own name.
bool HasType(const std::map<std::string, std::string>& types, const std::string& sample) {
  if (types.contains(sample)) return true;
  for (const std::string suffix : {"_sum", "_count", "_bucket"}) {
    if (!sample.ends_with(suffix)) continue;
    const auto family = types.find(sample.substr(0, sample.size() - suffix.size()));
    if (family != types.end() && (family->second == "summary" || family->second == "histogram")) {
      return true;
    }
  }
  return false;
}

}  // namespace

PrometheusText ReadPrometheusText(const std::string& text) {
  const std::string name(kName);
  const std::regex help("# HELP (" + name + ") .*");
  const std::regex type("# TYPE (" + name + ") (counter|gauge|histogram|summary|untyped)");
  const std::string label = R"([a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\[\\"n])*")";
  const std::string labels = "(?:\\{(?:" + label + "(?:," + label + ")*,?)?\\})?";
  // Values are what Go's ParseFloat takes, which reads NaN in any case.
  const std::string value = R"(([Nn]a[Nn]|[+-]?Inf|[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?))";
  const std::regex sample("((" + name + ")" + labels + ") " + value + "(?: -?[0-9]+)?");
  PrometheusText read;
  std::set<std::string> helped;
  if (text.empty() || text.back() != '\n') read.faults.push_back("the last line has no end");
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (line.empty()) continue;
    if (std::regex_match(line, match, help)) {
      if (!helped.insert(match[1]).second) read.faults.push_back("a second HELP: " + line);
    } else if (std::regex_match(line, match, type)) {
      if (!read.types.emplace(match[1], match[2]).second) {
        read.faults.push_back("a second TYPE: " + line);
      }
    } else if (std::regex_match(line, match, sample)) {
      if (!HasType(read.types, match[2])) read.faults.push_back("no TYPE before: " + line);
      if (!read.samples.emplace(match[1], std::stod(match[3])).second) {
        read.faults.push_back("a second sample: " + line);
      }
    } else {
      read.faults.push_back("neither comment nor sample: " + line);
    }
  }
  return read;
}

}  // namespace recoup::testing
