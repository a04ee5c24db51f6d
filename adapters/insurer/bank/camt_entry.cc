#include "adapters/insurer/bank/camt_entry.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/camt_details.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

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

// What moved on the account: v03 and later have Amt in TxDtls, v02 only AmtDtls/TxAmt, and where
// Amt is told in the currency of the other side, TxAmt or the counter value has ours. Amounts as
// instructed are not what moved, so they are not looked at.
pugi::xml_node AmountOfPart(pugi::xml_node part, const std::string& currency) {
  const pugi::xml_node details = Child(part, "AmtDtls");
  pugi::xml_node first;
  for (const pugi::xml_node amount : {Child(part, "Amt"), Descend(details, {"TxAmt", "Amt"}),
                                      Descend(details, {"CntrValAmt", "Amt"})}) {
    if (!amount) continue;
    if (amount.attribute("Ccy").value() == currency) return amount;
    if (!first) first = amount;
  }
  return first;
}

StatementEntry EntryOfPart(const StatementEntry& total, const Part& part, Direction direction,
                           BankAmount amount) {
  StatementEntry entry = total;
  entry.direction = direction;
  entry.amount = amount;
  entry.path = part.path;
  ReadCamtDetails(part.node, entry);
  entry.batch = part.batch ? part.batch : PaymentBatch{};
  if (entry.batch->message_id.empty()) entry.batch->message_id = entry.references.message_id;
  if (entry.batch->payment_information_id.empty()) {
    entry.batch->payment_information_id = entry.references.payment_information_id;
  }
  entry.batch->bank_reference = total.bank_reference;
  const std::string own_reference = TextAt(part.node, {"Refs", "AcctSvcrRef"});
  entry.bank_reference_is_shared = own_reference.empty() || own_reference == total.bank_reference;
  if (!own_reference.empty()) entry.bank_reference = own_reference;
  return entry;
}

// Charges that the bank took, in the currency of the account.
BankAmount ChargesOf(pugi::xml_node node, CamtFields& fields) {
  BankAmount sum;
  for (const pugi::xml_node charges : Children(node, "Chrgs")) {
    std::vector<pugi::xml_node> records = Children(charges, "Rcrd");
    if (records.empty()) records = {charges};  // v02 has one charge in Chrgs itself.
    for (const pugi::xml_node record : records) {
      const pugi::xml_node amount = Child(record, "Amt");
      if (amount.attribute("Ccy").value() != fields.currency()) continue;
      const auto read = ParseUnsignedAmount(Text(amount), '.', fields.currency());
      const auto next = read.ok() ? sum.Add(*read) : read;
      if (next.ok()) sum = *next;
    }
  }
  return sum;
}

// A total that cannot be split: every reference of its parts is only text about it.
void ReadPartsWithoutAmounts(const std::vector<Part>& parts, StatementEntry& total) {
  for (const Part& part : parts) {
    AppendText(total.remittance_text, CamtRemittanceText(part.node));
  }
}

// The parts as entries. Where the bank took its charges from them, the entry is the net sum, and
// so is each part: that is what moved on the account.
struct PartSums {
  BankAmount gross;
  BankAmount net;
  std::vector<BankAmount> net_amounts;  // Of each part, in its own direction.
};

absl::Status AddPart(const StatementEntry& part, BankAmount charges, PartSums& sums) {
  const bool credit = part.direction == Direction::kCredit;
  const BankAmount gross = credit ? part.amount : -part.amount;
  RECOUP_ASSIGN_OR_RETURN(const BankAmount net, gross.Add(-charges));
  RECOUP_ASSIGN_OR_RETURN(sums.gross, sums.gross.Add(gross));
  RECOUP_ASSIGN_OR_RETURN(sums.net, sums.net.Add(net));
  sums.net_amounts.push_back(credit ? net : -net);
  return absl::OkStatus();
}

// Reads each part; a fault names what is missing.
std::vector<StatementEntry> ReadPartEntries(const StatementEntry& total,
                                            const std::vector<Part>& parts, CamtFields& fields,
                                            PartSums& sums) {
  std::vector<StatementEntry> read;
  for (const Part& part : parts) {
    const pugi::xml_node amount_node = AmountOfPart(part.node, fields.currency());
    if (!amount_node) {
      fields.faults().Add(part.path, "states no amount though other parts of the entry do");
      continue;
    }
    const auto amount = fields.Amount(amount_node, absl::StrCat(part.path, "/Amt"));
    const auto direction = Child(part.node, "CdtDbtInd")
                               ? fields.RequiredDirection(part.node, part.path)
                               : std::optional(total.direction);
    if (!amount || !direction) continue;
    read.push_back(EntryOfPart(total, part, *direction, *amount));
    const absl::Status added = AddPart(read.back(), ChargesOf(part.node, fields), sums);
    if (!added.ok()) fields.faults().Add(part.path, std::string(added.message()));
  }
  return read;
}

