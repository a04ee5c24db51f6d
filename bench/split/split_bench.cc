// How long a split at discharge takes on a real hub: quote, answer and settle of one visit after
// the other on several connections at once, each call durable, over mutual TLS.
//
//   split_bench [visits=2000] [threads=8]
//
// Client and server share the cores, so the figures hold for one machine that does both.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "hub/base/check.h"
#include "hub/base/ids.h"
#include "recoup/v1/hospital_service.grpc.pb.h"
#include "recoup/v1/insurer_service.grpc.pb.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

domain::Party MakeParty(const std::string& name) {
  domain::Party party;
  party.party = *domain::PartyId::Parse(name);
  party.display_name = name;
  return party;
}

std::string DayBefore(int days) {
  return absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) - days);
}

class Timings {
 public:
  void Add(std::size_t step, absl::Duration took) {
    const std::lock_guard lock(mutex_);
    steps_[step].push_back(took);
  }
  void Print() {
    constexpr const char* kNames[] = {"`QuoteSplit`", "`AnswerSplit`", "`SettleSplit`"};
    std::cout << "| call | p50 ms | p95 ms | p99 ms | max ms |\n|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < 3; ++i) {
      std::vector<absl::Duration>& all = steps_[i];
      std::sort(all.begin(), all.end());
      const auto at = [&](std::size_t percent) {
        return absl::ToDoubleMilliseconds(
            all[std::min(all.size() - 1, all.size() * percent / 100)]);
      };
      std::cout << absl::StrFormat("| %s | %.2f | %.2f | %.2f | %.2f |\n", kNames[i], at(50),
                                   at(95), at(99), absl::ToDoubleMilliseconds(all.back()));
    }
  }

 private:
  std::mutex mutex_;
  std::vector<absl::Duration> steps_[3];
};

// Stops at the first refusal: a benchmark of errors measures nothing.
void Must(const grpc::Status& status) {
  if (status.ok()) return;
  std::cerr << "refused: " << status.error_message() << "\n";
  std::exit(1);
}

class Bench {
 public:
  Bench(testing::RealHub& hub, int first, int last, Timings& timings)
      : hospital_(v1::HospitalService::NewStub(hub.ConnectAs("hospital/renji"))),
        insurer_(v1::InsurerService::NewStub(hub.ConnectAs("insurer/huaan"))),
        first_(first),
        last_(last),
        timings_(timings) {}

  void Prepare() {
    for (int visit = first_; visit < last_; ++visit) {
      RegisterPolicy(visit);
      RaiseFlag(visit);
    }
  }
  void Run() {
    for (int visit = first_; visit < last_; ++visit) One(visit);
  }

 private:
  std::string NextId() { return ids_.Next(absl::Now()).ToUuid(); }
  static std::string Plate(int visit) { return absl::StrFormat("沪A%05d", visit); }

  void RegisterPolicy(int visit) {
    v1::RegisterPolicyRequest request;
    request.set_request_id(NextId());
    v1::Policy& policy = *request.mutable_policy();
    policy.set_policy_number(absl::StrCat("CTP", visit));
    policy.set_kind(v1::POLICY_KIND_CTP);
    policy.set_plate(Plate(visit));
    policy.set_valid_from_on(DayBefore(100));
    policy.set_valid_until_on(DayBefore(-100));
    v1::RegisterPolicyResponse response;
    grpc::ClientContext context;
    Must(insurer_->RegisterPolicy(&context, request, &response));
  }
  void RaiseFlag(int visit) {
    v1::FlagAdmissionRequest request;
    request.set_request_id(NextId());
    request.set_state(v1::FLAG_STATE_CONFIRMED);
    v1::Flag& flag = *request.mutable_flag();
    flag.set_pool("pools/310115-310");
    flag.set_visit_id(absl::StrCat("V", visit));
    flag.mutable_patient()->set_name("测试甲");
    flag.mutable_admitted_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) - 3'600);
    flag.set_accident_on(DayBefore(1));
    flag.set_plate(Plate(visit));
    request.mutable_flagged_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) - 60);
    v1::FlagAdmissionResponse response;
    grpc::ClientContext context;
    Must(hospital_->FlagAdmission(&context, request, &response));
  }
  void Timed(std::size_t step, const std::function<grpc::Status(grpc::ClientContext&)>& call) {
    grpc::ClientContext context;
    const absl::Time start = absl::Now();
    Must(call(context));
    timings_.Add(step, absl::Now() - start);
  }
  void One(int visit) {
    v1::QuoteSplitRequest ask;
    ask.set_request_id(NextId());
    ask.set_pool("pools/310115-310");
    ask.set_visit_id(absl::StrCat("V", visit));
    ask.set_total_fen(2'000'000);
    ask.set_fund_paid_fen(1'200'000);
    ask.set_self_paid_fen(800'000);
    v1::QuoteSplitResponse quote;
    Timed(0, [&](grpc::ClientContext& c) { return hospital_->QuoteSplit(&c, ask, &quote); });
    RECOUP_CHECK(quote.split().parts_size() == 1);

    v1::AnswerSplitRequest accept;
    accept.set_request_id(NextId());
    accept.set_name(quote.quote());
    accept.set_policy(quote.split().parts(0).policy());
    accept.set_accept(true);
    v1::AnswerSplitResponse accepted;
    Timed(1, [&](grpc::ClientContext& c) { return insurer_->AnswerSplit(&c, accept, &accepted); });

    v1::SettleSplitRequest settle;
    settle.set_request_id(NextId());
    settle.set_quote(quote.quote());
    settle.set_settlement_id(absl::StrCat("S", visit));
    v1::SettleSplitResponse settled;
    Timed(2, [&](grpc::ClientContext& c) { return hospital_->SettleSplit(&c, settle, &settled); });
    RECOUP_CHECK(settled.split().parts(0).amount_fen() == 1'800'000);
  }

  const std::unique_ptr<v1::HospitalService::Stub> hospital_;
  const std::unique_ptr<v1::InsurerService::Stub> insurer_;
  const int first_;
  const int last_;
  Timings& timings_;
  SystemRandom random_;
  IdSource ids_{random_};
};

int Main(int visits, int threads) {
  testing::TemporaryFolder folder;
  auto hub = testing::RealHub::Prepare(folder.path(),
                                       {MakeParty("hospital/renji"), MakeParty("insurer/huaan")});
  if (!hub.ok() || !(*hub)->Start().ok()) {
    std::cerr << "the hub does not start: " << hub.status() << "\n";
    return 1;
  }
  Timings timings;
  std::vector<std::thread> running;
  absl::Duration took;
  std::atomic<int> prepared = 0;
  std::atomic<bool> go = false;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&, i] {
      Bench bench(**hub, visits * i / threads, visits * (i + 1) / threads, timings);
      bench.Prepare();
      ++prepared;
      while (!go) std::this_thread::yield();
      bench.Run();
    });
  }
  while (prepared < threads) absl::SleepFor(absl::Milliseconds(5));
  const absl::Time start = absl::Now();
  go = true;
  for (std::thread& thread : running) thread.join();
  took = absl::Now() - start;
  std::cout << visits << " splits on " << threads << " connections in "
            << absl::ToInt64Milliseconds(took) << " ms\n\n";
  timings.Print();
  return 0;
}

}  // namespace
}  // namespace recoup

int main(int argc, char** argv) {
  return recoup::Main(argc > 1 ? std::atoi(argv[1]) : 2000, argc > 2 ? std::atoi(argv[2]) : 8);
}
