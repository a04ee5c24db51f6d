// Why a figure is what it is: the steps that led to it, each with inputs, rule, rule version and source.
//
// Made by the apportionment rules, stored with the recovery and the demand, and shown with the same words by
// the API, the letter and the screen.
#ifndef RECOUP_HUB_DOMAIN_EXPLANATION_H_
#define RECOUP_HUB_DOMAIN_EXPLANATION_H_

#include <string>
#include <vector>

#include "hub/domain/money.h"

namespace recoup::domain {

// One input of a step; `text` is its value as people write it ("70%", "40,000.00 元", "2025-03-25").
struct FigureInput {
  std::string name;
  std::string text;
  bool operator==(const FigureInput&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "name", self.name);
    visit(2, "text", self.text);
  }
};

struct ExplanationStep {
  std::string label;    // What is computed, in Chinese.
  std::string formula;  // "D = B × C ÷ (A + C) = 75,400.00 × 40,000.00 ÷ 100,000.00"
  std::vector<FigureInput> inputs;
  std::string rule;          // Stable id, "apportion.gross.refund".
  std::string rule_version;  // "2026-02-01"
  std::string source;        // The law or standard relied on.
  Money result;
  bool operator==(const ExplanationStep&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "label", self.label);
    visit(2, "formula", self.formula);
    visit(3, "inputs", self.inputs);
    visit(4, "rule", self.rule);
    visit(5, "rule_version", self.rule_version);
    visit(6, "source", self.source);
    visit(7, "result", self.result);
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

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_EXPLANATION_H_
