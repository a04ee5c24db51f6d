// The event: when it happened, whom it hurt, where they were treated.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

constexpr std::size_t kWindowBytes = 90;
constexpr std::size_t kStoryBytes = 1200;
constexpr std::size_t kHospitalsMax = 20;
constexpr int kClaimantBonus = 2;
constexpr int kFurtherScoreMin = 5;  // With the bonus.

std::size_t WindowEnd(std::string_view text, std::size_t from) {
  return std::min(text.size(), from + kWindowBytes);
}

// A date is that of the event when its sentence tells of it; what the court found outweighs what a
// party says, a date with an hour outweighs one without.
int EventScore(const Reading& reading, const Sentence& sentence, const Date& date) {
  const bool medical = reading.elements.third_party_kind == ThirdPartyKind::kMedical;
  const Span after{date.span.end,
                   std::clamp(sentence.span.end, date.span.end, date.span.end + kStoryBytes)};
  const Span near{date.span.end, std::min(after.end, WindowEnd(reading.text(), date.span.end))};
  int score = 0;
  if (reading.Has(medical ? "event.operation" : "event.verb", after)) {
    score += 4;
  }
  const bool hour = !medical && reading.Has("event.hour", near);
  if (hour) score += 2;
  if (sentence.section == Section::kFacts) score += 2;
  // "事故发生时间：2022年9月11日"
  if (reading.Has("event.labelled", {sentence.span.begin, date.span.begin})) score += 4;
  if (!hour && reading.Has("event.not_event", near)) score -= 6;
  return score;
}

// "2021年7月24日晚，…进行比赛。20时许，…受伤": the date and what happened stand in two sentences.
// The first such date the court tells; else the first that a party tells.
std::optional<Date> DateOfStory(const Reading& reading) {
  if (reading.elements.third_party_kind == ThirdPartyKind::kMedical) return std::nullopt;
  for (const bool told_by_court : {true, false}) {
    for (const Sentence& sentence : reading.document.outline.sentences) {
      const bool facts = sentence.section == Section::kFacts;
      if (told_by_court ? !facts : sentence.section != Section::kClaims) continue;
      const auto dates = reading.Dates(sentence.span);
      if (dates.empty()) continue;
      const std::size_t begin = dates.back().span.end;
      Span story{begin, std::min(reading.text().size(), begin + kStoryBytes)};
      if (const auto next = reading.Dates(story); !next.empty())
        story.end = next.front().span.begin;
      if (reading.Has("event.not_event", {begin, WindowEnd(reading.text(), begin)})) continue;
      if (reading.Has("event.verb", story)) return dates.back();
    }
  }
  return std::nullopt;
}

void ReadAccidentOn(const Reading& reading) {
  int best_score = 3;
  std::optional<Date> best;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section == Section::kCaption || sentence.section == Section::kTail) continue;
    for (const Date& date : reading.Dates(sentence.span)) {
      const int score = EventScore(reading, sentence, date);
      if (score <= best_score) continue;
      best_score = score;
      best = date;
    }
  }
  int confidence = best_score >= 8 ? 95 : 80;
  if (!best.has_value()) {
    best = DateOfStory(reading);
    confidence = 70;
  }
  if (!best.has_value()) return;
  reading.elements.accident_on = best->day;
  reading.Note("accident_on", best->span, "event.verb", confidence);
}

// "二原告受伤" tells of each of them, and at once as much as three mentions of one.
void AddPlural(const Reading& reading, const Mention& mention, std::size_t end,
               std::vector<int>& scores) {
  constexpr int kPluralScore = 3;
  if (mention.parties.empty() || !reading.Has("injured.plural", {mention.span.end, end})) return;
  for (const std::size_t party : mention.parties) {
    if (reading.document.parties[party].kind == PartyKind::kPerson) scores[party] += kPluralScore;
  }
}

// How many times the text tells that a party was hurt or treated; one count per party.
std::vector<int> InjuryScores(const Reading& reading) {
  const Parties& parties = reading.document.parties;
  std::vector<int> scores(parties.all().size());
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kProcedure || sentence.section > Section::kRuling) continue;
    for (const Mention& mention : parties.MentionsIn(sentence.span)) {
      if (mention.parties.size() != 1) {
        AddPlural(reading, mention, sentence.span.end, scores);
        continue;
      }
      const std::size_t party = mention.parties.front();
      if (parties[party].kind != PartyKind::kPerson) continue;
      const Span before{sentence.span.begin, mention.span.begin};
      const Span after{mention.span.end,
                       std::min(sentence.span.end, WindowEnd(reading.text(), mention.span.end))};
      if (reading.Has("injured.by_whom", before)) continue;
      if (reading.Has("injured.after_name", after)) ++scores[party];
    }
  }
  // Who sues is likelier to be the victim; where the fund sues, one who does not.
  const bool fund_sues = parties.FirstOf(Side::kClaimant, PartyKind::kFund).has_value();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Side side = parties[i].side;
    if (scores[i] == 0) continue;
    if (side == (fund_sues ? Side::kThird : Side::kClaimant)) scores[i] += kClaimantBonus;
    if (fund_sues && side == Side::kOutsider) ++scores[i];
  }
  return scores;
}

