// What stands at the head and the foot of the document.
#include <algorithm>
#include <map>

#include "adapters/court/readers.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

// The digits are folded, but the brackets of the number stay as the court typed them.
std::string WithOriginalBrackets(const Reading& reading, Span span) {
  const NormalisedText& normalised = reading.document.normalised;
  std::string out;
  for (std::size_t i = span.begin; i < span.end; ++i) {
    const char c = normalised.text[i];
    if (c == '(' || c == ')') {
      out += EncodeUtf8(std::u32string_view(&normalised.original[normalised.origin[i]], 1));
    } else {
      out += c;
    }
  }
  return out;
}

template <typename Value>
std::optional<Value> ByName(std::string_view name, std::initializer_list<Value> values) {
  const auto found = std::ranges::find_if(values, [&](Value v) { return Name(v) == name; });
  if (found == values.end()) return std::nullopt;
  return *found;
}

void ReadNumber(const Reading& reading) {
  const Span caption = reading.document.outline.caption;
  const auto hit = reading.Leftmost("caption.case_number", caption);
  if (!hit.has_value()) return;
  reading.elements.case_number = WithOriginalBrackets(reading, hit->span);
  reading.Note("case_number", *hit);
  if (const auto instance = reading.First("caption.instance", hit->span)) {
    reading.elements.instance =
        ByName(instance->rule->value,
               {Instance::kFirst, Instance::kSecond, Instance::kRetrial, Instance::kOther});
    reading.Note("instance", *instance);
  }
}

void ReadCourtAndType(const Reading& reading) {
  const Span caption = reading.document.outline.caption;
  if (const auto hit = reading.Leftmost("caption.court", caption)) {
    reading.elements.court = std::string(reading.view(hit->groups[1]));
    reading.Note("court", *hit);
  }
  if (const auto hit = reading.Leftmost("caption.document_type", caption)) {
    reading.elements.document_type =
        ByName(hit->rule->value, {DocumentType::kJudgment, DocumentType::kRuling,
                                  DocumentType::kMediation, DocumentType::kOther});
    reading.Note("document_type", *hit);
  }
}

// "原告甲诉被告乙饲养动物损害赔偿纠纷一案": what stands between the last party and "一案". Absent
// where the name before it is none that is known.
std::optional<Span> CauseBehindParties(const Reading& reading, const Hit& hit) {
  Span cause = hit.groups[1];
  const auto mentions = reading.document.parties.MentionsIn({0, cause.end});
  if (!mentions.empty()) cause.begin = std::max(cause.begin, mentions.back().span.end);
  const bool bounded =
      cause.begin > hit.groups[1].begin || reading.Has("caption.cause_bounded", {0, cause.begin});
  if (!bounded) return std::nullopt;
  if (const auto link = reading.First("caption.cause_link", cause)) cause.begin = link->span.end;
  if (reading.Has("caption.cause_no_cause", cause)) return std::nullopt;
  return cause;
}

// The cause stands in the caption (案由：), before "一案", or in the story of an agreement.
void ReadCause(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  const Span head{0, std::max(outline.claims.begin, outline.procedure.end)};
  const auto keep = [&](const Hit& hit, Span cause) {
    reading.elements.cause = std::string(reading.view(cause));
    reading.Note("cause", cause, hit.rule->name, hit.rule->confidence_percent);
  };
  if (const auto stated = reading.First("caption.cause_stated", head)) {
    return keep(*stated, stated->groups[1]);
  }
  if (const auto before_case = reading.First("caption.cause_case", head)) {
    if (const auto cause = CauseBehindParties(reading, *before_case)) {
      return keep(*before_case, *cause);
    }
  }
  auto hit = reading.Leftmost("cause", {0, reading.text().size()});
  if (!hit.has_value()) hit = reading.First("caption.cause_any", head);
  if (hit.has_value()) keep(*hit, hit->groups[1]);
}

std::optional<ThirdPartyKind> KindByRule(const Hit& hit) {
  return ByName(hit.rule->value,
                {ThirdPartyKind::kTraffic, ThirdPartyKind::kAssault, ThirdPartyKind::kAnimal,
                 ThirdPartyKind::kPremises, ThirdPartyKind::kWork, ThirdPartyKind::kMedical,
                 ThirdPartyKind::kSchool, ThirdPartyKind::kProduct, ThirdPartyKind::kFallingObject,
                 ThirdPartyKind::kOther});
}

// A dispute about the right to health or body may be about anything that hurts: a school that is
// sued, sport, a dog. Absent: a fight, or nothing that tells otherwise.
std::optional<Hit> KindBehindRight(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  for (const Party& party : reading.document.parties.all()) {
    if (party.side != Side::kRespondent || party.kind != PartyKind::kOther) continue;
    if (auto school =
            reading.rules.First("third_party.school_party", party.name, {0, party.name.size()})) {
      school->span = party.line;
      return school;
    }
  }
  return reading.First("third_party.sport", outline.reasons);
}

// By the cause where it says so; a recovery case by the story it tells.
void ReadThirdPartyKind(const Reading& reading) {
  std::optional<Hit> hit;
  if (reading.elements.cause.has_value()) {
    hit = reading.rules.First("third_party.by_cause", *reading.elements.cause,
                              {0, reading.elements.cause->size()});
    if (hit.has_value()) {
      reading.elements.third_party_kind = KindByRule(*hit);
      if (reading.elements.third_party_kind == ThirdPartyKind::kAssault) {
        if (const auto behind = KindBehindRight(reading)) {
          reading.elements.third_party_kind = KindByRule(*behind);
          reading.Note("third_party_kind", *behind);
          return;
        }
      }
      reading.Derive("third_party_kind", "cause", hit->rule->name, hit->rule->confidence_percent);
      return;
    }
  }
  const Outline& outline = reading.document.outline;
  hit = reading.First("third_party.by_story", {outline.claims.begin, outline.reasons.begin});
  // An agreement tells the story among its items, an order that permits a withdrawal in its first
  // lines.
  if (!hit.has_value()) hit = reading.First("third_party.by_story", outline.ruling);
  if (!hit.has_value() && outline.facts.size() == 0) {
    hit = reading.First("third_party.by_story", outline.procedure);
  }
  if (!hit.has_value()) return;
  reading.elements.third_party_kind = KindByRule(*hit);
  reading.Note("third_party_kind", *hit);
}

// The date under the document: the last one in Chinese numerals; else the last one that is alone in
// its line of the tail.
void ReadClosedOn(const Reading& reading) {
  const std::string_view text = reading.text();
  const Span tail = reading.document.outline.tail;
  std::optional<Date> closed;
  for (const Date& date : reading.Dates({reading.document.outline.ruling.begin, text.size()})) {
    const bool line_begins = date.span.begin == 0 || text[date.span.begin - 1] == '\n';
    const bool line_ends = date.span.end == text.size() || text[date.span.end] == '\n';
    const bool alone = line_begins && line_ends && date.span.begin >= tail.begin;
    if (date.chinese_numerals || alone) closed = date;
  }
  if (!closed.has_value()) return;
  reading.elements.closed_on = closed->day;
  reading.Note("closed_on", closed->span, "date.last", closed->chinese_numerals ? 98 : 80);
}

}  // namespace

void ReadCaption(const Reading& reading) {
  ReadCourtAndType(reading);
  ReadNumber(reading);
  ReadCause(reading);
  ReadThirdPartyKind(reading);
  ReadClosedOn(reading);
}

}  // namespace recoup::court
