// Structured log: one event name and its fields per line, for people or as JSON.
//
// Events and ids go in; payloads, names and identity numbers do not. What must pass by is wrapped
// in Sensitive, which has no way into a line but as "[redacted]". Lines are single: control
// characters of values are escaped. Thread-safe; copies share the sink. Writing never throws and
// never fails the caller.
#ifndef RECOUP_HUB_BASE_LOG_H_
#define RECOUP_HUB_BASE_LOG_H_

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"

namespace spdlog {
class logger;
}

namespace recoup {

// A text that no log line, print-out or message may show. Reading it takes the word Reveal.
class Sensitive {
 public:
  explicit Sensitive(std::string value) : value_(std::move(value)) {}
  const std::string& Reveal() const { return value_; }
  static constexpr std::string_view kRedacted = "[redacted]";

 private:
  std::string value_;
};

class LogValue {
 public:
  using Variant = std::variant<std::string, std::int64_t, std::uint64_t, bool>;

  LogValue(const char* text) : value_(std::string(text)) {}
  LogValue(std::string_view text) : value_(std::string(text)) {}
  LogValue(std::string text) : value_(std::move(text)) {}
  LogValue(bool value) : value_(value) {}
  template <std::signed_integral T>
  LogValue(T value) : value_(std::int64_t{value}) {}
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) LogValue(T value) : value_(std::uint64_t{value}) {}
  LogValue(const Id& id) : value_(id.ToUuid()) {}
  LogValue(absl::Duration duration) : value_(absl::FormatDuration(duration)) {}
  LogValue(const Sensitive&) : value_(std::string(Sensitive::kRedacted)) {}
  // The reason and nothing else: messages of others may quote the input.
  LogValue(const absl::Status& status);

  const Variant& get() const { return value_; }

 private:
  Variant value_;
};

struct LogField {
  std::string_view key;  // A literal: snake_case, with its unit ("waited_ms").
  LogValue value;
};

enum class LogLevel { kDebug, kInfo, kWarning, kError };
enum class LogFormat { kHuman, kJson };

struct LogOptions {
  LogFormat format = LogFormat::kHuman;
  LogLevel level_min = LogLevel::kInfo;
};

class Log {
 public:
  static Log ToStderr(const LogOptions& options, Clock& clock);
  // Each line, without its line end, goes to `sink`, one at a time.
  static Log ToSink(const LogOptions& options, Clock& clock,
                    std::function<void(std::string_view line)> sink);

  // A log that adds `fields` to every line.
  Log With(std::initializer_list<LogField> fields) const;

  void Debug(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kDebug, event, fields);
  }
  void Info(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kInfo, event, fields);
  }
  void Warning(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kWarning, event, fields);
  }
  void Error(std::string_view event, std::initializer_list<LogField> fields = {}) const {
    Write(LogLevel::kError, event, fields);
  }

 private:
  Log(const LogOptions& options, Clock& clock, std::shared_ptr<spdlog::logger> logger)
      : options_(options), clock_(&clock), logger_(std::move(logger)) {}
  void Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const;

  LogOptions options_;
  Clock* clock_;
  // Shared because copies of a Log write to the same sink and may outlive the first.
  std::shared_ptr<spdlog::logger> logger_;
  std::vector<std::pair<std::string, LogValue>> permanent_;
};

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_LOG_H_
