#include "hub/domain/limitation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::domain {
namespace {

constexpr char kRuleVersion[] = "1";
constexpr int kMonthsPerYear = 12;

using OptionalDay = std::optional<absl::CivilDay>;

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

absl::Status CheckInput(const LimitationInput& input) {
  Faults faults;
  if (input.debtor.empty()) faults.Add("debtor", "is required");
  if (input.known_on < input.damage_on) faults.Add("known_on", "is before the damage");
  if (input.known_on > input.today) faults.Add("known_on", "is in the future");
  for (std::size_t i = 0; i < input.interruptions.size(); ++i) {
    const Interruption& event = input.interruptions[i];
    const std::string path = absl::StrCat("interruptions[", i, "].");
    if (!IsKnown(event.kind)) faults.Add(path + "kind", "is not set");
    if (event.kind == InterruptionKind::kObstacle) faults.Add(path + "kind", "does not interrupt");
    if (event.evidence.empty()) faults.Add(path + "evidence", "is required");
    if (event.date > input.today) faults.Add(path + "date", "is in the future");
    if (!event.ended_on) continue;
    if (!IsProceeding(event.kind)) faults.Add(path + "ended_on", "is for proceedings only");
    if (*event.ended_on < event.date) faults.Add(path + "ended_on", "is before the date");
    if (*event.ended_on > input.today) faults.Add(path + "ended_on", "is in the future");
  }
  for (std::size_t i = 0; i < input.suspensions.size(); ++i) {
    const Suspension& suspension = input.suspensions[i];
    const std::string path = absl::StrCat("suspensions[", i, "].");
    if (suspension.reason.empty()) faults.Add(path + "reason", "is required");
    if (suspension.from > input.today) faults.Add(path + "from", "is in the future");
    if (suspension.to && *suspension.to < suspension.from) {
      faults.Add(path + "to", "is before the start");
    }
  }
  return faults.ToStatus();
}

// One run of the computation; the clock restarts as events come in.
class Clock {
 public:
  Clock(const LimitationInput& input, const PolicyData& policy_data, Explanation& explanation)
      : input_(input),
        calendar_(policy_data, input.pool),
        policy_data_(policy_data),
        explanation_(explanation) {}

  // The day the period that starts on `start` ends; nothing while an obstacle continues.
  absl::StatusOr<OptionalDay> Start(absl::CivilDay start, const std::string& label) {
    RECOUP_ASSIGN_OR_RETURN(const PolicyRule* rule,
                            policy_data_.Find("limitation.years", input_.pool, start));
    RECOUP_ASSIGN_OR_RETURN(const int years, Years("limitation.years", start));
    const absl::CivilDay nominal = AddMonths(start, years * kMonthsPerYear);
    OptionalDay end = calendar_.OnOrAfter(nominal);
    Explain({.label = label,
             .formula = "起算日 + 时效年数，起算日不计，末日为法定休假日的顺延",
             .inputs = {TextInput("起算日", Text(start)), TextInput("年数", absl::StrCat(years))},
             .rule_id = rule->key,
             .rule_version = rule->version,
             .source = absl::StrCat(rule->source, "，民法典第二百零一条至第二百零三条"),
             .result = std::nullopt,
             .result_text = Text(*end)});
    return Suspend(start, *end);
  }

  // The twenty years from the damage.
  absl::StatusOr<absl::CivilDay> LongestEnd() {
    RECOUP_ASSIGN_OR_RETURN(const int years, Years("limitation.longest_years", input_.damage_on));
    return calendar_.OnOrAfter(AddMonths(input_.damage_on, years * kMonthsPerYear));
  }

  void Explain(ExplanationStep step) { explanation_.steps.push_back(std::move(step)); }

 private:
  absl::StatusOr<int> Years(std::string_view key, absl::CivilDay date) const {
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t value, policy_data_.Integer(key, input_.pool, date));
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1'000));
  }

  absl::StatusOr<OptionalDay> Suspend(absl::CivilDay start, absl::CivilDay end) {
    RECOUP_ASSIGN_OR_RETURN(const int months, Years("limitation.suspension_rest_months", start));
    const absl::CivilDay last_months_from = AddMonths(end, -months);
    OptionalDay latest = end;
    for (const Suspension& suspension : input_.suspensions) {
      const bool touches = suspension.from <= end &&
                           (!suspension.to || *suspension.to > last_months_from) &&
                           (!suspension.to || *suspension.to > start);
      if (!touches || !latest) continue;
      OptionalDay resumed;
      if (suspension.to) {
        resumed = calendar_.OnOrAfter(AddMonths(*suspension.to, months));
        if (*resumed <= *latest) continue;
      }
      latest = resumed;
      Explain({.label = absl::StrCat("时效中止：", suspension.reason),
               .formula = "障碍消除之日 + 六个月",
               .inputs = {TextInput("障碍开始", Text(suspension.from)),
                          TextInput("障碍消除", suspension.to ? Text(*suspension.to) : "尚未消除")},
               .rule_id = "limitation.suspension",
               .rule_version = kRuleVersion,
               .source = "民法典第一百九十四条",
               .result = std::nullopt,
               .result_text = latest ? Text(*latest) : std::string("尚未确定")});
    }
    return latest;
  }

