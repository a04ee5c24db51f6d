#include "hub/app/match_certificate.h"

#include <array>
#include <string>
#include <vector>

#include "hub/app/reconcile_facts.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/ids.h"

namespace recoup::app {
namespace {

using reconcile::Rule;

template <typename TypedIdT>
std::vector<TypedIdT> IdsOfKeys(const std::vector<std::string_view>& keys) {
  std::vector<TypedIdT> ids;
  for (const std::string_view key : keys) ids.push_back(IdOf<TypedIdT>(key));
  return ids;
}

template <typename TypedIdT>
std::vector<std::string_view> KeysOfIds(const std::vector<TypedIdT>& ids,
                                        reconcile::TextArena& texts) {
  std::vector<std::string_view> keys;
  for (const TypedIdT id : ids) keys.push_back(texts.Keep(id.ToString()));
  return keys;
}

constexpr std::array kMatchRules = {
    Rule::kStructuredReference, Rule::kReferenceInText, Rule::kDamagedReference, Rule::kAdvice,
    Rule::kSeveralReferences,   Rule::kPayerAndAmount,  Rule::kPayerAndDates,    Rule::kPayerAndSum,
    Rule::kPayerAndParts,       Rule::kPayerAndTotals};

}  // namespace

domain::MatchCertificate MatchOf(const reconcile::Application& application, std::int64_t order) {
  const reconcile::Certificate& certificate = application.certificate;
  domain::MatchCertificate match;
  match.rule_version = certificate.rule_version;
  match.token = certificate.token;
  if (!certificate.advice_key.empty()) {
    match.advice = IdOf<domain::RemittanceAdviceId>(certificate.advice_key);
  }
  match.chosen = IdsOfKeys<domain::DemandId>(certificate.chosen);
  match.payments = IdsOfKeys<domain::StatementEntryId>(certificate.payments);
  match.rivals = static_cast<std::int64_t>(certificate.rivals);
  match.steps = certificate.steps;
  match.margin = certificate.margin;
  match.entry_before = certificate.entry_before;
  match.open_before = certificate.open_before;
  match.order = order;
  for (const reconcile::TakenDemand& taken : certificate.taken) {
    match.taken.push_back({IdOf<domain::DemandId>(taken.demand_key),
                           IdOf<domain::StatementEntryId>(taken.entry_key)});
  }
  return match;
}

absl::StatusOr<reconcile::Application> DecisionOf(const domain::StatementEntry& entry,
                                                  const domain::Application& application,
                                                  reconcile::TextArena& texts) {
  if (!application.match) {
    return MakeError(Reason::kInvalidArgument, "the application has no certificate of the engine");
  }
  const domain::MatchCertificate& match = *application.match;
  reconcile::Application out;
  out.entry_key = texts.Keep(entry.id.ToString());
  out.demand_key = texts.Keep(application.demand.ToString());
  out.amount = application.amount;
  reconcile::Certificate& certificate = out.certificate;
  bool known = false;
  for (const Rule rule : kMatchRules) {
    if (application.rule != reconcile::RuleName(rule)) continue;
    certificate.rule = rule;
    known = true;
  }
  if (!known) return MakeError(Reason::kInvalidArgument, "a rule this program does not know");
  certificate.rule_version = texts.Keep(match.rule_version);
  certificate.token = texts.Keep(match.token);
  if (match.advice) certificate.advice_key = texts.Keep(match.advice->ToString());
  certificate.chosen = KeysOfIds(match.chosen, texts);
  certificate.payments = KeysOfIds(match.payments, texts);
  certificate.rivals = static_cast<std::size_t>(match.rivals);
  certificate.steps = match.steps;
  certificate.margin = match.margin;
  certificate.entry_before = match.entry_before;
  certificate.open_before = match.open_before;
  for (const domain::TakenDemand& taken : match.taken) {
    certificate.taken.push_back(
        {texts.Keep(taken.demand.ToString()), texts.Keep(taken.payment.ToString())});
  }
  return out;
}

}  // namespace recoup::app
