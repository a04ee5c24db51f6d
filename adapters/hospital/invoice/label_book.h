// The labels of the table as numbers: every label is laid on every place of a page, so texts are
// too slow to compare. Made once for a table; immutable, safe to share between threads.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_LABEL_BOOK_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_LABEL_BOOK_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/hospital/invoice/fields.h"

namespace recoup::hospital::invoice {

// A character; those that recognition mistakes for each other are one.
struct Sign {
  std::uint32_t number = 0;
  bool han = false;
  bool operator==(const Sign& other) const { return number == other.number; }
};

struct Label {
  Field field = Field::kTitle;
  FieldType type = FieldType::kText;
  std::vector<Sign> characters;
};

class LabelBook {
 public:
  explicit LabelBook(const std::array<FieldSpec, kFieldCount>& specs);

  // Of one folded character. What no label holds has the number signs_count().
  Sign Of(std::string_view character) const;
  std::uint32_t signs_count() const { return static_cast<std::uint32_t>(signs_.size()); }
  const std::vector<Label>& labels() const { return labels_; }  // The longest first.

 private:
  std::vector<Sign> CharactersOf(std::string_view text);

  std::map<std::string, Sign, std::less<>> signs_;
  std::vector<Label> labels_;
};

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_LABEL_BOOK_H_
