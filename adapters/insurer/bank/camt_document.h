// A parsed XML file in which a camt.053 message has been found.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT_DOCUMENT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT_DOCUMENT_H_

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace recoup::insurer::bank {

struct CamtDocument {
  std::unique_ptr<pugi::xml_document> xml;
  pugi::xml_node message;  // BkToCstmrStmt; lives in `xml`.
  std::string path;        // "Document/BkToCstmrStmt".
  std::string format;      // "camt.053.001.08", or "camt.053" when no namespace says the version.
};

// Errors: INVALID_ARGUMENT saying what the file is instead.
absl::StatusOr<CamtDocument> OpenCamt053(std::string_view bytes);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT_DOCUMENT_H_
