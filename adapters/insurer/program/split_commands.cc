// recoup-insurer splits list, answer: bills about to be settled that one of our policies may bear.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/split_report.h"
#include "adapters/insurer/program/commands.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::insurer {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;

absl::StatusOr<std::vector<v1::Split>> SplitsIn(v1::SplitState state, adapters::HubSession& hub) {
  v1::ListSplitsRequest request;
  request.set_state(state);
  request.set_page_size(1000);
  RECOUP_ASSIGN_OR_RETURN(
      const v1::ListSplitsResponse all,
      hub.AskAllPages<v1::ListSplitsResponse>("InsurerService.ListSplits", request));
  return std::vector<v1::Split>(all.splits().begin(), all.splits().end());
}

bool WaitsForAnswer(const v1::Split& split) {
  for (const v1::SplitPart& part : split.parts()) {
    if (part.answer() == v1::SPLIT_ANSWER_ASKED) return true;
  }
  return false;
}

struct ListSplitsOptions {
  std::string state = "quoted";
  bool open = false;
};

void DeclareListSplits(CLI::App& app, ListSplitsOptions& options) {
  app.add_option(
         "--state", options.state,
         "quoted 已询价、settled 已结算、released 已释放、reversed 已撤销、all 全部 / State")
      ->check(CLI::IsMember({"quoted", "settled", "released", "reversed", "all"}));
  app.add_flag("--open", options.open, "只列待答复的 / Only those that wait for an answer");
}

CommandResult RunListSplits(const ListSplitsOptions& options, CommandContext& context) {
  const v1::SplitState state = options.state == "quoted"     ? v1::SPLIT_STATE_QUOTED
                               : options.state == "settled"  ? v1::SPLIT_STATE_SETTLED
                               : options.state == "released" ? v1::SPLIT_STATE_RELEASED
                               : options.state == "reversed" ? v1::SPLIT_STATE_REVERSED
                                                             : v1::SPLIT_STATE_UNSPECIFIED;
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession hub, adapters::HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(std::vector<v1::Split> splits, SplitsIn(state, hub));
  if (options.open) std::erase_if(splits, [](const auto& split) { return !WaitsForAnswer(split); });
  if (context.json()) {
    v1::ListSplitsResponse all;
    for (const v1::Split& split : splits) *all.add_splits() = split;
    context.out() << adapters::ProtoAsJson(all);
    return ExitCode::kOk;
  }
  if (splits.empty()) context.out() << "没有分账\n";
  for (std::size_t i = 0; i < splits.size(); ++i) {
    context.out() << (i == 0 ? "" : "\n") << adapters::SplitForPeople(splits[i]);
  }
  return ExitCode::kOk;
}

struct AnswerSplitOptions {
  std::string split;
  std::string policy;
  bool accept = false;
  bool decline = false;
  std::string share;
  std::string amount_max;
  std::string claim_number;
  std::string text;
};

void DeclareAnswerSplit(CLI::App& app, AnswerSplitOptions& options) {
  app.add_option("SPLIT", options.split, "pools/…/splits/… / The split")->required();
  app.add_option("--policy", options.policy,
                 "policies/…；只有一份待答复时可不给 / Policy; not needed when one waits");
  app.add_flag("--accept", options.accept, "接受责任 / Accept liability");
  app.add_flag("--decline", options.decline, "不接受，须用 --text 说明 / Decline; needs --text");
  app.add_option("--share", options.share,
                 "商业险接受的责任比例（%），如 70 / Accepted share, commercial policies only");
  app.add_option("--max", options.amount_max, "最多承担（元）/ Pays no more than this");
  app.add_option("--claim-number", options.claim_number, "赔案号 / Claim number");
  app.add_option("--text", options.text, "说明 / Words");
}

