// What the reader tests share: one invented hospital, and shortcuts to results.
#ifndef RECOUP_TESTS_HOSPITAL_READING_H_
#define RECOUP_TESTS_HOSPITAL_READING_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/reader.h"

namespace recoup::hospital {

absl::StatusOr<Document> ReadForTest(std::string_view bytes);
std::vector<DocumentPart> ReadPartsForTest(std::string_view bytes);
// Of the refusal, in order; empty for a document that was read.
std::vector<std::string> FaultPaths(const absl::StatusOr<Document>& document);
bool HasNote(const std::vector<QualityNote>& notes, NoteKind kind, std::string_view path);
// All occurrences.
std::string Replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_READING_H_
