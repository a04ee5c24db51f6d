#include "adapters/hospital/triage/rules.h"

#include <array>
#include <exception>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/embedded_data.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/toml_text.h"

namespace recoup::hospital::triage {
namespace {

template <typename Value>
struct Name {
  std::string_view name;
  Value value;
};

constexpr std::array kEvidenceNames = {
    Name<Evidence>{"flags", Evidence::kFlags},
    Name<Evidence>{"med_type", Evidence::kMedType},
    Name<Evidence>{"diagnosis", Evidence::kDiagnosis},
    Name<Evidence>{"accident", Evidence::kAccident},
    Name<Evidence>{"occurrence", Evidence::kOccurrence},
    Name<Evidence>{"text", Evidence::kText},
};
constexpr std::array kAnswerNames = {
    Name<Answer>{"FLAG", Answer::kFlag},       Name<Answer>{"ASK_FIRMLY", Answer::kAskFirmly},
    Name<Answer>{"ASK", Answer::kAsk},         Name<Answer>{"DENY", Answer::kDeny},
    Name<Answer>{"NOTHING", Answer::kNothing},
};
constexpr std::array kKindNames = {
    Name<ThirdPartyKind>{"", ThirdPartyKind::kUnknown},
    Name<ThirdPartyKind>{"TRAFFIC", ThirdPartyKind::kTraffic},
    Name<ThirdPartyKind>{"ASSAULT", ThirdPartyKind::kAssault},
    Name<ThirdPartyKind>{"ANIMAL", ThirdPartyKind::kAnimal},
    Name<ThirdPartyKind>{"WORK", ThirdPartyKind::kWork},
    Name<ThirdPartyKind>{"PREMISES", ThirdPartyKind::kPremises},
    Name<ThirdPartyKind>{"SCHOOL", ThirdPartyKind::kSchool},
    Name<ThirdPartyKind>{"OBJECT", ThirdPartyKind::kObject},
    Name<ThirdPartyKind>{"PRODUCT", ThirdPartyKind::kProduct},
    Name<ThirdPartyKind>{"MEDICAL", ThirdPartyKind::kMedical},
};

constexpr std::array kSilenceNames = {
    Name<Silence>{"NO_FLAG", Silence::kNoFlag},
    Name<Silence>{"FLAG", Silence::kFlag},
};
constexpr char kPlainQuestion[] = "本次受伤是否由他人或他人的车辆、动物、物品造成？";

class Loader {
 public:
  absl::StatusOr<RuleBook> Load(const toml::value& table) {
    RuleBook book;
    book.version = toml::find<std::string>(table, "version");
    const toml::value& reading = toml::find(table, "reading");
    book.clause_end = Pattern(reading, "clause_end", "reading");
    book.no_negation = Pattern(reading, "no_negation", "reading");
    if (book.no_negation->NumberOfCapturingGroups() < 1) {
      faults_.Add("reading.no_negation", "应有一个分组，表示复合词中保留的部分");
    }
    book.negation = Pattern(reading, "negation", "reading");
    book.other_subject = Pattern(reading, "other_subject", "reading");
    book.past = Pattern(reading, "past", "reading");
    book.past_matters_with = Pattern(reading, "past_matters_with", "reading");
    if (reading.contains("innocent")) book.innocent = Pattern(reading, "innocent", "reading");
    if (reading.contains("aside")) {
      book.aside = Pattern(reading, "aside", "reading");
      if (book.aside->NumberOfCapturingGroups() < 1) {
        faults_.Add("reading.aside", "应有一个分组，表示括号中的内容");
      }
    }
    if (reading.contains("supposed")) book.supposed = Pattern(reading, "supposed", "reading");
    if (reading.contains("injury_codes")) {
      book.injury_codes = Pattern(reading, "injury_codes", "reading");
    }
    std::set<std::string> ids;
    for (const toml::value& row : toml::find<std::vector<toml::value>>(table, "rule")) {
      Rule rule;
      rule.id = toml::find<std::string>(row, "id");
      if (!ids.insert(rule.id).second) faults_.Add(rule.id, "出现了两次");
      rule.evidence = Named(row, "on", rule.id, kEvidenceNames, Evidence::kText);
      rule.answer = Named(row, "answer", rule.id, kAnswerNames, Answer::kAsk);
      rule.kind = Named(row, "kind", rule.id, kKindNames, ThirdPartyKind::kUnknown);
      rule.pattern = Pattern(row, "pattern", rule.id);
      if (row.contains("unless")) rule.unless = Pattern(row, "unless", rule.id);
      // An empty branch (a||b) matches every record.
      if (rule.evidence == Evidence::kText && rule.pattern->ok() &&
          RE2::FullMatch("", *rule.pattern)) {
        faults_.Add(rule.id + ".pattern", "能匹配空文本，会命中每次入院");
      }
      rule.alone = toml::find_or<bool>(row, "alone", false);
      for (const auto& [key, given] : {std::pair<const char*, bool>{"alone", rule.alone},
                                       {"unless", rule.unless != nullptr}}) {
        if (given && rule.evidence != Evidence::kText) {
          faults_.Add(rule.id + "." + key, "只适用于文字规则");
        }
      }
      rule.why = toml::find<std::string>(row, "why");
      rule.examples = toml::find_or<std::vector<std::string>>(row, "examples", {});
      rule.counter_examples = toml::find_or<std::vector<std::string>>(row, "counter_examples", {});
      book.rules.push_back(std::move(rule));
    }
    book.asking = LoadAsking(table);
    const absl::Status status = faults_.ToStatus();
    if (!status.ok()) return status;
    return book;
  }

