// Victims of one accident whose shares are agreed without a judgment, under one compulsory limit,
// over the wire: the order of arrival changes nothing, and no history asks for more than the limit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/ids.h"
#include "recoup/v1/audit_service.pb.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"
#include "tests/rpc/wire_story.h"

namespace recoup {
namespace {

using ::testing::IsEmpty;

constexpr char kClerk[] = "fund/pudong/wang-min";
constexpr char kHuaan[] = "insurer/huaan";
constexpr std::int64_t kLimit = 18'000'00;

struct Injured {
  std::string visit;
  std::int64_t loss = 0;  // All of it is the insurer's.
  std::string recovery{};
  bool taken_back = false;
};

// What the demands of one recovery ask, and what of that the insurer has accepted or paid.
struct AskedFen {
  std::int64_t all = 0;
  std::int64_t issued = 0;
  std::int64_t accepted = 0;
  std::int64_t paid = 0;
};

class AgreedLimitsTest : public ::testing::Test {
 protected:
  void SetUp() override { story_.Tell(); }

  template <typename Response>
  Response Ask(const std::string& party, const std::string& method, const std::string& text) {
    const testing::Answer answer = story_.Send(party, method, text);
    EXPECT_EQ(answer.Outcome(), "OK") << method << ": " << answer.status.DebugString();
    Response response;
    EXPECT_TRUE(response.ParseFromString(answer.response));
    return response;
  }

  std::string RegisterPolicy(const std::string& number, const std::string& plate) {
    return Ask<v1::RegisterPolicyResponse>(
               kHuaan, "InsurerService/RegisterPolicy",
               absl::StrCat("policy { policy_number: '", number, "' kind: POLICY_KIND_CTP plate: '",
                            plate, "' valid_from_on: '$last_year' valid_until_on: '$next_month' }"))
        .policy()
        .name();
  }

  // A stay after the accident, and a recovery by the insurer's acknowledgement.
  void Open(Injured& injured, const std::string& plate) {
    const std::string patient = absl::StrCat("patient { name: '测试", injured.visit, "' }");
    Ask<v1::FlagAdmissionResponse>(
        "hospital/renji", "HospitalService/FlagAdmission",
        absl::StrCat("state: FLAG_STATE_CONFIRMED flag { pool: '$pool' visit_id: '", injured.visit,
                     "' ", patient,
                     " admitted_time { seconds: $admission_s } accident_on: '$accident' plate: '",
                     plate, "' third_party_kind: THIRD_PARTY_KIND_TRAFFIC }"));
    const auto settled = Ask<v1::ReportSettlementResponse>(
        "hospital/renji", "HospitalService/ReportSettlement",
        absl::StrCat("settlement { pool: '$pool' visit_id: '", injured.visit, "' settlement_id: 'S",
                     injured.visit, "' ", patient,
                     " admitted_on: '$admitted' discharged_on: '$discharged' settled_time { "
                     "seconds: $settled_s } total_fen: ",
                     injured.loss, " fund_paid_fen: ", injured.loss, " }"));
    injured.recovery =
        Ask<v1::OpenRecoveryResponse>(
            kClerk, "FundService/OpenRecovery",
            absl::StrCat("pool: '$pool' advances: '", settled.advance(),
                         "' accident_on: '$accident' reason: '书面认可' third_party_kind: "
                         "THIRD_PARTY_KIND_TRAFFIC debtor_shares { share_bp: 10000 debtor { kind: "
                         "DEBTOR_KIND_INSURER display_name: '华安' party: 'parties/insurer/huaan' "
                         "} }"))
            .recovery()
            .name();
  }

