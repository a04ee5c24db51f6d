#include "adapters/insurer/bank/camt053_entry.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/text.h"

namespace recoup::insurer::bank {
namespace {

using domain::Money;

void AppendText(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty()) text += ' ';
  text += more;
}

// v02 to v07 have the code itself in Sts, v08 and later a choice of Cd and Prtry.
std::optional<EntryStatus> ReadStatus(pugi::xml_node ntry, const std::string& path,
                                      ReadFaults& faults) {
  const pugi::xml_node status = Child(ntry, "Sts");
  std::string code = TextAt(status, {"Cd"});
  if (code.empty()) code = Text(status);
  if (code == "BOOK") return EntryStatus::kBooked;
  if (code == "PDNG" || code == "FUTR") return EntryStatus::kPending;
  if (code == "INFO") return EntryStatus::kInfo;
  faults.Add(absl::StrCat(path, "/Sts"),
             absl::StrCat("the status ", QuoteCode(code), " is none of BOOK, PDNG, FUTR, INFO"));
  return std::nullopt;
}

bool ReadReversal(pugi::xml_node ntry, const std::string& path, ReadFaults& faults) {
  const std::string text = TextAt(ntry, {"RvslInd"});
  if (text == "true" || text == "1") return true;
  if (!text.empty() && text != "false" && text != "0") {
    faults.Add(absl::StrCat(path, "/RvslInd"), "is neither true nor false");
  }
  return false;
}

std::string AccountOf(pugi::xml_node account) {
  const std::string iban = TextAt(account, {"Id", "IBAN"});
  return iban.empty() ? TextAt(account, {"Id", "Othr", "Id"}) : iban;
}

// The name stands in the party itself up to v06, then in Pty, or in Agt when the party is a bank.
std::string NameOf(pugi::xml_node party) {
  std::string name = TextAt(party, {"Nm"});
  if (name.empty()) name = TextAt(party, {"Pty", "Nm"});
  if (name.empty()) name = TextAt(party, {"Agt", "FinInstnId", "Nm"});
  return name;
}

void ReadParty(pugi::xml_node parties, bool debtor, StatementEntry& entry) {
  entry.counterparty_name = NameOf(Child(parties, debtor ? "Dbtr" : "Cdtr"));
  if (entry.counterparty_name.empty()) {
    entry.counterparty_name = NameOf(Child(parties, debtor ? "UltmtDbtr" : "UltmtCdtr"));
  }
  entry.counterparty_account = AccountOf(Child(parties, debtor ? "DbtrAcct" : "CdtrAcct"));
}

// The other side of a credit is the debtor. A reversal keeps the parties in the roles of the
// payment that it reverses (some banks swap them all the same).
void ReadCounterparty(pugi::xml_node details, StatementEntry& entry) {
  const pugi::xml_node parties = Child(details, "RltdPties");
  const bool debtor = (entry.direction == Direction::kCredit) != entry.reversal;
  ReadParty(parties, debtor, entry);
  if (entry.reversal && entry.counterparty_name.empty() && entry.counterparty_account.empty()) {
    ReadParty(parties, !debtor, entry);
  }
}

// Ustrd holds at most 140 characters: a full one runs on into the next without a gap, so that a
// reference cut by the limit is whole again. Further creditor references are kept as text.
void ReadRemittance(pugi::xml_node details, StatementEntry& entry) {
  constexpr std::size_t kUstrdMax = 140;
  bool runs_on = false;
  for (const pugi::xml_node remittance : Children(details, "RmtInf")) {
    for (const pugi::xml_node unstructured : Children(remittance, "Ustrd")) {
      const std::string text = Text(unstructured);
      if (runs_on) {
        entry.remittance_text += text;
      } else {
        AppendText(entry.remittance_text, text);
      }
      runs_on = CountCodePoints(text) == kUstrdMax;
    }
    runs_on = false;
    for (const pugi::xml_node structured : Children(remittance, "Strd")) {
      const std::string reference = TextAt(structured, {"CdtrRefInf", "Ref"});
      if (entry.creditor_reference.empty()) {
        entry.creditor_reference = reference;
      } else if (reference != entry.creditor_reference) {
        AppendText(entry.remittance_text, reference);
      }
      for (const pugi::xml_node additional : Children(structured, "AddtlRmtInf")) {
        AppendText(entry.remittance_text, Text(additional));
      }
    }
  }
}

void ReadDetails(pugi::xml_node details, StatementEntry& entry) {
  const pugi::xml_node references = Child(details, "Refs");
  entry.end_to_end_id = TextAt(references, {"EndToEndId"});
  // ISO 20022: the literal says that the payer gave none.
  if (entry.end_to_end_id == "NOTPROVIDED") entry.end_to_end_id.clear();
  ReadCounterparty(details, entry);
  ReadRemittance(details, entry);
  AppendText(entry.additional_info, TextAt(details, {"AddtlTxInf"}));
  entry.return_reason_code = TextAt(details, {"RtrInf", "Rsn", "Cd"});
  if (entry.return_reason_code.empty()) {
    entry.return_reason_code = TextAt(details, {"RtrInf", "Rsn", "Prtry"});
  }
}

std::optional<PaymentBatch> ReadBatch(pugi::xml_node entry_details, const std::string& path,
                                      CamtFields& fields) {
  const pugi::xml_node node = Child(entry_details, "Btch");
  if (!node) return std::nullopt;
  PaymentBatch batch;
  batch.message_id = TextAt(node, {"MsgId"});
  batch.payment_information_id = TextAt(node, {"PmtInfId"});
  if (const std::string text = TextAt(node, {"NbOfTxs"}); !text.empty()) {
    std::int64_t count = 0;
    const char* const end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, count);
    if (error == std::errc() && last == end && count >= 0) {
      batch.count = count;
    } else {
      fields.faults().Add(absl::StrCat(path, "/Btch/NbOfTxs"), "not a number");
    }
  }
  if (const pugi::xml_node total = Child(node, "TtlAmt")) {
    batch.total = fields.Amount(total, absl::StrCat(path, "/Btch/TtlAmt"));
  }
  return batch;
}

