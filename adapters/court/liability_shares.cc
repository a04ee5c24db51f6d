#include "adapters/court/liability_shares.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace recoup::court {
namespace {

// "对原告的损失", "向原告": the party is spoken of, but the clause is not about it.
bool IsObject(const Reading& reading, Span clause, Span mention) {
  return reading.Has("liability.object_before", {clause.begin, mention.begin}) ||
         reading.Has("liability.object_after", {mention.end, clause.end});
}

// Reads "甲承担60%、乙承担30%，丙自负10%": each share belongs to the party its clause is about, a
// clause without one (or with 其) to that of the clause before.
class ShareReader {
 public:
  explicit ShareReader(const Reading& reading) : reading_(reading) {}

  void ReadSentence(Span sentence) {
    if (!TellsShares(sentence)) return;
    for (const Span segment : Segments(reading_.text(), sentence)) {
      std::vector<std::size_t> opener;
      std::vector<std::size_t> subject = subject_;
      for (Span clause : Clauses(reading_.text(), segment)) {
        if (AddInOrder({sentence.begin, clause.begin}, clause)) continue;
        // "被告要求按七成赔偿，本院不予采信": what is asked for and refused; where it is granted,
        // the one who asks is not the one who answers.
        if (const auto demanded = reading_.First("liability.demanded", clause)) {
          if (reading_.Has("liability.refused", {clause.begin, segment.end})) continue;
          clause.begin = demanded->groups[1].end;
        }
        ReadClause(clause, opener, subject);
      }
      subject_ = opener.empty() ? subject : opener;
      listed_ = false;
    }
    subject_.clear();
  }

  const std::vector<ShareStatement>& found() const { return found_; }

 private:
  // Most sentences tell none, whoever they speak of.
  bool TellsShares(Span sentence) const {
    return !reading_.Shares(sentence).empty() || reading_.Has("liability.ratio", sentence) ||
           reading_.Has("liability.ratio_of_three", sentence) ||
           reading_.Has("liability.whole", sentence) || reading_.Has("liability.rest_by", sentence);
  }

  void ReadClause(Span clause, std::vector<std::size_t>& opener,
                  std::vector<std::size_t>& subject) {
    // "一审确定其承担70%的责任不当": what is overruled is no share.
    if (reading_.Has("liability.overruled", clause)) return;
    for (const std::string_view ratios : {"liability.ratio_of_three", "liability.ratio"}) {
      if (const auto ratio = reading_.First(ratios, clause)) return AddRatio(*ratio, clause);
    }
    listed_ = listed_ || reading_.Has("liability.listed", clause);
    const auto shares = reading_.Shares(clause);
    Span part = clause;
    if (shares.empty()) {
      Follow(clause, opener, subject);
      if (reading_.Has("liability.whole", clause) && !reading_.Has("liability.not_whole", clause)) {
        Add(subject, kWholeShare, clause, clause);
      } else if (reading_.Has("liability.rest_by", clause)) {
        AddRest(clause);
      }
      return;
    }
    if (AddPairs(shares, clause)) return;
    // "由甲、乙分别按70%、30%的比例承担"
    if (shares.size() > 1 && reading_.Has("liability.respectively", clause)) {
      const auto members = SubjectOf(reading_, clause, true);
      for (std::size_t i = 0; members.size() == shares.size() && i < shares.size(); ++i) {
        Add({members[i]}, shares[i].percent, shares[i].span, {});
      }
      if (members.size() == shares.size()) return;
    }
    // "可减轻被告20%的责任" leaves the defendant the other 80 %.
    if (reading_.Has("liability.relief", clause) && !reading_.Has("liability.finally", clause)) {
      const auto relieved = SubjectOf(reading_, clause, false);
      const bool sued =
          !relieved.empty() && PaysForItself(reading_.document.parties[relieved.front()]);
      if (sued && shares.size() == 1) {
        Add(relieved, Percent{kWholeShare.hundredths - shares.front().percent.hundredths},
            shares.front().span, clause);
      }
      return;
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const Share& share = shares[i];
      part.end = share.span.end;
      // "其余65%由原告自行承担": the party may stand behind the only figure of the clause.
      const bool only = shares.size() == 1;
      Follow(only && SubjectOf(reading_, part, false).empty() ? clause : part, opener, subject);
      const Span context = only ? clause : part;
      // "甲按50%的比例承担责任、乙按30%的比例承担责任": the verb stands behind the share.
      const std::size_t next = i + 1 < shares.size() ? shares[i + 1].span.begin : clause.end;
      if ((listed_ || reading_.Has("liability.verb", {part.begin, next})) &&
          !reading_.Has("liability.no_share", context)) {
        Add(subject, share.percent, share.span, context);
      }
      part.begin = share.span.end;
    }
  }

