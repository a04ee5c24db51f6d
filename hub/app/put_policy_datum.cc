#include "hub/app/put_policy_datum.h"

#include <algorithm>

#include "hub/app/etag.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/fund_pay_type.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {

absl::StatusOr<domain::PolicyDatum> PutPolicyDatumOf(const PutPolicyDatum& command,
                                                     UnitOfWork& work) {
  domain::PolicyDatum datum = command.datum;
  const std::vector<domain::PolicyRule>& rules = domain::NationalPolicyData().rules();
  Faults faults;
  if (domain::IsFundPayTypeKey(datum.key)) {
    if (datum.value != 0 && datum.value != 1) {
      faults.Add("policy_datum.value", "1 for a public fund, 0 for anybody else");
    }
  } else if (std::none_of(rules.begin(), rules.end(),
                          [&](const domain::PolicyRule& rule) { return rule.key == datum.key; })) {
    faults.Add("policy_datum.key", "no rule has this key; ListPolicyData lists them");
  }
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<domain::PolicyDatum> known,
      work.FindBy<domain::PolicyDatum>(
          domain::UniqueKeyKind::kPolicyDatumOf,
          domain::Key({datum.key, datum.pool, absl::FormatCivilTime(datum.effective_from)})));
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
  work.Put(datum);
  return datum;
}

}  // namespace recoup::app
