#include "adapters/hospital/triage/triage.h"

#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "hub/base/error.h"

namespace recoup::hospital::triage {
namespace {

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

bool Matches(std::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(Piece(text), pattern);
}

char Sign(TriState state) {
  switch (state) {
    case TriState::kUnknown:
      return '?';
    case TriState::kNo:
      return '0';
    case TriState::kYes:
      return '1';
  }
  RECOUP_CHECK(false);
}

// The place behind the UTF-8 character at `at`.
std::size_t AfterCharacter(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u);
  return at;
}

class Examination {
 public:
  Examination(const AdmissionDocument& admission, const RuleBook& book)
      : admission_(admission), book_(book) {}

  TriageResult Run() {
    LookAtFlags();
    LookAt(Evidence::kMedType, admission_.med_type);
    LookAtDiagnoses();
    LookAtAccident();
    LookAtText();
    return Decide();
  }

 private:
  void Record(const Rule& rule, Answer answer, std::string evidence) {
    for (const TriageReason& told : result_.reasons) {
      if (told.rule_id == rule.id) return;  // One reason once, however often it is written.
    }
    result_.reasons.push_back({rule.id, answer, rule.why, std::move(evidence)});
    const bool names_kind = answer == Answer::kFlag || answer == Answer::kAskFirmly;
    // The strongest rule that knows the kind; among equals the first.
    if (rule.kind == ThirdPartyKind::kUnknown) return;
    const int rank = names_kind ? (answer == Answer::kFlag ? 3 : 2) : 1;
    if (rank > kind_rank_ && answer != Answer::kDeny && answer != Answer::kNothing) {
      kind_rank_ = rank;
      result_.kind = rule.kind;
    }
  }

  // The first rule in the file that matches.
  void LookAt(Evidence evidence, const std::string& text) {
    for (const Rule& rule : book_.rules) {
      if (rule.evidence != evidence || !Matches(text, *rule.pattern)) continue;
      Record(rule, rule.answer, text);
      return;
    }
  }

  void LookAtFlags() {
    LookAt(Evidence::kFlags,
           absl::StrCat("trum=", std::string(1, Sign(admission_.trauma_flag)),
                        " rel=", std::string(1, Sign(admission_.third_party_flag))));
  }

  void LookAtDiagnoses() {
    for (const Diagnosis& diagnosis : admission_.diagnoses) {
      if (!diagnosis.code.empty()) LookAt(Evidence::kDiagnosis, diagnosis.code);
    }
  }

  void LookAtAccident() {
    if (!admission_.accident) return;
    const Accident& accident = *admission_.accident;
    std::string told;
    for (const std::string_view part :
         {std::string_view(accident.code), std::string_view(accident.code_name),
          std::string_view(accident.description),
          std::string_view(accident.job_related == TriState::kYes ? "job=1" : "")}) {
      if (!part.empty()) absl::StrAppend(&told, told.empty() ? "" : " ", std::string(part));
    }
    LookAt(Evidence::kAccident, told);
    for (const std::string& code : accident.occurrence_codes) LookAt(Evidence::kOccurrence, code);
  }

  void LookAtText() {
    std::string text = admission_.condition_text;
    for (const Diagnosis& diagnosis : admission_.diagnoses) {
      absl::StrAppend(&text, "\n", diagnosis.name);
    }
    if (admission_.accident) absl::StrAppend(&text, "\n", admission_.accident->description);
    bool past_matters = false;
    bool coded = false, injury = false;
    for (const Diagnosis& diagnosis : admission_.diagnoses) {
      past_matters = past_matters || Matches(diagnosis.code, *book_.past_matters_with);
      coded = coded || !diagnosis.code.empty();
      injury = injury || (book_.injury_codes && Matches(diagnosis.code, *book_.injury_codes));
    }
    only_illness_ = book_.injury_codes && coded && !injury;
    if (book_.innocent) RE2::GlobalReplace(&text, *book_.innocent, "");
    RE2::GlobalReplace(&text, *book_.no_negation, "\\1");
    if (book_.aside) text = WithAsidesLast(text);
    re2::StringPiece rest(text);
    while (!rest.empty()) {
      re2::StringPiece end;
      const re2::StringPiece whole = rest;
      std::string_view clause(whole.data(), whole.size());
      if (book_.clause_end->Match(whole, 0, whole.size(), RE2::UNANCHORED, &end, 1) &&
          !end.empty()) {
        const auto length = static_cast<std::size_t>(end.data() - whole.data());
        clause = clause.substr(0, length);
        rest.remove_prefix(length + end.size());
      } else {
        rest = re2::StringPiece();
      }
      LookAtClause(clause, past_matters);
    }
  }

  // Brackets in the middle of a clause do not cut it: each aside follows on a line of its own.
  std::string WithAsidesLast(const std::string& text) const {
    std::string asides;
    re2::StringPiece rest(text), within;
    while (RE2::FindAndConsume(&rest, *book_.aside, &within)) {
      absl::StrAppend(&asides, "\n", std::string(within));
    }
    std::string around = text;
    RE2::GlobalReplace(&around, *book_.aside, "");
    return around + asides;
  }

  void LookAtClause(std::string_view clause, bool past_matters) {
    if (Matches(clause, *book_.other_subject)) return;
    const bool past = Matches(clause, *book_.past);
    if (past && !past_matters) return;
    std::string rest(clause);
    for (const Rule& rule : book_.rules) {
      if (rule.evidence != Evidence::kText || !rule.alone) continue;
      while (const std::optional<std::string_view> match = UnnegatedMatch(rest, rule)) {
        if (match->empty()) break;
        RecordWords(rule, *match, past, Supposed(rest, *match));
        // A comma stays: patterns do not reach across it.
        rest.replace(static_cast<std::size_t>(match->data() - rest.data()), match->size(), "，");
      }
    }
    for (const Rule& rule : book_.rules) {
      if (rule.evidence != Evidence::kText || rule.alone) continue;
      const std::optional<std::string_view> match = UnnegatedMatch(rest, rule);
      if (match) RecordWords(rule, *match, past, Supposed(rest, *match));
    }
  }