  void Follow(Span part, std::vector<std::size_t>& opener, std::vector<std::size_t>& subject) {
    const auto named = SubjectOf(reading_, part, false);
    const bool refers_back = reading_.Has("liability.refers_back", part) && !opener.empty();
    if (refers_back) {
      subject = opener;
    } else if (!named.empty()) {
      subject = named;
    }
    if (opener.empty()) opener = subject;
  }

  void Add(const std::vector<std::size_t>& members, Percent percent, Span span, Span context) {
    const Parties& parties = reading_.document.parties;
    const bool each = reading_.Has("liability.each", context);
    const bool fits =
        static_cast<std::int64_t>(members.size()) * percent.hundredths <= kWholeShare.hundredths;
    if (each && (members.size() < 2 || !fits)) return AddEach(percent, span);
    if (percent.hundredths == 0) return;
    // "由机动车一方承担70%"
    const bool by_side = reading_.Has("liability.sued_side", context);
    if (members.empty() || (by_side && !PaysForItself(parties[members.front()]))) {
      const auto sued = by_side ? FirstSued(parties) : std::nullopt;
      if (sued.has_value()) Add({*sued}, percent, span, {});
      return;
    }
    // An insurer pays another's share; it has none of its own.
    if (parties[members.front()].kind == PartyKind::kInsurer) return;
    if (parties[members.front()].kind == PartyKind::kFund) return;
    if (each) {
      for (const std::size_t member : members) Add({member}, percent, span, {});
      return;
    }
    const std::string name = JoinedNames(parties, members);
    const auto known = std::ranges::find(found_, name, &ShareStatement::party);
    if (known != found_.end()) {
      // "乙承担30%；乙系好意搭载，酌情减轻后承担20%"
      if (reading_.Has("liability.finally", context)) *known = {name, members, percent, span};
      return;
    }
    found_.push_back({name, members, percent, span});
  }

  // "按甲70%、乙30%的比例分担": each share stands next to its party.
  bool AddPairs(const std::vector<Share>& shares, Span clause) {
    if (shares.size() < 2 || !reading_.Has("liability.verb", clause)) return false;
    const auto mentions = reading_.document.parties.MentionsIn(clause);
    std::vector<std::size_t> members;
    for (const Share& share : shares) {
      const auto beside = std::ranges::find_if(mentions, [&](const Mention& mention) {
        return mention.span.end == share.span.begin && mention.parties.size() == 1;
      });
      if (beside == mentions.end()) return false;
      members.push_back(beside->parties.front());
    }
    return AddEachInOrder(members, shares);
  }

  // "甲承担主要责任；乙承担次要责任，比例为65%、35%": the shares stand in the order of those who
  // were named before.
  bool AddInOrder(Span before, Span clause) {
    const auto shares = reading_.Shares(clause);
    if (shares.size() < 2) return false;
    if (reading_.Has("liability.both_in_order", clause)) {
      const auto both = SubjectOf(reading_, before, true);
      if (both.size() == shares.size()) return AddEachInOrder(both, shares);
    }
    if (!reading_.Has("liability.in_order", clause)) return false;
    std::vector<std::size_t> members;
    for (const Mention& mention :
         reading_.document.parties.MentionsIn({before.begin, clause.end})) {
      if (mention.parties.size() != 1) continue;
      const std::size_t party = mention.parties.front();
      if (std::ranges::find(members, party) == members.end()) members.push_back(party);
    }
    return members.size() == shares.size() && AddEachInOrder(members, shares);
  }

