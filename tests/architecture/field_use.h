// Which fields of the API's messages the hub's sources set and read, found by following variables
// of message types through the text of the sources:
//
//   void LetterToProto(const domain::Letter& letter, v1::Letter* out) {
//     out->set_title(…);                              sets Letter.title
//     auto* line = out->mutable_content()->add_lines();
//     line->set_amount_fen(…);                        sets LetterLine.amount_fen
//
// No compiler: it knows names that are declared with their message type, and `auto` of a call on
// such a name. What it cannot follow it does not count as used.
#ifndef RECOUP_TESTS_ARCHITECTURE_FIELD_USE_H_
#define RECOUP_TESTS_ARCHITECTURE_FIELD_USE_H_

#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace recoup::architecture {

// All messages reachable from the roots, of the same package, by their short names.
std::map<std::string, const google::protobuf::Descriptor*> MessagesBelow(
    const std::vector<const google::protobuf::Descriptor*>& roots);

class FieldUse {
 public:
  explicit FieldUse(std::map<std::string, const google::protobuf::Descriptor*> messages)
      : messages_(std::move(messages)) {}

  // Adds what one source file does.
  void Scan(std::string_view text);

  // "Letter.title": set, added to, or handed on to be filled.
  bool IsSet(const std::string& message, const std::string& field) const;
  bool IsRead(const std::string& message, const std::string& field) const;

 private:
  using Tokens = std::vector<std::string>;
  // The message type of the name; nullptr for a template's parameter, whose type can be any.
  using Variables = std::map<std::string, const google::protobuf::Descriptor*>;

  const google::protobuf::Descriptor* MessageAt(const Tokens& tokens, std::size_t at,
                                                const std::set<std::string>& unqualified) const;
  void Declare(const Tokens& tokens, std::size_t at, const google::protobuf::Descriptor* message,
               Variables& variables) const;
  const google::protobuf::Descriptor* Follow(const Tokens& tokens, std::size_t at,
                                             const google::protobuf::Descriptor* type);

  std::map<std::string, const google::protobuf::Descriptor*> messages_;
  std::set<std::string> set_, read_;                // "Letter.title".
  std::set<std::string> set_of_any_, read_of_any_;  // Of a template's parameter: "title".
};

}  // namespace recoup::architecture

#endif  // RECOUP_TESTS_ARCHITECTURE_FIELD_USE_H_
