// Every file of other senders is read as what it is, or refused for the right reason: a line
// "file|outcome" for each says which, in data/samples.txt for those under the folder that
// RECOUP_SAMPLES names, which may not be published, and in data/senders.txt for data/senders, which
// are invented in the manner of many systems. What is told of them is Chinese.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/hospital/charset.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "tests/hospital/invoice_reading.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital {
namespace {

namespace fs = std::filesystem;

void ExpectChinese(const std::string& text) { EXPECT_TRUE(HasHan(text)) << text; }

void ExpectChinese(const std::vector<QualityNote>& notes) {
  for (const QualityNote& note : notes) ExpectChinese(note.text);
}

std::string WhyRefused(const absl::Status& status) {
  std::vector<std::string> faults;
  for (const FieldFault& fault : DetailOf(status).faults) {
    ExpectChinese(fault.description);
    faults.push_back(absl::StrCat(fault.field, fault.field.empty() ? "" : " ", fault.description));
  }
  if (faults.empty()) ExpectChinese(std::string(status.message()));
  return absl::StrCat("拒收：",
                      faults.empty() ? std::string(status.message()) : absl::StrJoin(faults, "；"));
}

const char* EventOf(AdmissionEvent event) {
  switch (event) {
    case AdmissionEvent::kAdmit:
      return "入院";
    case AdmissionEvent::kUpdate:
      return "变更";
    case AdmissionEvent::kCancel:
      return "撤销";
    case AdmissionEvent::kDischarge:
      return "出院";
    case AdmissionEvent::kMerge:
      return "合并";
  }
  return "";
}

// What it is and what it tells of an injury, and nothing of a person.
std::string Summary(const AdmissionDocument& admission) {
  std::string text = EventOf(admission.event);
  for (const Diagnosis& diagnosis : admission.diagnoses) {
    if (!diagnosis.code.empty()) absl::StrAppend(&text, " ", diagnosis.code);
  }
  if (admission.accident) absl::StrAppend(&text, " 事故", admission.accident->code);
  if (admission.third_party_flag == TriState::kYes) absl::StrAppend(&text, " 第三方");
  if (!admission.merges.empty()) absl::StrAppend(&text, " ", admission.merges.size());
  return text;
}

std::string Summary(const SettlementDocument& settlement) {
  return absl::StrCat("结算 总额", settlement.total.ToYuan(), " 基金",
                      settlement.fund_paid.ToYuan(), " 个人", settlement.personal_part.ToYuan());
}

std::string Summary(const ReversalDocument& reversal) {
  return absl::StrCat("撤销结算", reversal.returned.total ? " " : "",
                      reversal.returned.total ? reversal.returned.total->ToYuan() : "");
}

std::string Summary(const invoice::Invoice& bill) {
  const auto amount = [&bill](invoice::Field field) {
    const auto found = bill.Amount(field);
    return found ? found->ToYuan() : std::string("未写");
  };
  return absl::StrCat("票据 总额", amount(invoice::Field::kTotal), " 基金",
                      amount(invoice::Field::kFundPaid));
}

std::string OutcomeOf(const std::string& folder, const std::string& bytes) {
  std::vector<std::string> parts;
  if (folder == "einvoice") {
    for (const invoice::InvoicePart& part : invoice::InvoicesForTest(bytes)) {
      parts.push_back(part.invoice.ok() ? Summary(*part.invoice)
                                        : WhyRefused(part.invoice.status()));
      if (part.invoice.ok()) ExpectChinese(part.invoice->notes);
    }
  } else {
    for (const DocumentPart& part : ReadPartsForTest(bytes)) {
      if (!part.document.ok()) {
        parts.push_back(WhyRefused(part.document.status()));
        continue;
      }
      std::visit(
          [&parts](const auto& document) {
            ExpectChinese(document.notes);
            parts.push_back(Summary(document));
          },
          *part.document);
    }
  }
  // A line each in the table.
  std::string outcome = absl::StrJoin(parts, " / ");
  for (char& c : outcome) c = c == '\n' || c == '\r' ? ' ' : c;
  return outcome;
}

const std::string kData = std::string(RECOUP_SOURCE_DIR) + "/tests/hospital/data/";

std::map<std::string, std::string> ExpectedOutcomes(const std::string& table) {
  std::ifstream in(kData + table);
  std::map<std::string, std::string> expected;
  for (std::string line; std::getline(in, line);) {
    const std::size_t bar = line.find('|');
    if (line.starts_with('#') || bar == std::string::npos) continue;
    expected[line.substr(0, bar)] = line.substr(bar + 1);
  }
  return expected;
}

void ExpectOutcomes(const std::string& root, const std::string& table) {
  std::map<std::string, std::string> expected = ExpectedOutcomes(table);
  ASSERT_FALSE(expected.empty());
  for (const char* const folder : {"einvoice", "fhir", "hl7v2", "yibao"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string name = fs::relative(entry.path(), root).generic_string();
      SCOPED_TRACE(name);
      std::ostringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      const std::string outcome = OutcomeOf(folder, bytes.str());
      const auto row = expected.find(name);
      EXPECT_EQ(absl::StrCat(name, "|", outcome),
                absl::StrCat(name, "|", row == expected.end() ? "(not listed)" : row->second));
      if (row != expected.end()) expected.erase(row);
    }
  }
  for (const auto& [name, outcome] : expected) ADD_FAILURE() << name << " is listed and not there";
}

TEST(SamplesTest, EveryFileIsReadAsWhatItIsOrRefusedForTheRightReason) {
  const char* const root = std::getenv("RECOUP_SAMPLES");
  if (root == nullptr) GTEST_SKIP() << "RECOUP_SAMPLES is not set";
  ExpectOutcomes(root, "samples.txt");
}

TEST(SendersTest, EveryFileIsReadAsWhatItIsOrRefusedForTheRightReason) {
  ExpectOutcomes(kData + "senders", "senders.txt");
}

}  // namespace
}  // namespace recoup::hospital
