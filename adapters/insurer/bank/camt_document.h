// A parsed XML file and the ISO 20022 cash management messages found in it.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT_DOCUMENT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT_DOCUMENT_H_

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

struct CamtMessage {
  DocumentKind kind = DocumentKind::kStatement;
  pugi::xml_node node;         // BkToCstmrStmt and the like; lives in the document.
  std::string_view statement;  // Its repeated child: "Stmt", "Rpt", "Ntfctn".
  std::string path;            // "Document/BkToCstmrStmt".
  std::string format;          // "camt.053.001.08", or "camt.053" when no namespace says more.
};

struct CamtDocument {
  std::unique_ptr<pugi::xml_document> xml;
  std::vector<CamtMessage> messages;  // At least one, in the order of the file.
};

// Errors: INVALID_ARGUMENT saying what the file is instead.
absl::StatusOr<CamtDocument> OpenCamt(std::string_view bytes);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT_DOCUMENT_H_
