#include "tests/architecture/field_use.h"

#include <cctype>

namespace recoup::architecture {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool IsName(const std::string& token) {
  return !token.empty() && IsWord(token[0]) &&
         std::isdigit(static_cast<unsigned char>(token[0])) == 0;
}

// Names, numbers, "->" and single signs; comments and literals are left out.
std::vector<std::string> TokensOf(std::string_view text) {
  std::vector<std::string> tokens;
  std::size_t i = 0;
  const auto skip_to = [&](std::string_view end) {
    const std::size_t found = text.find(end, i);
    i = found == std::string_view::npos ? text.size() : found + end.size();
  };
  while (i < text.size()) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("//")) {
      skip_to("\n");
    } else if (rest.starts_with("/*")) {
      skip_to("*/");
    } else if (rest[0] == '"' || rest[0] == '\'') {
      const char quote = rest[0];
      for (++i; i < text.size() && text[i] != quote; ++i) {
        if (text[i] == '\\') ++i;
      }
      ++i;
      tokens.emplace_back("\"");
    } else if (IsWord(rest[0])) {
      std::size_t length = 1;
      // The ' of 10'000 belongs to the number.
      while (length < rest.size() &&
             (IsWord(rest[length]) ||
              (rest[length] == '\'' && std::isdigit(static_cast<unsigned char>(rest[0])) != 0))) {
        ++length;
      }
      tokens.emplace_back(rest.substr(0, length));
      i += length;
    } else if (rest.starts_with("->") || rest.starts_with("::")) {
      tokens.emplace_back(rest.substr(0, 2));
      i += 2;
    } else {
      if (std::isspace(static_cast<unsigned char>(rest[0])) == 0) tokens.emplace_back(1, rest[0]);
      ++i;
    }
  }
  return tokens;
}

const std::string& At(const std::vector<std::string>& tokens, std::size_t i) {
  static const std::string none;
  return i < tokens.size() ? tokens[i] : none;
}

bool IsAccess(const std::string& token) { return token == "->" || token == "."; }

// The end of what the parenthesis at `at` opens.
std::size_t PastParentheses(const std::vector<std::string>& tokens, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < tokens.size(); ++i) {
    if (tokens[i] == "(") ++depth;
    if (tokens[i] == ")" && --depth == 0) return i + 1;
  }
  return tokens.size();
}

// "set_title" without "set_"; empty when it does not begin so.
std::string Without(std::string_view prefix, const std::string& name) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : "";
}

const FieldDescriptor* Field(const Descriptor& message, const std::string& name) {
  return name.empty() ? nullptr : message.FindFieldByName(name);
}

// The field that a setting accessor ("set_title", "mutable_lines", "add_lines") sets.
std::string SetBy(const std::string& accessor) {
  for (const char* prefix : {"set_", "mutable_", "add_"}) {
    if (const std::string field = Without(prefix, accessor); !field.empty()) return field;
  }
  return "";
}

// The field that a reading accessor ("title", "has_title", "lines_size") reads.
const FieldDescriptor* ReadBy(const Descriptor& message, const std::string& accessor) {
  if (const FieldDescriptor* field = Field(message, accessor)) return field;
  if (const FieldDescriptor* field = Field(message, Without("has_", accessor))) return field;
  return accessor.ends_with("_size")
             ? Field(message, accessor.substr(0, accessor.size() - std::string("_size").size()))
             : nullptr;
}

const Descriptor* MessageOf(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE ? field.message_type() : nullptr;
}

void Reach(const Descriptor* message, std::map<std::string, const Descriptor*>& reached) {
  if (message->file()->package() != "recoup.v1" ||
      !reached.emplace(message->name(), message).second) {
    return;
  }
  for (int i = 0; i < message->field_count(); ++i) {
    if (const Descriptor* of_field = MessageOf(*message->field(i))) Reach(of_field, reached);
  }
}

}  // namespace

std::map<std::string, const Descriptor*> MessagesBelow(
    const std::vector<const Descriptor*>& roots) {
  std::map<std::string, const Descriptor*> reached;
  for (const Descriptor* root : roots) Reach(root, reached);
  return reached;
}

// A message's name at `at`: "v1::Letter", or "Letter" where the file says `using v1::Letter`.
const Descriptor* FieldUse::MessageAt(const Tokens& tokens, std::size_t at,
                                      const std::set<std::string>& unqualified) const {
  const auto found = messages_.find(tokens[at]);
  if (found == messages_.end()) return nullptr;
  const bool qualified = at >= 2 && tokens[at - 1] == "::" && tokens[at - 2] == "v1";
  const bool bare = (at == 0 || tokens[at - 1] != "::") && unqualified.contains(tokens[at]);
  return qualified || bare ? found->second : nullptr;
}

