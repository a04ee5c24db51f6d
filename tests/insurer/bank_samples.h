// Builds bank files for tests, with invented parties.
#ifndef RECOUP_TESTS_INSURER_BANK_SAMPLES_H_
#define RECOUP_TESTS_INSURER_BANK_SAMPLES_H_

#include <string>

namespace recoup::insurer::bank {

struct CamtParts {
  std::string name_space = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";
  std::string opening = "100.00";
  std::string closing = "100.00";
  std::string entries{};
  std::string account = "<IBAN>CN00TEST0001</IBAN>";
};

inline std::string Balance(const std::string& code, const std::string& amount,
                           const std::string& direction = "CRDT") {
  return "<Bal><Tp><CdOrPrtry><Cd>" + code + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"CNY\">" + amount +
         "</Amt><CdtDbtInd>" + direction + "</CdtDbtInd><Dt><Dt>2026-03-05</Dt></Dt></Bal>";
}

inline std::string Stmt(const CamtParts& parts) {
  return "<Stmt><Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb><Acct><Id>" + parts.account +
         "</Id></Acct>" + Balance("OPBD", parts.opening) + Balance("CLBD", parts.closing) +
         parts.entries + "</Stmt>";
}

inline std::string Document(const std::string& name_space, const std::string& statements) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document" +
         (name_space.empty() ? "" : " xmlns=\"" + name_space + "\"") + "><BkToCstmrStmt>" +
         statements + "</BkToCstmrStmt></Document>";
}

inline std::string Camt(const CamtParts& parts) { return Document(parts.name_space, Stmt(parts)); }

// `more` goes after the dates: references and details.
inline std::string Ntry(const std::string& amount, const std::string& direction,
                        const std::string& more = "", const std::string& status = "BOOK") {
  return "<Ntry><Amt Ccy=\"CNY\">" + amount + "</Amt><CdtDbtInd>" + direction +
         "</CdtDbtInd><Sts><Cd>" + status +
         "</Cd></Sts><BookgDt><Dt>2026-03-05</Dt></BookgDt><ValDt><Dt>2026-03-06</Dt></ValDt>" +
         more + "</Ntry>";
}

}  // namespace recoup::insurer::bank

#endif  // RECOUP_TESTS_INSURER_BANK_SAMPLES_H_
