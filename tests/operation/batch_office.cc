#include "tests/operation/batch_office.h"

#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "hub/base/clock.h"
#include "hub/base/read_file.h"
#include "hub/domain/money.h"
#include "tests/operation/hub_process.h"

namespace recoup::testing {
namespace {

struct Desk {
  const char* who;
  const char* party;
  const char* pool;  // Of a fund.
};

constexpr Desk kDesks[] = {{"maker", "insurer/huaan/zhou-min", ""},
                           {"checker", "insurer/huaan/he-qing", ""},
                           {"pudong", "fund/pudong/wang-min", "310115-310"},
                           {"minhang", "fund/minhang/zhao-lei", "310112-310"},
                           {"xuhui", "fund/xuhui/lin-yue", "310104-310"}};

const Desk& DeskOf(const std::string& who) {
  for (const Desk& desk : kDesks) {
    if (desk.who == who) return desk;
  }
  ADD_FAILURE() << "nobody is called " << who;
  return kDesks[0];
}

bool IsFund(const Desk& desk) { return desk.pool[0] != '\0'; }

std::string Yuan(std::int64_t fen) { return domain::Money::Fen(fen).ToYuan(); }

}  // namespace

BatchOffice::BatchOffice() {
  auto hub =
      RealHub::Prepare(folder_.path(), {MakeParty("hospital/renji"), MakeParty("insurer/huaan"),
                                        MakeParty("fund/pudong", {{"310115-310"}}),
                                        MakeParty("fund/minhang", {{"310112-310"}}),
                                        MakeParty("fund/xuhui", {{"310104-310"}})});
  EXPECT_TRUE(hub.ok()) << hub.status();
  if (!hub.ok()) return;
  hub_ = *std::move(hub);
  const absl::Status started = hub_->Start();
  EXPECT_TRUE(started.ok()) << started;
  if (!started.ok()) return;
  for (const Desk& desk : kDesks) {
    auto settings = hub_->SettingsOf(desk.party);
    EXPECT_TRUE(settings.ok()) << settings.status();
    settings_[desk.who] = settings.value_or(std::vector<std::string>());
    if (IsFund(desk)) {
      settings_[desk.who].insert(settings_[desk.who].end(), {"--ctl-pool", desk.pool});
      accounts_[desk.who].number = absl::StrCat("3105016136", accounts_.size(), "000001234");
    } else {
      settings_[desk.who].insert(settings_[desk.who].end(), {"--spool-file", NewFile(".spool")});
    }
  }
}

std::string BatchOffice::NewFile(const std::string& ending) {
  return absl::StrCat(folder_.path(), "/", ++files_, ending);
}

Said BatchOffice::Run(const std::string& who, std::vector<std::string> arguments) {
  const std::string complaints = NewFile(".log");
  const std::vector<std::string>& settings = settings_.at(who);
  arguments.insert(arguments.end(), settings.begin(), settings.end());
  const Ended ended = RunProgram(IsFund(DeskOf(who)) ? "recoupctl" : "recoup-insurer",
                                 std::move(arguments), complaints);
  return {ended.code, absl::StrCat(ended.out, ReadFile(complaints).value_or(""))};
}

nlohmann::json BatchOffice::Ask(const std::string& who, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--format", "json"});
  const Said said = Run(who, arguments);
  EXPECT_EQ(said.code, 0) << said.said;
  nlohmann::json answer = nlohmann::json::parse(said.said, nullptr, false);
  EXPECT_FALSE(answer.is_discarded()) << said.said;
  return said.code == 0 && !answer.is_discarded() ? answer : nlohmann::json();
}

std::vector<IssuedDemand> BatchOffice::Issue(const std::string& fund, int count) {
  const Desk& desk = DeskOf(fund);
  return IssueDemands(hub_->ConnectAs("hospital/renji"), hub_->ConnectAs(desk.party),
                      absl::StrCat("pools/", desk.pool), "parties/insurer/huaan", count);
}

void BatchOffice::Import(const std::string& fund, const std::vector<Booking>& bookings) {
  Account& account = accounts_.at(fund);
  const std::string day = absl::FormatCivilTime(ChinaDate(absl::Now()));
  const std::string path = NewFile(".csv");
  std::ofstream file(path);
  file << "账户明细查询,,,,,,,,,,\n账号：," << account.number
       << ",户名：,测试账户,币种：,人民币,,,,,\n"
       << "起始日期：" << day << ",,截止日期：" << day << ",,,,,,,,\n"
       << "交易日期,记账日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,附言,用途,流水号\n";
  for (const Booking& booking : bookings) {
    account.balance_fen += booking.amount_fen;
    const bool credit = booking.amount_fen > 0;
    file << day << ',' << day << ',' << (credit ? "" : Yuan(-booking.amount_fen)) << ','
         << (credit ? Yuan(booking.amount_fen) : "") << ',' << Yuan(account.balance_fen)
         << ",测试保险,,转账," << booking.text << ",,CS" << ++files_ << '\n';
  }
  file.close();
  const Said said = Run(fund, {"statements", "import", path});
  EXPECT_EQ(said.code, 0) << said.said;
}

}  // namespace recoup::testing
