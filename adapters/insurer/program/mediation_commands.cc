// recoup-insurer mediations list, show, offer: what an insurer does in a mediation of its demands.
//
// An agreement needs the insurer's own word: an offer of the same terms. `offer --as` takes over
// the terms of another side's offer, which is how it is accepted. Not spooled: an offer answers
// what stands at this moment.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/mediation_report.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"
#include "recoup/v1/mediation_service.pb.h"

namespace recoup::insurer {
namespace {

using adapters::Align;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using adapters::HubSession;

struct MediationListOptions {
  std::string demand;
};

void DeclareMediationList(CLI::App& app, MediationListOptions& options) {
  app.add_option("--demand", options.demand,
                 "只看此追偿函的，名称或付款参考号 / Only of this demand; name or reference");
}

CommandResult RunMediationList(const MediationListOptions& options, CommandContext& context) {
  v1::ListMediationsRequest request;
  if (!options.demand.empty()) {
    RECOUP_ASSIGN_OR_RETURN(InsurerHub demands, InsurerHub::Open(context));
    RECOUP_ASSIGN_OR_RETURN(*request.mutable_demand(), demands.DemandName(options.demand));
  }
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(
      const v1::ListMediationsResponse all,
      hub.AskAllPages<v1::ListMediationsResponse>("MediationService.ListMediations", request));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(all);
    return ExitCode::kOk;
  }
  if (all.mediations().empty()) {
    context.out() << "没有调解\n";
    return ExitCode::kOk;
  }
  adapters::Table table(
      {{"调解"}, {"状态"}, {"调解组织"}, {"追偿函", Align::kRight}, {"方案", Align::kRight}});
  for (const v1::Mediation& mediation : all.mediations()) {
    table.AddRow({mediation.name(), std::string(adapters::InChinese(mediation.state())),
                  mediation.mediator(), absl::StrCat(mediation.demands_size()),
                  absl::StrCat(mediation.offers_size())});
  }
  context.out() << table.Render();
  return ExitCode::kOk;
}

struct MediationNameOptions {
  std::string name;
};

void DeclareMediationName(CLI::App& app, MediationNameOptions& options) {
  app.add_option("MEDIATION", options.name, "调解 / The mediation")->required();
}

absl::StatusOr<v1::GetMediationResponse> GetMediation(const std::string& name, HubSession& hub) {
  v1::GetMediationRequest request;
  request.set_name(name);
  return hub.Ask<v1::GetMediationResponse>("MediationService.GetMediation", request);
}

CommandResult RunMediationShow(const MediationNameOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::GetMediationResponse answer, GetMediation(options.name, hub));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
  } else {
    context.out() << adapters::MediationForPeople(answer.mediation());
  }
  return ExitCode::kOk;
}

struct MediationOfferOptions {
  std::string name;
  std::vector<std::string> terms;
  std::string as_offer;
  std::string until;
  std::string text;
};

void DeclareMediationOffer(CLI::App& app, MediationOfferOptions& options) {
  app.add_option("MEDIATION", options.name, "调解 / The mediation")->required();
  CLI::Option* terms = app.add_option(
      "--terms", options.terms,
      "追偿函=支付金额（元）或=比例%，其余请求放弃，可重复 / DEMAND=AMOUNT or DEMAND=70%; the rest "
      "of what is open is to be given up; may be repeated");
  app.add_option("--as", options.as_offer,
                 "接受此编号的方案，条件相同 / Accept the offer of this number: the same terms")
      ->excludes(terms);
  app.add_option("--until", options.until, "有效至 / Last day the offer stands");
  app.add_option("--text", options.text, "说明 / Words");
}

// "DEMAND=70%" or "DEMAND=AMOUNT", with the open amount as the hub sees it.
absl::Status AddTerm(const std::string& text, InsurerHub& demands, v1::MakeOfferRequest& request,
                     Faults& faults) {
  const auto bad = [&](std::string why) {
    faults.Add(absl::StrCat("--terms ", text), std::move(why));
    return absl::OkStatus();
  };
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos) return bad("must be DEMAND=AMOUNT or DEMAND=70%");
  const bool share = text.back() == '%';
  const std::string number = text.substr(equals + 1, text.size() - equals - 1 - (share ? 1 : 0));
  // Percent have two decimals, as yuan have, so 70.5 % are 7050 basis points.
  const auto value = domain::Money::FromYuan(number);
  if (!value.ok() || value->is_negative()) return bad("must end with an amount in yuan or a share");
  constexpr std::int64_t kWhole = 10'000;
  if (share && (!value->is_positive() || value->fen() > kWhole)) {
    return bad("must be a share up to 100%");
  }
  RECOUP_ASSIGN_OR_RETURN(const std::optional<v1::Demand> demand,
                          demands.FindDemand(text.substr(0, equals)));
  if (!demand) return bad("no such demand");
  if (!share && value->fen() > demand->open_fen()) {
    return bad(
        absl::StrCat("more than the ", FormatYuan(demand->open_fen()), " yuan that are open"));
  }
  v1::MediationTerm& term = *request.add_terms();
  term.set_demand(demand->name());
  if (share) {
    term.set_ratio_bp(static_cast<std::int32_t>(value->fen()));
  } else {
    term.set_amount_fen(value->fen());
    term.set_relinquished_fen(demand->open_fen() - value->fen());
  }
  return absl::OkStatus();
}