// The name that is declared after the type at `at`, if there is one.
void FieldUse::Declare(const Tokens& tokens, std::size_t at, const Descriptor* message,
                       Variables& variables) const {
  std::size_t i = at + 1;
  // RepeatedPtrField<v1::Letter>* counts as its element: Add() gives one.
  while (At(tokens, i) == ">" || At(tokens, i) == "*" || At(tokens, i) == "&" ||
         At(tokens, i) == "const") {
    ++i;
  }
  static const std::set<std::string> ends = {",", ";", "=", ")", "(", "{", ":"};
  if (IsName(At(tokens, i)) && ends.contains(At(tokens, i + 1))) variables[tokens[i]] = message;
}

// Follows the calls that begin with the "->" or "." at `at` on a message of this type, nullptr: of
// any. The type of the last one, nullptr when it is no message.
const Descriptor* FieldUse::Follow(const Tokens& tokens, std::size_t at, const Descriptor* type) {
  for (std::size_t i = at; IsAccess(At(tokens, i)) && IsName(At(tokens, i + 1));) {
    const std::string& accessor = tokens[i + 1];
    i += 2;
    if (At(tokens, i) == "(") i = PastParentheses(tokens, i);
    if (type == nullptr) {
      const std::string set = SetBy(accessor);
      set.empty() ? read_of_any_.insert(accessor) : set_of_any_.insert(set);
      return nullptr;
    }
    if (accessor == "Add") continue;
    const FieldDescriptor* set = Field(*type, SetBy(accessor));
    const FieldDescriptor* used = set != nullptr ? set : ReadBy(*type, accessor);
    if (used == nullptr) return nullptr;
    (set != nullptr ? set_ : read_).insert(type->name() + "." + used->name());
    type = MessageOf(*used);
    if (type == nullptr || !messages_.contains(type->name())) return nullptr;
  }
  return type;
}

void FieldUse::Scan(std::string_view text) {
  const Tokens tokens = TokensOf(text);
  std::set<std::string> unqualified;
  Variables variables;
  // Members are declared after the functions that use them.
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] == "v1" && At(tokens, i + 1) == "::" && At(tokens, i + 3) == ";") {
      unqualified.insert(At(tokens, i + 2));
    }
    const Descriptor* message = MessageAt(tokens, i, unqualified);
    if (message == nullptr) continue;
    Variables declared;
    Declare(tokens, i, message, declared);
    for (const auto& [name, type] : declared) {
      if (name.ends_with('_')) variables[name] = type;
    }
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (const Descriptor* message = MessageAt(tokens, i, unqualified)) {
      Declare(tokens, i, message, variables);
    } else if ((tokens[i] == "Request" || tokens[i] == "Response") &&
               (At(tokens, i + 1) == "&" || At(tokens, i + 1) == "*")) {
      Declare(tokens, i, nullptr, variables);
    } else if (tokens[i] == "auto") {
      std::size_t name = i + 1;
      while (At(tokens, name) == "*" || At(tokens, name) == "&") ++name;
      if (At(tokens, name + 1) != "=" && At(tokens, name + 1) != ":") continue;
      std::size_t head = name + 2;
      while (At(tokens, head) == "*" || At(tokens, head) == "(") ++head;
      const auto known = variables.find(At(tokens, head));
      const Descriptor* type = known == variables.end() || known->second == nullptr
                                   ? nullptr
                                   : Follow(tokens, head + 1, known->second);
      if (type == nullptr) {
        variables.erase(At(tokens, name));
      } else {
        variables[At(tokens, name)] = type;
      }
    } else if (IsAccess(At(tokens, i + 1)) && (i == 0 || !IsAccess(tokens[i - 1]))) {
      const auto known = variables.find(tokens[i]);
      if (known != variables.end()) Follow(tokens, i + 1, known->second);
    }
  }
}

bool FieldUse::IsSet(const std::string& message, const std::string& field) const {
  return set_.contains(message + "." + field) ||
         (message.ends_with("Response") && set_of_any_.contains(field));
}

bool FieldUse::IsRead(const std::string& message, const std::string& field) const {
  return read_.contains(message + "." + field) ||
         (message.ends_with("Request") && read_of_any_.contains(field));
}

}  // namespace recoup::architecture
