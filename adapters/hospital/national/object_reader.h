// Reads one JSON object field by field, tolerantly, collecting faults and notes with paths.
//
// Borrows everything it is given; short-lived, not thread-safe. A reader of an absent object is
// legal: every field is then absent, and a required one is a fault under the object's path.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_OBJECT_READER_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_OBJECT_READER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/national/json_value.h"
#include "hub/base/error.h"
#include "hub/domain/money.h"

namespace recoup::hospital::national {

class ObjectReader {
 public:
  ObjectReader(const JsonValue* object, std::string path, Faults& faults,
               std::vector<QualityNote>& notes);

  const std::string& path() const { return path_; }
  bool present() const { return object_ != nullptr; }

  // The member by its name or a known misspelling of it (case, underscores, alias table); null
  // when absent. A misspelling leaves a note.
  const JsonValue* Find(std::string_view name) const;
  std::string PathOf(std::string_view name) const;

  // Trimmed text, "" when absent. Longer than `length_max` characters is a fault.
  std::string Text(std::string_view name, std::size_t length_max) const;
  std::string RequiredText(std::string_view name, std::size_t length_max) const;
  // nullopt when absent or blank; anything that is no exact amount is a fault.
  std::optional<domain::Money> Amount(std::string_view name) const;
  // nullopt when absent; unreadable leaves a note.
  std::optional<absl::Time> Time(std::string_view name) const;
  // Whether there is such a member, and it is not blank.
  bool Says(std::string_view name) const;
  TriState Flag(std::string_view name) const;

  // The object under `name`; also the first of a list.
  ObjectReader Child(std::string_view name) const;
  // The objects under `name`: a list, or one object alone (older senders).
  std::vector<ObjectReader> Children(std::string_view name) const;

  // `text` follows the field's Chinese term, where it has one (TermOf).
  void Fault(std::string_view name, std::string text) const;
  void Note(NoteKind kind, std::string_view name, std::string text) const;

 private:
  const JsonValue* object_;
  std::string path_;
  Faults* faults_;
  std::vector<QualityNote>* notes_;
};

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_OBJECT_READER_H_
