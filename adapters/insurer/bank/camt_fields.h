// The leaves of ISO 20022 cash management messages: names without namespace prefix, texts, amounts,
// dates, indicators. Each reader of a leaf reports its own fault and returns nothing then.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT_FIELDS_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT_FIELDS_H_

#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// "Ntry" of <Ntry>, <ns2:Ntry>.
std::string_view LocalName(pugi::xml_node node);

// The first child of that local name; a null node when there is none.
pugi::xml_node Child(pugi::xml_node node, std::string_view name);
pugi::xml_node Descend(pugi::xml_node node, std::initializer_list<std::string_view> names);
std::vector<pugi::xml_node> Children(pugi::xml_node node, std::string_view name);

// The whole text of the element, trimmed. Text may come in several pieces (comments, CDATA).
std::string Text(pugi::xml_node node);
std::string TextAt(pugi::xml_node node, std::initializer_list<std::string_view> names);

// Reads leaves of one statement, whose currency every amount must have. Borrows the faults, which
// outlive it.
class CamtFields {
 public:
  CamtFields(std::string currency, ReadFaults& faults)
      : currency_(std::move(currency)), faults_(faults) {}

  // `parent/Amt` with its Ccy; `path` is that of the parent.
  std::optional<BankAmount> RequiredAmount(pugi::xml_node parent, const std::string& path);
  // An amount element itself.
  std::optional<BankAmount> Amount(pugi::xml_node amount, const std::string& path);
  std::optional<Direction> RequiredDirection(pugi::xml_node parent, const std::string& path);
  // The day in `choice/Dt` or `choice/DtTm`; nothing without a fault when `choice` is null.
  std::optional<absl::CivilDay> Day(pugi::xml_node choice, const std::string& path);
  // ISODate or ISODateTime text. A time with an offset is the day it is in China.
  std::optional<absl::CivilDay> DayFromText(std::string_view text, const std::string& path);
  // Reports a child that appears more than once where the format has it at most once.
  void AtMostOne(pugi::xml_node parent, std::string_view name, const std::string& path);

  const std::string& currency() const { return currency_; }
  ReadFaults& faults() { return faults_; }

 private:
  std::string currency_;
  ReadFaults& faults_;
};

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT_FIELDS_H_
