// A bill split at discharge as three desks live it: hospital, insurer and fund run their programs,
// the hub is real.
#include "gmock/gmock.h"
#include "tests/hospital/real_desks.h"

namespace recoup::hospital {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const VisitOf kChen = {"V1", "陈晓岚", "310115198503124523"};
const VisitOf kXu = {"V2", "许立群", "310115197906053315"};

class SplitRealHubTest : public RealDesks {
 protected:
  void SetUp() override {
    RealDesks::SetUp();
    const Said registered =
        Insurer({"policies", "register", "--number", "JQ1", "--kind", "ctp", "--plate", "沪A·D1234",
                 "--from", DayBefore(100), "--until", DayBefore(-100), "--medical-limit", "18000"});
    ASSERT_EQ(registered.code, 0) << registered.err;
    for (const VisitOf& visit : {kChen, kXu}) {
      Send(Admission2401(visit, DayBefore(12), "骑电动自行车被小型轿车（沪A·D1234）撞倒"));
    }
  }
  json Quote(const VisitOf& visit, const Sums& sums, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"split",      "quote",   visit.visit, "--pool",
                                          "310115-310", "--total", sums.total,  "--fund",
                                          sums.fund,    "--self",  sums.self};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return HospitalJson(arguments)["split"];
  }
  void Accept(const json& split) {
    const Said said = Insurer({"splits", "answer", split["name"], "--accept"});
    EXPECT_EQ(said.code, 0) << said.err;
  }
  json Settle(const json& split, const std::string& settlement) {
    return HospitalJson({"split", "settle", split["name"], "--settlement", settlement})["split"];
  }
  // What `policies show` says of the accident; null when it says nothing.
  json Use() {
    const std::string policy = InsurerJson({"policies", "list"})["policies"].at(0)["policy_number"];
    const json uses = InsurerJson({"policies", "show", policy})["usages"];
    return uses.is_array() && !uses.empty() ? uses.at(0) : json();
  }
  std::vector<std::string> OpenBreaks() {
    std::vector<std::string> kinds;
    for (const json& one : FundJson({"breaks", "list"}).value("breaks", json::array())) {
      if (one["state"] == "BREAK_STATE_OPEN") kinds.push_back(one["kind"]);
    }
    return kinds;
  }
  json Advance(const std::string& settlement) {
    const json advances = FundJson({"advances", "list"});
    for (const json& advance : advances["advances"]) {
      if (advance["settlement_id"] == settlement) return advance;
    }
    ADD_FAILURE() << "no advance of " << settlement << " in " << advances;
    return {};
  }
};

std::string PartOf(const json& split) { return split["parts"].at(0)["amount_fen"]; }

TEST_F(SplitRealHubTest, TheFundAdvancesOnlyWhatTheInsurerLeaves) {
  const Sums bill = {"20000", "12000", "8000"};
  const json asked = Quote(kChen, bill);
  EXPECT_EQ(asked["parts"].at(0)["answer"], "SPLIT_ANSWER_ASKED");
  EXPECT_THAT(Insurer({"splits", "list", "--open"}).out, HasSubstr("V1"));
  Accept(asked);
  EXPECT_THAT(Insurer({"splits", "list", "--open"}).out, Not(HasSubstr("V1")));
  const json reserved = Quote(kChen, bill);
  EXPECT_EQ(reserved["name"], asked["name"]);
  EXPECT_EQ(PartOf(reserved), "1800000");
  EXPECT_EQ(Use()["medical_reserved_fen"], "1800000");
  EXPECT_EQ(Use()["medical_unclaimed_fen"], "0");

  const Said settled = Hospital({"split", "settle", asked["name"], "--settlement", "S1"});
  EXPECT_EQ(settled.code, 0) << settled.err;
  EXPECT_THAT(settled.out, HasSubstr("华岸财产保险股份有限公司   18,000.00"));
  EXPECT_THAT(settled.out, HasSubstr("医保基金                    1,200.00"));
  EXPECT_EQ(Use()["medical_split_fen"], "1800000");
  EXPECT_EQ(Use()["medical_remaining_fen"], "0");

  const Said reported = Send(Settlement2304(kChen, "S1", DayBefore(2), {"20000", "1200", "800"},
                                            {{"310100", "1200"}, {"620100", "18000"}}));
  EXPECT_THAT(reported.out, Not(HasSubstr("金额不平")));
  const json advance = Advance("S1");
  EXPECT_EQ(advance["amount_fen"], "120000");
  EXPECT_THAT(advance.value("quality_notes", json::array()), IsEmpty());
  EXPECT_THAT(OpenBreaks(), IsEmpty());
}

