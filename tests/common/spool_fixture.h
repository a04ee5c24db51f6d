// What the spool's tests share: a temporary folder and items.
#ifndef RECOUP_TESTS_COMMON_SPOOL_FIXTURE_H_
#define RECOUP_TESTS_COMMON_SPOOL_FIXTURE_H_

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "adapters/common/spool.h"
#include "gtest/gtest.h"

namespace recoup::adapters {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = testing::TempDir() + "recoup_XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
    path_ = path;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string File(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

class SpoolFixture : public testing::Test {
 protected:
  void SetUp() override { Reopen({}); }
  void Reopen(SpoolOptions options) {
    spool_.reset();
    auto opened = Spool::Open(folder_.File("spool.db"), std::move(options), clock_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    spool_ = *std::move(opened);
  }
  SpoolItem Item(const std::string& source_key, const std::string& order_key = "",
                 const std::string& payload = "payload") {
    return {source_key, "CourtService.Push", order_key, payload, ids_.Next(clock_.Now())};
  }
  std::int64_t Put(const std::string& source_key, const std::string& order_key = "") {
    const auto enqueued = spool_->Enqueue(Item(source_key, order_key));
    EXPECT_TRUE(enqueued.ok()) << enqueued.status();
    return enqueued.ok() ? enqueued->sequence : 0;
  }
  std::vector<std::string> PeekKeys(std::int64_t after = 0, std::size_t items_max = 100) {
    std::vector<std::string> keys;
    const auto items = spool_->Peek(items_max, after);
    EXPECT_TRUE(items.ok()) << items.status();
    if (items.ok()) {
      for (const SpooledItem& item : *items) keys.push_back(item.item.source_key);
    }
    return keys;
  }

  TemporaryFolder folder_;
  ManualClock clock_{absl::FromUnixSeconds(1'767'225'600)};
  SeededRandom random_{7};
  IdSource ids_{random_};
  std::unique_ptr<Spool> spool_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_TESTS_COMMON_SPOOL_FIXTURE_H_
