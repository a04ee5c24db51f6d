#include "adapters/hospital/fhir/element.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"

namespace recoup::hospital::fhir {

Element::Element(const JsonValue* value, std::string path)
    : value_(value), path_(std::move(path)) {}

std::string Element::PathOf(std::string_view name) const {
  return absl::StrCat(path_, "/", std::string(name));
}

Element Element::operator[](std::string_view name) const {
  const JsonValue* child = value_ == nullptr ? nullptr : value_->Find(name);
  return Element(child, PathOf(name));
}

std::vector<Element> Element::Items(std::string_view name) const {
  std::vector<Element> items;
  const Element list = (*this)[name];
  if (!list.present()) return items;
  if (!list.value_->is_array()) return {list};
  items.reserve(list.value_->items.size());
  for (std::size_t i = 0; i < list.value_->items.size(); ++i) {
    items.emplace_back(&list.value_->items[i], absl::StrCat(list.path_, "/", i));
  }
  return items;
}

Element Element::First(std::string_view name) const {
  std::vector<Element> items = Items(name);
  return items.empty() ? (*this)[name] : std::move(items.front());
}

std::string Element::Text() const {
  if (value_ == nullptr) return "";
  switch (value_->kind) {
    case JsonValue::Kind::kBool:
    case JsonValue::Kind::kNumber:
    case JsonValue::Kind::kString:
      return std::string(Trimmed(value_->text));
    case JsonValue::Kind::kNull:
    case JsonValue::Kind::kArray:
    case JsonValue::Kind::kObject:
      return "";
  }
  return "";
}

std::vector<Coding> CodingsOf(const Element& concept_element) {
  std::vector<Coding> codings;
  const auto add = [&codings](const Element& coding) {
    codings.push_back({coding.Text("system"), coding.Text("code"), coding.Text("display")});
  };
  for (const Element& coding : concept_element.Items("coding")) add(coding);
  if (codings.empty() && concept_element["code"].present()) add(concept_element);
  return codings;
}

std::string WordsOf(const Element& concept_element) {
  std::string words = concept_element.Text("text");
  for (const Coding& coding : CodingsOf(concept_element)) {
    if (words.empty() || (!HasHan(words) && HasHan(coding.display))) words = coding.display;
  }
  return words;
}

bool HasCode(const Element& concept_element, std::string_view code) {
  for (const Coding& coding : CodingsOf(concept_element)) {
    if (coding.code == code) return true;
  }
  return false;
}

}  // namespace recoup::hospital::fhir