absl::Status TakeOver(const MediationOfferOptions& options, HubSession& hub,
                      v1::MakeOfferRequest& request) {
  RECOUP_ASSIGN_OR_RETURN(const v1::GetMediationResponse answer, GetMediation(options.name, hub));
  for (const v1::MediationOffer& offer : answer.mediation().offers()) {
    if (offer.offer_id() != options.as_offer) continue;
    *request.mutable_terms() = offer.terms();
    for (v1::MediationTerm& term : *request.mutable_terms()) {
      if (term.ratio_bp() == 0) continue;
      term.clear_amount_fen();  // The hub computes them anew.
      term.clear_relinquished_fen();
    }
    return absl::OkStatus();
  }
  return adapters::AsUsageError(
      MakeError(Reason::kNotFound, absl::StrCat("the mediation has no offer ", options.as_offer)));
}

CommandResult RunMediationOffer(const MediationOfferOptions& options, CommandContext& context) {
  if (options.terms.empty() == options.as_offer.empty()) {
    return adapters::AsUsageError(
        MakeError(Reason::kInvalidArgument, "give --terms, or --as with the number of an offer"));
  }
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::MakeOfferRequest request;
  request.set_name(options.name);
  request.set_valid_until_on(options.until);
  request.set_text(options.text);
  if (!options.as_offer.empty()) {
    RECOUP_RETURN_IF_ERROR(TakeOver(options, hub, request));
  } else {
    RECOUP_ASSIGN_OR_RETURN(InsurerHub demands, InsurerHub::Open(context));
    Faults faults;
    for (const std::string& text : options.terms) {
      RECOUP_RETURN_IF_ERROR(AddTerm(text, demands, request, faults));
    }
    RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(faults.ToStatus()));
  }
  RECOUP_ASSIGN_OR_RETURN(
      const v1::MakeOfferResponse answer,
      hub.Mutate<v1::MakeOfferResponse>("MediationService.MakeOffer", std::move(request)));
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
  } else {
    context.out() << (context.validate_only() ? "校验通过，未记录\n" : "已提出\n")
                  << adapters::MediationForPeople(answer.mediation());
  }
  return ExitCode::kOk;
}

}  // namespace

void AddMediationCommands(adapters::Program& program) {
  CLI::App& group = program.AddGroup(program.root(), "mediations", "调解", "Mediations");
  program.AddCommand<MediationListOptions>(
      group,
      {.name = "list",
       .zh = "列出涉及本公司追偿函的调解",
       .en = "List the mediations of own demands, oldest first",
       .examples = {{.command = "recoup-insurer mediations list --demand RF18539007547034",
                     .says = "一份追偿函的调解"}}},
      DeclareMediationList, RunMediationList);
  program.AddCommand<MediationNameOptions>(
      group,
      {.name = "show",
       .zh = "查看一次调解：调解员、各方方案、协议",
       .en = "Show a mediation: panel, offers, agreement",
       .examples = {{.command = "recoup-insurer mediations show pools/…/mediations/01jx…",
                     .says = "方案编号用于 offer --as"}}},
      DeclareMediationName, RunMediationShow);
  program.AddCommand<MediationOfferOptions>(
      group,
      {.name = "offer",
       .zh = "在调解中提出方案，或接受对方的方案；没有本公司相同的方案，协议不能成立",
       .en = "Make an offer in a mediation, or accept one; no agreement stands without it",
       .examples = {{.command = "recoup-insurer mediations offer pools/…/mediations/01jx… --terms "
                                "RF18539007547034=70% --until 2026-04-30",
                     .says = "付未付金额的 70%"},
                    {.command = "recoup-insurer mediations offer pools/…/mediations/01jx… --as 1",
                     .says = "接受方案 1"}},
       .effect = Effect::kOneRequest},
      DeclareMediationOffer, RunMediationOffer);
}

}  // namespace recoup::insurer
