// recoup-court push, amend.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/proto_json.h"
#include "adapters/court/mapping/push_request.h"
#include "adapters/court/mapping/receipt.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/program/court_hub.h"
#include "adapters/court/program/document_file.h"
#include "adapters/court/program/elements_report.h"
#include "adapters/court/program/push.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using Json = nlohmann::ordered_json;

Json AsJson(const PushedDocument& document) {
  const bool answered = !document.answer.court_case().empty();
  Json json;
  json["file"] = document.file;
  json["case_number"] = document.case_number;
  json["state"] = std::string(Name(document.state));
  json["consent"] = document.consent;
  json["court_case"] = answered ? Json(document.answer.court_case()) : Json(nullptr);
  const std::string grade = GradeName(document.answer.grade());
  json["grade"] = grade.empty() ? Json(nullptr) : Json(grade);
  json["persons_with_lead_count"] =
      answered ? Json(document.answer.persons_with_lead_count()) : Json(nullptr);
  json["recoveries_without_amount_count"] =
      answered ? Json(document.answer.recoveries_without_amount_count()) : Json(nullptr);
  json["receipt_file"] =
      document.receipt_file.empty() ? Json(nullptr) : Json(document.receipt_file);
  json["error"] = document.error.ok() ? Json(nullptr)
                                      : Json::parse(adapters::ErrorAsJson(document.error))["error"];
  return json;
}

std::string_view HubGradeInChinese(v1::Grade grade) {
  if (grade == v1::GRADE_NO_ADVANCE) return GradeInChinese(Grade::kNoAdvance);
  if (grade == v1::GRADE_ADVANCE_REPAID) return GradeInChinese(Grade::kAdvanceRepaid);
  if (grade == v1::GRADE_ADVANCE_OUTSTANDING) return GradeInChinese(Grade::kAdvanceOutstanding);
  return "未分级";
}

void PrintDocument(const PushedDocument& document, bool consent_asked, CommandContext& context) {
  std::ostream& out = context.out();
  out << "== " << document.file << "\n";
  if (!document.case_number.empty()) out << "案    号  " << document.case_number << '\n';
  out << "状    态  " << InChinese(document.state) << '\n';
  if (document.elements.has_value()) {
    out << "判决口径  " << BasisInChinese(document.elements->basis) << '\n';
    for (const std::string& warning : document.elements->warnings) {
      out << "提    示  " << warning << '\n';
    }
  }
  if (document.answer.grade() != v1::GRADE_UNSPECIFIED) {
    out << "平台分级  " << HubGradeInChinese(document.answer.grade()) << '\n';
  }
  if (!document.answer.court_case().empty()) {
    out << "平台案件  " << document.answer.court_case() << '\n';
  }
  if (!document.answer.court_case().empty() && document.state != PushState::kWithdrawn) {
    out << "追偿线索  "
        << (document.consent ? LeadsInChinese(document.answer.persons_with_lead_count())
                             : std::string("未同意通知，不显示线索"))
        << '\n';
  }
  const std::string letters = InquiriesInChinese(document.answer.recoveries_without_amount_count());
  if (!letters.empty()) out << "函    件  " << letters << '\n';
  if (!document.receipt_file.empty()) {
    out << "回    执  " << document.receipt_file
        << (context.config().Has("court.hub_verify_key_file") ? "（平台签名已核对）"
                                                              : "（未配置平台公钥，签名未核对）")
        << '\n';
  }
  if (consent_asked && !document.consent && document.state == PushState::kAlreadyPushed) {
    out << "提    示  此前推送时未附同意，请用 recoup-court consent give " << document.case_number
        << '\n';
  }
  if (document.state == PushState::kWithdrawn) {
    out << "提    示  重新推送请加 --anew，平台另立一案\n";
  }
  if (document.state == PushState::kWaiting && !context.validate_only()) {
    out << "提    示  已存入待发队列，平台恢复后用 deliver 发送\n";
  }
  if (document.state == PushState::kRefused && !context.validate_only()) {
    out << "提    示  用 status 查看，retry 重发，或 drop 放弃\n";
  }
  if (!document.error.ok()) {
    out << adapters::ErrorForPeople(document.error, context.out_colour());
  }
}

