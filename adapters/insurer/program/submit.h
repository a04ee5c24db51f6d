// One mutation through the spool, and what the clerk is told of it; internal to this folder.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_SUBMIT_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_SUBMIT_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/common/error_text.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/spool_program.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::insurer {

struct Submission {
  std::string source_key;
  std::string kind;
  std::string order_key;
};

// --dry-run: asks the hub and keeps nothing. Else: what is under the source key already is not
// taken again, even if said at another time; then the spool is sent.
inline absl::StatusOr<adapters::Submitted> SubmitOnce(const Submission& submission,
                                                      std::string payload,
                                                      adapters::CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<adapters::Spool> spool,
                          adapters::OpenSpool(context));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<adapters::SpoolEntry> known,
                          spool->Find(submission.source_key));
  adapters::SpoolItem item{submission.source_key, submission.kind, submission.order_key,
                           std::move(payload), context.NextRequestId()};
  const bool is_same_answer =
      known.has_value() && submission.kind != std::string(kSendRemittanceAdvice);
  if (is_same_answer) item = known->spooled.item;
  return adapters::Submit(*spool, item, OpenInsurerSender, context);
}

template <typename Response>
void PrintAnswer(const Response& response, const std::string& for_people, const char* headline,
                 adapters::CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(response);
  } else {
    context.out() << headline << '\n' << for_people;
  }
}

template <typename Response, typename Request>
adapters::CommandResult SubmitAndReport(Submission submission, Request request,
                                        const std::function<std::string(const Response&)>& report,
                                        adapters::CommandContext& context) {
  Response response;
  if (context.validate_only()) {
    RECOUP_ASSIGN_OR_RETURN(const adapters::Send send, OpenInsurerSender(context));
    request.set_validate_only(true);
    RECOUP_ASSIGN_OR_RETURN(
        const std::string answer,
        send(submission.kind, request.SerializeAsString(), context.NextRequestId()));
    response.ParseFromString(answer);
    PrintAnswer(response, report(response), "校验通过，未记录", context);
    return adapters::ExitCode::kOk;
  }
  RECOUP_ASSIGN_OR_RETURN(const adapters::Submitted submitted,
                          SubmitOnce(submission, request.SerializeAsString(), context));
  const adapters::SpoolEntry& entry = submitted.entry;
  switch (entry.state) {
    case adapters::SpoolState::kDelivered:
      response.ParseFromString(entry.answer);
      PrintAnswer(response, report(response),
                  submitted.already_there ? "此前已送达，未重复发送" : "已送达", context);
      break;
    case adapters::SpoolState::kRefused:
      if (!context.json()) {
        context.out() << "被平台拒绝，保留在待发队列第 " << entry.spooled.sequence
                      << " 条；用 retry 重发或 drop 放弃\n";
      }
      return entry.error;
    case adapters::SpoolState::kWaiting:
      if (context.json()) {
        nlohmann::ordered_json waiting{{"state", "WAITING"},
                                       {"sequence", entry.spooled.sequence},
                                       {"source_key", submission.source_key}};
        if (entry.held_by != 0) waiting["held_by"] = entry.held_by;
        context.out() << waiting.dump() << '\n';
      } else {
        context.out() << adapters::WhyItWaitsInChinese(entry) << '\n';
      }
      break;
  }
  return adapters::ExitCodeOf(entry);
}

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_SUBMIT_H_