  const LimitationInput& input_;
  const WorkingDayCalendar calendar_;
  const PolicyData& policy_data_;
  Explanation& explanation_;
};

std::vector<Interruption> RelevantInOrder(const LimitationInput& input) {
  std::vector<Interruption> relevant;
  for (const Interruption& event : input.interruptions) {
    const bool joint = std::find(input.jointly_with.begin(), input.jointly_with.end(),
                                 event.debtor) != input.jointly_with.end();
    if (event.debtor == input.debtor || joint) relevant.push_back(event);
  }
  std::stable_sort(relevant.begin(), relevant.end(),
                   [](const Interruption& a, const Interruption& b) { return a.date < b.date; });
  return relevant;
}

ExplanationStep StepOf(const Interruption& event, std::string label, std::string result) {
  return {.label = std::move(label),
          .formula = "自中断或者程序终结之日起重新计算",
          .inputs = {TextInput("事由", std::string(ChineseName(event.kind))),
                     TextInput("日期", Text(event.date)), TextInput("义务人", event.debtor),
                     TextInput("证据", event.evidence)},
          .rule_id = "limitation.interruption",
          .rule_version = kRuleVersion,
          .source = "民法典第一百九十五条",
          .result = std::nullopt,
          .result_text = std::move(result)};
}

}  // namespace

bool IsProceeding(InterruptionKind kind) {
  switch (kind) {
    case InterruptionKind::kSuit:
    case InterruptionKind::kMediation:
    case InterruptionKind::kPoliceReport:
      return true;
    case InterruptionKind::kDemand:
    case InterruptionKind::kAcknowledgement:
    case InterruptionKind::kPartPayment:
    case InterruptionKind::kInstalmentPromise:
    case InterruptionKind::kObstacle:
      return false;
  }
  return false;
}

absl::StatusOr<Limitation> LimitationOf(const LimitationInput& input,
                                        const PolicyData& policy_data) {
  RECOUP_RETURN_IF_ERROR(CheckInput(input));
  Limitation result;
  Clock clock(input, policy_data, result.explanation);
  absl::CivilDay start = input.last_instalment_due.value_or(input.known_on);
  RECOUP_ASSIGN_OR_RETURN(OptionalDay end, clock.Start(start, input.last_instalment_due
                                                                  ? "自最后一期履行期限届满起算"
                                                                  : "自知道损害和义务人之日起算"));
  bool stands = false;
  for (const Interruption& event : RelevantInOrder(input)) {
    if (end && event.date > *end) {
      clock.Explain(
          StepOf(event, "时效届满后发生，不重新起算；是否放弃抗辩须人工判断", Text(*end)));
      continue;
    }
    const bool continues = IsProceeding(event.kind) && !event.ended_on;
    const absl::CivilDay restart = event.ended_on.value_or(event.date);
    if (restart < start && !continues) continue;  // Before the clock began, or inside a proceeding.
    if (continues) {
      stands = true;
      clock.Explain(StepOf(event, "时效中断，程序尚未终结", "尚未确定"));
      continue;
    }
    start = restart;
    clock.Explain(StepOf(event, "时效中断", Text(restart)));
    RECOUP_ASSIGN_OR_RETURN(end, clock.Start(start, "重新起算"));
  }
  if (stands) end.reset();

  RECOUP_ASSIGN_OR_RETURN(const absl::CivilDay longest, clock.LongestEnd());
  if ((end && *end > longest) || (!end && input.today > longest)) {
    end = longest;
    clock.Explain({.label = "最长保护期间",
                   .formula = "损害发生之日 + 二十年",
                   .inputs = {TextInput("损害发生", Text(input.damage_on))},
                   .rule_id = "limitation.longest_years",
                   .rule_version = kRuleVersion,
                   .source = "民法典第一百八十八条第二款",
                   .result = std::nullopt,
                   .result_text = Text(longest)});
  }
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t soon_days,
                          policy_data.Integer("limitation.soon_due_days", input.pool, input.today));
  result.expires_on = end;
  result.started_on = start;
  if (!end) {
    result.state = stands ? LimitationState::kProceeding : LimitationState::kObstructed;
  } else if (input.today > *end) {
    result.state = LimitationState::kExpired;
  } else if (*end - input.today <= soon_days) {
    result.state = LimitationState::kSoonDue;
  }
  return result;
}

}  // namespace recoup::domain
