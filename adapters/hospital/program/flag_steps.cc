#include "adapters/hospital/program/flag_steps.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/hospital/mapping/requests.h"

namespace recoup::hospital {

using mapping::Standing;

Outgoing ToHub(std::string source_key, const char* method, const std::string& visit_id,
               const google::protobuf::MessageLite& request) {
  return {std::move(source_key), absl::StrCat("HospitalService.", method), visit_id,
          request.SerializeAsString()};
}

std::vector<std::string> Union(const std::vector<std::string>& a,
                               const std::vector<std::string>& b) {
  std::vector<std::string> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

std::vector<std::string> GroundsOfFlag(const v1::Flag& flag) {
  std::vector<std::string> grounds;
  for (const v1::FlagEvidence& evidence : flag.evidence()) grounds.push_back(evidence.rule());
  std::sort(grounds.begin(), grounds.end());
  return grounds;
}

std::vector<std::string> MissingOf(const Visit& visit) {
  std::vector<std::string> missing;
  if (!visit.held) return missing;
  for (const mapping::Missing what : mapping::MissingFrom(visit.flag)) {
    missing.push_back(mapping::InChinese(what));
  }
  return missing;
}

std::string SupplyCommandOf(const Visit& visit) {
  std::string command = absl::StrCat("recoup-hospital supply ", visit.visit_id);
  for (const mapping::Missing what : mapping::MissingFrom(visit.flag)) {
    switch (what) {
      case mapping::Missing::kPool:
        command += " --pool 统筹区-险种";
        break;
      case mapping::Missing::kPatient:
        command += " --name 姓名";
        break;
      case mapping::Missing::kAdmitted:
        command += " --admitted \"入院时间\"";
        break;
    }
  }
  return command;
}

Plan WithHeldTold(Plan plan) {
  if (!plan.visit.held) return plan;
  absl::StrAppend(&plan.outcome, "待补充：", absl::StrJoin(MissingOf(plan.visit), "、"),
                  "；补齐后自动上报（", SupplyCommandOf(plan.visit), "）。");
  return plan;
}

FlagSteps::FlagSteps(std::string source_key, absl::Time time, Plan& plan)
    : source_key_(std::move(source_key)), time_(time), plan_(plan) {}

void FlagSteps::Raise(const v1::Flag& flag, v1::FlagState state) {
  Visit& visit = plan_.visit;
  visit.standing = Standing::kFlagged;
  visit.held = HeldFlag{source_key_, mapping::ToFlagAdmission(flag, state, time_)};
  SendHeld();
}

void FlagSteps::Amend(const v1::Flag& flag, v1::FlagState state, const std::string& reason) {
  Visit& visit = plan_.visit;
  const v1::AmendFlagRequest request = mapping::ToAmendFlag(flag, visit.flag, state, time_, reason);
  if (visit.held) {
    *visit.held->request.mutable_flag() = mapping::Amended(visit.flag, request);
    if (state != v1::FLAG_STATE_UNSPECIFIED) visit.held->request.set_state(state);
    SendHeld();
    return;
  }
  if (request.update_mask().paths().empty() && state == v1::FLAG_STATE_UNSPECIFIED) return;
  Send(source_key_, "AmendFlag", request);
  visit.flag = mapping::Amended(visit.flag, request);
  visit.standing = Standing::kFlagged;
}

void FlagSteps::Clear(const std::string& reason) {
  Visit& visit = plan_.visit;
  if (visit.held) {
    visit.held.reset();
    visit.standing = Standing::kDeclined;  // Nobody was told of it.
    return;
  }
  Send(source_key_, "ClearFlag", mapping::ToClearFlag(visit.flag, time_, reason));
  visit.standing = Standing::kCleared;
}

void FlagSteps::SendHeld() {
  Visit& visit = plan_.visit;
  if (!visit.held) return;
  v1::FlagAdmissionRequest& request = visit.held->request;
  *request.mutable_flag() = mapping::Completed(request.flag(), visit.facts);
  visit.flag = request.flag();
  if (!mapping::MissingFrom(visit.flag).empty()) return;
  Send(visit.held->source_key, "FlagAdmission", request);
  visit.held.reset();
}

void FlagSteps::Send(const std::string& source_key, const char* method,
                     const google::protobuf::MessageLite& request) {
  plan_.outgoing.push_back(ToHub(source_key, method, plan_.visit.visit_id, request));
}

}  // namespace recoup::hospital
