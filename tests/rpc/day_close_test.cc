// A day is closed over the wire: refused with reasons, recorded once, read and computed again.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "hub/base/ids.h"
#include "recoup/v1/reconciliation_service.grpc.pb.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using ::testing::HasSubstr;
using Stub = v1::ReconciliationService::Stub;

constexpr char kPool[] = "pools/310115-310";

class DayCloseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(folder_.path(),
                                         {testing::MakeParty("fund/pudong", {{"310115-310"}}),
                                          testing::MakeParty("fund/xuhui", {{"310104-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    hub_ = *std::move(hub);
    ASSERT_TRUE(hub_->Start().ok());
  }
  template <typename Call, typename Request, typename Response>
  grpc::Status Send(const std::string& party, Call call, const Request& request,
                    Response* response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    const auto stub = v1::ReconciliationService::NewStub(hub_->ConnectAs(party));
    return ((*stub).*call)(&context, request, response);
  }
  std::string NewRequestId() { return ids_.Next(absl::Now()).ToUuid(); }
  v1::CloseDayRequest Yesterday() {
    v1::CloseDayRequest request;
    request.set_request_id(NewRequestId());
    request.set_pool(kPool);
    request.set_day_on(day_);
    return request;
  }
  void Import(std::int64_t opening_fen, std::int64_t closing_fen) {
    v1::ImportStatementRequest request;
    request.set_request_id(NewRequestId());
    request.set_pool(kPool);
    v1::Statement* statement = request.mutable_statement();
    statement->set_account("31001000000000001");
    statement->set_statement_id("1");
    statement->set_from_on(day_);
    statement->set_until_on(day_);
    statement->set_opening_balance_fen(opening_fen);
    statement->set_closing_balance_fen(closing_fen);
    v1::StatementEntry* entry = request.add_entries();
    entry->set_bank_reference("B1");
    entry->set_booked_on(day_);
    entry->set_valued_on(day_);
    entry->set_amount_fen(closing_fen - opening_fen);
    entry->set_direction(v1::DIRECTION_CREDIT);
    entry->set_status(v1::BOOKING_STATUS_BOOKED);
    entry->set_counterparty_name("不明单位");
    v1::ImportStatementResponse response;
    const grpc::Status status =
        Send("fund/pudong/wang-min", &Stub::ImportStatement, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> hub_;
  SystemRandom random_;
  IdSource ids_{random_};
  const std::string day_ = absl::FormatCivilTime(ChinaDate(absl::Now()) - 1);
};

TEST_F(DayCloseTest, ADayIsClosedOnceAndCanBeComputedAgain) {
  Import(500, 1500);
  v1::CloseDayResponse closed;
  // Nobody has reconciled the credit.
  grpc::Status status = Send("fund/pudong/wang-min", &Stub::CloseDay, Yesterday(), &closed);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), HasSubstr("尚未对账"));
  EXPECT_EQ(Send("fund/xuhui/li-hua", &Stub::CloseDay, Yesterday(), &closed).error_code(),
            grpc::StatusCode::NOT_FOUND);

  v1::ReconcileRequest reconcile;
  reconcile.set_request_id(NewRequestId());
  reconcile.set_pool(kPool);
  v1::ReconcileResponse reconciled;
  ASSERT_TRUE(Send("fund/pudong/wang-min", &Stub::Reconcile, reconcile, &reconciled).ok());
  EXPECT_EQ(reconciled.opened_breaks_size(), 1);

  const v1::CloseDayRequest request = Yesterday();
  status = Send("fund/pudong/wang-min", &Stub::CloseDay, request, &closed);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(closed.day_close().bank_fen(), 1500);
  EXPECT_EQ(closed.day_close().books_fen(), 1000);
  EXPECT_EQ(closed.day_close().explained_fen(), 500);
  EXPECT_EQ(closed.day_close().open_breaks_size(), 1);
  EXPECT_EQ(closed.day_close().closed_by(), "fund/pudong/wang-min");

  // A replay gives the first answer though the day cannot be closed again; another request is
  // refused.
  v1::CloseDayResponse again;
  ASSERT_TRUE(Send("fund/pudong/wang-min", &Stub::CloseDay, request, &again).ok());
  EXPECT_TRUE(again.replayed());
  EXPECT_EQ(again.day_close().report_sha256(), closed.day_close().report_sha256());
  EXPECT_EQ(Send("fund/pudong/wang-min", &Stub::CloseDay, Yesterday(), &again).error_code(),
            grpc::StatusCode::FAILED_PRECONDITION);

  v1::GetDayCloseRequest get;
  get.set_name(closed.day_close().name());
  v1::GetDayCloseResponse shown;
  ASSERT_TRUE(Send("fund/pudong", &Stub::GetDayClose, get, &shown).ok());
  EXPECT_TRUE(shown.verified());
  EXPECT_EQ(shown.day_close().report(), closed.day_close().report());
  v1::ListDayClosesRequest list;
  list.set_pool(kPool);
  v1::ListDayClosesResponse listed;
  ASSERT_TRUE(Send("fund/pudong", &Stub::ListDayCloses, list, &listed).ok());
  EXPECT_EQ(listed.day_closes_size(), 1);
}

}  // namespace
}  // namespace recoup