  std::vector<v1::Demand> DemandsOf(const Injured& injured) {
    if (injured.recovery.empty()) return {};
    const auto listed = Ask<v1::ListDemandsResponse>(
        kClerk, "InsurerService/ListDemands", absl::StrCat("recovery: '", injured.recovery, "'"));
    std::vector<v1::Demand> demands;
    for (const v1::Demand& demand : listed.demands()) {
      if (demand.state() != v1::DEMAND_STATE_WITHDRAWN) demands.push_back(demand);
    }
    return demands;
  }
  AskedFen AskedFor(const Injured& injured) {
    AskedFen asked;
    for (const v1::Demand& demand : DemandsOf(injured)) {
      asked.all += demand.amount_fen();
      if (demand.state() == v1::DEMAND_STATE_DRAFT) continue;
      asked.issued += demand.amount_fen();
      asked.accepted += demand.applied_fen() + demand.agreed_fen();
      asked.paid += demand.applied_fen();
    }
    return asked;
  }

  void Issue(const Injured& injured) {
    for (const v1::Demand& demand : DemandsOf(injured)) {
      if (demand.state() != v1::DEMAND_STATE_DRAFT) continue;
      Ask<v1::IssueDemandResponse>(kClerk, "FundService/IssueDemand",
                                   absl::StrCat("name: '", demand.name(), "'"));
    }
  }
  void TakeBack(Injured& injured) {
    for (auto demands = DemandsOf(injured); !demands.empty() && !HasFailure();
         demands = DemandsOf(injured)) {
      Ask<v1::WithdrawDemandResponse>(
          kClerk, "FundService/WithdrawDemand",
          absl::StrCat("name: '", demands.front().name(), "' reason: '发函有误'"));
    }
    injured.taken_back = true;
  }
  void Accept(const v1::Demand& demand, std::int64_t fen) {
    Ask<v1::AcceptDemandResponse>(
        kHuaan, "InsurerService/AcceptDemand",
        absl::StrCat("name: '", demand.name(), "' amount_fen: ", fen, " text: '其余待核'"));
  }
  void Pay(const v1::Demand& demand, std::int64_t fen) {
    ++statements_;
    Ask<v1::ImportStatementResponse>(
        kClerk, "ReconciliationService/ImportStatement",
        absl::StrCat("pool: '$pool' statement { account: '3100100077' statement_id: '", statements_,
                     "' from_on: '$today' until_on: '$today' opening_balance_fen: ", balance_,
                     " closing_balance_fen: ", balance_ + fen, " } entries { bank_reference: 'P",
                     statements_, "' booked_on: '$today' amount_fen: ", fen,
                     " direction: DIRECTION_CREDIT status: BOOKING_STATUS_BOOKED "
                     "counterparty_name: '华安' creditor_reference: '",
                     demand.reference(), "' }"));
    balance_ += fen;
    Ask<v1::ReconcileResponse>(kClerk, "ReconciliationService/Reconcile", "pool: '$pool'");
  }
  void State(const std::string& policy, std::int64_t used) {
    Ask<v1::UpdatePolicyUsageResponse>(
        kHuaan, "InsurerService/UpdatePolicyUsage",
        absl::StrCat("name: '", policy, "' usage { accident_on: '$accident' medical_used_fen: ",
                     used, " total_used_fen: ", used, " }"));
  }
  std::vector<std::string> LimitBreaks() {
    const auto listed = Ask<v1::ListBreaksResponse>(
        kClerk, "ReconciliationService/ListBreaks",
        "pool: '$pool' kind: BREAK_KIND_POLICY_LIMIT_MISMATCH state: BREAK_STATE_OPEN");
    std::vector<std::string> open;
    for (const v1::Break& one : listed.breaks()) open.push_back(one.explanation());
    return open;
  }
  int BrokenLaws() {
    return Ask<v1::CheckLedgerResponse>(kClerk, "AuditService/CheckLedger", "pool: '$pool'")
        .violations_size();
  }