// One TxDtls, with the batch it belongs to.
struct Part {
  pugi::xml_node node;
  std::string path;
  std::optional<PaymentBatch> batch;
};

std::vector<Part> ReadParts(pugi::xml_node ntry, const std::string& path, CamtFields& fields,
                            std::optional<PaymentBatch>& first_batch) {
  std::vector<Part> parts;
  int details_number = 0;
  for (const pugi::xml_node details : Children(ntry, "NtryDtls")) {
    const std::string details_path = absl::StrCat(path, "/NtryDtls[", ++details_number, "]");
    const std::optional<PaymentBatch> batch = ReadBatch(details, details_path, fields);
    if (!first_batch) first_batch = batch;
    int number = 0;
    for (const pugi::xml_node part : Children(details, "TxDtls")) {
      parts.push_back({part, absl::StrCat(details_path, "/TxDtls[", ++number, "]"), batch});
    }
  }
  return parts;
}

// v03 and later have Amt in TxDtls; v02 only AmtDtls/TxAmt. Amounts as instructed may be in another
// currency and are not what moved, so they are not looked at.
pugi::xml_node AmountOfPart(pugi::xml_node part) {
  const pugi::xml_node amount = Child(part, "Amt");
  return amount ? amount : Descend(part, {"AmtDtls", "TxAmt", "Amt"});
}

StatementEntry EntryOfPart(const StatementEntry& total, const Part& part, Direction direction,
                           Money amount) {
  StatementEntry entry = total;
  entry.direction = direction;
  entry.amount = amount;
  entry.path = part.path;
  entry.batch = part.batch ? part.batch : PaymentBatch{};
  const pugi::xml_node references = Child(part.node, "Refs");
  if (entry.batch->message_id.empty()) entry.batch->message_id = TextAt(references, {"MsgId"});
  if (entry.batch->payment_information_id.empty()) {
    entry.batch->payment_information_id = TextAt(references, {"PmtInfId"});
  }
  const std::string own_reference = TextAt(references, {"AcctSvcrRef"});
  entry.bank_reference_is_shared = own_reference.empty() || own_reference == total.bank_reference;
  if (!own_reference.empty()) entry.bank_reference = own_reference;
  ReadDetails(part.node, entry);
  return entry;
}