void AddInjured(const Reading& reading, std::string name, std::optional<std::string> id, Span span,
                std::string_view rule, int confidence) {
  auto& injured = reading.elements.injured_persons;
  if (std::ranges::find(injured, name, &InjuredPerson::name) != injured.end()) return;
  reading.Note(absl::StrCat("injured_persons[", injured.size(), "]"), span, rule, confidence);
  injured.push_back({std::move(name), std::move(id)});
}

// People who do not sue: the dead, and those hurt beside the plaintiff. Claimants with a case of
// their own (另案) are not part of this document.
void ReadOutsiders(const Reading& reading, bool dead_only) {
  const Parties& parties = reading.document.parties;
  const std::string_view group = dead_only ? "injured.dead" : "injured.outsider";
  for (const Sentence& sentence : reading.document.outline.sentences) {
    // "系死者某某之妻" stands in the caption.
    if (!dead_only && sentence.section < Section::kClaims) continue;
    if (sentence.section > Section::kReasons) continue;
    for (const Hit& hit : reading.All(group, sentence.span)) {
      if (reading.Has("injured.own_case", sentence.span)) break;
      const std::string name(reading.view(hit.groups[1]));
      const auto party = parties.Find(name);
      if (reading.document.names_of_other_cases.contains(name)) continue;
      const bool is_party = party.has_value() && parties[*party].side != Side::kOutsider;
      if (!dead_only && (is_party || reading.rules.Fits("injured.no_name", name))) continue;
      if (reading.rules.Fits("injured.no_name", name)) continue;
      AddInjured(reading, name, party ? parties[*party].id_number : std::nullopt, hit.span,
                 hit.rule->name, 75);
    }
  }
}

void ReadInjured(const Reading& reading) {
  const Parties& parties = reading.document.parties;
  // A quarrel about a contract or wages in which nobody came to harm.
  const JudgmentElements& elements = reading.elements;
  if (!elements.third_party_kind.has_value() && !elements.accident_on.has_value()) return;
  ReadOutsiders(reading, true);
  if (!reading.elements.injured_persons.empty()) return;
  const std::vector<int> scores = InjuryScores(reading);
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] > (best.has_value() ? scores[*best] : 0)) best = i;
  }
  if (!best.has_value() && reading.elements.accident_on.has_value()) {
    best = parties.FirstOf(Side::kClaimant, PartyKind::kPerson);
  }
  if (!best.has_value()) return;
  AddInjured(reading, parties[*best].name, parties[*best].id_number, parties[*best].line,
             "injured.after_name", scores[*best] > 2 ? 94 : 60);
  for (std::size_t i = 0; i < parties.all().size(); ++i) {  // Further plaintiffs hurt in the event.
    const Party& party = parties[i];
    const bool same_side = party.side == parties[*best].side && party.side == Side::kClaimant;
    if (i == *best || party.kind != PartyKind::kPerson || !same_side) continue;
    if (scores[i] < kFurtherScoreMin) continue;
    AddInjured(reading, party.name, party.id_number, party.line, "injured.after_name", 70);
  }
  ReadOutsiders(reading, false);
}

void ReadHospitals(const Reading& reading) {
  std::set<std::string> seen;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kClaims || sentence.section > Section::kReasons) continue;
    if (!reading.Has("hospital.kind", sentence.span)) continue;
    for (const Hit& hit : reading.All("hospital", sentence.span)) {
      std::string name(reading.view(hit.groups[1]));
      if (reading.elements.hospitals.size() >= kHospitalsMax || !seen.insert(name).second) continue;
      reading.Note(absl::StrCat("hospitals[", reading.elements.hospitals.size(), "]"), hit);
      reading.elements.hospitals.push_back(std::move(name));
    }
  }
}

}  // namespace

void ReadEvent(const Reading& reading) {
  ReadAccidentOn(reading);
  ReadInjured(reading);
  ReadHospitals(reading);
}

}  // namespace recoup::court
