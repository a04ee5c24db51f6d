// Reads of FundService that are not about one case: approvals, policy data, parties, deadlines.
#include <algorithm>
#include <string>
#include <vector>

#include "hub/app/approval_matter.h"
#include "hub/app/deadlines.h"
#include "hub/app/policy_book.h"
#include "hub/rpc/converters/approval.h"
#include "hub/rpc/converters/fund_records.h"
#include "hub/rpc/handlers/fund_reads.h"
#include "hub/rpc/paging.h"

namespace recoup::rpc {
namespace {

// How far ahead ListDeadlines looks when it is not told.
constexpr int kDaysAhead = 30;

// A page of what has been computed as a whole; the token is the place in the list.
template <typename Row, typename Add>
std::string AddPage(const std::vector<Row>& rows, Page page, Add add) {
  auto from = static_cast<std::size_t>(page.after.low);
  for (; from < rows.size() && page.size > 0; ++from, --page.size) add(rows[from]);
  return from < rows.size() ? Id{0, from}.ToBase32() : "";
}

}  // namespace

absl::Status GetApproval(const v1::GetApprovalRequest& request, QueryContext& context,
                         v1::GetApprovalResponse* response) {
  Faults faults;
  const auto name = FieldReader(faults).Name<domain::ApprovalId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const domain::Approval approval,
                          context.reader.Get<domain::Approval>(name.pool.value, name.id.value));
  RECOUP_ASSIGN_OR_RETURN(const app::ApprovalMatter matter,
                          app::MatterOf(context.reader, approval));
  ApprovalToProto(approval, response->mutable_approval());
  response->mutable_approval()->set_about(app::AboutOf(approval, matter));
  ApprovalMatterToProto(approval, matter, context.now, response->mutable_matter());
  return absl::OkStatus();
}

absl::Status ListApprovals(const v1::ListApprovalsRequest& request, QueryContext& context,
                           v1::ListApprovalsResponse* response) {
  Faults faults;
  const domain::PoolId pool = FieldReader(faults).Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const domain::Approval& approval) {
    return request.state() == v1::APPROVAL_STATE_UNSPECIFIED ||
           static_cast<int>(approval.state) == static_cast<int>(request.state());
  };
  std::vector<domain::Approval> approvals;
  RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                          ListRecords<domain::Approval>(context.reader, pool.value, page, wanted,
                                                        [&](const domain::Approval& approval) {
                                                          approvals.push_back(approval);
                                                        }));
  for (const domain::Approval& approval : approvals) {
    RECOUP_ASSIGN_OR_RETURN(const app::ApprovalMatter matter,
                            app::MatterOf(context.reader, approval));
    v1::Approval* out = response->add_approvals();
    ApprovalToProto(approval, out);
    out->set_about(app::AboutOf(approval, matter));
  }
  return absl::OkStatus();
}

absl::Status ListPolicyData(const v1::ListPolicyDataRequest& request, QueryContext& context,
                            v1::ListPolicyDataResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const auto on = in.OptionalDay("effective_on", request.effective_on());
  domain::PoolId pool;
  if (!request.pool().empty()) pool = in.Pool("pool", request.pool());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData data, app::LoadPolicyData(context.reader));
  std::vector<domain::PolicyRule> rules;
  for (const domain::PolicyRule& rule : data.rules()) {
    if (!request.key().empty() && rule.key != request.key()) continue;
    if (!pool.value.empty() && rule.pool != domain::kEveryPool && rule.pool != pool.value) continue;
    if (on) {
      // Only the row that holds on that day.
      const auto holds = data.Find(rule.key, pool.value.empty() ? rule.pool : pool.value, *on);
      if (!holds.ok() || !(**holds == rule)) continue;
    }
    rules.push_back(rule);
  }
  response->set_next_page_token(AddPage(rules, page, [&](const domain::PolicyRule& rule) {
    PolicyRuleToProto(rule, response->add_policy_data());
  }));
  return absl::OkStatus();
}

absl::Status ListParties(const v1::ListPartiesRequest& request, QueryContext& context,
                         v1::ListPartiesResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const domain::Party& party) {
    return request.kind() == v1::PARTY_KIND_UNSPECIFIED ||
           party.party.kind() == PartyKindFromProto(request.kind());
  };
  RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                          ListRecords<domain::Party>(context.reader, domain::kHubPartition, page,
                                                     wanted, [&](const domain::Party& party) {
                                                       PartyToProto(party, response->add_parties());
                                                     }));
  return absl::OkStatus();
}

absl::Status ListDeadlines(const v1::ListDeadlinesRequest& request, QueryContext& context,
                           v1::ListDeadlinesResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool = in.Pool("pool", request.pool());
  const absl::CivilDay today = ChinaDate(context.now);
  const absl::CivilDay until =
      in.OptionalDay("until_on", request.until_on()).value_or(today + kDaysAhead);
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pool));
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData data, app::LoadPolicyData(context.reader));
  RECOUP_ASSIGN_OR_RETURN(std::vector<app::Deadline> deadlines,
                          app::DeadlinesOf(context.reader, pool, today, until, data));
  if (!request.kinds().empty()) {
    std::erase_if(deadlines, [&](const app::Deadline& deadline) {
      return std::find(request.kinds().begin(), request.kinds().end(),
                       static_cast<int>(deadline.kind)) == request.kinds().end();
    });
  }
  response->set_next_page_token(AddPage(deadlines, page, [&](const app::Deadline& deadline) {
    v1::Deadline* out = response->add_deadlines();
    out->set_kind(static_cast<v1::DeadlineKind>(deadline.kind));
    out->set_subject(deadline.subject);
    out->set_due_on(DayText(deadline.due_on));
    if (deadline.due_on) out->set_days_left(static_cast<int>(*deadline.due_on - today));
    out->set_amount_fen(deadline.amount.fen());
    out->set_debtor_name(deadline.debtor_name);
    if (deadline.limitation) {
      out->set_limitation_state(static_cast<v1::LimitationState>(*deadline.limitation));
    }
  }));
  return absl::OkStatus();
}

}  // namespace recoup::rpc