  bool AddEachInOrder(const std::vector<std::size_t>& members, const std::vector<Share>& shares) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      Add({members[i]}, shares[i].percent, shares[i].span, {});
    }
    return true;
  }

  // "岑某自担10%，其余损失由鲁某承担"; after a share of somebody who is sued it is the rest of a
  // sum.
  void AddRest(Span clause) {
    if (found_.size() != 1 || found_.front().members.empty()) return;
    if (PaysForItself(reading_.document.parties[found_.front().members.front()])) return;
    const auto members = SubjectOf(reading_, clause, true);
    if (members.empty() || !PaysForItself(reading_.document.parties[members.front()])) return;
    Add(members, Percent{kWholeShare.hundredths - SumOfShares(found_)}, clause, {});
  }

  // "由甲、乙按7:3的比例分担"
  void AddRatio(const Hit& ratio, Span clause) {
    const auto members = SubjectOf(reading_, clause, true);
    std::vector<std::int64_t> tenths;
    for (const std::size_t group : {1u, 2u, 3u}) {
      const std::string_view numeral = reading_.view(ratio.groups[group]);
      if (numeral.empty()) break;
      std::int64_t digits = 0;
      const bool arabic = absl::SimpleAtoi(std::string(numeral), &digits);
      tenths.push_back(arabic ? digits : ParseChineseNumeral(numeral).value_or(0));
    }
    if (members.size() != tenths.size() ||
        std::accumulate(tenths.begin(), tenths.end(), std::int64_t{0}) != 10) {
      return;
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
      Add({members[i]}, Percent{tenths[i] * 10 * 100}, ratio.span, {});
    }
  }

  // "双方各自承担一半": the two who are sued, or the one who is and the one who sues.
  // "三名被告各承担 30%" of four who are sued: those who have to pay.
  void AddEach(Percent percent, Span span) {
    const Parties& parties = reading_.document.parties;
    const auto claimant = parties.FirstOf(Side::kClaimant, PartyKind::kPerson);
    std::vector<std::size_t> sued;
    for (std::size_t i = 0; i < parties.all().size(); ++i) {
      const bool pays =
          parties[i].kind != PartyKind::kInsurer && parties[i].kind != PartyKind::kFund;
      if (parties[i].side == Side::kRespondent && pays) sued.push_back(i);
    }
    if (sued.size() == 1 && claimant.has_value()) sued.push_back(*claimant);
    if (sued.size() != 2) sued = Paying();
    const auto count = static_cast<std::int64_t>(sued.size());
    if (count < 2 || count * percent.hundredths > kWholeShare.hundredths) return;
    for (const std::size_t party : sued) Add({party}, percent, span, {});
  }

  // Who owes a sum of its own by this document, insurers left out.
  std::vector<std::size_t> Paying() const {
    const Parties& parties = reading_.document.parties;
    std::vector<std::size_t> paying;
    for (const Obligation& obligation : reading_.elements.obligations) {
      const auto party = parties.Find(obligation.debtor);
      if (!party.has_value() || !PaysForItself(parties[*party])) continue;
      if (std::ranges::find(paying, *party) == paying.end()) paying.push_back(*party);
    }
    return paying;
  }

  const Reading& reading_;
  std::vector<std::size_t> subject_;
  bool listed_ = false;  // "责任比例确定为：甲50%，乙20%": no verb follows.
  std::vector<ShareStatement> found_;
};

// "二被告承担80%（其中甲50%，乙30%）": the single shares replace the joint one.
void DropJointOnes(std::vector<ShareStatement>& statements) {
  const auto has_own = [&](std::size_t party) {
    return std::ranges::any_of(statements, [&](const ShareStatement& s) {
      return s.members.size() == 1 && s.members.front() == party;
    });
  };
  std::vector<ShareStatement> kept;
  for (const ShareStatement& s : statements) {
    if (s.members.size() == 1 || !std::ranges::all_of(s.members, has_own)) kept.push_back(s);
  }
  statements = std::move(kept);
}

// The last of those before a place who do not sue; the one who acted for the employer.
std::optional<std::size_t> LastNotSuing(const Parties& parties, Span within, std::size_t employer) {
  std::optional<std::size_t> last;
  for (const Mention& mention : parties.MentionsIn(within)) {
    if (mention.parties.empty()) continue;
    const std::size_t party = mention.parties.front();
    if (party != employer && parties[party].side != Side::kClaimant) last = party;
  }
  return last;
}

// "郭某系执行工作任务，由用人单位某公司承担": the employer stands for its driver.
void PutEmployers(const Reading& reading, std::vector<ShareStatement>& statements) {
  const Parties& parties = reading.document.parties;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.by_party) continue;
    const auto duty = reading.First("liability.on_duty", sentence.span);
    if (!duty.has_value()) continue;
    const auto employer = parties.FirstIn({duty->span.end, sentence.span.end});
    if (!employer) continue;
    const auto driver = LastNotSuing(parties, {sentence.span.begin, duty->span.end}, *employer);
    if (!driver) continue;
    if (parties[*employer].kind == PartyKind::kInsurer) continue;
    const bool has_own = std::ranges::find(statements, parties[*employer].name,
                                           &ShareStatement::party) != statements.end();
    const std::string& driver_name = parties[*driver].name;
    if (has_own) {
      std::erase_if(statements, [&](const ShareStatement& s) { return s.party == driver_name; });
      continue;
    }
    for (ShareStatement& s : statements) {
      if (s.party == driver_name) s.party = parties[*employer].name;
    }
  }
}

}  // namespace

