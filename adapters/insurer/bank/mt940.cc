#include "adapters/insurer/bank/mt940.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/balance_check.h"
#include "adapters/insurer/bank/mt_information.h"
#include "adapters/insurer/bank/mt_message.h"
#include "adapters/insurer/bank/mt_statement_line.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

std::string PathOf(const MtField& field) {
  return absl::StrCat("line ", field.line, ", :", field.tag, ":");
}

// One message, field after field.
class MtStatementReader {
 public:
  MtStatementReader(const MtMessage& message, const ReadOptions& options, ReadFaults& faults)
      : message_(message), options_(options), faults_(faults) {}

  BankStatement Read() {
    const std::size_t faults_before = faults_.count();
    ReadKind();
    for (const MtField& field : message_.fields) ReadField(field);
    CheckAccount();
    if (statement_.kind == DocumentKind::kStatement) RequireBalances();
    // With an entry unread the sums would only repeat that fault in other words.
    if (faults_.count() == faults_before) {
      CheckBalances(statement_, closing_path_, faults_);
      for (const auto& [field, sum] : sums_) CheckSum(*field, sum);
    }
    return std::move(statement_);
  }

 private:
  bool Has(std::string_view tag) const {
    return std::any_of(message_.fields.begin(), message_.fields.end(),
                       [&](const MtField& field) { return field.tag == tag; });
  }

  void Fault(const MtField& field, const absl::Status& status) {
    faults_.Add(PathOf(field), std::string(status.message()));
  }

  // An interim report has no balances but a floor limit or a time; amounts need the currency, which
  // stands in a later field than the first entry only in broken messages.
  void ReadKind() {
    const bool balances = Has("60F") || Has("60M") || Has("62F") || Has("62M");
    const bool interim = !balances && (Has("34F") || Has("13D") || Has("90C") || Has("90D"));
    statement_.kind = interim ? DocumentKind::kIntradayReport : DocumentKind::kStatement;
    statement_.format = interim ? "MT942" : "MT940";
  }

  void ReadField(const MtField& field) {
    const std::string& tag = field.tag;
    if (tag == "25" || tag == "25P") {
      if (!account_.empty()) faults_.Add(PathOf(field), "a second account in one message");
      account_ = std::string(Trim(field.lines.front()));
    } else if (tag == "28" || tag == "28C") {
      ReadNumber(std::string(Trim(field.lines.front())));
    } else if (tag == "34F") {
      NoteCurrency(field, std::string(Trim(field.lines.front()).substr(0, 3)));
    } else if (tag == "60F" || tag == "60M") {
      ReadBalance(field, statement_.opening_balance, statement_.opening_on);
    } else if (tag == "62F" || tag == "62M") {
      closing_path_ = PathOf(field);
      ReadBalance(field, statement_.closing_balance, statement_.closing_on);
    } else if (tag == "61") {
      ReadEntry(field);
    } else if (tag == "86") {
      ReadInformation(field);
    } else if (tag == "NS") {
      if (open_entry_) ReadMtBankLines(field.lines, statement_.entries.back());
    } else if (tag == "90C" || tag == "90D") {
      ReadSum(field);
    }
    // Only :86: and :NS: speak of the entry before them.
    if (tag != "61" && tag != "86" && tag != "NS") open_entry_ = false;
  }

  // Banks that do not number their statements write zeros.
  void ReadNumber(const std::string& text) {
    if (text.find_first_not_of("0/") == std::string::npos) return;
    statement_.statement_id = text;
    statement_.electronic_sequence = text.substr(0, text.find('/'));
  }

  void NoteCurrency(const MtField& field, const std::string& currency) {
    if (!IsCurrencyCode(currency)) {
      faults_.Add(PathOf(field), "names no currency");
    } else if (statement_.currency.empty()) {
      statement_.currency = currency;
    } else if (statement_.currency != currency) {
      faults_.Add(PathOf(field), absl::StrCat("the currency is ", QuoteCode(currency),
                                              ", before it was ", statement_.currency));
    }
  }

  void ReadBalance(const MtField& field, std::optional<BankAmount>& amount,
                   std::optional<absl::CivilDay>& day) {
    const auto balance = ParseMtBalance(field.lines.front());
    if (!balance.ok()) return Fault(field, balance.status());
    if (amount) faults_.Add(PathOf(field), "a second one in the message");
    NoteCurrency(field, balance->currency);
    amount = balance->amount;
    day = balance->day;
  }

  void ReadEntry(const MtField& field) {
    open_entry_ = false;
    if (statement_.closing_balance) {
      faults_.Add(PathOf(field), "an entry after the closing balance");
      return;
    }
    if (statement_.currency.empty()) {
      faults_.Add(PathOf(field), "an entry before anything names the currency (:60F:, :34F:)");
      return;
    }
    absl::StatusOr<StatementEntry> entry = ParseMtStatementLine(field, statement_.currency);
    if (!entry.ok()) return Fault(field, entry.status());
    statement_.entries.push_back(*std::move(entry));
    open_entry_ = true;
  }

