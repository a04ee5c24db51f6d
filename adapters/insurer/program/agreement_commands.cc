// recoup-insurer agreements list, show, propose, answer, end: flat-quota agreements with a pool.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "adapters/common/format.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/program/commands.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"
#include "recoup/v1/agreement_service.pb.h"

namespace recoup::insurer {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using adapters::FormatYuan;
using adapters::HubSession;

// "60.00%"
std::string Percent(std::int64_t basis_points) {
  return absl::StrCat(domain::Money::Fen(basis_points).ToYuan(), "%");
}

std::string AgreementForPeople(const v1::Agreement& agreement) {
  const v1::AgreementTerms& terms = agreement.terms();
  std::string out = absl::StrCat(
      "协    议  ", agreement.name(), "\n状    态  ",
      std::string(mapping::InChinese(agreement.state())), "\n提 出 方  ",
      agreement.proposed_by_fund() ? "基金" : "本公司", "\n第 三 方  ",
      std::string(mapping::InChinese(terms.third_party_kind())), "\n保单种类  ",
      terms.policy_kind() == v1::POLICY_KIND_UNSPECIFIED
          ? "不限"
          : std::string(mapping::InChinese(terms.policy_kind())),
      "\n已有判决  ", terms.judged() ? "适用" : "不适用", "\n定额比例  ", Percent(terms.quota_bp()),
      "\n每案上限  ", FormatYuan(terms.cap_fen()), " 元\n事故期间  ", terms.effective_from_on(),
      " 至 ", terms.effective_until_on().empty() ? "终止之日" : terms.effective_until_on(),
      "\n终止通知  ", terms.notice_day_count(), " 天\n已 结 清  ", agreement.settled_count(),
      " 份，支付 ", FormatYuan(agreement.accepted_fen()), " 元，免除 ",
      FormatYuan(agreement.relinquished_fen()), " 元\n校验标记  ", agreement.etag(), "\n");
  for (const v1::AgreementChange& change : agreement.changes()) {
    absl::StrAppend(&out, "经    过  ", std::string(mapping::InChinese(change.state())), "，",
                    change.actor(), "：", change.text(), "\n");
  }
  return out;
}

template <typename Response>
CommandResult ShowAgreement(const Response& answer, CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer.agreement());
  } else {
    if (context.validate_only()) context.out() << "校验通过，未记录\n";
    context.out() << AgreementForPeople(answer.agreement());
  }
  return ExitCode::kOk;
}

struct AgreementListOptions {
  std::string pool;
};

void DeclareAgreementList(CLI::App& app, AgreementListOptions& options) {
  app.add_option("--pool", options.pool, "只列此基金，如 pools/310115-310 / Only with this pool");
}

CommandResult RunAgreementList(const AgreementListOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::ListAgreementsRequest request;
  request.set_pool(options.pool);
  RECOUP_ASSIGN_OR_RETURN(
      const v1::ListAgreementsResponse all,
      hub.AskAllPages<v1::ListAgreementsResponse>("AgreementService.ListAgreements", request));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(all);
    return ExitCode::kOk;
  }
  if (all.agreements().empty()) {
    context.out() << "没有协议\n";
    return ExitCode::kOk;
  }
  adapters::Table table({{"协议"},
                         {"状态"},
                         {"第三方"},
                         {"比例", adapters::Align::kRight},
                         {"每案上限（元）", adapters::Align::kRight},
                         {"事故自"},
                         {"至"},
                         {"已结清", adapters::Align::kRight}});
  for (const v1::Agreement& agreement : all.agreements()) {
    const v1::AgreementTerms& terms = agreement.terms();
    table.AddRow({agreement.name(), std::string(mapping::InChinese(agreement.state())),
                  std::string(mapping::InChinese(terms.third_party_kind())),
                  Percent(terms.quota_bp()), FormatYuan(terms.cap_fen()), terms.effective_from_on(),
                  terms.effective_until_on(), absl::StrCat(agreement.settled_count())});
  }
  context.out() << table.Render();
  return ExitCode::kOk;
}

struct AgreementOptions {
  std::string name;
};

void DeclareAgreement(CLI::App& app, AgreementOptions& options) {
  app.add_option("AGREEMENT", options.name, "pools/…/agreements/…")->required();
}