void AppendParts(const StatementEntry& total, const std::vector<Part>& parts, CamtFields& fields,
                 std::vector<StatementEntry>& entries) {
  const std::size_t faults_before = fields.faults().count();
  std::vector<StatementEntry> read;
  Money sum;
  for (const Part& part : parts) {
    const pugi::xml_node amount_node = AmountOfPart(part.node);
    if (!amount_node) {
      fields.faults().Add(part.path, "states no amount though other parts of the entry do");
      continue;
    }
    const auto amount = fields.Amount(amount_node, absl::StrCat(part.path, "/Amt"));
    const auto direction = Child(part.node, "CdtDbtInd")
                               ? fields.RequiredDirection(part.node, part.path)
                               : std::optional(total.direction);
    if (!amount || !direction) continue;
    const absl::StatusOr<Money> next =
        sum.Add(*direction == Direction::kCredit ? *amount : -*amount);
    if (!next.ok()) {
      fields.faults().Add(part.path, std::string(next.status().message()));
      continue;
    }
    sum = *next;
    read.push_back(EntryOfPart(total, part, *direction, *amount));
  }
  if (fields.faults().count() != faults_before) return;
  if (sum != total.SignedAmount()) {
    fields.faults().AddDifference(
        total.path, absl::StrCat("the parts sum to ", sum.ToYuan(), ", the entry is ",
                                 total.SignedAmount().ToYuan(), ": the difference is ",
                                 DifferenceText(total.SignedAmount(), sum)));
    return;
  }
  std::move(read.begin(), read.end(), std::back_inserter(entries));
}

// The details of an entry that is one payment. Its amount is the entry's; one that is repeated in
// the details must be the same, unless it is told in the currency of the other side.
void ReadOnlyPart(const Part& part, std::optional<Money> amount, CamtFields& fields,
                  StatementEntry& entry) {
  ReadDetails(part.node, entry);
  if (entry.bank_reference.empty()) {
    entry.bank_reference = TextAt(part.node, {"Refs", "AcctSvcrRef"});
  }
  const pugi::xml_node node = Child(part.node, "Amt");
  if (!node || node.attribute("Ccy").value() != fields.currency()) return;
  const std::optional<Money> repeated = fields.Amount(node, absl::StrCat(part.path, "/Amt"));
  if (amount && repeated && *amount != *repeated) {
    fields.faults().AddDifference(
        part.path,
        absl::StrCat("the only part is ", repeated->ToYuan(), ", the entry is ", amount->ToYuan(),
                     ": the difference is ", DifferenceText(*amount, *repeated)));
  }
}

// A total that cannot be split: every reference of its parts is only text about it.
void ReadPartsWithoutAmounts(const std::vector<Part>& parts, StatementEntry& total) {
  for (const Part& part : parts) {
    StatementEntry read;
    ReadRemittance(part.node, read);
    AppendText(total.remittance_text, read.creditor_reference);
    AppendText(total.remittance_text, read.remittance_text);
  }
}

}  // namespace

void ReadCamt053Entry(pugi::xml_node ntry, const std::string& path, CamtFields& fields,
                      std::vector<StatementEntry>& entries) {
  const std::size_t faults_before = fields.faults().count();
  const std::optional<Money> amount = fields.RequiredAmount(ntry, path);
  const std::optional<Direction> direction = fields.RequiredDirection(ntry, path);
  const std::optional<EntryStatus> status = ReadStatus(ntry, path, fields.faults());

  StatementEntry total;
  total.path = path;
  total.reversal = ReadReversal(ntry, path, fields.faults());
  total.bank_reference = TextAt(ntry, {"AcctSvcrRef"});
  total.booked_on = fields.Day(Child(ntry, "BookgDt"), absl::StrCat(path, "/BookgDt"));
  total.valued_on = fields.Day(Child(ntry, "ValDt"), absl::StrCat(path, "/ValDt"));
  total.additional_info = TextAt(ntry, {"AddtlNtryInf"});
  if (status == EntryStatus::kBooked && !Child(ntry, "BookgDt")) {
    fields.faults().Add(absl::StrCat(path, "/BookgDt"), "is missing from a booked entry");
  }
  const std::vector<Part> parts = ReadParts(ntry, path, fields, total.batch);

  // Amounts of parts are read even if the entry has faults already, to report them all at once.
  if (amount) total.amount = *amount;
  if (direction) total.direction = *direction;
  if (status) total.status = *status;

  const bool parts_have_amounts = std::any_of(parts.begin(), parts.end(), [](const Part& part) {
    return static_cast<bool>(AmountOfPart(part.node));
  });
  if (parts_have_amounts && parts.size() > 1) {
    std::vector<StatementEntry> read;
    if (amount && direction) AppendParts(total, parts, fields, read);
    if (fields.faults().count() != faults_before) return;
    std::move(read.begin(), read.end(), std::back_inserter(entries));
    return;
  }
  if (parts.size() == 1) {
    ReadOnlyPart(parts.front(), amount, fields, total);
  } else {
    ReadPartsWithoutAmounts(parts, total);
  }
  if (fields.faults().count() == faults_before) entries.push_back(std::move(total));
}

}  // namespace recoup::insurer::bank
