// Enumerations with a stored number, a wire name and a Chinese name, each written once.
//
//   #define RECOUP_ANSWERS(X) X(kYes, 1, "YES", "是") X(kNo, 2, "NO", "否")
//   RECOUP_ENUM(Answer, RECOUP_ANSWERS)
//
// Numbers are stored: never reuse or change one. Zero is never an enumerator; it is what a
// record holds before it is filled, and is called UNSPECIFIED.
#ifndef RECOUP_HUB_DOMAIN_ENUM_H_
#define RECOUP_HUB_DOMAIN_ENUM_H_

#include <array>
#include <optional>
#include <string_view>

namespace recoup::domain {

struct EnumRow {
  int number;
  std::string_view wire_name;
  std::string_view chinese_name;
};

// Specialised by RECOUP_ENUM.
template <typename E>
struct EnumRows;

template <typename E>
concept NamedEnum = requires {
  EnumRows<E>::kRows;
};

template <NamedEnum E>
constexpr std::string_view ToString(E value) {
  for (const EnumRow& row : EnumRows<E>::kRows) {
    if (row.number == static_cast<int>(value)) return row.wire_name;
  }
  return "UNSPECIFIED";
}

template <NamedEnum E>
constexpr std::string_view ChineseName(E value) {
  for (const EnumRow& row : EnumRows<E>::kRows) {
    if (row.number == static_cast<int>(value)) return row.chinese_name;
  }
  return "未填写";
}

// Nothing for a name that is not in the list; names are exact.
template <NamedEnum E>
constexpr std::optional<E> EnumFromString(std::string_view wire_name) {
  for (const EnumRow& row : EnumRows<E>::kRows) {
    if (row.wire_name == wire_name) return static_cast<E>(row.number);
  }
  return std::nullopt;
}

// False for zero and for numbers of a later version: readers of stored records ask first.
template <NamedEnum E>
constexpr bool IsKnown(E value) {
  for (const EnumRow& row : EnumRows<E>::kRows) {
    if (row.number == static_cast<int>(value)) return true;
  }
  return false;
}

// All enumerators, in the order of their list.
template <NamedEnum E>
constexpr auto AllOf() {
  std::array<E, EnumRows<E>::kRows.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = static_cast<E>(EnumRows<E>::kRows[i].number);
  }
  return all;
}

}  // namespace recoup::domain

#define RECOUP_ENUMERATOR_(name, number, wire, chinese) name = number,
#define RECOUP_ENUM_ROW_(name, number, wire, chinese) \
  ::recoup::domain::EnumRow{number, wire, chinese},

// Used inside namespace recoup::domain.
#define RECOUP_ENUM(Type, LIST)                                \
  enum class Type { LIST(RECOUP_ENUMERATOR_) };                \
  template <>                                                  \
  struct EnumRows<Type> {                                      \
    static constexpr std::array kRows{LIST(RECOUP_ENUM_ROW_)}; \
  };

#endif  // RECOUP_HUB_DOMAIN_ENUM_H_