CommandResult RunAgreementShow(const AgreementOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::GetAgreementRequest request;
  request.set_name(options.name);
  RECOUP_ASSIGN_OR_RETURN(
      const v1::GetAgreementResponse answer,
      hub.Ask<v1::GetAgreementResponse>("AgreementService.GetAgreement", request));
  return ShowAgreement(answer, context);
}

struct ProposeOptions {
  std::string pool;
  std::string third_party;
  std::string policy_kind;
  bool judged = false;
  std::string quota;
  std::string cap;
  std::string from;
  std::string until;
  int notice = 0;
  std::string replaces;
  std::string text;
};

void DeclarePropose(CLI::App& app, ProposeOptions& options) {
  app.add_option("--pool", options.pool, "基金，如 pools/310115-310 / The pool")->required();
  app.add_option("--third-party", options.third_party,
                 "第三方情形，如 traffic、animal / Kind of third party")
      ->required();
  app.add_option("--policy-kind", options.policy_kind,
                 "只适用于 ctp 或 commercial；不给则不限 / Only such policies");
  app.add_flag("--judged", options.judged, "已有判决的案件也适用 / Judged cases too");
  app.add_option("--quota", options.quota, "定额比例，如 60 或 55.5（%） / Quota in percent")
      ->required();
  app.add_option("--cap", options.cap, "每案上限（元） / Cap per case, in yuan")->required();
  app.add_option("--from", options.from, "事故首日 / First day of accidents")->required();
  app.add_option("--until", options.until, "事故末日；不给则至终止 / Last day of accidents");
  app.add_option("--notice", options.notice, "终止通知天数 / Days of notice")
      ->capture_default_str();
  app.add_option("--replaces", options.replaces, "所替代的协议 / The agreement it replaces");
  app.add_option("--text", options.text, "说明 / Why")->required();
}

CommandResult RunPropose(const ProposeOptions& options, CommandContext& context) {
  v1::CreateAgreementRequest request;
  request.set_pool(options.pool);
  request.set_replaces(options.replaces);
  request.set_text(options.text);
  v1::AgreementTerms& terms = *request.mutable_terms();
  Faults faults;
  const auto third_party = mapping::ThirdPartyKindFrom(options.third_party);
  if (third_party) terms.set_third_party_kind(*third_party);
  if (!third_party) faults.Add("--third-party", "unknown");
  if (!options.policy_kind.empty()) {
    const auto kind = mapping::PolicyKindFrom(options.policy_kind);
    if (kind) terms.set_policy_kind(*kind);
    if (!kind) faults.Add("--policy-kind", "must be ctp or commercial");
  }
  // Percent have two decimals, as yuan have.
  const auto quota = domain::Money::FromYuan(options.quota);
  if (quota.ok() && quota->fen() >= 1 && quota->fen() <= 10'000) {
    terms.set_quota_bp(static_cast<std::int32_t>(quota->fen()));
  } else {
    faults.Add("--quota", "must be a percentage above 0, up to 100, with two decimals at most");
  }
  const auto cap = domain::Money::FromYuan(options.cap);
  if (cap.ok() && cap->is_positive()) {
    terms.set_cap_fen(cap->fen());
  } else {
    faults.Add("--cap", "must be an amount in yuan");
  }
  absl::CivilDay day;
  if (!absl::ParseCivilTime(options.from, &day)) {
    faults.Add("--from", "must be a day, YYYY-MM-DD");
  }
  if (!options.until.empty() && !absl::ParseCivilTime(options.until, &day)) {
    faults.Add("--until", "must be a day, YYYY-MM-DD");
  }
  RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(faults.ToStatus()));
  terms.set_judged(options.judged);
  terms.set_effective_from_on(options.from);
  terms.set_effective_until_on(options.until);
  terms.set_notice_day_count(options.notice);
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::CreateAgreementResponse answer,
                          hub.Mutate<v1::CreateAgreementResponse>(
                              "AgreementService.CreateAgreement", std::move(request)));
  return ShowAgreement(answer, context);
}