std::string JoinedNames(const Parties& parties, const std::vector<std::size_t>& members) {
  std::string names;
  for (const std::size_t i : members) {
    absl::StrAppend(&names, names.empty() ? "" : "、", parties[i].name);
  }
  return names;
}

bool PaysForItself(const Party& party) {
  return party.side == Side::kRespondent && party.kind != PartyKind::kInsurer &&
         party.kind != PartyKind::kFund;
}

std::optional<std::size_t> FirstSued(const Parties& parties) {
  const auto found = std::ranges::find_if(parties.all(), PaysForItself);
  if (found == parties.all().end()) return std::nullopt;
  return static_cast<std::size_t>(found - parties.all().begin());
}

std::vector<std::size_t> SubjectOf(const Reading& reading, Span clause, bool joint) {
  const Parties& parties = reading.document.parties;
  Span within = clause;
  // "由甲作为监护人承担": named before the word; "甲的监护人乙": behind it.
  const auto guardian = reading.First("liability.guardian", clause);
  if (guardian.has_value() && !reading.Has("liability.as_guardian", clause) &&
      !parties.MentionsIn({guardian->span.end, clause.end}).empty()) {
    within.begin = guardian->span.end;
  }
  const bool paired = reading.Has("liability.each", clause) ||
                      reading.Has("liability.equal", clause) ||
                      reading.Has("liability.ratio", clause);
  const bool each = joint || paired;
  constexpr std::string_view kWith = "与";
  const bool shared = reading.Shares(clause).size() == 1 && reading.Has("liability.verb", clause);
  std::vector<std::size_t> members;
  std::size_t end = 0;
  for (const Mention& mention : parties.MentionsIn(within)) {
    if (mention.parties.empty()) continue;
    // "甲公司与乙承担70%", "甲与乙负同等责任": 与 joins those who bear one share, or one each.
    const bool both_pay = shared && !members.empty() && PaysForItself(parties[members.back()]) &&
                          PaysForItself(parties[mention.parties.front()]);
    const bool beside = (both_pay || (paired && !members.empty())) &&
                        reading.view({end, mention.span.begin}) == kWith;
    if (!beside && IsObject(reading, clause, mention.span)) continue;
    const bool adjacent = !members.empty() && mention.span.begin <= end + 3 &&
                          reading.view({end, mention.span.begin}) != "";
    if (!members.empty() && !adjacent) break;
    // Joint as guardians, as respondents side by side, or where each bears a share of its own.
    const bool both_sued =
        !members.empty() && mention.parties.size() == 1 && PaysForItself(parties[members.back()]) &&
        PaysForItself(parties[mention.parties.front()]) &&
        reading.rules.Fits("ruling.joint", reading.view({end, mention.span.begin}));
    if (!members.empty() && within.begin == clause.begin && !each && !both_sued) break;
    members.insert(members.end(), mention.parties.begin(), mention.parties.end());
    end = mention.span.end;
  }
  return members;
}

std::int64_t SumOfShares(const std::vector<ShareStatement>& statements) {
  std::int64_t sum = 0;
  for (const ShareStatement& s : statements) sum += s.percent.hundredths;
  return sum;
}

std::vector<ShareStatement> StatedShares(const Reading& reading) {
  std::vector<ShareStatement> best;
  // Where nothing was awarded, what the police found is no share.
  const JudgmentElements& elements = reading.elements;
  const bool dismissed = elements.obligations.empty() &&
                         elements.document_type == DocumentType::kJudgment &&
                         elements.outcome != CaseOutcome::kUpheld;
  for (const Section section : {Section::kReasons, Section::kRuling, Section::kFacts}) {
    if (dismissed && section == Section::kFacts) continue;
    ShareReader reader(reading);
    for (const Sentence& sentence : reading.document.outline.sentences) {
      if (sentence.section != section || sentence.by_party) continue;
      reader.ReadSentence(sentence.span);
    }
    std::vector<ShareStatement> found = reader.found();
    DropJointOnes(found);
    PutEmployers(reading, found);
    if (!found.empty() && SumOfShares(found) <= kWholeShare.hundredths) return found;
    if (best.empty()) best = found;
  }
  return best;
}

}  // namespace recoup::court