 private:
  Asking LoadAsking(const toml::value& table) {
    Asking asking;
    asking.questions[ThirdPartyKind::kUnknown] = kPlainQuestion;
    if (!table.contains("asking")) return asking;
    const toml::value& row = toml::find(table, "asking");
    const auto hours = toml::find<std::int64_t>(row, "answer_hours");
    if (hours < 1 || hours > 24 * 30) faults_.Add("asking.answer_hours", "应在 1 到 720 之间");
    asking.answer_within = absl::Hours(hours);
    asking.silence = Named(row, "silence", "asking", kSilenceNames, Silence::kNoFlag);
    asking.silence_firm = Named(row, "silence_firm", "asking", kSilenceNames, Silence::kNoFlag);
    for (const auto& [name, text] :
         toml::find<std::map<std::string, std::string>>(row, "questions")) {
      bool known = false;
      for (const auto& [kind_name, kind] : kKindNames) {
        if (name != (kind_name.empty() ? "OTHER" : kind_name)) continue;
        known = true;
        asking.questions[kind] = text;
      }
      if (!known) faults_.Add("asking.questions." + name, "不是已知的类型");
    }
    return asking;
  }

  std::unique_ptr<RE2> Pattern(const toml::value& row, const std::string& key,
                               const std::string& id) {
    auto pattern = std::make_unique<RE2>(toml::find<std::string>(row, key), RE2::Quiet);
    if (!pattern->ok())
      faults_.Add(id + "." + key, absl::StrCat("正则表达式有误：", pattern->error()));
    return pattern;
  }

  template <typename Value, std::size_t count>
  Value Named(const toml::value& row, const std::string& key, const std::string& id,
              const std::array<Name<Value>, count>& names, Value otherwise) {
    const std::string text = toml::find_or<std::string>(row, key, "");
    for (const auto& [name, value] : names) {
      if (name == text) return value;
    }
    faults_.Add(id + "." + key, absl::StrCat("\"", text, "\" 不是已知的词"));
    return otherwise;
  }

  Faults faults_;
};

}  // namespace

std::string_view NameOf(ThirdPartyKind kind) {
  for (const auto& [name, value] : kKindNames) {
    if (value == kind) return name;
  }
  RECOUP_CHECK(false);
}

absl::StatusOr<RuleBook> RuleBookFromToml(const std::string& text) {
  try {
    return Loader().Load(ParseToml(text, "triage_rules.toml"));
  } catch (const toml::exception& problem) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("分诊规则文件第 ", problem.location().line(),
                                  " 行有误：不是 TOML，或值的类型不对"));
  } catch (const std::out_of_range& problem) {
    // [error] key "version" not found in the top-level table …
    std::string key;
    RE2::PartialMatch(problem.what(), "\"([^\"]+)\"", &key);
    return MakeError(Reason::kInvalidArgument, absl::StrCat("分诊规则文件缺少必需的项 ", key));
  } catch (const std::exception& problem) {
    return MakeError(Reason::kInvalidArgument, absl::StrCat("分诊规则有误：", problem.what()));
  }
}

std::string BuiltInRuleText() { return std::string(kTriageRulesToml); }

absl::StatusOr<RuleBook> BuiltInRuleBook() { return RuleBookFromToml(BuiltInRuleText()); }

}  // namespace recoup::hospital::triage
