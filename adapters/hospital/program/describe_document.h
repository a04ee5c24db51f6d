// What a document says, as rows for people and programs. Identity numbers are masked: enough to
// recognise a person by; the whole number goes to the hub only. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_DOCUMENT_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_DOCUMENT_H_

#include <string>
#include <vector>

#include "adapters/hospital/documents.h"
#include "nlohmann/json.hpp"

namespace recoup::hospital {

struct DocumentRow {
  std::string zh;
  std::string key;   // Each once.
  std::string text;  // Empty: not said.
};

// For programs: "ADMISSION", "UPDATE", "CANCEL", "DISCHARGE", "MERGE", "SETTLEMENT", "REVERSAL".
const char* KindOfDocument(const Document& document);
std::vector<DocumentRow> RowsOfDocument(const Document& document);

// The merges of patients that a message tells; an empty list and text where it tells none.
nlohmann::ordered_json MergesAsJson(const Document& document);
std::string MergesForPeople(const Document& document);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_DOCUMENT_H_