  testing::WireStory story_;
  int statements_ = 0;
  std::int64_t balance_ = 0;
};

TEST_F(AgreedLimitsTest, BothOrdersOfArrivalAskTheSame) {
  int visits = 0;
  for (const bool larger_first : {true, false}) {
    const std::string plate = larger_first ? "沪AE1001" : "沪AE1002";
    RegisterPolicy(larger_first ? "CTP-E1" : "CTP-E2", plate);
    Injured larger{absl::StrCat("E", ++visits), 20'000'00};
    Injured smaller{absl::StrCat("E", ++visits), 10'000'00};
    Injured& first = larger_first ? larger : smaller;
    Open(first, plate);
    Issue(first);
    Open(larger_first ? smaller : larger, plate);
    // The first is amended as the insurer sees it, or asked for no more than before.
    EXPECT_EQ(AskedFor(larger).all, 12'000'00);
    EXPECT_EQ(AskedFor(smaller).all, 6'000'00);
    const auto seen = Ask<v1::ListDemandsResponse>(
        kHuaan, "InsurerService/ListDemands", absl::StrCat("recovery: '", first.recovery, "'"));
    ASSERT_EQ(seen.demands_size(), 1);
    EXPECT_EQ(seen.demands(0).revision(), 2);
    ASSERT_EQ(seen.demands(0).earlier_revisions_size(), 1);
    EXPECT_EQ(seen.demands(0).earlier_revisions(0).amount_fen(), std::min(kLimit, first.loss));
  }
}

TEST_F(AgreedLimitsTest, NoHistoryAsksForMoreThanTheLimit) {
  for (const std::uint64_t seed : {3u, 11u}) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    SeededRandom random(seed);
    const auto below = [&](std::int64_t n) {
      return static_cast<std::int64_t>(random.Next() % static_cast<std::uint64_t>(n));
    };
    const std::string plate = absl::StrCat("沪AF10", 10 + seed);
    const std::string policy = RegisterPolicy(absl::StrCat("CTP-F", seed), plate);
    std::vector<Injured> all = {{absl::StrCat("F", seed, "a"), 31'000'01},
                                {absl::StrCat("F", seed, "b"), 31'000'01},
                                {absl::StrCat("F", seed, "c"), 7'200'50}};
    std::int64_t elsewhere = 0;
    for (int step = 0; step < 40 && !HasFailure(); ++step) {
      Injured& who = all[static_cast<std::size_t>(below(3))];
      std::int64_t accepted = 0;
      std::int64_t paid = 0;
      for (const Injured& one : all) {
        accepted += AskedFor(one).accepted;
        paid += AskedFor(one).paid;
      }
      const std::vector<v1::Demand> demands = DemandsOf(who);
      const bool issued = !demands.empty() && demands.front().state() != v1::DEMAND_STATE_DRAFT;
      switch (below(7)) {
        case 0:
        case 1:
          if (who.recovery.empty()) Open(who, plate);
          break;
        case 2:
          Issue(who);
          break;
        case 3:
          if (issued) {
            const v1::Demand& demand = demands.front();
            const std::int64_t undecided = demand.open_fen() - demand.agreed_fen();
            if (undecided > 1) Accept(demand, 1 + below(undecided - 1));
          }
          break;
        case 4:
          if (issued && demands.front().open_fen() > 1) {
            Pay(demands.front(), 1 + below(demands.front().open_fen() - 1));
          }
          break;
        case 5:
          // What was accepted still fits.
          elsewhere = below(kLimit - accepted + 1);
          State(policy, elsewhere + paid);
          break;
        default:
          if (AskedFor(who).accepted == 0 && !demands.empty() && below(3) == 0) TakeBack(who);
      }
      std::int64_t asked = 0;
      std::int64_t wanted = 0;
      for (const Injured& one : all) {
        asked += AskedFor(one).all;
        if (!one.recovery.empty() && !one.taken_back) wanted += one.loss;
      }
      EXPECT_EQ(asked, std::min(kLimit - elsewhere, wanted)) << "step " << step;
    }
    EXPECT_THAT(LimitBreaks(), IsEmpty());
    EXPECT_EQ(BrokenLaws(), 0);
  }
}

}  // namespace
}  // namespace recoup