void AppendParts(pugi::xml_node ntry, const StatementEntry& total, const std::vector<Part>& parts,
                 CamtFields& fields, std::vector<StatementEntry>& entries) {
  const std::size_t faults_before = fields.faults().count();
  PartSums sums;
  std::vector<StatementEntry> read = ReadPartEntries(total, parts, fields, sums);
  if (fields.faults().count() != faults_before) return;
  const BankAmount moved = total.SignedAmount();
  const bool nets = std::none_of(sums.net_amounts.begin(), sums.net_amounts.end(),
                                 [](BankAmount amount) { return amount.is_negative(); });
  if (sums.gross != moved && sums.net == moved && nets) {
    for (std::size_t i = 0; i < read.size(); ++i) read[i].amount = sums.net_amounts[i];
  } else if (sums.gross != moved) {
    // Charges on the whole entry cannot be told to its parts: it stays one.
    const auto after_charges = sums.gross.Add(-ChargesOf(ntry, fields));
    if (after_charges.ok() && *after_charges == moved) {
      StatementEntry whole = total;
      ReadPartsWithoutAmounts(parts, whole);
      entries.push_back(std::move(whole));
      return;
    }
    const std::string& currency = fields.currency();
    fields.faults().AddDifference(
        total.path,
        absl::StrCat("the parts sum to ", AmountText(sums.gross, currency), ", the entry is ",
                     AmountText(moved, currency), ": the difference is ",
                     DifferenceText(moved, sums.gross, currency)));
    return;
  }
  std::move(read.begin(), read.end(), std::back_inserter(entries));
}

// The details of an entry that is one payment. Its amount is the entry's; one that is repeated in
// the details must be the same, unless it is told in the currency of the other side or before the
// charges that the bank states.
void ReadOnlyPart(pugi::xml_node ntry, const Part& part, std::optional<BankAmount> amount,
                  CamtFields& fields, StatementEntry& entry) {
  ReadCamtDetails(part.node, entry);
  if (entry.bank_reference.empty()) {
    entry.bank_reference = TextAt(part.node, {"Refs", "AcctSvcrRef"});
  }
  const pugi::xml_node node = Child(part.node, "Amt");
  if (!node || node.attribute("Ccy").value() != fields.currency()) return;
  const std::optional<BankAmount> repeated = fields.Amount(node, absl::StrCat(part.path, "/Amt"));
  if (!amount || !repeated || *amount == *repeated) return;
  const auto apart = repeated->Add(-*amount);
  for (const pugi::xml_node charged : {ntry, part.node}) {
    const BankAmount charges = ChargesOf(charged, fields);
    if (apart.ok() && !charges.is_zero() && (*apart == charges || *apart == -charges)) return;
  }
  const std::string& currency = fields.currency();
  fields.faults().AddDifference(
      part.path,
      absl::StrCat("the only part is ", AmountText(*repeated, currency), ", the entry is ",
                   AmountText(*amount, currency), ": the difference is ",
                   DifferenceText(*amount, *repeated, currency)));
}

}  // namespace

void ReadCamtEntry(pugi::xml_node ntry, const std::string& path, CamtFields& fields,
                   std::vector<StatementEntry>& entries) {
  const std::size_t faults_before = fields.faults().count();
  const std::optional<BankAmount> amount = fields.RequiredAmount(ntry, path);
  const std::optional<Direction> direction = fields.RequiredDirection(ntry, path);
  const std::optional<EntryStatus> status = ReadStatus(ntry, path, fields.faults());

  StatementEntry total;
  total.path = path;
  total.reversal = ReadReversal(ntry, path, fields.faults());
  total.bank_reference = TextAt(ntry, {"AcctSvcrRef"});
  total.booked_on = fields.Day(Child(ntry, "BookgDt"), absl::StrCat(path, "/BookgDt"));
  total.valued_on = fields.Day(Child(ntry, "ValDt"), absl::StrCat(path, "/ValDt"));
  total.additional_info = TextAt(ntry, {"AddtlNtryInf"});
  total.references.entry_reference = TextAt(ntry, {"NtryRef"});
  total.transaction_code = CamtTransactionCode(ntry);
  total.returned = IsCamtReturnCode(total.transaction_code);
  const std::vector<Part> parts = ReadParts(ntry, path, fields, total.batch);

  // Amounts of parts are read even if the entry has faults already, to report them all at once.
  if (amount) total.amount = *amount;
  if (direction) total.direction = *direction;
  if (status) total.status = *status;

  const bool parts_have_amounts = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
    return static_cast<bool>(AmountOfPart(part.node, fields.currency()));
  });
  if (parts_have_amounts && parts.size() > 1) {
    std::vector<StatementEntry> read;
    if (amount && direction) AppendParts(ntry, total, parts, fields, read);
    if (fields.faults().count() != faults_before) return;
    std::move(read.begin(), read.end(), std::back_inserter(entries));
    return;
  }
  if (parts.size() == 1) {
    ReadOnlyPart(ntry, parts.front(), amount, fields, total);
  } else {
    ReadPartsWithoutAmounts(parts, total);
  }
  if (fields.faults().count() == faults_before) entries.push_back(std::move(total));
}

}  // namespace recoup::insurer::bank
