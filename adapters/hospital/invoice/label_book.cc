#include "adapters/hospital/invoice/label_book.h"

#include <algorithm>
#include <array>

#include "adapters/hospital/charset.h"

namespace recoup::hospital::invoice {
namespace {

struct Lookalike {
  std::string_view seen;
  std::string_view meant;
};

// Characters that recognition takes for those of labels; compared as the second of each pair.
constexpr std::array kLookalikes = {
    Lookalike{"目", "自"}, Lookalike{"白", "自"}, Lookalike{"文", "支"}, Lookalike{"攴", "支"},
    Lookalike{"要", "票"}, Lookalike{"帐", "账"}, Lookalike{"它", "他"}, Lookalike{"捐", "据"},
    Lookalike{"俐", "保"}, Lookalike{"巳", "已"}, Lookalike{"曰", "日"}, Lookalike{"缔", "统"},
    Lookalike{"痪", "费"}, Lookalike{"贾", "费"}, Lookalike{"徽", "缴"}, Lookalike{"入", "人"},
    Lookalike{"八", "人"}, Lookalike{"呈", "号"},
};

std::string_view Canonical(std::string_view character) {
  for (const Lookalike& row : kLookalikes) {
    if (row.seen == character) return row.meant;
  }
  return character;
}

}  // namespace

LabelBook::LabelBook(const std::array<FieldSpec, kFieldCount>& specs) {
  for (const FieldSpec& spec : specs) {
    for (const std::string& text : spec.labels) {
      if (!text.empty()) labels_.push_back({spec.field, spec.type, CharactersOf(text)});
    }
  }
  std::stable_sort(labels_.begin(), labels_.end(), [](const Label& a, const Label& b) {
    return a.characters.size() > b.characters.size();
  });
}

std::vector<Sign> LabelBook::CharactersOf(std::string_view text) {
  std::vector<Sign> characters;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const std::string canonical(Canonical(text.substr(i, length)));
    const Sign next{signs_count(), HasHan(canonical)};
    characters.push_back(signs_.try_emplace(canonical, next).first->second);
    i += length;
  }
  return characters;
}

Sign LabelBook::Of(std::string_view character) const {
  const std::string_view canonical = Canonical(character);
  const auto known = signs_.find(canonical);
  if (known != signs_.end()) return known->second;
  return {signs_count(), HasHan(canonical)};
}

}  // namespace recoup::hospital::invoice
