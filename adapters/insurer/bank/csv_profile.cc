#include "adapters/insurer/bank/csv_profile.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/date_format.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/base/status.h"
#include "hub/base/toml_text.h"

namespace recoup::insurer::bank {
namespace {

// Reads the keys of one table, remembers which were read, and reports the others.
class TableReader {
 public:
  TableReader(const toml::value& table, std::string path, Faults& faults)
      : table_(table.as_table()), path_(std::move(path)), faults_(faults) {}

  std::string String(const std::string& key) {
    const toml::value* const value = Find(key);
    if (value == nullptr) return {};
    if (value->is_string()) return value->as_string().str;
    Fault(key, "not a string");
    return {};
  }

  // A string stands for a list of one.
  std::vector<std::string> Strings(const std::string& key) {
    const toml::value* const value = Find(key);
    if (value == nullptr) return {};
    if (value->is_string()) return {value->as_string().str};
    std::vector<std::string> result;
    if (value->is_array()) {
      for (const toml::value& item : value->as_array()) {
        if (item.is_string()) result.push_back(item.as_string().str);
      }
      if (result.size() == value->as_array().size()) return result;
    }
    Fault(key, "not a list of strings");
    return {};
  }

  bool Bool(const std::string& key) {
    const toml::value* const value = Find(key);
    if (value == nullptr) return false;
    if (value->is_boolean()) return value->as_boolean();
    Fault(key, "neither true nor false");
    return false;
  }

  std::size_t Count(const std::string& key) {
    const toml::value* const value = Find(key);
    if (value == nullptr) return 0;
    constexpr std::int64_t kCountMax = 1000;
    if (value->is_integer() && value->as_integer() >= 0 && value->as_integer() <= kCountMax) {
      return static_cast<std::size_t>(value->as_integer());
    }
    Fault(key, absl::StrCat("not a number from 0 to ", kCountMax));
    return 0;
  }

  const toml::value* Table(const std::string& key) {
    const toml::value* const value = Find(key);
    if (value == nullptr || value->is_table()) return value;
    Fault(key, "not a table");
    return nullptr;
  }

  void Fault(const std::string& key, std::string description) {
    faults_.Add(absl::StrCat(path_, key), std::move(description));
  }

  void ReportUnread() {
    for (const auto& [key, value] : table_) {
      if (!read_.contains(key)) Fault(key, "is not a key of a CSV profile");
    }
  }

 private:
  const toml::value* Find(const std::string& key) {
    read_.insert(key);
    const auto found = table_.find(key);
    return found == table_.end() ? nullptr : &found->second;
  }

