// Measures a real hub over mutual TLS on this machine, beside a call that does nothing on the same
// server.
//
//   hub_bench [--advances 1000000] [--runs 3] [--folder DIR]
//
// Prints Markdown: durable unary against null unary, durable batches of 1,000 advances, and the
// time a hub takes to open with that many advances. Client and server share the machine's cores, as
// in the tests' fixtures.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "hub/base/check.h"
#include "hub/base/ids.h"
#include "hub/main/allocator.h"
#include "null_service.grpc.pb.h"
#include "recoup/v1/hospital_service.grpc.pb.h"
#include "tests/support/real_hub.h"

namespace recoup::bench {
namespace {

constexpr char kPool[] = "pools/310115-310";
constexpr int kInFlight = 64;
constexpr int kBatch = 1000;

class NullService final : public v1::NullService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Call(grpc::CallbackServerContext* context,
                                 const v1::CallRequest* /*request*/,
                                 v1::CallResponse* /*response*/) override {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

struct Latencies {
  double per_second = 0;
  double p50_ms = 0, p95_ms = 0, p99_ms = 0, max_ms = 0;
};

// Keeps `in_flight` calls going until `total` are done; `start` begins call i and must run `done`
// when it ends.
Latencies Drive(int total, int in_flight,
                const std::function<void(int i, std::function<void()> done)>& start) {
  std::vector<double> took(static_cast<std::size_t>(total));
  std::atomic<int> next{0};
  std::atomic<int> finished{0};
  std::promise<void> all;
  std::function<void()> launch = [&] {
    const int i = next.fetch_add(1);
    if (i >= total) return;
    const absl::Time started = absl::Now();
    start(i, [&, i, started] {
      took[static_cast<std::size_t>(i)] = absl::ToDoubleMilliseconds(absl::Now() - started);
      launch();
      if (finished.fetch_add(1) + 1 == total) all.set_value();
    });
  };
  const absl::Time begun = absl::Now();
  for (int i = 0; i < std::min(in_flight, total); ++i) launch();
  all.get_future().wait();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begun);
  std::sort(took.begin(), took.end());
  const auto at = [&](double q) { return took[static_cast<std::size_t>(q * (total - 1))]; };
  return {total / seconds, at(0.5), at(0.95), at(0.99), took.back()};
}

std::string IdNumber(int person) {
  // Area 310115, a birth date, the serial; check digit by GB 11643.
  const std::string body =
      absl::StrFormat("310115%04d%02d%02d%03d", 1940 + person % 60, 1 + person / 60 % 12,
                      1 + person / 720 % 28, person / 20160 % 1000);
  static constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 17; ++i) sum += (body[static_cast<std::size_t>(i)] - '0') * kWeights[i];
  return body + "10X98765432"[sum % 11];
}

recoup::v1::FlagAdmissionRequest MakeFlag(IdSource& ids, int i) {
  recoup::v1::FlagAdmissionRequest request;
  request.set_request_id(ids.Next(absl::Now()).ToUuid());
  auto* flag = request.mutable_flag();
  flag->set_pool(kPool);
  flag->set_visit_id(absl::StrCat("V", 100000000 + i));
  flag->mutable_patient()->set_name(absl::StrCat("测试", i % 1000));
  flag->mutable_patient()->set_id_number(IdNumber(i));
  flag->mutable_admitted_time()->set_seconds(1'740'000'000 + i);
  flag->set_third_party_kind(recoup::v1::THIRD_PARTY_KIND_TRAFFIC);
  flag->add_diagnosis_codes("S82.101");
  auto* evidence = flag->add_evidence();
  evidence->set_rule("icd.external-cause.traffic");
  evidence->set_text("外因编码 V23 提示交通事故");
  return request;
}

recoup::v1::ReportSettlementRequest MakeSettlement(IdSource& ids, int i) {
  recoup::v1::ReportSettlementRequest request;
  request.set_request_id(ids.Next(absl::Now()).ToUuid());
  auto* settlement = request.mutable_settlement();
  settlement->set_pool(kPool);
  settlement->set_visit_id(absl::StrCat("V", 100000000 + i));
  settlement->set_settlement_id(absl::StrCat("S20250301", 100000000 + i));
  settlement->set_sender_message_id(absl::StrCat("H3101150012320250301", i));
  settlement->mutable_patient()->set_name(absl::StrCat("测试", i % 1000));
  settlement->mutable_patient()->set_id_number(IdNumber(i));
  settlement->set_admitted_on("2025-02-20");
  settlement->set_discharged_on("2025-03-01");
  settlement->mutable_settled_time()->set_seconds(1'740'900'000);
  settlement->set_total_fen(1'500'000 + i);
  settlement->set_fund_paid_fen(1'000'000);
  settlement->set_self_paid_fen(500'000 + i);
  auto* pooled = settlement->add_fund_lines();
  pooled->set_fund_pay_type("310100");
  pooled->set_name("城镇职工基本医疗保险统筹基金");
  pooled->set_amount_fen(1'000'000);
  pooled->set_is_fund(true);
  return request;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double FsyncMicros(const std::string& folder) {
  const int file = open((folder + "/fsync").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  std::vector<double> took;
  char block[4096] = {};
  for (int i = 0; i < 200; ++i) {
    RECOUP_CHECK(write(file, block, sizeof(block)) == static_cast<ssize_t>(sizeof(block)));
    const absl::Time started = absl::Now();
    fdatasync(file);
    took.push_back(absl::ToDoubleMicroseconds(absl::Now() - started));
  }
  close(file);
  return Median(took);
}

std::string CpuName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

long ResidentMiB() {
  std::ifstream file("/proc/self/statm");
  long size = 0, resident = 0;
  file >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE) / (1024 * 1024);
}

void PrintRow(const char* name, const Latencies& l) {
  std::printf("| %s | %.0f | %.2f | %.2f | %.2f | %.2f |\n", name, l.per_second, l.p50_ms, l.p95_ms,
              l.p99_ms, l.max_ms);
}

template <typename Request, typename Response, typename Send>
void Call(Send send, const Request& request, std::function<void()> done) {
  struct State {
    grpc::ClientContext context;
    Request request;
    Response response;
  };
  auto state = std::make_shared<State>();
  state->request = request;
  send(&state->context, &state->request, &state->response, [state, done](grpc::Status status) {
    RECOUP_CHECK(status.ok());
    done();
  });
}

struct Options {
  int advances = 1'000'000;
  int runs = 3;
  int unary = 40'000;
};

class HubBench {
 public:
  HubBench(testing::RealHub& hub, const Options& options)
      : hub_(hub), options_(options), ids_(random_) {}

  void Unary() {
    std::printf("\n### Durable unary commands over mutual TLS, %d in flight\n\n", kInFlight);
    std::printf(
        "| call | per second | p50 ms | p95 ms | p99 ms | max ms |\n|---|---|---|---|---|---|\n");
    const auto channel = hub_.ConnectAs("hospital/bench");
    const auto null_stub = v1::NullService::NewStub(channel);
    const auto stub = recoup::v1::HospitalService::NewStub(channel);
    std::vector<double> ratios;
    for (int run = 0; run < options_.runs; ++run) {
      const Latencies null_calls =
          Drive(options_.unary, kInFlight, [&](int, std::function<void()> done) {
            Call<v1::CallRequest, v1::CallResponse>(
                [&](auto* c, auto* q, auto* r, auto f) { null_stub->async()->Call(c, q, r, f); },
                {}, done);
          });
      std::vector<recoup::v1::FlagAdmissionRequest> requests;
      for (int i = 0; i < options_.unary; ++i) requests.push_back(MakeFlag(ids_, next_visit_++));
      const Latencies durable =
          Drive(options_.unary, kInFlight, [&](int i, std::function<void()> done) {
            Call<recoup::v1::FlagAdmissionRequest, recoup::v1::FlagAdmissionResponse>(
                [&](auto* c, auto* q, auto* r, auto f) {
                  stub->async()->FlagAdmission(c, q, r, f);
                },
                requests[static_cast<std::size_t>(i)], done);
          });
      PrintRow("null unary", null_calls);
      PrintRow("FlagAdmission (sealed, indexed, audited, synced)", durable);
      ratios.push_back(durable.per_second / null_calls.per_second);
      std::fflush(stdout);
    }
    std::printf("\nRatio durable / null, median of %d runs: **%.2f** (target 0.55)\n",
                options_.runs, Median(ratios));
  }

  void Batches() {
    std::printf("\n### Durable batches of %d advances, 2 in flight\n\n", kBatch);
    std::printf(
        "| advances | items per second | p50 ms | p95 ms | p99 ms | max ms "
        "|\n|---|---|---|---|---|---|\n");
    const auto stub = recoup::v1::HospitalService::NewStub(hub_.ConnectAs("hospital/bench"));
    std::vector<double> rates;
    const int batches = options_.advances / kBatch / options_.runs;
    for (int run = 0; run < options_.runs; ++run) {
      const int first = next_visit_;
      next_visit_ += batches * kBatch;
      // The flags that put the settlements on the books; not measured.
      Drive(batches, 2, [&](int b, std::function<void()> done) {
        recoup::v1::BatchFlagAdmissionsRequest request;
        request.set_mode(recoup::v1::BATCH_MODE_CONTINUE);
        const std::lock_guard lock(ids_mutex_);
        for (int i = 0; i < kBatch; ++i)
          *request.add_items() = MakeFlag(ids_, first + b * kBatch + i);
        Call<recoup::v1::BatchFlagAdmissionsRequest, recoup::v1::BatchFlagAdmissionsResponse>(
            [&](auto* c, auto* q, auto* r, auto f) {
              stub->async()->BatchFlagAdmissions(c, q, r, f);
            },
            request, done);
      });
      std::vector<recoup::v1::BatchReportSettlementsRequest> requests(
          static_cast<std::size_t>(batches));
      for (int b = 0; b < batches; ++b) {
        auto& request = requests[static_cast<std::size_t>(b)];
        request.set_mode(recoup::v1::BATCH_MODE_CONTINUE);
        for (int i = 0; i < kBatch; ++i)
          *request.add_items() = MakeSettlement(ids_, first + b * kBatch + i);
      }
      const Latencies l = Drive(batches, 2, [&](int b, std::function<void()> done) {
        struct State {
          grpc::ClientContext context;
          recoup::v1::BatchReportSettlementsResponse response;
        };
        auto state = std::make_shared<State>();
        stub->async()->BatchReportSettlements(
            &state->context, &requests[static_cast<std::size_t>(b)], &state->response,
            [state, done](grpc::Status status) {
              RECOUP_CHECK(status.ok());
              for (const auto& result : state->response.results()) {
                RECOUP_CHECK(result.response().state() == recoup::v1::ADVANCE_STATE_OPEN);
              }
              done();
            });
      });
      rates.push_back(l.per_second * kBatch);
      std::printf("| %d | %.0f | %.2f | %.2f | %.2f | %.2f |\n", batches * kBatch, rates.back(),
                  l.p50_ms, l.p95_ms, l.p99_ms, l.max_ms);
      std::fflush(stdout);
    }
    std::printf("\nItems per second, median of %d runs: **%.0f** (target 60,000)\n", options_.runs,
                Median(rates));
  }

  void Open(const std::string& data_file) {
    hub_.Stop();
    struct stat info {};
    stat(data_file.c_str(), &info);
    std::printf("\n### Opening the hub with %d flags and about %d advances (%.0f MiB on disk)\n\n",
                next_visit_, options_.advances, static_cast<double>(info.st_size) / 1048576.0);
    std::printf("| run | ms to ready | resident MiB after |\n|---|---|---|\n");
    for (int run = 0; run < options_.runs; ++run) {
      const absl::Time started = absl::Now();
      RECOUP_CHECK(hub_.Start().ok());
      std::printf("| %d | %.0f | %ld |\n", run + 1,
                  absl::ToDoubleMilliseconds(absl::Now() - started), ResidentMiB());
      hub_.Stop();
    }
    std::printf("\nResident memory includes the benchmark's own client in the same process.\n");
  }

 private:
  testing::RealHub& hub_;
  const Options options_;
  SystemRandom random_;
  IdSource ids_;
  std::mutex ids_mutex_;
  int next_visit_ = 0;
};

int Main(int argc, char** argv) {
  Options options;
  std::string folder;
  CLI::App app{"Benchmarks a real hub over mutual TLS on SQLite."};
  app.add_option("--advances", options.advances, "Advances to write in batches.");
  app.add_option("--unary", options.unary, "Unary calls per run.");
  app.add_option("--runs", options.runs, "Runs of each measurement.");
  app.add_option("--folder", folder, "Where the database goes; default: a temporary folder.");
  CLI11_PARSE(app, argc, argv);
  KeepMemory();  // As recoup-hub does.

  const testing::TemporaryFolder temporary;
  if (folder.empty()) folder = temporary.path();
  domain::Party hospital;
  hospital.party = *domain::PartyId::Parse("hospital/bench");
  hospital.display_name = "基准测试医院";
  auto hub = testing::RealHub::Prepare(folder, {hospital});
  RECOUP_CHECK(hub.ok());
  NullService null_service;
  RECOUP_CHECK((*hub)->Start(&null_service).ok());

  utsname system{};
  uname(&system);
  std::printf(
      "Machine: %s, %u cores, %s %s; fdatasync of 4 KiB: %.0f µs (median of 200); SQLite WAL, "
      "synchronous=FULL; client and server in one process.\n",
      CpuName().c_str(), std::thread::hardware_concurrency(), system.sysname, system.release,
      FsyncMicros(folder));
  HubBench bench(**hub, options);
  bench.Unary();
  bench.Batches();
  bench.Open((*hub)->config().data_file);
  return 0;
}

}  // namespace
}  // namespace recoup::bench

int main(int argc, char** argv) { return recoup::bench::Main(argc, argv); }