  void ReadInformation(const MtField& field) {
    if (open_entry_) {
      ReadMtInformation(field.lines, statement_.entries.back());
      return;
    }
    // Before the first entry or after the last it speaks of the statement.
    const std::string text = JoinMtLines(field.lines);
    if (text.empty()) return;
    absl::StrAppend(&statement_.information, statement_.information.empty() ? "" : " ", text);
  }

  void ReadSum(const MtField& field) {
    const auto sum = ParseMtSum(field.lines.front());
    if (!sum.ok()) return Fault(field, sum.status());
    NoteCurrency(field, sum->currency);
    sums_.emplace_back(&field, *sum);
  }

  void CheckSum(const MtField& field, const MtSum& stated) {
    const Direction direction = field.tag == "90C" ? Direction::kCredit : Direction::kDebit;
    std::int64_t count = 0;
    BankAmount sum;
    for (const StatementEntry& entry : statement_.entries) {
      if (entry.direction != direction) continue;
      const auto next = sum.Add(entry.amount);
      if (!next.ok()) return Fault(field, next.status());
      sum = *next;
      ++count;
    }
    if (count == stated.count && sum == stated.amount) return;
    const std::string& currency = statement_.currency;
    // Where only the count differs there is no difference of money to name.
    const std::string difference =
        sum == stated.amount
            ? std::string()
            : absl::StrCat(": the difference is ", DifferenceText(stated.amount, sum, currency));
    faults_.AddDifference(
        PathOf(field),
        absl::StrCat("says ", stated.count, " entries of ", AmountText(stated.amount, currency),
                     ", there are ", count, " of ", AmountText(sum, currency), difference));
  }

  // ":25:" may hold a bank code before and the currency after the number of the account.
  void CheckAccount() {
    const std::string path = absl::StrCat("line ", message_.fields.front().line);
    const std::string& currency = statement_.currency;
    if (!currency.empty() && account_.size() > currency.size() && account_.ends_with(currency)) {
      account_.resize(account_.size() - currency.size());
      while (account_.ends_with('/') || account_.ends_with(' ')) account_.pop_back();
    }
    statement_.account = account_;
    if (account_.empty()) {
      faults_.Add(path, "the message names no account (:25:)");
    } else if (!options_.account.empty()) {
      const std::string number = account_.substr(account_.find_last_of('/') + 1);
      if (account_ != options_.account && number != options_.account) {
        faults_.Add(path, WrongAccount(number, options_.account));
      }
      statement_.account = options_.account;
    }
  }

  void RequireBalances() {
    const std::string path = absl::StrCat("line ", message_.fields.front().line);
    if (!Has("60F") && !Has("60M")) {
      faults_.Add(path, "the message has no opening balance (:60F:)");
    }
    if (!Has("62F") && !Has("62M")) {
      faults_.Add(path, "the message has no closing balance (:62F:)");
    }
  }

  const MtMessage& message_;
  const ReadOptions& options_;
  ReadFaults& faults_;
  BankStatement statement_;
  std::string account_;
  std::string closing_path_;
  // Whether what follows speaks of the last entry.
  bool open_entry_ = false;
  std::vector<std::pair<const MtField*, MtSum>> sums_;
};

// A charset cannot be guessed from a name with an umlaut in it, and need not be: it moves no money.
std::string Decode(std::string_view bytes) {
  absl::StatusOr<std::string> text = DecodeByContent(bytes);
  if (!text.ok()) text = DecodeNamed(bytes, "ISO-8859-1");
  return text.ok() ? *std::move(text) : std::string();
}

}  // namespace

absl::StatusOr<std::vector<BankStatement>> ReadMt940(std::string_view bytes,
                                                     const ReadOptions& options) {
  if (bytes.size() > options.bytes_max) {
    return MakeError(Reason::kTooLarge, absl::StrCat("the file has ", bytes.size(),
                                                     " bytes, more than ", options.bytes_max));
  }
  RECOUP_ASSIGN_OR_RETURN(const std::vector<MtMessage> messages, SplitMt(Decode(bytes)));
  ReadFaults faults;
  std::vector<BankStatement> statements;
  std::size_t entries = 0;
  for (const MtMessage& message : messages) {
    statements.push_back(MtStatementReader(message, options, faults).Read());
    entries += statements.back().entries.size();
    if (entries > options.entries_max) {
      return MakeError(Reason::kTooLarge,
                       absl::StrCat("the file has more than ", options.entries_max, " entries"));
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return statements;
}

}  // namespace recoup::insurer::bank
