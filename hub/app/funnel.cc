#include "hub/app/funnel.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "hub/app/party_name.h"
#include "hub/app/record_scan.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"
#include "hub/ledger/accounts.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::Demand;
using domain::Money;
using domain::Stage;
using domain::StageAmounts;

absl::Status BooksDiffer(const domain::PoolId& pool, Stage stage, Money counted, Money held) {
  return MakeError(
      Reason::kLedgerLawBroken,
      absl::StrCat("the records of ", pool.value, " hold ", counted.ToYuan(), " at stage ",
                   std::string(domain::ToString(stage)), ", the ledger ", held.ToYuan()));
}

absl::Status AddTo(StageAmounts& sum, const StageAmounts& part) {
  for (const Stage stage : domain::AllOf<Stage>()) {
    RECOUP_RETURN_IF_ERROR(sum.Add(stage, part.at(stage)));
  }
  return absl::OkStatus();
}

template <domain::NamedEnum E>
std::pair<std::string, std::string> NamesOf(E value) {
  return {std::string(domain::ToString(value)), std::string(domain::ChineseName(value))};
}

// What the rows need to know of a recovery.
struct RecoveryFacts {
  std::int32_t court = -1;  // Place in the list of courts; -1: none.
  domain::ThirdPartyKind kind = domain::ThirdPartyKind::kUnknown;
};

class FunnelBuilder {
 public:
  FunnelBuilder(RecordReader& reader, FunnelDimension dimension)
      : reader_(reader), dimension_(dimension) {}

  absl::Status Add(const domain::PoolId& pool) {
    recoveries_.clear();
    given_up_.clear();
    if (dimension_ == FunnelDimension::kCourt || dimension_ == FunnelDimension::kKind) {
      RECOUP_RETURN_IF_ERROR(ReadRecoveries(pool));
    }
    StageAmounts of_pool;
    const auto add = [&](const Advance& advance) -> absl::Status {
      RECOUP_RETURN_IF_ERROR(AddTo(of_pool, advance.stages));
      return AddAdvance(advance);
    };
    RECOUP_RETURN_IF_ERROR(ForEach<Advance>(reader_, pool.value, add));
    RECOUP_RETURN_IF_ERROR(CompareWithBooks(pool, of_pool));
    if (dimension_ == FunnelDimension::kDebtor) return AddDebtors(pool, of_pool);
    return AddGivenUp(pool);
  }

  absl::StatusOr<Funnel> Take() {
    Funnel out;
    for (auto& [key, group] : groups_) {
      RECOUP_RETURN_IF_ERROR(AddTo(out.total.stages, group.stages));
      out.total.reported += group.reported;
      out.total.given_up_asked += group.given_up_asked;
      if (group.reported.is_zero() && group.flagged().is_zero()) continue;
      if (const auto party = domain::PartyId::Parse(key)) {
        RECOUP_ASSIGN_OR_RETURN(group.name, PartyDisplayName(reader_, *party));
      }
      out.groups.push_back(std::move(group));
    }
    out.total.name = "合计";
    std::sort(out.groups.begin(), out.groups.end(), [](const FunnelGroup& a, const FunnelGroup& b) {
      return std::tuple(b.reported, b.flagged(), a.key) <
             std::tuple(a.reported, a.flagged(), b.key);
    });
    return out;
  }

 private:
  FunnelGroup& Group(const std::string& key, const std::string& name) {
    FunnelGroup& group = groups_[key];
    if (group.name.empty()) {
      group.key = key;
      group.name = name;
    }
    return group;
  }

  absl::Status ReadRecoveries(const domain::PoolId& pool) {
    return ForEach<domain::Recovery>(reader_, pool.value, [&](const domain::Recovery& recovery) {
      RecoveryFacts facts;
      facts.kind = recovery.third_party_kind;
      if (!recovery.court.empty()) {
        const auto [it, added] =
            courts_.try_emplace(recovery.court.value, static_cast<std::int32_t>(courts_.size()));
        if (added) court_names_.push_back(recovery.court.value);
        facts.court = it->second;
      }
      recoveries_.emplace(recovery.id, facts);
      return absl::OkStatus();
    });
  }

