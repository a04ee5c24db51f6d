#include "adapters/hospital/hl7/accident.h"

#include <string>
#include <string_view>
#include <utility>

#include "adapters/hospital/field_text.h"

namespace recoup::hospital::hl7 {
namespace {

// XAD (HL7 v2.5.1 chapter 2.A.86), from the large to the small as addresses are written in China.
std::string AddressOf(const Segment& segment, std::size_t field) {
  std::string address;
  for (const std::size_t component : {4u, 3u, 1u, 2u}) {
    const std::string part = segment.Get(field, component);
    if (address.find(part) == std::string::npos) address += part;
  }
  return address;
}

bool Tells(const Accident& accident) {
  return accident.time || !accident.code.empty() || !accident.code_name.empty() ||
         !accident.place.empty() || !accident.description.empty() ||
         accident.job_related == TriState::kYes || accident.police_notified == TriState::kYes;
}

Accident FromSegment(const Segment& acc, std::vector<QualityNote>& notes) {
  Accident accident;
  accident.time = TimeFromText(acc.Get(1));
  if (!accident.time && !acc.Get(1).empty()) {
    notes.push_back({NoteKind::kUnusual, acc.PathOf(1), "事故时间不是时间，未采用"});
  }
  accident.code = acc.Get(2, 1);
  accident.code_name = acc.Get(2, 2);
  accident.place = acc.Get(3);
  if (accident.place.empty()) accident.place = AddressOf(acc, 11);
  accident.job_related = TriStateFromText(acc.Get(5));
  accident.description = acc.Get(8);
  accident.police_notified = TriStateFromText(acc.Get(10));
  return accident;
}

void ReadOccurrences(const Message& message, std::string_view name, std::size_t field,
                     Accident& accident) {
  for (const Segment* segment : message.FindAll(name)) {
    for (std::size_t i = 1; i <= segment->RepetitionCount(field); ++i) {
      std::string code = segment->Get(field, 1, i);
      if (code.empty()) continue;
      if (!accident.time) accident.time = TimeFromText(segment->Get(field, 2, i));
      accident.occurrence_codes.push_back(std::move(code));
    }
  }
}

}  // namespace

std::optional<Accident> AccidentOf(const Message& message, std::vector<QualityNote>& notes) {
  Accident accident;
  for (const Segment* acc : message.FindAll("ACC")) {
    if (Tells(accident)) {
      notes.push_back({NoteKind::kUnusual, "ACC", "写了不止一次事故，采用第一次"});
      break;
    }
    accident = FromSegment(*acc, notes);
  }
  const bool told = Tells(accident);
  // HL7 v2.5.1 chapters 6.5.10 and 6.5.11: occurrence code and date, repeating, of the UB-82 and
  // the UB-92 form.
  ReadOccurrences(message, "UB1", 16, accident);
  ReadOccurrences(message, "UB2", 7, accident);
  // Field 5 counts days and has one component: a code and a date in it are the occurrence, by a
  // sender who counts without the two fields before.
  const Segment* ub2 = message.Find("UB2");
  if (ub2 != nullptr && !ub2->Get(5, 1).empty() && !ub2->Get(5, 2).empty()) {
    ReadOccurrences(message, "UB2", 5, accident);
    notes.push_back({NoteKind::kRepaired, "UB2-5", "放了事件代码（应在 UB2-7）"});
  }
  if (!told && accident.occurrence_codes.empty()) return std::nullopt;
  return accident;
}

}  // namespace recoup::hospital::hl7
