// A view of one place in a FHIR document: a JSON value and its path.
//
// Borrows the document. An absent element is legal: everything under it is absent too, so that a
// reader follows a path without asking at each step.
#ifndef RECOUP_ADAPTERS_HOSPITAL_FHIR_ELEMENT_H_
#define RECOUP_ADAPTERS_HOSPITAL_FHIR_ELEMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/hospital/national/json_value.h"

namespace recoup::hospital::fhir {

using JsonValue = national::JsonValue;

class Element {
 public:
  Element() = default;
  Element(const JsonValue* value, std::string path);

  bool present() const { return value_ != nullptr && !value_->is_blank(); }
  const JsonValue* value() const { return value_; }
  const std::string& path() const { return path_; }
  std::string PathOf(std::string_view name) const;

  Element operator[](std::string_view name) const;
  // The entries under `name`; a single value where a list belongs counts as a list of one.
  std::vector<Element> Items(std::string_view name) const;
  Element First(std::string_view name) const;
  // Trimmed text of a scalar; empty for anything else.
  std::string Text() const;
  std::string Text(std::string_view name) const { return (*this)[name].Text(); }

 private:
  const JsonValue* value_ = nullptr;
  std::string path_;
};

struct Coding {
  std::string system;
  std::string code;
  std::string display;
};

// Of a CodeableConcept, or of a Coding alone.
std::vector<Coding> CodingsOf(const Element& concept_element);
// The concept in words: its text, else the first display; Chinese before other languages.
std::string WordsOf(const Element& concept_element);
bool HasCode(const Element& concept_element, std::string_view code);

}  // namespace recoup::hospital::fhir

#endif  // RECOUP_ADAPTERS_HOSPITAL_FHIR_ELEMENT_H_
