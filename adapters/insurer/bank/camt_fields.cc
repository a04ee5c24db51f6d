#include "adapters/insurer/bank/camt_fields.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "adapters/insurer/bank/date_format.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/clock.h"

namespace recoup::insurer::bank {
namespace {

std::optional<absl::CivilDay> DayOfDateTime(const std::string& text) {
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error)) return ChinaDate(time);
  // Without an offset the time is the bank's own, in China: the day is as written.
  if (absl::ParseTime("%Y-%m-%dT%H:%M:%E*S", text, ChinaTimeZone(), &time, &error)) {
    return ChinaDate(time);
  }
  return std::nullopt;
}

// An ISODate may carry a zone ("2026-03-05+08:00"); the day is as written.
bool IsZone(std::string_view text) {
  if (text == "Z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return is_digit(1) && is_digit(2) && is_digit(4) && is_digit(5);
}

}  // namespace

std::string_view LocalName(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node Child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node child : node.children()) {
    if (LocalName(child) == name) return child;
  }
  return {};
}

pugi::xml_node Descend(pugi::xml_node node, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) node = Child(node, name);
  return node;
}

std::vector<pugi::xml_node> Children(pugi::xml_node node, std::string_view name) {
  std::vector<pugi::xml_node> result;
  for (const pugi::xml_node child : node.children()) {
    if (LocalName(child) == name) result.push_back(child);
  }
  return result;
}

std::string Text(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return std::string(Trim(text));
}

std::string TextAt(pugi::xml_node node, std::initializer_list<std::string_view> names) {
  return Text(Descend(node, names));
}

void CamtFields::AtMostOne(pugi::xml_node parent, std::string_view name, const std::string& path) {
  if (Children(parent, name).size() > 1) {
    faults_.Add(absl::StrCat(path, "/", std::string(name)), "appears more than once");
  }
}

std::optional<BankAmount> CamtFields::Amount(pugi::xml_node amount, const std::string& path) {
  const std::string currency = amount.attribute("Ccy").value();
  if (currency != currency_) {
    faults_.Add(absl::StrCat(path, "/@Ccy"),
                absl::StrCat("the currency is ", QuoteCode(currency), ", expected ", currency_));
  }
  // xs:decimal as ISO 20022 restricts it: no sign (CdtDbtInd says the direction), no separators.
  const absl::StatusOr<BankAmount> read = ParseUnsignedAmount(Text(amount), '.', currency_);
  if (!read.ok()) {
    faults_.Add(path, std::string(read.status().message()));
    return std::nullopt;
  }
  return currency == currency_ ? std::optional(*read) : std::nullopt;
}

std::optional<BankAmount> CamtFields::RequiredAmount(pugi::xml_node parent,
                                                     const std::string& path) {
  AtMostOne(parent, "Amt", path);
  const pugi::xml_node amount = Child(parent, "Amt");
  if (!amount) {
    faults_.Add(absl::StrCat(path, "/Amt"), "is missing");
    return std::nullopt;
  }
  return Amount(amount, absl::StrCat(path, "/Amt"));
}

std::optional<Direction> CamtFields::RequiredDirection(pugi::xml_node parent,
                                                       const std::string& path) {
  AtMostOne(parent, "CdtDbtInd", path);
  const std::string text = TextAt(parent, {"CdtDbtInd"});
  if (text == "CRDT") return Direction::kCredit;
  if (text == "DBIT") return Direction::kDebit;
  faults_.Add(absl::StrCat(path, "/CdtDbtInd"), "is neither CRDT nor DBIT");
  return std::nullopt;
}

std::optional<absl::CivilDay> CamtFields::DayFromText(std::string_view text,
                                                      const std::string& path) {
  std::optional<absl::CivilDay> day;
  if (text.find('T') != std::string_view::npos) {
    day = DayOfDateTime(std::string(text));
  } else if (text.size() == 10 || (text.size() > 10 && IsZone(text.substr(10)))) {
    day = ParseDay("YYYY-MM-DD", text.substr(0, 10));
  }
  if (!day) faults_.Add(path, "not a date");
  return day;
}

std::optional<absl::CivilDay> CamtFields::Day(pugi::xml_node choice, const std::string& path) {
  if (!choice) return std::nullopt;
  std::string text = TextAt(choice, {"Dt"});
  if (text.empty()) text = TextAt(choice, {"DtTm"});
  return DayFromText(text, path);
}

}  // namespace recoup::insurer::bank
