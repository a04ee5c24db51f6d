// Prometheus text (exposition format 0.0.4), read as strictly as it is specified:
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
#ifndef RECOUP_TESTS_OPERATION_PROMETHEUS_TEXT_H_
#define RECOUP_TESTS_OPERATION_PROMETHEUS_TEXT_H_

#include <map>
#include <string>
#include <vector>

namespace recoup::testing {

struct PrometheusText {
  std::map<std::string, std::string> types;  // "recoup_serving" → "gauge"
  std::map<std::string, double> samples;     // With labels as written: name{a="b"}
  std::vector<std::string> faults;           // Lines that are not as they must be, and why.
};

PrometheusText ReadPrometheusText(const std::string& text);

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_PROMETHEUS_TEXT_H_