void DeclarePush(CLI::App& app, PushOptions& options) {
  app.add_option("FILE", options.files, "裁判文书文本 / Judgments as text")->required();
  app.add_flag("--consent", options.consent,
               "同意平台通知医保基金和义务人 / Consent that pools and debtors are notified");
  app.add_flag("--anew", options.anew,
               "已撤回的案件重新推送，平台另立一案 / Push a withdrawn case again, as a new one");
}

CommandResult RunPush(const PushOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<PushedDocument> documents,
                          PushDocuments(options, context));
  for (const PushedDocument& document : documents) {
    if (context.json()) {
      context.out() << AsJson(document).dump(-1, ' ', false, Json::error_handler_t::replace)
                    << '\n';
    } else {
      PrintDocument(document, options.consent, context);
    }
  }
  return ExitCodeOf(documents);
}

struct AmendOptions {
  std::string court_case;
  std::string file;
  std::string reason;
};

void DeclareAmend(CLI::App& app, AmendOptions& options) {
  app.add_option("CASE", options.court_case, "案号或 courtCases/… / Case number or name")
      ->required();
  app.add_option("FILE", options.file, "更正后的文书 / The corrected document")->required();
  app.add_option("--reason", options.reason, "更正原因，如补正裁定 / Why")->required();
}

CommandResult RunAmend(const AmendOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::BuiltIn());
  RECOUP_ASSIGN_OR_RETURN(const crypto::SigningKey key, LoadSigningKey(context));
  RECOUP_ASSIGN_OR_RETURN(const auto hub_key, LoadHubKey(context));
  RECOUP_ASSIGN_OR_RETURN(const DocumentRead document, ReadOneDocument(options.file, rules));
  RECOUP_ASSIGN_OR_RETURN(CourtHub hub, CourtHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const std::string name, hub.CaseName(options.court_case));
  absl::StatusOr<v1::AmendCourtCaseRequest> request = mapping::ToAmendCourtCase(
      name, mapping::ElementsToProto(*document.elements, document.sha256, SentencesPolicy(context)),
      options.reason, key);
  if (!request.ok()) return adapters::AsUsageError(request.status());
  RECOUP_ASSIGN_OR_RETURN(const v1::AmendCourtCaseResponse answer, hub.Amend(*request));
  if (!context.validate_only()) {
    RECOUP_RETURN_IF_ERROR(mapping::CheckReceipt(answer.receipt(), request->elements(), hub_key));
    RECOUP_RETURN_IF_ERROR(mapping::StoreReceipt(
        answer.receipt(), mapping::ReceiptFile(ReceiptDirectory(context), request->elements())));
  }
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
  } else {
    context.out() << (context.validate_only() ? "校验通过，未更正\n" : "已更正\n") << "版本  "
                  << answer.version() << "\n分级  " << HubGradeInChinese(answer.grade()) << '\n';
  }
  return ExitCode::kOk;
}

}  // namespace

void AddPushCommands(adapters::Program& program) {
  program.AddCommand<PushOptions>(
      program.root(),
      {.name = "push",
       .zh = "提取、签名并推送文书要素；文书原文不出本院",
       .en = "Push the signed elements of judgments; the documents stay",
       .examples = {{.command = "recoup-court push 判决书.txt --consent",
                     .says = "推送并同意通知基金和义务人"},
                    {.command = "recoup-court push 判决书.txt --dry-run",
                     .says = "只请平台校验，不记录"}},
       .effect = Effect::kManyRequests},
      DeclarePush, RunPush);
  program.AddCommand<AmendOptions>(
      program.root(),
      {.name = "amend",
       .zh = "以更正后的文书替换已推送案件的要素",
       .en = "Replace the elements of a pushed case",
       .examples = {{.command =
                         "recoup-court amend （2025）沪0115民初90011号 补正.txt --reason 补正裁定",
                     .says = "更正案件要素"}},
       .effect = Effect::kOneRequest},
      DeclareAmend, RunAmend);
}

}  // namespace recoup::court
