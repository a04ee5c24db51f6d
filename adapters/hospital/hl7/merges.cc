#include "adapters/hospital/hl7/merges.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/hl7/person.h"

namespace recoup::hospital::hl7 {
namespace {

// The numbers of MRG-1 under which a hospital keeps visits: a card is the person's, and what the
// patient that stays is known by goes nowhere.
std::vector<std::string> NumbersThatGo(const Segment& mrg, const Patient& stays) {
  std::vector<std::string> numbers;
  for (std::size_t i = 1; i <= mrg.RepetitionCount(1); ++i) {
    std::string number = mrg.Get(1, 1, i);
    if (number.empty() || IsResidentCardNumber(number)) continue;
    if (i > 1 && number == stays.person_number) continue;
    numbers.push_back(std::move(number));
  }
  return numbers;
}

}  // namespace

std::vector<Merge> MergesOf(const Message& message, const Patient& first, Faults& faults) {
  const std::vector<const Segment*> patients = message.FindAll("PID");
  const std::vector<const Segment*> replaced = message.FindAll("MRG");
  if (replaced.empty()) faults.Add("MRG-1", "缺少被合并的患者标识");
  std::vector<Merge> merges;
  if (patients.size() != 1 && patients.size() != replaced.size()) {
    faults.Add("MRG", absl::StrCat(replaced.size(), " 个合并对应 ", patients.size(),
                                   " 名患者，未写明谁并入谁"));
    return merges;
  }
  for (std::size_t i = 0; i < replaced.size(); ++i) {
    const Segment& mrg = *replaced[i];
    const bool own = i > 0 && patients.size() > 1;
    const Patient patient = own ? PatientFromPid(*patients[i]) : first;
    if (own && patient.person_number.empty()) {
      faults.Add(patients[i]->PathOf(3), "缺少患者标识：没有病案号或证件号");
    }
    std::vector<std::string> numbers = NumbersThatGo(mrg, patient);
    if (numbers.empty()) faults.Add(mrg.PathOf(1), "缺少被合并的患者标识");
    const std::string name =
        PersonNameFromText(absl::StrCat(mrg.Get(7, 1), mrg.Get(7, 2)));  // Prior patient name.
    for (std::string& number : numbers) {
      merges.push_back({patient, std::move(number), name, mrg.Get(5)});  // Prior visit number.
    }
  }
  return merges;
}

}  // namespace recoup::hospital::hl7
