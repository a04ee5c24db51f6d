#include "tests/hospital/reading.h"

#include "hub/base/check.h"
#include "hub/base/error.h"

namespace recoup::hospital {

namespace {

ReaderContext ContextForTest() {
  static const absl::StatusOr<FundTypes> fund_types = FundTypes::BuiltIn();
  RECOUP_CHECK(fund_types.ok());
  static const HospitalProfile profile{
      "H31011500001",
      "东岸第一医院",
      "310115",
      {{"01", "", "310"}, {"居民医保", "", "390"}, {"NT-RES", "320600", "390"}}};
  return {profile, *fund_types};
}

}  // namespace

absl::StatusOr<Document> ReadForTest(std::string_view bytes) {
  return ReadDocument(bytes, ContextForTest());
}

std::vector<DocumentPart> ReadPartsForTest(std::string_view bytes) {
  return ReadDocuments(bytes, ContextForTest());
}

std::vector<std::string> FaultPaths(const absl::StatusOr<Document>& document) {
  std::vector<std::string> paths;
  for (const FieldFault& fault : DetailOf(document.status()).faults) paths.push_back(fault.field);
  return paths;
}

bool HasNote(const std::vector<QualityNote>& notes, NoteKind kind, std::string_view path) {
  for (const QualityNote& note : notes) {
    if (note.kind == kind && note.path == path) return true;
  }
  return false;
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  RECOUP_CHECK(text.find(from) != std::string::npos);  // A test that changes nothing is a defect.
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace recoup::hospital
