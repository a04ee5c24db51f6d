// A recovery with issued demands, from which the stories of debtors and mediations start.
#ifndef RECOUP_TESTS_APP_DEBTOR_STORY_H_
#define RECOUP_TESTS_APP_DEBTOR_STORY_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/decide_approval.h"
#include "hub/app/demands.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {

inline domain::Money Fen(std::int64_t fen) { return domain::Money::Fen(fen); }

struct DebtorStory : HubWorld {
  // Two advances of 100.00 and 50.01 yuan, and for each recovery one issued demand for both.
  domain::Demand IssueNew(const std::string& debtor_party,
                          std::vector<std::int64_t> line_fen = {10'000, 5'001}) {
    return Issue(DraftNew(debtor_party, std::move(line_fen)));
  }

  // The same, not issued; `adjust` changes the recovery before it is stored.
  domain::Demand DraftNew(
      const std::string& debtor_party, std::vector<std::int64_t> line_fen,
      const std::function<void(domain::Recovery&)>& adjust = [](domain::Recovery&) {}) {
    const auto draft = Run(fund, [&](app::UnitOfWork& work) -> absl::StatusOr<domain::Demand> {
      domain::Recovery recovery;
      recovery.id = work.NewId<domain::RecoveryId>();
      recovery.pool = pool;
      recovery.injured.name = "赵一鸣";
      recovery.accident_on = absl::CivilDay(2025, 11, 3);
      recovery.known_on = absl::CivilDay(2026, 2, 2);
      recovery.opened_time = work.now();
      domain::Demand demand;
      demand.id = work.NewId<domain::DemandId>();
      demand.pool = pool;
      demand.recovery = recovery.id;
      demand.debtor_kind = domain::DebtorKind::kInsurer;
      demand.debtor_name = debtor_party.empty() ? "钱二" : "华安联合财产保险股份有限公司";
      demand.debtor_party = {debtor_party};
      demand.reference =
          domain::CreditorReference::Make(absl::StrCat("31011531", ++references_))->text();
      for (const std::int64_t fen : line_fen) {
        domain::Advance advance;
        advance.id = work.NewId<domain::AdvanceId>();
        advance.pool = pool;
        advance.hospital = hospital.party;
        advance.settlement_id = advance.id.ToString();
        advance.amount = Fen(fen);
        advance.recovery = recovery.id;
        RECOUP_RETURN_IF_ERROR(app::PutOnBooks(work, advance));
        work.Put(advance);
        recovery.advances.push_back(advance.id);
        demand.lines.push_back({.advance = advance.id,
                                .amount = Fen(fen),
                                .stages = {},
                                .dispute_reason = "",
                                .dispute_ground = std::nullopt});
        demand.amount += Fen(fen);
      }
      recovery.debtors.push_back({.kind = demand.debtor_kind,
                                  .name = demand.debtor_name,
                                  .party = demand.debtor_party,
                                  .policy = std::nullopt,
                                  .policy_kind = std::nullopt,
                                  .amount = demand.amount,
                                  .interruptions = {},
                                  .jointly_with = {}});
      recovery.demands = {demand.id};
      adjust(recovery);
      work.Put(recovery);
      work.Put(demand);
      return demand;
    });
    EXPECT_TRUE(draft.ok()) << draft.status();
    return draft.value_or(domain::Demand());
  }

  domain::Demand Issue(const domain::Demand& draft) {
    const auto issued = Run(fund, [&](app::UnitOfWork& work) {
      return app::IssueDemandOf({.pool = pool, .demand = draft.id, .etag = "", .due_on = {}}, work);
    });
    EXPECT_TRUE(issued.ok()) << issued.status();
    return issued->demand;
  }

  domain::Demand Stored(const domain::Demand& demand) {
    return Get<domain::Demand>(pool.value, demand.id.value);
  }
  // The decision of a second officer about the only approval that waits.
  absl::StatusOr<domain::Approval> DecidePending(const app::Caller& officer, bool approve) {
    for (const domain::Approval& approval : All<domain::Approval>(pool.value)) {
      if (approval.state != domain::ApprovalState::kPending) continue;
      return Run(officer, [&](app::UnitOfWork& work) {
        return app::DecideApprovalOf({pool, approval.id, approve, "已核对"}, work);
      });
    }
    return absl::NotFoundError("nothing waits for approval");
  }

  domain::Recovery RecoveryOf(const domain::Demand& demand) {
    return Get<domain::Recovery>(pool.value, demand.recovery.value);
  }
  // What the debtor is told, oldest first.
  std::vector<std::string> NoticesTo(const domain::PartyId& party) {
    std::vector<std::string> what;
    Read([&](app::RecordReader& reader) {
      const auto notices = reader.view().Notices(party.value, 0, 1000);
      ASSERT_TRUE(notices.ok());
      for (const app::StoredNotice& notice : *notices) what.push_back(notice.what);
    });
    return what;
  }

  const app::Caller other_insurer{{"insurer/taiping"}, "insurer/taiping"};
  const app::Caller other_mediator{{"mediator/minhang"}, "mediator/minhang"};

 private:
  int references_ = 0;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_APP_DEBTOR_STORY_H_