std::int64_t HundredthsOf(const std::string& text, const char* option, const char* what,
                          Faults& faults) {
  const absl::StatusOr<domain::Money> amount = domain::Money::FromYuan(text);
  if (amount.ok() && !amount->is_negative()) return amount->fen();
  faults.Add(option, absl::StrCat(what, text));
  return 0;
}

// The only policy of ours that is asked.
absl::StatusOr<std::string> AskedPolicy(const std::string& name, adapters::HubSession& hub) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Split> splits,
                          SplitsIn(v1::SPLIT_STATE_QUOTED, hub));
  std::vector<std::string> asked;
  for (const v1::Split& split : splits) {
    if (split.name() != name) continue;
    for (const v1::SplitPart& part : split.parts()) {
      if (part.answer() == v1::SPLIT_ANSWER_ASKED) asked.push_back(part.policy());
    }
  }
  if (asked.size() == 1) return asked.front();
  Faults faults;
  faults.Add("--policy", asked.empty() ? "此分账没有待答复的保单，请写明是哪份"
                                       : "待答复的保单不止一份，请写明是哪份");
  return adapters::AsUsageError(faults.ToStatus());
}

CommandResult RunAnswerSplit(const AnswerSplitOptions& options, CommandContext& context) {
  Faults faults;
  if (options.accept == options.decline) faults.Add("--accept", "--accept 与 --decline 须选其一");
  if (options.decline && options.text.empty()) faults.Add("--text", "不接受时请说明理由");
  v1::AnswerSplitRequest request;
  request.set_name(options.split);
  request.set_accept(options.accept);
  request.set_claim_number(options.claim_number);
  request.set_text(options.text);
  if (!options.share.empty()) {
    // Percent with two decimals and basis points are the same digits, as yuan and fen are.
    request.set_share_bp(static_cast<std::int32_t>(std::min<std::int64_t>(
        HundredthsOf(options.share, "--share", "不是责任比例（%）：", faults), 10'001)));
    if (request.share_bp() > 10'000) faults.Add("--share", "不超过 100");
  }
  if (!options.amount_max.empty()) {
    request.set_amount_max_fen(
        HundredthsOf(options.amount_max, "--max", "不是金额（元）：", faults));
  }
  if (!faults.empty()) return adapters::AsUsageError(faults.ToStatus());
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession hub, adapters::HubSession::Open(context));
  request.set_policy(options.policy);
  if (options.policy.empty()) {
    RECOUP_ASSIGN_OR_RETURN(*request.mutable_policy(), AskedPolicy(options.split, hub));
  }
  RECOUP_ASSIGN_OR_RETURN(const auto answer, hub.Mutate<v1::AnswerSplitResponse>(
                                                 "InsurerService.AnswerSplit", std::move(request)));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
    return ExitCode::kOk;
  }
  context.out() << (context.validate_only() ? "校验通过，未记录" : "已答复") << "\n"
                << adapters::SplitForPeople(answer.split());
  return ExitCode::kOk;
}

}  // namespace

void AddSplitCommands(adapters::Program& program) {
  CLI::App& splits = program.AddGroup(program.root(), "splits", "出院分账", "Splits at discharge");
  program.AddCommand<ListSplitsOptions>(
      splits,
      {.name = "list",
       .zh = "列出涉及本公司保单的出院分账",
       .en = "List splits at discharge that concern our policies",
       .examples = {{.command = "recoup-insurer splits list --open", .says = "待答复的"}}},
      DeclareListSplits, RunListSplits);
  program.AddCommand<AnswerSplitOptions>(
      splits,
      {.name = "answer",
       .zh = "答复一次出院分账：接受或不接受责任",
       .en = "Answer a split: accept or decline liability",
       .examples = {{.command = "recoup-insurer splits answer pools/310115-310/splits/01m8… "
                                "--accept --claim-number PA2026-1",
                     .says = "接受，写明赔案号"}},
       .effect = Effect::kOneRequest},
      DeclareAnswerSplit, RunAnswerSplit);
}

}  // namespace recoup::insurer
