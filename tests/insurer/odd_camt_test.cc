// Legal camt.053 statements as other banks write them: each is read as a person would read it, to
// the last entry, or refused with the one reason that holds.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "adapters/insurer/bank/read_bank_file.h"
#include "hub/base/error.h"
#include "tests/insurer/bank_samples.h"

namespace recoup::insurer::bank {
namespace {

std::string Part(const std::string& amount, const std::string& id, const std::string& more = "",
                 const std::string& direction = "CRDT") {
  const std::string moved = amount.empty()
                                ? ""
                                : absl::StrCat("<Amt Ccy=\"CNY\">", amount, "</Amt><CdtDbtInd>",
                                               direction, "</CdtDbtInd>");
  return absl::StrCat("<TxDtls><Refs><EndToEndId>", id, "</EndToEndId></Refs>", moved, more,
                      "</TxDtls>");
}
std::string Details(const std::string& parts) {
  return absl::StrCat("<NtryDtls>", parts, "</NtryDtls>");
}
std::string Charges(const std::string& amount) {
  return absl::StrCat("<Chrgs><Rcrd><Amt Ccy=\"CNY\">", amount,
                      "</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd>"
                      "</Chrgs>");
}
constexpr char kReturnCode[] =
    "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn>"
    "</BkTxCd>";

// "150.00 CRDT E1" for each entry; what is not booked, taken back or returned says so.
std::string Told(const std::string& bytes) {
  const auto statements = ReadBankFile(bytes, {}, {});
  if (!statements.ok()) {
    const auto& faults = DetailOf(statements.status()).faults;
    return absl::StrCat("refused: ", faults.empty() ? std::string(statements.status().message())
                                                    : faults.front().description);
  }
  std::string text;
  for (const BankStatement& statement : *statements) {
    if (!text.empty()) text += " | ";
    text += absl::StrCat(statement.currency, IsProven(statement) ? " proven" : "");
    for (const StatementEntry& entry : statement.entries) {
      absl::StrAppend(&text, "; ", AmountText(entry.amount, statement.currency), " ",
                      std::string(ToString(entry.direction)));
      if (!entry.end_to_end_id.empty()) absl::StrAppend(&text, " ", entry.end_to_end_id);
      if (entry.status != EntryStatus::kBooked) {
        absl::StrAppend(&text, " ", std::string(ToString(entry.status)));
      }
      if (entry.reversal) text += " reversal";
      if (entry.returned) absl::StrAppend(&text, " returned ", entry.return_reason_code);
    }
  }
  return text;
}

std::string Closing(const std::string& closing, const std::string& entries) {
  return Camt({.opening = "0.00", .closing = closing, .entries = entries});
}

struct OddStatement {
  const char* what;
  std::string bytes;
  const char* told;
};

std::vector<OddStatement> Batches() {
  return {
      {"two NtryDtls, each with a batch of its own",
       Closing("300.00",
               Ntry("300.00", "CRDT",
                    Details("<Btch><MsgId>B1</MsgId></Btch>" + Part("150.00", "E1") +
                            Part("50.00", "E2")) +
                        Details("<Btch><MsgId>B2</MsgId></Btch>" + Part("100.00", "E3")))),
       "CNY proven; 150.00 CRDT E1; 50.00 CRDT E2; 100.00 CRDT E3"},
      {"a batch of movements both ways, booked as their balance",
       Closing("70.00", Ntry("70.00", "CRDT",
                             Details(Part("100.00", "E1") + Part("30.00", "E2", "", "DBIT")))),
       "CNY proven; 100.00 CRDT E1; 30.00 DBIT E2"},
      {"parts without amounts: the total is one entry, and no part's reference names it",
       Closing("70.00", Ntry("70.00", "CRDT", Details(Part("", "E1") + Part("", "E2")))),
       "CNY proven; 70.00 CRDT"},
      {"some parts with amounts, some without",
       Closing("70.00", Ntry("70.00", "CRDT", Details(Part("70.00", "E1") + Part("", "E2")))),
       "refused: states no amount though other parts of the entry do"},
      {"charges taken from the only payment",
       Closing("995.00", Ntry("995.00", "CRDT", Charges("5.00") + Details(Part("1000.00", "E1")))),
       "CNY proven; 995.00 CRDT E1"},
      {"charges taken from each part of a batch",
       Closing("295.00", Ntry("295.00", "CRDT",
                              Details(Part("200.00", "E1", Charges("3.00")) +
                                      Part("100.00", "E2", Charges("2.00"))))),
       "CNY proven; 197.00 CRDT E1; 98.00 CRDT E2"},
      {"charges taken from a batch as a whole: nobody knows from which part",
       Closing("295.00",
               Ntry("295.00", "CRDT",
                    Charges("5.00") + Details(Part("200.00", "E1") + Part("100.00", "E2")))),
       "CNY proven; 295.00 CRDT"},
      {"charges that explain something else",
       Closing("290.00", Ntry("290.00", "CRDT",
                              Details(Part("200.00", "E1", Charges("3.00")) +
                                      Part("100.00", "E2", Charges("2.00"))))),
       "refused: the parts sum to 300.00, the entry is 290.00: the difference is -10.00"},
      {"charges greater than their part",
       Closing("1.00", Ntry("1.00", "CRDT",
                            Details(Part("2.00", "E1", Charges("3.00")) + Part("2.00", "E2")))),
       "refused: the parts sum to 4.00, the entry is 1.00: the difference is -3.00"},
      {"one part told of a batch of two",
       Closing("50.00", Ntry("50.00", "CRDT",
                             Details("<Btch><NbOfTxs>2</NbOfTxs></Btch>" + Part("30.00", "E1")))),
       "refused: the only part is 30.00, the entry is 50.00: the difference is 20.00"},
  };
}

std::vector<OddStatement> Entries() {
  return {
      {"a reversal is a movement the other way, marked",
       Closing("100.00", Ntry("300.00", "CRDT", Details(Part("", "E1"))) +
                             absl::StrReplaceAll(Ntry("200.00", "DBIT", Details(Part("", "E1"))),
                                                 {{"<Sts>", "<RvslInd>true</RvslInd><Sts>"}})),
       "CNY proven; 300.00 CRDT E1; 200.00 DBIT E1 reversal"},
      {"a reversal mark that is neither true nor false",
       Closing("1.00", absl::StrReplaceAll(Ntry("1.00", "CRDT"),
                                           {{"<Sts>", "<RvslInd>yes</RvslInd><Sts>"}})),
       "refused: is neither true nor false"},
      {"nothing moved", Closing("0.00", Ntry("0.00", "CRDT")), "CNY proven; 0.00 CRDT"},
      {"a return with its reason",
       Closing("50.00", Ntry("50.00", "CRDT",
                             Details(Part("", "E5", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")))),
       "CNY proven; 50.00 CRDT E5 returned AC04"},
      {"a return said by the code of the transaction alone",
       Closing("50.00", Ntry("50.00", "CRDT", kReturnCode + Details(Part("", "E5")))),
       "CNY proven; 50.00 CRDT E5 returned "},
      {"the same without any details", Closing("50.00", Ntry("50.00", "CRDT", kReturnCode)),
       "CNY proven; 50.00 CRDT returned "},
      {"pending and informed entries are no money",
       Closing("1.00", Ntry("1.00", "CRDT") + Ntry("9.00", "CRDT", "", "PDNG") +
                           Ntry("8.00", "DBIT", "", "INFO")),
       "CNY proven; 1.00 CRDT; 9.00 CRDT PENDING; 8.00 DBIT INFO"},
      {"the part in the payer's currency, the counter value in ours",
       Closing("710.00",
               Ntry("710.00", "CRDT",
                    Details("<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><Amt Ccy=\"USD\">100."
                            "00</Amt><AmtDtls><CntrValAmt><Amt Ccy=\"CNY\">710.00</Amt>"
                            "</CntrValAmt></AmtDtls></TxDtls>"))),
       "CNY proven; 710.00 CRDT E1"},
  };
}

std::vector<OddStatement> Forms() {
  const std::string prefixed =
      absl::StrReplaceAll(Closing("2.50", Ntry("2.50", "CRDT", Details(Part("", "E4")))),
                          {{"</", "</n:"}, {"<?", "<?"}, {"xmlns=", "xmlns:n="}, {"<", "<n:"}});
  return {
      {"every element with a prefix",
       absl::StrReplaceAll(prefixed, {{"<n:/n:", "</n:"}, {"<n:?", "<?"}}),
       "CNY proven; 2.50 CRDT E4"},
      {"a reference in CDATA, after a comment",
       absl::StrReplaceAll(Closing("2.50", Ntry("2.50", "CRDT", Details(Part("", "@")))),
                           {{"@", "<![CDATA[A&B<1>]]>"}, {"<Stmt>", "<!-- 1 --><Stmt>"}}),
       "CNY proven; 2.50 CRDT A&B<1>"},
      {"accounts in two currencies in one message",
       Document("urn:iso:std:iso:20022:tech:xsd:camt.053.001.13",
                Stmt({.closing = "101.00", .entries = Ntry("1.00", "CRDT")}) +
                    absl::StrReplaceAll(Stmt({.closing = "98.00",
                                              .entries = Ntry("2.00", "DBIT"),
                                              .account = "<IBAN>CN00TEST0002</IBAN>"}),
                                        {{"\"CNY\"", "\"USD\""}})),
       "CNY proven; 1.00 CRDT | USD proven; 2.00 DBIT"},
      {"two currencies in one account",
       Camt({.entries = Ntry("1.00", "CRDT") +
                        absl::StrReplaceAll(Ntry("1.00", "DBIT"), {{"\"CNY\"", "\"USD\""}})}),
       "refused: the currency is \"USD\", expected CNY"},
      {"neither balance is stated",
       "<Document><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><Othr><Id>1</Id></Othr></Id></Acct>" +
           Ntry("1.00", "CRDT") + "</Stmt></BkToCstmrStmt></Document>",
       "CNY; 1.00 CRDT"},
      {"overdrawn before and after",
       absl::StrReplaceAll(Camt({.opening = "@", .closing = "#", .entries = Ntry("5.00", "CRDT")}),
                           {{"@</Amt><CdtDbtInd>CRDT", "10.00</Amt><CdtDbtInd>DBIT"},
                            {"#</Amt><CdtDbtInd>CRDT", "5.00</Amt><CdtDbtInd>DBIT"}}),
       "CNY proven; 5.00 CRDT"},
  };
}

void Expect(const std::vector<OddStatement>& rows) {
  for (const OddStatement& row : rows) EXPECT_EQ(Told(row.bytes), row.told) << row.what;
}

TEST(OddCamtTest, BatchesAndCharges) { Expect(Batches()); }
TEST(OddCamtTest, KindsOfEntries) { Expect(Entries()); }
TEST(OddCamtTest, FormsOfDocuments) { Expect(Forms()); }

}  // namespace
}  // namespace recoup::insurer::bank
