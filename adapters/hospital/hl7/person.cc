#include "adapters/hospital/hl7/person.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"

namespace recoup::hospital::hl7 {
namespace {

// Senders put the whole name into the family name, split it, or write pinyin beside it.
std::string NameFrom(const Segment& pid) {
  // PID-9, the alias, holds the name in characters where PID-5 has room for pinyin only.
  for (const std::size_t field : {std::size_t{5}, std::size_t{9}}) {
    for (std::size_t repetition = 1; repetition <= pid.RepetitionCount(field); ++repetition) {
      const std::string family = pid.Get(field, 1, repetition);
      const std::string given = pid.Get(field, 2, repetition);
      if (HasHan(family) && HasHan(given)) return family + given;
      if (HasHan(family)) return family;
      if (HasHan(given)) return given;
    }
  }
  const std::string family = pid.Get(5, 1);
  const std::string given = pid.Get(5, 2);
  if (family.empty() || given.empty()) return family + given;
  return given + " " + family;
}

// Telephone numbers stand in different components of XTN by version and habit.
std::string PhoneFrom(const Segment& pid) {
  for (const std::size_t field : {std::size_t{13}, std::size_t{14}}) {
    for (std::size_t repetition = 1; repetition <= pid.RepetitionCount(field); ++repetition) {
      for (const std::size_t component : {1u, 7u, 9u, 12u}) {
        std::string text = pid.Get(field, component, repetition);
        const auto digits = std::count_if(text.begin(), text.end(), [](char c) {
          return absl::ascii_isdigit(static_cast<unsigned char>(c)) != 0;
        });
        if (digits >= 7) return text;
      }
    }
  }
  return "";
}

// A resident card is known by its check character wherever it stands: type codes vary by sender,
// and "IDCard" is the hospital's own card with some of them.
void SetIdentity(const Segment& pid, Patient& patient) {
  for (const std::size_t field :
       {std::size_t{3}, std::size_t{19}, std::size_t{2}, std::size_t{4}}) {
    for (std::size_t repetition = 1; repetition <= pid.RepetitionCount(field); ++repetition) {
      const std::string number = absl::AsciiStrToUpper(pid.Get(field, 1, repetition));
      if (!IsResidentCardNumber(number)) continue;
      patient.id_type = "01";
      patient.id_number = number;
      return;
    }
  }
  // HL7 table 0203: PPN passport, NI national identifier, NNCHN China's.
  for (std::size_t repetition = 1; repetition <= pid.RepetitionCount(3); ++repetition) {
    const std::string type = pid.Get(3, 5, repetition);
    if (type != "PPN" && type != "NI" && type != "NNCHN" && type != "IdentifyNO") continue;
    patient.id_number = pid.Get(3, 1, repetition);
    if (!patient.id_number.empty()) return;
  }
}

}  // namespace

Patient PatientFromPid(const Segment& pid) {
  Patient patient;
  patient.name = PersonNameFromText(NameFrom(pid));
  patient.phone = PhoneFrom(pid);
  // PID-2 and PID-4 are where older versions (to 2.3) have room for it, too.
  for (const std::size_t field : {std::size_t{3}, std::size_t{2}, std::size_t{4}}) {
    if (patient.person_number.empty()) patient.person_number = pid.Get(field, 1);
  }
  patient.birth_date = DateFromText(pid.Get(7));
  patient.gender = GenderFromText(pid.Get(8));
  SetIdentity(pid, patient);
  return patient;
}

}  // namespace recoup::hospital::hl7
