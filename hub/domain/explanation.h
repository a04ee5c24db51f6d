// Why a figure is what it is: the ordered steps of its computation, each with its inputs, its rule
// and the rule's version. The API, the letter and the screen print the same steps.
#ifndef RECOUP_HUB_DOMAIN_EXPLANATION_H_
#define RECOUP_HUB_DOMAIN_EXPLANATION_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/domain/money.h"

namespace recoup::domain {

// One input of a step: an amount, a ratio, or, with neither, a text such as a date.
struct ExplanationInput {
  std::string name;
  std::optional<Money> amount;
  std::optional<Ratio> ratio;
  std::string text;
  bool operator==(const ExplanationInput&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "name", self.name);
    visit(2, "amount", self.amount);
    visit(3, "ratio", self.ratio);
    visit(4, "text", self.text);
  }
};

struct ExplanationStep {
  std::string label;    // Chinese, for people.
  std::string formula;  // In words of the inputs: "B × C ÷ (A + C)".
  std::vector<ExplanationInput> inputs;
  std::string rule_id;
  std::string rule_version;
  std::string source;  // The law or decision.
  std::optional<Money> result;
  std::string result_text;  // Where the result is no amount, for instance a date.
  bool operator==(const ExplanationStep&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "label", self.label);
    visit(2, "formula", self.formula);
    visit(3, "inputs", self.inputs);
    visit(4, "rule_id", self.rule_id);
    visit(5, "rule_version", self.rule_version);
    visit(6, "source", self.source);
    visit(7, "result", self.result);
    visit(8, "result_text", self.result_text);
  }
};

struct Explanation {
  std::vector<ExplanationStep> steps;
  bool operator==(const Explanation&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "steps", self.steps);
  }
};

inline ExplanationInput AmountInput(std::string name, Money amount) {
  return {.name = std::move(name), .amount = amount, .ratio = std::nullopt, .text = {}};
}
inline ExplanationInput RatioInput(std::string name, Ratio ratio) {
  return {.name = std::move(name), .amount = std::nullopt, .ratio = ratio, .text = {}};
}
inline ExplanationInput TextInput(std::string name, std::string text) {
  return {.name = std::move(name),
          .amount = std::nullopt,
          .ratio = std::nullopt,
          .text = std::move(text)};
}

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_EXPLANATION_H_