  const toml::table& table_;
  std::string path_;
  Faults& faults_;
  std::set<std::string> read_;
};

void ReadLayout(TableReader& reader, CsvProfile& profile) {
  profile.name = reader.String("name");
  if (profile.name.empty()) reader.Fault("name", "is missing");

  const std::string charset = reader.String("charset");
  if (charset == "GB18030") {
    profile.charset = CsvCharset::kGb18030;
  } else if (charset == "UTF-8") {
    profile.charset = CsvCharset::kUtf8;
  } else if (charset == "UTF-16") {
    profile.charset = CsvCharset::kUtf16;
  } else if (!charset.empty()) {
    reader.Fault("charset", "is none of \"UTF-8\", \"GB18030\", \"UTF-16\"");
  }

  const std::string delimiter = reader.String("delimiter");
  if (delimiter == "," || delimiter == ";" || delimiter == "\t" || delimiter == "|") {
    profile.delimiter = delimiter.front();
  } else if (!delimiter.empty()) {
    reader.Fault("delimiter", "is none of comma, semicolon, tab, vertical bar");
  }

  const std::string order = reader.String("order");
  if (order == "newest_first") {
    profile.order = RowOrder::kNewestFirst;
  } else if (order == "oldest_first") {
    profile.order = RowOrder::kOldestFirst;
  } else if (!order.empty()) {
    reader.Fault("order", "is neither \"oldest_first\" nor \"newest_first\"");
  }

  profile.skip_rows = reader.Count("skip_rows");
  profile.thousands = reader.Bool("thousands");
  profile.date_formats = reader.Strings("date_formats");
  if (profile.date_formats.empty()) reader.Fault("date_formats", "is missing");
  for (const std::string& format : profile.date_formats) {
    if (!IsDayPattern(format)) {
      reader.Fault("date_formats", "a format has not year, month and day once each");
    }
  }
  profile.credit_words = reader.Strings("credit_words");
  profile.debit_words = reader.Strings("debit_words");
  profile.currency_names = reader.Strings("currency_names");
  profile.footer_prefixes = reader.Strings("footer_prefixes");
  for (const std::string& prefix : profile.footer_prefixes) {
    // It would be the beginning of every row, and all money would be taken for totals.
    if (prefix.empty()) reader.Fault("footer_prefixes", "an empty prefix");
  }
}

void ReadPreamble(const toml::value& table, CsvProfile& profile, Faults& faults) {
  TableReader reader(table, "preamble.", faults);
  profile.preamble.account = reader.String("account");
  profile.preamble.currency = reader.String("currency");
  profile.preamble.from = reader.String("from");
  profile.preamble.to = reader.String("to");
  profile.preamble.period = reader.String("period");
  profile.preamble.opening_balance = reader.String("opening_balance");
  profile.preamble.closing_balance = reader.String("closing_balance");
  reader.ReportUnread();
}

void CheckAmountColumns(const CsvProfile& profile, TableReader& reader) {
  const CsvColumns& columns = profile.columns;
  const bool two = !columns.debit.empty() && !columns.credit.empty();
  const bool one = !columns.amount.empty();
  const bool half = columns.debit.empty() != columns.credit.empty();
  if (two == one || half) {
    reader.Fault("amount", "the layout needs either debit and credit, or amount");
  }
  if (!columns.direction.empty() &&
      (!one || profile.credit_words.empty() || profile.debit_words.empty())) {
    reader.Fault("direction", "needs amount, credit_words and debit_words");
  }
}

// A layout names the counterparty, or both sides.
void CheckSides(const std::string& counterparty, const std::string& payer, const std::string& payee,
                const std::string& what, TableReader& reader) {
  if (payer.empty() != payee.empty()) {
    reader.Fault("payer_" + what, absl::StrCat("needs payee_", what, ", and the other way round"));
  } else if (!payer.empty() && !counterparty.empty()) {
    reader.Fault("payer_" + what, absl::StrCat("leaves nothing for counterparty_", what));
  }
}

void ReadColumns(const toml::value& table, CsvProfile& profile, Faults& faults) {
  TableReader reader(table, "columns.", faults);
  CsvColumns& columns = profile.columns;
  columns.booked_on = reader.String("booked_on");
  columns.valued_on = reader.String("valued_on");
  columns.debit = reader.String("debit");
  columns.credit = reader.String("credit");
  columns.amount = reader.String("amount");
  columns.direction = reader.String("direction");
  columns.balance = reader.String("balance");
  columns.counterparty_name = reader.String("counterparty_name");
  columns.counterparty_account = reader.String("counterparty_account");
  columns.bank_reference = reader.String("bank_reference");
  columns.currency = reader.String("currency");
  columns.own_account = reader.String("own_account");
  columns.remittance = reader.Strings("remittance");
  columns.additional_info = reader.Strings("additional_info");
  columns.payer_name = reader.String("payer_name");
  columns.payer_account = reader.String("payer_account");
  columns.payee_name = reader.String("payee_name");
  columns.payee_account = reader.String("payee_account");
  CheckSides(columns.counterparty_name, columns.payer_name, columns.payee_name, "name", reader);
  CheckSides(columns.counterparty_account, columns.payer_account, columns.payee_account, "account",
             reader);
  if (columns.booked_on.empty()) reader.Fault("booked_on", "is missing");
  CheckAmountColumns(profile, reader);
  reader.ReportUnread();
}

}  // namespace

std::vector<std::string> CsvProfile::Headings() const {
  std::vector<std::string> headings = {columns.booked_on,
                                       columns.valued_on,
                                       columns.debit,
                                       columns.credit,
                                       columns.amount,
                                       columns.direction,
                                       columns.balance,
                                       columns.counterparty_name,
                                       columns.counterparty_account,
                                       columns.bank_reference,
                                       columns.currency,
                                       columns.own_account,
                                       columns.payer_name,
                                       columns.payer_account,
                                       columns.payee_name,
                                       columns.payee_account};
  headings.insert(headings.end(), columns.remittance.begin(), columns.remittance.end());
  headings.insert(headings.end(), columns.additional_info.begin(), columns.additional_info.end());
  std::erase(headings, std::string());
  std::sort(headings.begin(), headings.end());
  headings.erase(std::unique(headings.begin(), headings.end()), headings.end());
  return headings;
}

absl::StatusOr<CsvProfile> ParseCsvProfile(std::string_view toml_text, const std::string& source) {
  // toml11 throws; nothing of it leaves this function.
  try {
    const toml::value root = ParseToml(toml_text, source);
    CsvProfile profile;
    Faults faults;
    TableReader reader(root, "", faults);
    ReadLayout(reader, profile);
    if (const toml::value* const preamble = reader.Table("preamble")) {
      ReadPreamble(*preamble, profile, faults);
    }
    if (const toml::value* const columns = reader.Table("columns")) {
      ReadColumns(*columns, profile, faults);
    } else {
      faults.Add("columns", "is missing");
    }
    reader.ReportUnread();
    RECOUP_RETURN_IF_ERROR(faults.ToStatus());
    return profile;
  } catch (const std::exception& error) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("the CSV profile ", source, " is not TOML: ", error.what()));
  }
}

absl::StatusOr<CsvProfile> LoadCsvProfile(const std::string& path) {
  RECOUP_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseCsvProfile(text, path);
}

absl::StatusOr<std::vector<CsvProfile>> LoadCsvProfiles(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() == ".toml") paths.push_back(it->path().string());
  }
  if (error) {
    return MakeError(Reason::kNotFound,
                     absl::StrCat("cannot read the folder ", folder, ": ", error.message()));
  }
  std::sort(paths.begin(), paths.end());
  std::set<std::string> names;
  std::vector<CsvProfile> profiles;
  for (const std::string& path : paths) {
    RECOUP_ASSIGN_OR_RETURN(CsvProfile profile, LoadCsvProfile(path));
    if (!names.insert(profile.name).second) {
      return MakeError(Reason::kInvalidArgument,
                       absl::StrCat(path, ": a second profile of the name ", profile.name));
    }
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

}  // namespace recoup::insurer::bank
