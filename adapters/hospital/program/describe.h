// What a message says and what became of it, for people (Chinese) and for programs (JSON).
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/hospital/program/intake.h"
#include "nlohmann/json.hpp"
#include "recoup/v1/flag.pb.h"

namespace recoup::hospital {

using Json = nlohmann::ordered_json;

// One line each; bytes that are not UTF-8 are replaced.
std::string JsonLine(const Json& json);

Json NotesAsJson(const std::vector<QualityNote>& notes);
std::string NotesForPeople(const std::vector<QualityNote>& notes);

Json UnderstoodAsJson(const Understood& understood);
std::string UnderstoodForPeople(const Understood& understood);

Json TakenAsJson(const Taken& taken);
std::string TakenForPeople(const Taken& taken);

// The hub's answer to a request of this kind, in one Chinese sentence.
std::string AnswerForPeople(std::string_view kind, const std::string& answer);

std::string StateInChinese(v1::FlagState state);
std::string KindInChinese(v1::ThirdPartyKind kind);
std::string KindInChinese(triage::ThirdPartyKind kind);
const char* ProposalInChinese(triage::Proposal proposal);
// For programs: "NO_FLAG", "ASK_FIRMLY".
const char* ProposalName(triage::Proposal proposal);
const char* AnswerName(triage::Answer answer);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_DESCRIBE_H_