  // Before a recovery is opened, only the flag says what kind of accident it was.
  absl::StatusOr<domain::ThirdPartyKind> KindOf(const Advance& advance) {
    if (advance.recovery) {
      const auto found = recoveries_.find(*advance.recovery);
      if (found != recoveries_.end()) return found->second.kind;
    }
    if (!advance.flag) return domain::ThirdPartyKind::kUnknown;
    RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Flag> flag,
                            reader_.Find<domain::Flag>(advance.pool.value, advance.flag->value));
    return flag ? flag->third_party_kind : domain::ThirdPartyKind::kUnknown;
  }

  absl::StatusOr<FunnelGroup*> GroupOf(const Advance& advance) {
    switch (dimension_) {
      case FunnelDimension::kPool:
        return &Group(advance.pool.value, advance.pool.value);
      case FunnelDimension::kHospital:
        return &Group(advance.hospital.value, advance.hospital.value);
      case FunnelDimension::kCourt: {
        const auto found =
            advance.recovery ? recoveries_.find(*advance.recovery) : recoveries_.end();
        if (found == recoveries_.end() || found->second.court < 0) return &Group("", "无法院案件");
        const std::string& court = court_names_[static_cast<std::size_t>(found->second.court)];
        return &Group(court, court);
      }
      case FunnelDimension::kDebtor:
        // What a debtor is asked for is moved to its row afterwards.
        return &Group("", "尚未追偿");
      case FunnelDimension::kKind: {
        RECOUP_ASSIGN_OR_RETURN(const domain::ThirdPartyKind kind, KindOf(advance));
        const auto [key, name] = NamesOf(kind);
        return &Group(key, name);
      }
    }
    return MakeError(Reason::kInternal, "an unknown dimension");
  }

  absl::Status AddAdvance(const Advance& advance) {
    if (advance.state == domain::AdvanceState::kReversed) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(FunnelGroup * group, GroupOf(advance));
    const bool candidate = advance.state == domain::AdvanceState::kCandidate;
    group->reported += candidate ? advance.amount : advance.stages.total();
    if (dimension_ == FunnelDimension::kDebtor) return absl::OkStatus();
    if (advance.stages.at(Stage::kRelinquished).is_positive()) {
      given_up_.emplace(advance.id, group->key);
    }
    return AddTo(group->stages, advance.stages);
  }

  absl::Status CompareWithBooks(const domain::PoolId& pool, const StageAmounts& counted) {
    RECOUP_ASSIGN_OR_RETURN(const ledger::Balances balances, reader_.view().BalancesOf(pool.value));
    for (const Stage stage : domain::AllOf<Stage>()) {
      const Money held = balances.at(ledger::AccountOf(stage));
      if (counted.at(stage) != held) return BooksDiffer(pool, stage, counted.at(stage), held);
    }
    return absl::OkStatus();
  }

  // What was given up of an advance: with a demand, it was asked for before. Only the few advances
  // of which something was given up make their demands worth reading.
  absl::Status AddGivenUp(const domain::PoolId& pool) {
    if (given_up_.empty()) return absl::OkStatus();
    return ForEach<Demand>(reader_, pool.value, [&](const Demand& demand) {
      for (const domain::DemandLine& line : demand.lines) {
        const auto found = given_up_.find(line.advance);
        if (found == given_up_.end()) continue;
        groups_[found->second].given_up_asked += line.stages.at(Stage::kRelinquished);
      }
      return absl::OkStatus();
    });
  }

  FunnelGroup& GroupOf(const Demand& demand) {
    if (!demand.debtor_party.empty()) {
      return Group(demand.debtor_party.value, demand.debtor_name);
    }
    if (demand.debtor_kind == domain::DebtorKind::kInsurer) {
      return Group(demand.debtor_name, demand.debtor_name);
    }
    // Persons and companies are many, and their names are nobody's business in a sum.
    const auto [key, name] = NamesOf(demand.debtor_kind);
    return Group(key, name);
  }

  // Lines of demands go to their debtors; the rest of the advances was asked of nobody.
  absl::Status AddDebtors(const domain::PoolId& pool, const StageAmounts& of_pool) {
    StageAmounts asked;
    const auto add = [&](const Demand& demand) -> absl::Status {
      for (const domain::DemandLine& line : demand.lines) {
        const Money amount = line.stages.total();
        if (!amount.is_positive()) continue;
        FunnelGroup& group = GroupOf(demand);
        RECOUP_RETURN_IF_ERROR(AddTo(group.stages, line.stages));
        RECOUP_RETURN_IF_ERROR(AddTo(asked, line.stages));
        group.reported += amount;
        group.given_up_asked += line.stages.at(Stage::kRelinquished);
      }
      return absl::OkStatus();
    };
    RECOUP_RETURN_IF_ERROR(ForEach<Demand>(reader_, pool.value, add));
    FunnelGroup& rest = Group("", "尚未追偿");
    rest.reported -= asked.total();
    for (const Stage stage : domain::AllOf<Stage>()) {
      const Money left = of_pool.at(stage) - asked.at(stage);
      if (left.is_negative()) return BooksDiffer(pool, stage, asked.at(stage), of_pool.at(stage));
      RECOUP_RETURN_IF_ERROR(rest.stages.Add(stage, left));
    }
    return absl::OkStatus();
  }

  RecordReader& reader_;
  const FunnelDimension dimension_;
  std::map<std::string, FunnelGroup> groups_;
  std::map<std::string, std::int32_t> courts_;
  std::vector<std::string> court_names_;
  absl::flat_hash_map<domain::RecoveryId, RecoveryFacts> recoveries_;
  absl::flat_hash_map<domain::AdvanceId, std::string> given_up_;  // To the key of its group.
};

}  // namespace

Money FunnelGroup::demanded() const {
  const Money given_up_unasked = stages.at(Stage::kRelinquished) - given_up_asked;
  return flagged() - stages.at(Stage::kAdvanced) - given_up_unasked;
}
Money FunnelGroup::agreed() const { return stages.at(Stage::kAgreed) + recovered(); }
Money FunnelGroup::recovered() const { return stages.at(Stage::kRecovered) + passed_on(); }

absl::StatusOr<Funnel> FunnelOf(RecordReader& reader, const std::vector<domain::PoolId>& pools,
                                FunnelDimension dimension) {
  FunnelBuilder builder(reader, dimension);
  for (const domain::PoolId& pool : pools) RECOUP_RETURN_IF_ERROR(builder.Add(pool));
  return builder.Take();
}

}  // namespace recoup::app