struct AgreementAnswerOptions : AgreementOptions {
  std::string etag;
  std::string text;
  bool accept = false;
  bool decline = false;
  bool withdraw = false;
};

void DeclareAgreementAnswer(CLI::App& app, AgreementAnswerOptions& options) {
  DeclareAgreement(app, options);
  CLI::Option_group* answers = app.add_option_group("answer");
  answers->add_flag("--accept", options.accept, "同意基金的提议 / Accept the fund's proposal");
  answers->add_flag("--decline", options.decline, "不同意基金的提议 / Decline it");
  answers->add_flag("--withdraw", options.withdraw, "撤回本公司的提议 / Take one's own back");
  answers->require_option(1);
  app.add_option("--text", options.text, "说明；不同意或撤回时必填 / Why; needed unless accepted");
  app.add_option("--etag", options.etag, "只在协议未变时才处理 / Only if it has not changed since");
}

CommandResult RunAgreementAnswer(const AgreementAnswerOptions& options, CommandContext& context) {
  v1::AnswerAgreementRequest request;
  request.set_name(options.name);
  request.set_etag(options.etag);
  request.set_text(options.text);
  request.set_answer(options.accept    ? v1::AGREEMENT_ANSWER_ACCEPT
                     : options.decline ? v1::AGREEMENT_ANSWER_DECLINE
                                       : v1::AGREEMENT_ANSWER_WITHDRAW);
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::AnswerAgreementResponse answer,
                          hub.Mutate<v1::AnswerAgreementResponse>(
                              "AgreementService.AnswerAgreement", std::move(request)));
  return ShowAgreement(answer, context);
}

struct EndOptions : AgreementOptions {
  std::string last_day;
  std::string text;
};

void DeclareEnd(CLI::App& app, EndOptions& options) {
  DeclareAgreement(app, options);
  app.add_option("--last-day", options.last_day,
                 "适用事故的末日，不早于今日加通知天数 / Last day of accidents")
      ->required();
  app.add_option("--text", options.text, "理由 / Why")->required();
}

CommandResult RunEnd(const EndOptions& options, CommandContext& context) {
  v1::EndAgreementRequest request;
  request.set_name(options.name);
  request.set_last_day_on(options.last_day);
  request.set_text(options.text);
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(
      const v1::EndAgreementResponse answer,
      hub.Mutate<v1::EndAgreementResponse>("AgreementService.EndAgreement", std::move(request)));
  return ShowAgreement(answer, context);
}

}  // namespace

void AddAgreementCommands(adapters::Program& program) {
  CLI::App& group =
      program.AddGroup(program.root(), "agreements", "定额分摊协议", "Flat-quota agreements");
  program.AddCommand<AgreementListOptions>(
      group, {.name = "list", .zh = "列出协议", .en = "List agreements"}, DeclareAgreementList,
      RunAgreementList);
  program.AddCommand<AgreementOptions>(
      group, {.name = "show", .zh = "查看一份协议及其经过", .en = "Show an agreement"},
      DeclareAgreement, RunAgreementShow);
  program.AddCommand<ProposeOptions>(
      group,
      {.name = "propose",
       .zh = "向基金提议定额分摊",
       .en = "Propose a flat quota to a pool",
       .examples = {{.command = "recoup-insurer agreements propose --pool pools/310115-310 "
                                "--third-party traffic --policy-kind commercial --quota 60 --cap "
                                "5000.00 --from 2026-04-01 --text 小额车险案件",
                     .says = "五千元以下的车险案件按六成支付"}},
       .effect = Effect::kOneRequest},
      DeclarePropose, RunPropose);
  program.AddCommand<AgreementAnswerOptions>(
      group,
      {.name = "answer",
       .zh = "同意或不同意基金的提议，或撤回本公司的提议",
       .en = "Answer the fund's proposal, or withdraw one's own",
       .effect = Effect::kOneRequest},
      DeclareAgreementAnswer, RunAgreementAnswer);
  program.AddCommand<EndOptions>(group,
                                 {.name = "end",
                                  .zh = "按约定的通知期终止协议",
                                  .en = "End an agreement with the agreed notice",
                                  .effect = Effect::kOneRequest},
                                 DeclareEnd, RunEnd);
}

}  // namespace recoup::insurer
