// A hospital's desk that listens: case book, spool, reception and MLLP listener on a free port.
#ifndef RECOUP_TESTS_HOSPITAL_LISTENING_DESK_H_
#define RECOUP_TESTS_HOSPITAL_LISTENING_DESK_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/hospital/program/intake.h"
#include "adapters/hospital/program/mllp_server.h"
#include "adapters/hospital/program/reception.h"
#include "gtest/gtest.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "tests/common/spool_fixture.h"

namespace recoup::hospital {

// Moves only when told; may be moved while others look.
class SharedClock final : public Clock {
 public:
  absl::Time Now() override { return absl::FromUnixMillis(ms_); }
  void Advance(absl::Duration by) { ms_ += absl::ToInt64Milliseconds(by); }

 private:
  std::atomic<std::int64_t> ms_ = 1'772'700'000'000;
};

class ListeningDesk : public testing::Test {
 protected:
  void SetUp() override { Open(); }
  void TearDown() override { Close(); }

  void Open() {
    rules_ = std::make_unique<ReadingRules>(
        MakeReadingRules({"H31011500001", "东岸第一医院", "310115", {{"01", "", "310"}}}).value());
    book_ = CaseBook::Open(BookFile()).value();
    spool_ = adapters::Spool::Open(SpoolFile(), spool_options_, clock_).value();
    intake_ = std::make_unique<Intake>(*rules_, *book_, *spool_, clock_,
                                       [this] { return ids_.Next(clock_.Now()); });
    ASSERT_TRUE(intake_->Flush().ok());
    reception_ = std::make_unique<Reception>(*intake_, *rules_, log_);
    auto server = MllpServer::Start(options_, *reception_, clock_, log_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  void Close() {
    server_.reset();
    reception_.reset();
    intake_.reset();
    spool_.reset();
    book_.reset();
  }
  void Reopen() {
    Close();
    Open();
  }

  int port() const { return server_->port(); }
  std::string BookFile() const { return folder_.File("book"); }
  std::string SpoolFile() const { return folder_.File("spool"); }
  std::int64_t Spooled() {
    reception_->Drain();
    return spool_->Counts()->waiting;
  }
  std::size_t LinesWith(const std::string& text) {
    const std::lock_guard lock(lines_mutex_);
    std::size_t count = 0;
    for (const std::string& line : lines_) count += line.find(text) != std::string::npos ? 1u : 0u;
    return count;
  }

  adapters::TemporaryFolder folder_;
  SharedClock clock_;
  MllpOptions options_;
  adapters::SpoolOptions spool_options_;
  std::mutex lines_mutex_;
  std::vector<std::string> lines_;
  Log log_ = Log::ToSink({}, clock_, [this](std::string_view line) {
    const std::lock_guard lock(lines_mutex_);
    lines_.emplace_back(line);
  });
  SeededRandom random_{7};
  IdSource ids_{random_};
  std::unique_ptr<ReadingRules> rules_;
  std::unique_ptr<CaseBook> book_;
  std::unique_ptr<adapters::Spool> spool_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<Reception> reception_;
  std::unique_ptr<MllpServer> server_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_LISTENING_DESK_H_
