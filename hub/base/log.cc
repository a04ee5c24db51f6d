#include "hub/base/log.h"

#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"
#include "spdlog/logger.h"
#include "spdlog/sinks/base_sink.h"
#include "spdlog/sinks/stdout_sinks.h"

namespace recoup {
namespace {

using Fields = std::vector<std::pair<std::string, LogValue>>;

class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FunctionSink(std::function<void(std::string_view)> write) : write_(std::move(write)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    write_(std::string_view(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

  std::function<void(std::string_view)> write_;
};

std::shared_ptr<spdlog::logger> LoggerOver(spdlog::sink_ptr sink) {
  sink->set_pattern("%v");
  auto logger = std::make_shared<spdlog::logger>("recoup", std::move(sink));
  logger->set_level(spdlog::level::trace);  // Log decides what is written.
  logger->flush_on(spdlog::level::trace);
  return logger;
}

std::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

std::string JsonText(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string JsonLine(std::string_view time, LogLevel level, std::string_view event,
                     const Fields& fields) {
  nlohmann::ordered_json line;
  line["time"] = time;
  line["level"] = LevelName(level);
  line["event"] = event;
  for (const auto& [key, value] : fields) {
    // A field may not pose as one of the three above, nor hide an earlier one.
    std::string name = key;
    while (line.contains(name)) name.insert(0, "field_");
    std::visit([&](const auto& content) { line[name] = content; }, value.get());
  }
  return JsonText(line);
}

// Bare where that is unambiguous, else quoted and escaped as in JSON.
std::string HumanText(const LogValue& value) {
  return std::visit(
      [](const auto& content) {
        const std::string quoted = JsonText(nlohmann::ordered_json(content));
        if constexpr (std::is_same_v<std::decay_t<decltype(content)>, std::string>) {
          const bool plain = !content.empty() && quoted.size() == content.size() + 2 &&
                             content.find_first_of(" =\x7f") == std::string::npos;
          if (plain) return content;
        }
        return quoted;
      },
      value.get());
}

std::string HumanLine(std::string_view time, LogLevel level, std::string_view event,
                      const Fields& fields) {
  std::string line =
      absl::StrCat(std::string(time), " ", std::string(LevelName(level)), ": ", std::string(event));
  for (const auto& [key, value] : fields) absl::StrAppend(&line, " ", key, "=", HumanText(value));
  return line;
}

}  // namespace

LogValue::LogValue(const absl::Status& status)
    : value_(status.ok() ? std::string("OK") : std::string(ReasonName(ReasonOf(status)))) {}

Log Log::ToStderr(const LogOptions& options, Clock& clock) {
  return Log(options, clock, LoggerOver(std::make_shared<spdlog::sinks::stderr_sink_mt>()));
}

Log Log::ToSink(const LogOptions& options, Clock& clock,
                std::function<void(std::string_view)> sink) {
  return Log(options, clock, LoggerOver(std::make_shared<FunctionSink>(std::move(sink))));
}

Log Log::With(std::initializer_list<LogField> fields) const {
  Log log = *this;
  for (const LogField& field : fields) log.permanent_.emplace_back(field.key, field.value);
  return log;
}

void Log::Write(LogLevel level, std::string_view event,
                std::initializer_list<LogField> fields) const {
  if (level < options_.level_min) return;
  Fields all = permanent_;
  for (const LogField& field : fields) all.emplace_back(field.key, field.value);
  const std::string time =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", clock_->Now(), absl::UTCTimeZone());
  const std::string line = options_.format == LogFormat::kJson ? JsonLine(time, level, event, all)
                                                               : HumanLine(time, level, event, all);
  logger_->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace recoup