  bool Supposed(const std::string& clause, std::string_view match) const {
    const std::string_view before(clause.data(),
                                  static_cast<std::size_t>(match.data() - clause.data()));
    return book_.supposed && Matches(before, *book_.supposed);
  }

  void RecordWords(const Rule& rule, std::string_view match, bool past, bool supposed) {
    // An old injury may still be treated at a third party's cost, an illness be told with somebody
    // else's accident, and a cause be only supposed: a person has to look.
    const bool soften = (past || only_illness_ || supposed) && rule.answer == Answer::kFlag;
    const Answer softened = only_illness_ || supposed ? Answer::kAskFirmly : Answer::kAsk;
    Record(rule, soften ? softened : rule.answer, std::string(match));
  }

  // The first match that is meant and that nothing before it in the clause negates: "并非自行跌倒"
  // denies nothing.
  std::optional<std::string_view> UnnegatedMatch(std::string_view clause, const Rule& rule) const {
    std::size_t from = 0;
    while (from <= clause.size()) {
      re2::StringPiece match;
      if (!rule.pattern->Match(Piece(clause), from, clause.size(), RE2::UNANCHORED, &match, 1)) {
        return std::nullopt;
      }
      const auto start = static_cast<std::size_t>(match.data() - clause.data());
      const std::string_view words = clause.substr(start, match.size());
      const bool meant = rule.unless == nullptr || !Matches(words, *rule.unless);
      if (meant && !Matches(clause.substr(0, start), *book_.negation)) return words;
      if (match.empty()) return std::nullopt;
      // Within words that are not meant others may stand that are.
      from = meant ? start + match.size() : AfterCharacter(clause, start);
    }
    return std::nullopt;
  }

  TriageResult Decide() {
    bool flag = false, firm = false, ask = false, deny = false;
    for (const TriageReason& reason : result_.reasons) {
      switch (reason.answer) {
        case Answer::kFlag:
          flag = true;
          break;
        case Answer::kAskFirmly:
          firm = true;
          break;
        case Answer::kAsk:
          ask = true;
          break;
        case Answer::kDeny:
          deny = true;
          break;
        case Answer::kNothing:
          break;
      }
    }
    if (flag && !deny) {
      result_.proposal = Proposal::kFlag;
    } else if (flag || firm || (ask && !deny)) {
      result_.proposal = Proposal::kAsk;
    } else {
      result_.kind = ThirdPartyKind::kUnknown;
    }
    result_.rules_version = book_.version;
    Ask(flag || firm);
    Summarise();
    return std::move(result_);
  }

  void Ask(bool firmly) {
    const auto by_kind = book_.asking.questions.find(result_.kind);
    result_.question = by_kind != book_.asking.questions.end()
                           ? by_kind->second
                           : book_.asking.questions.at(ThirdPartyKind::kUnknown);
    result_.answer_within = book_.asking.answer_within;
    result_.silence = firmly ? book_.asking.silence_firm : book_.asking.silence;
  }

  void Summarise() {
    switch (result_.proposal) {
      case Proposal::kFlag:
        result_.summary = "建议标记涉及第三方";
        break;
      case Proposal::kAsk:
        result_.summary = "请向患者核实是否涉及第三方";
        break;
      case Proposal::kNoFlag:
        result_.summary = "未见第三方责任线索";
        break;
    }
    std::string_view separator = "：";
    for (const TriageReason& reason : result_.reasons) {
      absl::StrAppend(&result_.summary, std::string(separator), reason.why);
      separator = "；";
    }
    result_.summary += "。";
  }

  const AdmissionDocument& admission_;
  const RuleBook& book_;
  TriageResult result_;
  int kind_rank_ = 0;
  bool only_illness_ = false;  // There are diagnoses, and none is an injury.
};

}  // namespace

TriageResult Triage(const AdmissionDocument& admission, const RuleBook& rules) {
  return Examination(admission, rules).Run();
}

namespace {

// Text is examined as an admission's words are; of everything else the first matching rule decides.
bool Decides(const Rule& rule, const std::string& example, const RuleBook& rules) {
  if (rule.evidence == Evidence::kText) {
    AdmissionDocument admission;
    admission.condition_text = example;
    for (const TriageReason& reason : Triage(admission, rules).reasons) {
      if (reason.rule_id == rule.id) return true;
    }
    return false;
  }
  for (const Rule& candidate : rules.rules) {
    if (candidate.evidence == rule.evidence && Matches(example, *candidate.pattern)) {
      return candidate.id == rule.id;
    }
  }
  return false;
}

}  // namespace

absl::Status CheckExamples(const RuleBook& rules) {
  Faults faults;
  for (const Rule& rule : rules.rules) {
    for (const std::string& example : rule.examples) {
      if (!Decides(rule, example, rules)) {
        faults.Add(rule.id, absl::StrCat("没有决定自己的例子 \"", example, "\""));
      }
    }
    for (const std::string& example : rule.counter_examples) {
      if (Decides(rule, example, rules)) {
        faults.Add(rule.id, absl::StrCat("决定了自己的反例 \"", example, "\""));
      }
    }
  }
  return faults.ToStatus();
}

}  // namespace recoup::hospital::triage
