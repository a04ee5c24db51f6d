#include "adapters/insurer/bank/profile_toml.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/check.h"

namespace recoup::insurer::bank {
namespace {

// A basic string: quotes and backslashes escaped, and what TOML does not allow in one.
std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        quoted += '\\';
        quoted += c;
        break;
      case '\t':
        quoted += "\\t";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + "\"";
}

class TomlWriter {
 public:
  void Table(const char* name) { pending_table_ = absl::StrCat("\n[", name, "]\n"); }

  void Text(const char* key, const std::string& value) {
    if (!value.empty()) Line(key, Quoted(value));
  }

  void List(const char* key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    Line(key, absl::StrCat("[",
                           absl::StrJoin(values, ", ",
                                         [](std::string* out, const std::string& value) {
                                           absl::StrAppend(out, Quoted(value));
                                         }),
                           "]"));
  }

  void Line(const char* key, const std::string& value) {
    absl::StrAppend(&text_, pending_table_, key, " = ", value, "\n");
    pending_table_.clear();
  }

  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
  std::string pending_table_;  // Written with its first key.
};

std::string CharsetName(CsvCharset charset) {
  switch (charset) {
    case CsvCharset::kByContent:
      return "";
    case CsvCharset::kUtf8:
      return "UTF-8";
    case CsvCharset::kGb18030:
      return "GB18030";
    case CsvCharset::kUtf16:
      return "UTF-16";
  }
  RECOUP_CHECK(false);
}

std::string OrderName(RowOrder order) {
  switch (order) {
    case RowOrder::kByContent:
      return "";
    case RowOrder::kOldestFirst:
      return "oldest_first";
    case RowOrder::kNewestFirst:
      return "newest_first";
  }
  RECOUP_CHECK(false);
}

}  // namespace

std::string ProfileAsToml(const CsvProfile& profile) {
  TomlWriter out;
  out.Text("name", profile.name);
  out.Text("charset", CharsetName(profile.charset));
  if (profile.delimiter != kDelimiterByContent) out.Text("delimiter", {profile.delimiter});
  out.Text("order", OrderName(profile.order));
  if (profile.skip_rows > 0) out.Line("skip_rows", absl::StrCat(profile.skip_rows));
  out.List("date_formats", profile.date_formats);
  if (profile.thousands) out.Line("thousands", "true");
  out.List("credit_words", profile.credit_words);
  out.List("debit_words", profile.debit_words);
  out.List("currency_names", profile.currency_names);
  out.List("footer_prefixes", profile.footer_prefixes);
  out.Table("preamble");
  out.Text("account", profile.preamble.account);
  out.Text("currency", profile.preamble.currency);
  out.Text("from", profile.preamble.from);
  out.Text("to", profile.preamble.to);
  out.Text("period", profile.preamble.period);
  out.Text("opening_balance", profile.preamble.opening_balance);
  out.Text("closing_balance", profile.preamble.closing_balance);
  out.Table("columns");
  const CsvColumns& columns = profile.columns;
  out.Text("booked_on", columns.booked_on);
  out.Text("valued_on", columns.valued_on);
  out.Text("debit", columns.debit);
  out.Text("credit", columns.credit);
  out.Text("amount", columns.amount);
  out.Text("direction", columns.direction);
  out.Text("balance", columns.balance);
  out.Text("counterparty_name", columns.counterparty_name);
  out.Text("counterparty_account", columns.counterparty_account);
  out.Text("bank_reference", columns.bank_reference);
  out.Text("currency", columns.currency);
  out.Text("own_account", columns.own_account);
  out.List("remittance", columns.remittance);
  out.List("additional_info", columns.additional_info);
  out.Text("payer_name", columns.payer_name);
  out.Text("payer_account", columns.payer_account);
  out.Text("payee_name", columns.payee_name);
  out.Text("payee_account", columns.payee_account);
  return out.Take();
}

}  // namespace recoup::insurer::bank
