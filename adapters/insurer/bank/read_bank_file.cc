#include "adapters/insurer/bank/read_bank_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/camt.h"
#include "adapters/insurer/bank/csv_preamble.h"
#include "adapters/insurer/bank/csv_statement.h"
#include "adapters/insurer/bank/mt940.h"
#include "adapters/insurer/bank/mt_message.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

using namespace std::string_view_literals;

struct KnownBeginning {
  std::string_view bytes;
  std::string_view name;
};

constexpr std::array kNotRead = {
    KnownBeginning{"\xD0\xCF\x11\xE0"sv, "an .xls workbook; export the statement as CSV"sv},
    KnownBeginning{"PK\x03\x04"sv, "an .xlsx workbook or a ZIP archive; export it as CSV"sv},
    KnownBeginning{"%PDF"sv, "a PDF; export the statement as CSV or camt.053"sv},
    KnownBeginning{"<html"sv, "an HTML page; export the statement as CSV"sv},
    KnownBeginning{"<HTML"sv, "an HTML page; export the statement as CSV"sv},
    KnownBeginning{"<!DOCTYPE html"sv, "an HTML page; export the statement as CSV"sv},
    KnownBeginning{"<table"sv, "an HTML table; export the statement as CSV"sv},
};

absl::Status Refuse(std::string_view description) {
  Faults faults;
  faults.Add("byte 0", absl::StrCat("the file is ", std::string(description)));
  return faults.ToStatus();
}

// UTF-16 is a table (spreadsheets write it) unless its first character is that of XML.
bool IsUtf16Xml(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE<\0"sv) || bytes.starts_with("\xFE\xFF\0<"sv);
}

// The endings that banks and their programs give MT940 and MT942.
bool IsNamedAsMt(std::string_view file_name) {
  const std::string name = absl::AsciiStrToLower(std::string(file_name));
  constexpr std::array kEndings = {".sta"sv, ".940"sv, ".942"sv, ".mt940"sv, ".mt942"sv, ".mt9"sv};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

absl::Status RefuseAllProfiles(const std::vector<FieldFault>& refusals) {
  if (refusals.empty()) return Refuse("no XML, and no CSV profile is configured");
  Faults faults;
  for (const FieldFault& refusal : refusals) faults.Add(refusal.field, refusal.description);
  return faults.ToStatus();
}

// How well a profile fits a table: one whose labels above the heading are all there before one that
// lacks some; the more headings it names, the less it fits by chance; what a user wrote for the
// bank goes before what is built in.
using Fit = std::tuple<bool, std::size_t, bool>;

absl::StatusOr<std::vector<BankStatement>> ReadByProfile(std::string_view bytes,
                                                         std::span<const CsvProfile> profiles,
                                                         const ReadOptions& options) {
  const CsvProfile* best = nullptr;
  std::optional<CsvFile> best_file;
  Fit best_fit;
  bool ambiguous = false;
  std::vector<FieldFault> refusals;
  for (const CsvProfile& profile : profiles) {
    absl::StatusOr<CsvFile> file = OpenCsv(bytes, profile, options);
    if (!file.ok()) {
      refusals.push_back(
          {absl::StrCat("profile ", profile.name), std::string(file.status().message())});
      continue;
    }
    const Fit fit(HasLabelsOf(file->preamble, profile), file->heading.size(), !profile.built_in);
    if (best != nullptr && fit < best_fit) continue;
    ambiguous = best != nullptr && fit == best_fit;
    best = &profile;
    best_file = *std::move(file);
    best_fit = fit;
  }
  if (best == nullptr) return RefuseAllProfiles(refusals);
  if (ambiguous) {
    return Refuse("a CSV table that fits several profiles equally; keep only one of them");
  }
  RECOUP_ASSIGN_OR_RETURN(BankStatement statement, ReadCsvFile(*best_file, *best, options));
  std::vector<BankStatement> statements;
  statements.push_back(std::move(statement));
  return statements;
}

}  // namespace

absl::StatusOr<std::vector<BankStatement>> ReadBankFile(std::string_view bytes,
                                                        std::span<const CsvProfile> profiles,
                                                        const ReadOptions& options) {
  if (bytes.size() > options.bytes_max) {
    return MakeError(Reason::kTooLarge, absl::StrCat("the file has ", bytes.size(),
                                                     " bytes, more than ", options.bytes_max));
  }
  const std::string_view content = Trim(bytes);
  if (content.empty()) return Refuse("empty");
  for (const KnownBeginning& known : kNotRead) {
    if (content.starts_with(known.bytes)) return Refuse(known.name);
  }
  if (content.front() == '<' || IsUtf16Xml(bytes)) return ReadCamt(bytes, options);
  if (LooksLikeMt(content) || IsNamedAsMt(options.file_name)) return ReadMt940(bytes, options);
  return ReadByProfile(bytes, profiles, options);
}

}  // namespace recoup::insurer::bank