TEST_F(SplitRealHubTest, ASettlementThatSaysOtherwiseIsABreakUntilItIsTakenBack) {
  const json split = Quote(kChen, {"20000", "12000", "8000"});
  Accept(split);
  Settle(split, "S1");
  Send(
      Settlement2304(kChen, "S1", DayBefore(2), {"20000", "12000", "8000"}, {{"310100", "12000"}}));
  EXPECT_THAT(OpenBreaks(), ElementsAre("BREAK_KIND_SPLIT_MISMATCH"));

  Send(Reversal2305(kChen, "S1", DayBefore(1)));
  EXPECT_THAT(OpenBreaks(), IsEmpty());
  EXPECT_EQ(HospitalJson({"split", "show", split["name"]})["split"]["state"],
            "SPLIT_STATE_REVERSED");
  EXPECT_EQ(Use(), json()) << "nothing is taken of the limit any more";
}

TEST_F(SplitRealHubTest, RoomThatAReversalFreesIsTheNextVictims) {
  const json first = Quote(kChen, {"20000", "12000", "8000"});
  Accept(first);
  Settle(first, "S1");
  const Sums bill = {"10000", "6000", "4000"};
  const json second = Quote(kXu, bill);
  Accept(second);
  EXPECT_EQ(PartOf(Quote(kXu, bill)), "0");
  Send(Settlement2304(kChen, "S1", DayBefore(2), {"20000", "1200", "800"},
                      {{"310100", "1200"}, {"620100", "18000"}}));
  Send(Reversal2305(kChen, "S1", DayBefore(1)));
  const json again = Quote(kXu, bill);
  EXPECT_EQ(again["name"], second["name"]);
  EXPECT_EQ(PartOf(again), "1000000");
}

TEST_F(SplitRealHubTest, WhatExpiresIsFreeForTheNext) {
  const json first = Quote(kChen, {"20000", "12000", "8000"});
  Accept(first);
  clock_.PutAhead(absl::Minutes(239));
  const Sums bill = {"10000", "6000", "4000"};
  const json second = Quote(kXu, bill);
  Accept(second);
  EXPECT_EQ(PartOf(Quote(kXu, bill)), "0");

  clock_.PutAhead(absl::Minutes(1));
  EXPECT_EQ(PartOf(Quote(kXu, bill)), "1000000");
  EXPECT_EQ(HospitalJson({"split", "show", first["name"]})["split"]["state"],
            "SPLIT_STATE_RELEASED");
  const Said late = Hospital({"split", "settle", first["name"], "--settlement", "S1"});
  EXPECT_EQ(late.code, 1);
  EXPECT_THAT(late.err, HasSubstr("已释放"));
  // Asked anew the insurer's acceptance stands, and it bears what the other leaves.
  EXPECT_EQ(PartOf(Quote(kChen, {"20000", "12000", "8000"})), "800000");
}

TEST_F(SplitRealHubTest, WhoDoesNotAnswerInTimePaysNothingAndNobodyWaits) {
  const json split = Quote(kChen, {"20000", "12000", "8000"});
  clock_.PutAhead(absl::Seconds(121));
  const Said late = Insurer({"splits", "answer", split["name"], "--accept"});
  EXPECT_EQ(late.code, 1);
  EXPECT_THAT(late.err, HasSubstr("答复"));
  const json settled = Settle(split, "S1");
  EXPECT_EQ(settled["parts"].at(0)["answer"], "SPLIT_ANSWER_LAPSED");
  EXPECT_EQ(PartOf(settled), "0");
  Send(
      Settlement2304(kChen, "S1", DayBefore(2), {"20000", "12000", "8000"}, {{"310100", "12000"}}));
  EXPECT_EQ(Advance("S1")["amount_fen"], "1200000");
}

TEST_F(SplitRealHubTest, TheSameRequestTwiceIsDoneOnce) {
  const Sums bill = {"20000", "12000", "8000"};
  const std::string id = HospitalJson({"split", "quote", "V1", "--pool", "310115-310", "--total",
                                       "20000", "--fund", "12000", "--self", "8000"})["quote"];
  // The answer was lost: the desk asks once more, by the request's number and without it.
  const std::vector<std::string> numbered = {"--request-id",
                                             "01a20500-0000-7000-8000-000000000001"};
  const json first = Quote(kXu, bill, numbered);
  EXPECT_EQ(Quote(kXu, bill, numbered), first);
  EXPECT_EQ(Quote(kChen, bill)["name"], id);
  EXPECT_EQ(InsurerJson({"splits", "list", "--state", "all"})["splits"].size(), 2u);
  const json settled = Settle(first, "S2");
  EXPECT_EQ(Settle(first, "S2"), settled);
  const Said other = Hospital({"split", "settle", first["name"], "--settlement", "S3"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("已结算"));
}

}  // namespace
}  // namespace recoup::hospital
