#include "adapters/hospital/hl7/observations.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"

namespace recoup::hospital::hl7 {
namespace {

// "REL_TTP_FLAG" and "rel-ttp flag" are one name.
std::string FoldedLabel(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c == '_' || c == '-' || c == ' ') continue;
    folded.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

bool HoldsAny(std::string_view text, const auto& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool IsAny(std::string_view text, const auto& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// The national interface's names of the flags, which hospitals keep for their own messages.
constexpr std::array<std::string_view, 2> kThirdPartyCodes = {"relttpflag", "relttp"};
constexpr std::array<std::string_view, 2> kTraumaCodes = {"trumflag", "trum"};
constexpr std::array<std::string_view, 5> kThirdPartyWords = {"第三方", "第三人", "第三者",
                                                              "他方责任", "thirdparty"};
constexpr std::array<std::string_view, 2> kTraumaWords = {"外伤", "trauma"};
// How the injury came about, in the words of the records' headings (病历书写基本规范: 主诉,
// 现病史).
constexpr std::array<std::string_view, 19> kCourseWords = {"主诉",
                                                           "现病史",
                                                           "受伤",
                                                           "致伤",
                                                           "损伤",
                                                           "外伤",
                                                           "事故",
                                                           "经过",
                                                           "病情",
                                                           "入院原因",
                                                           "就诊原因",
                                                           "起病",
                                                           "injury",
                                                           "accident",
                                                           "mechanism",
                                                           "chiefcomplaint",
                                                           "causeof",
                                                           "reasonforvisit",
                                                           "historyofpresent"};
// LOINC: chief complaint, history of present illness, injury incident, reason for visit. Hyphens
// are folded away.
constexpr std::array<std::string_view, 6> kCourseCodes = {"86611",  "101543", "101642",
                                                          "113746", "292995", "462390"};
// Headings that hold such a word and tell nothing of it: 外伤史 is the past, 受伤时间 a time, and
// 第三方支付 a way to pay.
constexpr std::array<std::string_view, 14> kOtherWords = {
    "既往", "家族", "个人史", "外伤史", "过敏", "时间", "日期",
    "评分", "支付", "past",   "family", "date", "time", "score"};
// HL7 table 0085: deleted, wrong, not obtained.
constexpr std::array<std::string_view, 3> kVoidStates = {"D", "W", "X"};
constexpr std::array<std::string_view, 4> kTextTypes = {"", "TX", "FT", "ST"};
constexpr std::array<std::string_view, 4> kCodedTypes = {"CE", "CWE", "CNE", "IS"};

void Tell(TriState said, TriState& flag) {
  if (said == TriState::kYes || flag == TriState::kUnknown) flag = said;
}

// A coded value says it by its code or by its words: "1^是".
TriState FlagOf(const Segment& segment, std::size_t field) {
  const TriState by_code = TriStateFromText(segment.Get(field, 1));
  return by_code == TriState::kUnknown ? TriStateFromText(segment.Get(field, 2)) : by_code;
}

std::string WordsOf(const Segment& obx) {
  const std::string type = obx.Get(2);
  std::string words;
  const auto add = [&words](const std::string& part) {
    if (!part.empty()) absl::StrAppend(&words, words.empty() ? "" : "，", part);
  };
  for (std::size_t i = 1; i <= obx.RepetitionCount(5); ++i) {
    if (IsAny(type, kCodedTypes)) {
      add(obx.Get(5, 2, i).empty() ? obx.Get(5, 1, i) : obx.Get(5, 2, i));
    } else if (IsAny(type, kTextTypes)) {
      // Text has no components: what looks like several is one text with the sign in it.
      for (std::size_t part = 1; part <= obx.ComponentCount(5, i); ++part) add(obx.Get(5, part, i));
    }
  }
  return words;
}

void ReadObservation(const Segment& obx, InjuryFacts& facts) {
  if (IsAny(obx.Get(11), kVoidStates)) return;
  const std::string code = FoldedLabel(obx.Get(3, 1));
  const std::string label =
      absl::StrCat(code, "\n", FoldedLabel(obx.Get(3, 2)), "\n", FoldedLabel(obx.Get(3, 5)));
  if (HoldsAny(label, kOtherWords)) return;
  const bool third_party = IsAny(code, kThirdPartyCodes) || HoldsAny(label, kThirdPartyWords);
  const TriState said = FlagOf(obx, 5);
  if (said != TriState::kUnknown) {
    if (third_party) Tell(said, facts.third_party);
    if (!third_party && (IsAny(code, kTraumaCodes) || HoldsAny(label, kTraumaWords))) {
      Tell(said, facts.trauma);
    }
    return;
  }
  if (!third_party && !HoldsAny(label, kCourseWords) && !IsAny(code, kCourseCodes)) return;
  std::string words = WordsOf(obx);
  if (!words.empty()) facts.words.push_back(std::move(words));
}

// "ZPI|rel_ttp_flag^1" or "ZPI|rel_ttp_flag|1": what names itself can be read.
void ReadOwnSegment(const Segment& segment, InjuryFacts& facts) {
  for (std::size_t field = 1; field <= segment.LastField(); ++field) {
    const std::string name = FoldedLabel(segment.Get(field, 1));
    const bool third_party = name == kThirdPartyCodes.front();
    if (!third_party && name != kTraumaCodes.front()) continue;
    const bool within = segment.ComponentCount(field, 1) > 1;
    Tell(TriStateFromText(within ? segment.Get(field, 2) : segment.Get(field + 1)),
         third_party ? facts.third_party : facts.trauma);
  }
}

// A remark belongs to the segment before it; that on an observation is the observation's.
void ReadRemark(const Segment& nte, InjuryFacts& facts) {
  std::string words;
  for (std::size_t i = 1; i <= nte.RepetitionCount(3); ++i) {
    absl::StrAppend(&words, words.empty() ? "" : "，", nte.Get(3, 1, i));
  }
  if (!words.empty()) facts.words.push_back(std::move(words));
}

}  // namespace

InjuryFacts InjuryFactsOf(const Message& message) {
  InjuryFacts facts;
  bool on_observation = false;
  for (const Segment& segment : message.segments()) {
    if (segment.name() == "NTE") {
      if (!on_observation) ReadRemark(segment, facts);
      continue;
    }
    on_observation = segment.name() == "OBX" || segment.name() == "OBR";
    if (segment.name() == "OBX") ReadObservation(segment, facts);
    if (segment.name().starts_with('Z')) ReadOwnSegment(segment, facts);
  }
  return facts;
}

}  // namespace recoup::hospital::hl7
