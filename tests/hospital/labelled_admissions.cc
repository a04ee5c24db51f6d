#include "tests/hospital/labelled_admissions.h"

#include <sstream>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hub/base/error.h"

namespace recoup::hospital::triage {
namespace {

TriState StateOf(char sign) {
  return sign == '1' ? TriState::kYes : sign == '0' ? TriState::kNo : TriState::kUnknown;
}

std::string_view Words(Proposal proposal) {
  switch (proposal) {
    case Proposal::kFlag:
      return "FLAG";
    case Proposal::kAsk:
      return "ASK";
    case Proposal::kNoFlag:
      return "NO_FLAG";
  }
  RECOUP_CHECK(false);
}

std::size_t Column(Proposal proposal) {
  return proposal == Proposal::kFlag ? 0 : proposal == Proposal::kAsk ? 1 : 2;
}

std::int64_t PerMyriad(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : part * 10'000 / whole;
}

}  // namespace

absl::StatusOr<std::vector<LabelledAdmission>> LabelledAdmissionsFrom(const std::string& text) {
  constexpr std::size_t kFields = 6;
  std::vector<LabelledAdmission> admissions;
  Faults faults;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> fields = absl::StrSplit(line, '|');
    const std::string path = absl::StrCat("line ", number);
    if (fields.size() != kFields) {
      faults.Add(path, "not six fields");
      continue;
    }
    LabelledAdmission row;
    row.line = line;
    row.near_miss = fields[0].ends_with('!');
    if (fields[0].starts_with('Y')) {
      row.label = Label::kThirdParty;
    } else if (fields[0].starts_with('U')) {
      row.label = Label::kUntold;
    } else if (fields[0].starts_with('N')) {
      row.label = Label::kNobodyElse;
    } else {
      faults.Add(path, "a label is Y, U or N");
    }
    row.kind = fields[1];
    row.admission.med_type = fields[2];
    if (fields[3].size() == 3) {
      row.admission.trauma_flag = StateOf(fields[3][0]);
      row.admission.third_party_flag = StateOf(fields[3][2]);
    }
    for (const auto& code : absl::StrSplit(fields[4], ',', absl::SkipEmpty())) {
      row.admission.diagnoses.push_back({std::string(code), "", false, TriState::kUnknown});
    }
    row.admission.condition_text = fields[5];
    admissions.push_back(std::move(row));
  }
  const absl::Status status = faults.ToStatus();
  if (!status.ok()) return status;
  return admissions;
}

std::int64_t TriageCount::Of(Label label) const {
  const auto& row = cells[static_cast<std::size_t>(label)];
  return row[0] + row[1] + row[2];
}

std::int64_t TriageCount::Flagged() const { return cells[0][0] + cells[1][0] + cells[2][0]; }

std::int64_t TriageCount::RecallPerMyriad() const {
  return PerMyriad(cells[0][0] + cells[0][1], Of(Label::kThirdParty));
}

std::int64_t TriageCount::PrecisionPerMyriad() const { return PerMyriad(cells[0][0], Flagged()); }

std::int64_t TriageCount::FlaggedOutrightPerMyriad() const {
  return PerMyriad(cells[0][0], Of(Label::kThirdParty));
}

TriageCount CountTriage(const std::vector<LabelledAdmission>& admissions, const RuleBook& rules) {
  TriageCount count;
  for (const LabelledAdmission& row : admissions) {
    const TriageResult result = Triage(row.admission, rules);
    ++count.cells[static_cast<std::size_t>(row.label)][Column(result.proposal)];
    const bool flagged = result.proposal == Proposal::kFlag;
    if (flagged && row.label == Label::kThirdParty && NameOf(result.kind) == row.kind) {
      ++count.kinds_right;
    }
    std::string_view error;
    if (row.label == Label::kThirdParty && result.proposal == Proposal::kNoFlag) error = "missed";
    if (row.label == Label::kThirdParty && result.proposal == Proposal::kAsk) error = "only asked";
    if (row.label == Label::kUntold && result.proposal == Proposal::kNoFlag) error = "not asked";
    if (row.label != Label::kThirdParty && flagged) error = "wrongly flagged";
    if (row.label == Label::kNobodyElse && result.proposal == Proposal::kAsk) {
      error = "needlessly asked";
    }
    if (flagged && row.label == Label::kThirdParty && NameOf(result.kind) != row.kind) {
      error = "other kind";
    }
    if (error.empty()) continue;
    std::string rules_told;
    for (const TriageReason& reason : result.reasons) {
      absl::StrAppend(&rules_told, " ", reason.rule_id);
    }
    count.errors.push_back(absl::StrCat(std::string(error), " (",
                                        std::string(Words(result.proposal)), "): ", row.line, " ←",
                                        rules_told));
  }
  return count;
}

}  // namespace recoup::hospital::triage
