// Texts of environment and flags to values, and values to the text of a file.
#ifndef RECOUP_HUB_CONFIG_VALUE_H_
#define RECOUP_HUB_CONFIG_VALUE_H_

#include <string>
#include <string_view>
#include <variant>

#include "hub/config/config.h"

namespace recoup::config {

// What is wrong with a value, for people; never quotes it, as it may be secret.
using Fault = std::string;

// Lists are separated by commas; spaces around an item and empty items are dropped.
std::variant<Value, Fault> ValueFromText(const KeyRow& row, std::string_view text);
// Range and choices.
std::variant<Value, Fault> CheckValue(const KeyRow& row, Value value);
std::string ValueToToml(const Value& value);

}  // namespace recoup::config

#endif  // RECOUP_HUB_CONFIG_VALUE_H_
