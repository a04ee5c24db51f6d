#include "hub/app/put_policy_datum.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/etag.h"
#include "hub/app/names.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/fund_pay_type.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {
namespace {

using domain::PolicyDatum;

bool IsKnown(const std::string& key) {
  const std::vector<domain::PolicyRule>& rules = domain::NationalPolicyData().rules();
  return domain::IsFundPayTypeKey(key) ||
         std::any_of(rules.begin(), rules.end(),
                     [&](const domain::PolicyRule& rule) { return rule.key == key; });
}

absl::Status CheckDatum(const PutPolicyDatum& command) {
  const PolicyDatum& datum = command.datum;
  Faults faults;
  if (!IsKnown(datum.key)) {
    faults.Add("policy_datum.key", "no rule has this key; ListPolicyData lists them");
    return faults.ToStatus();
  }
  const domain::PolicyBounds bounds = domain::BoundsOfPolicyValue(datum.key);
  if (datum.value < bounds.least || datum.value > bounds.most) {
    faults.Add("policy_datum.value",
               absl::StrCat("must be from ", bounds.least, " to ", bounds.most));
  }
  if (domain::GuardsTwoPersons(datum.key) && command.pool.value.empty()) {
    faults.Add("policy_datum.pool", "missing: each fund decides for itself what one person may do");
  }
  return faults.ToStatus();
}

absl::Status CheckCaller(const PutPolicyDatum& command, const Caller& caller) {
  const bool of_fund = caller.party.kind() == domain::PartyKind::kFund;
  if (command.pool.value.empty() && of_fund) {
    return MakeError(Reason::kNotAllowed,
                     "values for all pools are the operator's; name a pool of this fund");
  }
  if (domain::GuardsTwoPersons(command.datum.key) && !of_fund) {
    return MakeError(Reason::kNotAllowed, "what one person of a fund may do only the fund decides");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<PolicyDatum>> Known(UnitOfWork& work, const PolicyDatum& datum) {
  return work.FindBy<PolicyDatum>(
      domain::UniqueKeyKind::kPolicyDatumOf,
      domain::Key({datum.key, datum.pool, absl::FormatCivilTime(datum.effective_from)}));
}

domain::Approval AskFor(UnitOfWork& work, const PutPolicyDatum& command, const PolicyDatum& datum) {
  domain::Approval approval;
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = command.pool;
  approval.action = domain::ApprovalAction::kPolicyDatum;
  approval.subject = PolicyDatumName(datum.id);
  approval.amount = domain::Money::Fen(datum.value);
  approval.reason = absl::StrCat(datum.key, "，自 ", absl::FormatCivilTime(datum.effective_from),
                                 " 起：", datum.source);
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  approval.policy_datum = datum;
  work.Put(approval);
  return approval;
}

}  // namespace

absl::StatusOr<PolicyDatumAnswer> PutPolicyDatumOf(const PutPolicyDatum& command,
                                                   UnitOfWork& work) {
  RECOUP_RETURN_IF_ERROR(CheckDatum(command));
  RECOUP_RETURN_IF_ERROR(CheckCaller(command, work.caller()));
  PolicyDatum datum = command.datum;
  datum.pool = command.pool.value.empty() ? std::string(domain::kEveryPool) : command.pool.value;
  RECOUP_ASSIGN_OR_RETURN(const std::optional<PolicyDatum> known, Known(work, datum));
  if (known) {
    // Without an etag a second writer would not notice the first.
    if (command.etag.empty()) {
      return MakeError(Reason::kEtagMismatch,
                       "a value is there already; give its etag to change it");
    }
    RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, known->version));
    datum.id = known->id;
    datum.version = known->version;
  } else if (!command.etag.empty()) {
    return MakeError(Reason::kEtagMismatch, "there is no value yet; leave the etag empty");
  } else {
    datum.id = work.NewId<domain::PolicyDatumId>();
  }
  datum.recorded_by = work.caller().actor;
  if (domain::GuardsTwoPersons(datum.key)) {
    return PolicyDatumAnswer{datum, AskFor(work, command, datum)};
  }
  work.Put(datum);
  return PolicyDatumAnswer{datum, std::nullopt};
}

absl::Status CompletePolicyDatum(UnitOfWork& work, const domain::Approval& approval) {
  RECOUP_CHECK(approval.policy_datum.has_value());
  PolicyDatum datum = *approval.policy_datum;
  RECOUP_ASSIGN_OR_RETURN(const std::optional<PolicyDatum> known, Known(work, datum));
  if ((known ? known->version : 0) != datum.version) {
    return MakeError(Reason::kEtagMismatch,
                     "the value has changed since this was asked for; ask anew");
  }
  work.Put(datum);
  return absl::OkStatus();
}

}  // namespace recoup::app
