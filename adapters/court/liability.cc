// Who answers for which share in the end: employers for their drivers, guardians for their
// children, and who answers where no share is stated.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "adapters/court/liability_shares.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

// "沈某应自担20%": what the injured person does not bear is borne by the only one who is sued.
void PutRest(const Reading& reading, std::vector<ShareStatement>& statements) {
  const Parties& parties = reading.document.parties;
  if (statements.size() != 1 || statements.front().members.size() != 1) return;
  if (PaysForItself(parties[statements.front().members.front()])) return;
  if (std::ranges::count_if(parties.all(), PaysForItself) != 1) return;
  const std::int64_t rest = kWholeShare.hundredths - statements.front().percent.hundredths;
  const std::size_t sued = *FirstSued(parties);
  if (rest <= 0) return;
  statements.insert(statements.begin(),
                    {parties[sued].name, {sued}, Percent{rest}, statements.front().span});
}

// Where the court says no share and makes one person or company pay, it answers for all; so do all
// who are sued when they must pay together.
std::vector<ShareStatement> ByObligation(const Reading& reading) {
  const Parties& parties = reading.document.parties;
  std::vector<std::size_t> sued;
  for (std::size_t i = 0; i < parties.all().size(); ++i) {
    const bool pays = parties[i].kind != PartyKind::kInsurer && parties[i].kind != PartyKind::kFund;
    if (parties[i].side == Side::kRespondent && pays) sued.push_back(i);
  }
  const JudgmentElements& elements = reading.elements;
  if (sued.size() > 1 && elements.obligations.size() == 1 &&
      elements.obligations.front().debtor == JoinedNames(parties, sued) &&
      reading.Has("liability.joint", reading.document.outline.reasons)) {
    return {{JoinedNames(parties, sued), sued, kWholeShare, parties[sued.front()].line}};
  }
  // "受害人没有过错": of several who are sued the one who must pay answers for all of it.
  if (sued.size() > 1 && reading.Has("liability.no_fault", reading.document.outline.reasons)) {
    std::erase_if(sued, [&](std::size_t party) {
      return std::ranges::find(elements.obligations, parties[party].name, &Obligation::debtor) ==
             elements.obligations.end();
    });
  }
  if (sued.size() != 1 || elements.obligations.empty()) return {};
  if (!elements.third_party_kind.has_value()) return {};
  // Inside the compulsory cover nobody's share matters, and the court need not fix one.
  const Span reasons = reading.document.outline.reasons;
  if (reading.Has("award.within_compulsory", reasons)) return {};
  if (elements.document_type == DocumentType::kMediation)
    return {};  // What was agreed may be less.
  if (parties.FirstOf(Side::kClaimant, PartyKind::kFund).has_value()) return {};
  const std::string& name = parties[sued.front()].name;
  const bool injured = std::ranges::find(elements.injured_persons, name, &InjuredPerson::name) !=
                       elements.injured_persons.end();
  if (injured) return {};
  reading.Warn("文书未载明责任比例，按唯一应当赔偿的被告承担全部责任推定，请核对。");
  return {{name, sued, kWholeShare, parties[sued.front()].line}};
}

// "余款由保险公司在商业三者险限额内赔偿70%": the insurer pays the share of the one it insures.
std::vector<ShareStatement> ByInsurerShare(const Reading& reading) {
  const Parties& parties = reading.document.parties;
  if (std::ranges::count_if(parties.all(), PaysForItself) != 1) return {};
  std::optional<Share> stated;
  // A judgment that lets an earlier one stand recites its reasons among the facts.
  for (const Section section : {Section::kReasons, Section::kFacts}) {
    for (const Sentence& sentence : reading.document.outline.sentences) {
      if (sentence.section != section || sentence.by_party) continue;
      const auto hit = reading.First("liability.insurer_share", sentence.span);
      if (!hit.has_value()) continue;
      const auto shares = reading.Shares(hit->span);
      if (!shares.empty()) stated = shares.back();
    }
    if (stated.has_value()) break;
  }
  if (!stated.has_value()) return {};
  const std::size_t sued = *FirstSued(parties);
  return {{parties[sued].name, {sued}, stated->percent, stated->span}};
}

// "甲应承担50%的责任，由其监护人乙、丙承担": guardians stand for their child.
void PutGuardians(const Reading& reading, std::vector<ShareStatement>& statements) {
  const Parties& parties = reading.document.parties;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.by_party) continue;
    const auto pays = reading.First("liability.guardian_pays", sentence.span);
    if (!pays.has_value()) continue;
    // "某小学承担50%；甲的责任由监护人乙承担": the child stands in the same segment.
    const Span before{sentence.span.begin, pays->span.begin};
    const auto segments = Segments(reading.text(), before);
    auto child = segments.empty() ? std::nullopt : parties.FirstIn(segments.back());
    if (!child.has_value()) child = parties.FirstIn(before);
    const auto guardians = SubjectOf(reading, {pays->span.end, sentence.span.end}, true);
    if (!child.has_value() || guardians.empty()) continue;
    for (ShareStatement& s : statements) {
      if (s.party == parties[*child].name) s.party = JoinedNames(parties, guardians);
    }
  }
}

}  // namespace

void ReadLiability(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  // Where nothing was judged or agreed, the police finding alone is no share.
  if (reading.Has("ruling.withdrawn", reading.document.outline.ruling)) return;
  // Nor where a person is punished and nobody awarded anything.
  if (elements.obligations.empty() && elements.cause.has_value() &&
      elements.cause->ends_with("罪")) {
    return;
  }
  std::vector<ShareStatement> statements = StatedShares(reading);
  if (statements.empty()) statements = ByInsurerShare(reading);
  PutGuardians(reading, statements);
  PutRest(reading, statements);
  const bool inferred = statements.empty();
  if (inferred) statements = ByObligation(reading);
  const bool adds_up = SumOfShares(statements) == kWholeShare.hundredths;
  for (const ShareStatement& s : statements) {
    reading.Note(absl::StrCat("liability[", elements.liability.size(), "]"), s.span,
                 inferred ? "liability.only_respondent" : "liability.verb",
                 inferred  ? 70
                 : adds_up ? 94
                           : 88);
    elements.liability.push_back({s.party, s.percent});
  }
  const std::int64_t sum = SumOfShares(statements);
  if (statements.empty() || elements.injured_persons.empty()) return;
  const std::string& injured = elements.injured_persons.front().name;
  const bool injured_named =
      std::ranges::find(statements, injured, &ShareStatement::party) != statements.end();
  if (sum < kWholeShare.hundredths && !injured_named) {
    reading.Derive(absl::StrCat("liability[", elements.liability.size(), "]"), "liability",
                   "liability.rest", 88);
    elements.liability.push_back({injured, Percent{kWholeShare.hundredths - sum}});
  } else if (sum != kWholeShare.hundredths) {
    reading.Warn("责任比例之和不为百分之百，请核对。");
    reading.Doubt("liability", 60);
  }
}

}  // namespace recoup::court
