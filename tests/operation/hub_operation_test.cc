// The hub as an operator and his tools see it: health, reflection, metrics, a stop that loses
// nothing, a backup of a hub that writes.
#include <gmock/gmock.h>
#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "SQLiteCpp/SQLiteCpp.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "hub/base/read_file.h"
#include "tests/operation/hospital_desk.h"
#include "tests/operation/hub_books.h"
#include "tests/operation/hub_process.h"
#include "tests/operation/prometheus_text.h"
#include "tests/operation/raw_stream.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using ::testing::ElementsAre;
using testing::HospitalDesk;
using testing::HubProcess;
using ::testing::IsEmpty;
using testing::RawStream;

// grpc.health.v1.HealthCheckResponse: status = 1.
const std::string kServing("\x08\x01", 2);
const std::string kNotServing("\x08\x02", 2);

class HubOperationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(folder_.path(),
                                         {testing::MakeParty("hospital/renji"),
                                          testing::MakeParty("fund/pudong", {{"310115-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    prepared_ = *std::move(hub);
  }
  std::unique_ptr<HubProcess> Serve() {
    auto hub = std::make_unique<HubProcess>(prepared_->config(), log_file());
    EXPECT_GT(hub->port(), 0);
    return hub;
  }
  std::string log_file() const { return folder_.path() + "/hub.log"; }
  std::shared_ptr<grpc::Channel> Hospital(const HubProcess& hub) const {
    return prepared_->ConnectAs("hospital/renji", hub.port());
  }
  static testing::PrometheusText Metrics(const HubProcess& hub) {
    httplib::Client client("127.0.0.1", hub.metrics_port());
    const auto page = client.Get("/metrics");
    if (!page || page->status != 200) {
      ADD_FAILURE() << "no metrics page on port " << hub.metrics_port();
      return {};
    }
    EXPECT_TRUE(page->get_header_value("Content-Type").starts_with("text/plain"));
    return testing::ReadPrometheusText(page->body);
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> prepared_;
};

// The names in a ServerReflectionResponse: list_services_response = 6 { service = 1 { name = 1 }}.
std::vector<std::string> ServiceNames(const std::string& bytes) {
  std::vector<std::string> names;
  google::protobuf::UnknownFieldSet response;
  response.ParseFromString(bytes);
  for (int i = 0; i < response.field_count(); ++i) {
    if (response.field(i).number() != 6) continue;
    google::protobuf::UnknownFieldSet list;
    list.ParseFromString(response.field(i).length_delimited());
    for (int j = 0; j < list.field_count(); ++j) {
      google::protobuf::UnknownFieldSet service;
      service.ParseFromString(list.field(j).length_delimited());
      if (service.field_count() > 0) names.push_back(service.field(0).length_delimited());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST_F(HubOperationTest, ReflectionListsEveryService) {
  const auto hub = Serve();
  RawStream reflection(Hospital(*hub),
                       "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                       std::string("\x3a\x00", 2));  // list_services = 7, an empty text
  const std::optional<std::string> answer = reflection.Next();
  ASSERT_TRUE(answer.has_value());
  EXPECT_THAT(ServiceNames(*answer),
              ElementsAre("grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection",
                          "recoup.v1.AccountService", "recoup.v1.AgreementService",
                          "recoup.v1.AuditService", "recoup.v1.CourtService",
                          "recoup.v1.FundService", "recoup.v1.HospitalService",
                          "recoup.v1.InsurerService", "recoup.v1.MediationService",
                          "recoup.v1.NegotiationService", "recoup.v1.ReconciliationService"));
}

TEST_F(HubOperationTest, TheMetricsPageIsPrometheusTextAndCounts) {
  const auto hub = Serve();
  HospitalDesk desk(1);
  std::atomic<int> answered = 0;
  std::atomic<bool> enough = false;
  std::thread sending([&] { desk.SendUntilCutOff(Hospital(*hub), answered, &enough); });
  while (answered < 3) std::this_thread::yield();
  enough = true;
  sending.join();
  desk.Repeat(Hospital(*hub));
  ASSERT_THAT(desk.faults(), IsEmpty());

  const testing::PrometheusText metrics = Metrics(*hub);
  EXPECT_THAT(metrics.faults, IsEmpty());
  for (const auto& [name, type] : metrics.types) {
    EXPECT_EQ(name.ends_with("_total"), type == "counter") << name;
    EXPECT_TRUE(name.starts_with("recoup_") || name.starts_with("exposer_")) << name;
  }
  const auto sent = static_cast<double>(desk.sent_count());
  const auto value = [&](const std::string& name) {
    const auto found = metrics.samples.find(name);
    return found == metrics.samples.end() ? -1.0 : found->second;
  };
  EXPECT_EQ(value("recoup_serving"), 1);
  EXPECT_EQ(value("recoup_commands_accepted_total"), sent);
  EXPECT_EQ(value("recoup_commands_replayed_total"), sent);
  EXPECT_EQ(value("recoup_commands_refused_total"), 0);
  EXPECT_EQ(value("recoup_queue_commands"), 0);
  EXPECT_EQ(value("recoup_ledger_violations"), 0);
}

// Somebody else holds the database's write lock, so that two calls are certainly under way when
// the signal comes: one at the writer, one in the queue.
TEST_F(HubOperationTest, CallsUnderWaySurviveSigtermAndHealthSaysSo) {
  auto hub = Serve();
  RawStream health(Hospital(*hub), "/grpc.health.v1.Health/Watch", "");
  EXPECT_EQ(health.Next(), kServing);

  SQLite::Database database(prepared_->config().data_file, SQLite::OPEN_READWRITE);
  database.exec("BEGIN IMMEDIATE");
  std::atomic<int> answered = 0;
  std::vector<std::unique_ptr<HospitalDesk>> desks;
  std::vector<std::thread> sending;
  // The writer takes what has come and waits for the database; what comes then waits in the queue.
  const auto is_queued = [&] {
    const absl::Time until = absl::Now() + absl::Milliseconds(500);
    do {
      if (Metrics(*hub).samples["recoup_queue_commands"] >= 1) return true;
    } while (absl::Now() < until);
    return false;
  };
  do {
    ASSERT_LT(desks.size(), 8u);
    desks.push_back(std::make_unique<HospitalDesk>(static_cast<int>(desks.size())));
    sending.emplace_back(
        [&, desk = desks.back().get()] { desk->SendUntilCutOff(Hospital(*hub), answered); });
  } while (!is_queued());
  hub->AskToStop();
  EXPECT_EQ(health.Next(), kNotServing);
  EXPECT_EQ(answered, 0);
  database.exec("ROLLBACK");
  for (std::thread& thread : sending) thread.join();
  EXPECT_EQ(hub->Wait(), 0);
  // Each was answered once; what it sent next met a hub that takes nothing any more.
  EXPECT_EQ(answered, static_cast<int>(desks.size()));

  hub = Serve();
  for (const auto& desk : desks) {
    EXPECT_EQ(desk->sent_count(), 2u);
    desk->Repeat(Hospital(*hub));
    EXPECT_THAT(desk->faults(), IsEmpty());
  }
  EXPECT_EQ(hub->Terminate(), 0);
}

TEST_F(HubOperationTest, ABackupOfAHubThatWritesIsAWholeHub) {
  const auto hub = Serve();
  HospitalDesk before(1);
  HospitalDesk during(2);
  std::atomic<int> answered = 0;
  std::atomic<bool> enough = false;
  std::thread first([&] { before.SendUntilCutOff(Hospital(*hub), answered, &enough); });
  while (answered < 20) std::this_thread::yield();
  enough = true;
  first.join();

  std::atomic<int> answered_during = 0;
  std::atomic<bool> done = false;
  std::thread second([&] { during.SendUntilCutOff(Hospital(*hub), answered_during, &done); });
  while (answered_during < 5) std::this_thread::yield();
  const std::string backup = folder_.path() + "/backup.db";
  const std::string restored = folder_.path() + "/restored.db";
  const testing::Ended copied = testing::RunProgram(
      "recoupctl", {"backup", "--data", prepared_->config().data_file, "--out", backup});
  EXPECT_EQ(copied.code, 0) << copied.out;
  const int until = answered_during + 5;
  while (answered_during < until) std::this_thread::yield();  // It went on writing.
  done = true;
  second.join();

  EXPECT_EQ(testing::RunProgram("recoupctl", {"restore", "--from", backup, "--to", restored}).code,
            0);
  std::string said;
  EXPECT_EQ(testing::VerifyAudit(prepared_->config(), restored, folder_.path(), said), 0) << said;

  config::HubConfig config = prepared_->config();
  config.data_file = restored;
  HubProcess other(config, log_file());
  ASSERT_GT(other.port(), 0);
  const auto fund = prepared_->ConnectAs("fund/pudong", other.port());
  EXPECT_EQ(testing::BrokenLaws(fund, testing::kPool), 0);
  // All that was answered before the backup is in it, and is answered as before.
  before.Repeat(Hospital(other));
  EXPECT_THAT(before.faults(), IsEmpty());
  const std::vector<std::string> in_backup = testing::SettlementIdsOfAdvances(fund);
  EXPECT_THAT(in_backup, ::testing::IsSupersetOf(before.SettlementIds()));
  EXPECT_LT(in_backup.size(), before.SettlementIds().size() + during.SettlementIds().size());
}

TEST_F(HubOperationTest, HealthIsServingWhileItServes) {
  const auto hub = Serve();
  RawStream health(Hospital(*hub), "/grpc.health.v1.Health/Check", "");
  EXPECT_EQ(health.Next(), kServing);
}

}  // namespace
}  // namespace recoup
