#include "hub/domain/text_width.h"

namespace recoup::domain {

std::string FoldWidth(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 2 < text.size()) {
      const auto first = static_cast<unsigned char>(text[i]);
      const auto second = static_cast<unsigned char>(text[i + 1]);
      const auto third = static_cast<unsigned char>(text[i + 2]);
      // U+FF01…U+FF3F are EF BC 81…BF, U+FF40…U+FF5E are EF BD 80…9E; U+3000 is E3 80 80.
      int ascii = 0;
      if (first == 0xEF && second == 0xBC && third >= 0x81 && third <= 0xBF) {
        ascii = third - 0x81 + 0x21;
      } else if (first == 0xEF && second == 0xBD && third >= 0x80 && third <= 0x9E) {
        ascii = third - 0x80 + 0x60;
      } else if (first == 0xE3 && second == 0x80 && third == 0x80) {
        ascii = ' ';
      }
      if (ascii != 0) {
        folded.push_back(static_cast<char>(ascii));
        i += 2;
        continue;
      }
    }
    folded.push_back(text[i]);
  }
  return folded;
}

}  // namespace recoup::domain
