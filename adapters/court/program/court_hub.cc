#include "adapters/court/program/court_hub.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/named_file.h"
#include "adapters/court/mapping/receipt.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "recoup/v1/court_service.pb.h"

namespace recoup::court {

using adapters::AsUsageError;
using adapters::CommandContext;

struct CourtHub::Connection {
  adapters::HubSession session;
};

namespace {

struct PushSender {
  adapters::HubSession session;
  std::optional<crypto::VerifyKey> hub_key;
  std::filesystem::path receipts;

  absl::StatusOr<std::string> Push(std::string_view payload, const Id& request_id) {
    RECOUP_ASSIGN_OR_RETURN(std::string answer,
                            session.Forward(kPushCourtCase, payload, request_id));
    RECOUP_RETURN_IF_ERROR(KeepReceipt(payload, answer));
    return answer;
  }

  absl::StatusOr<std::string> Amend(std::string_view payload, const Id& request_id) {
    v1::AmendCourtCaseRequest request;
    if (!request.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
      return MakeError(Reason::kInternal, "a payload of the spool cannot be read");
    }
    RECOUP_ASSIGN_OR_RETURN(const v1::CourtCase found, FindCase(request.name()));
    v1::CourtCaseElements sent;
    // An amendment makes the case anew, so one whose answer was lost finds its own elements there.
    if (sent.ParseFromString(request.elements()) &&
        found.elements().SerializeAsString() == sent.SerializeAsString()) {
      v1::AmendCourtCaseResponse answer;
      answer.set_replayed(true);
      answer.set_version(found.version());
      answer.set_grade(found.grade());
      return answer.SerializeAsString();
    }
    request.set_name(found.name());
    RECOUP_ASSIGN_OR_RETURN(
        std::string answer,
        session.Forward(kAmendCourtCase, request.SerializeAsString(), request_id));
    if (request.validate_only()) return answer;  // Nothing was recorded.
    v1::AmendCourtCaseResponse response;
    if (!response.ParseFromString(answer)) {
      return MakeError(Reason::kInternal, "the hub's answer cannot be read");
    }
    RECOUP_RETURN_IF_ERROR(mapping::CheckReceipt(response.receipt(), request.elements(), hub_key));
    RECOUP_RETURN_IF_ERROR(mapping::StoreReceipt(
        response.receipt(), mapping::ReceiptFile(receipts, request.elements())));
    return answer;
  }

  absl::StatusOr<v1::CourtCase> FindCase(const std::string& case_number) {
    v1::ListCourtCasesRequest request;
    request.set_case_number(case_number);
    RECOUP_ASSIGN_OR_RETURN(
        v1::ListCourtCasesResponse answer,
        session.Ask<v1::ListCourtCasesResponse>("CourtService.ListCourtCases", request));
    v1::CourtCase* standing = nullptr;
    for (v1::CourtCase& found : *answer.mutable_court_cases()) {
      if (found.state() == v1::COURT_CASE_STATE_SUPERSEDED) continue;
      standing = &found;
    }
    if (standing == nullptr) {
      return MakeError(Reason::kNotFound, "the hub has no case of this number to be amended");
    }
    return std::move(*standing);
  }

  absl::Status KeepReceipt(std::string_view payload, const std::string& answer) const {
    v1::PushCourtCaseRequest request;
    v1::PushCourtCaseResponse response;
    if (!request.ParseFromArray(payload.data(), static_cast<int>(payload.size())) ||
        !response.ParseFromString(answer)) {
      return MakeError(Reason::kInternal, "a payload of the spool cannot be read");
    }
    if (request.validate_only()) return absl::OkStatus();  // Nothing was recorded.
    RECOUP_RETURN_IF_ERROR(mapping::CheckReceipt(response.receipt(), request.elements(), hub_key));
    return mapping::StoreReceipt(response.receipt(),
                                 mapping::ReceiptFile(receipts, request.elements()));
  }
};

}  // namespace

absl::StatusOr<crypto::SigningKey> LoadSigningKey(CommandContext& context) {
  absl::StatusOr<crypto::SigningKey> key =
      crypto::SigningKey::Load(context.config().Path("court.signing_key_file").string());
  if (!key.ok()) return AsUsageError(key.status());
  return key;
}

absl::StatusOr<std::optional<crypto::VerifyKey>> LoadHubKey(CommandContext& context) {
  constexpr char kSetting[] = "court.hub_verify_key_file";
  if (!context.config().Has(kSetting)) return std::optional<crypto::VerifyKey>();
  RECOUP_ASSIGN_OR_RETURN(const std::string pem,
                          adapters::ReadNamedFile(context.config().Path(kSetting).string()));
  const absl::StatusOr<crypto::VerifyKey> key = crypto::VerifyKey::FromPem(pem);
  if (!key.ok()) return AsUsageError(key.status());
  return std::optional<crypto::VerifyKey>(*key);
}

std::filesystem::path ReceiptDirectory(CommandContext& context) {
  constexpr char kSetting[] = "court.receipt_directory";
  if (context.config().Has(kSetting)) return context.config().Path(kSetting);
  return context.config().Path("spool.file").parent_path() / "receipts";
}

absl::StatusOr<adapters::Send> OpenCourtSender(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<crypto::VerifyKey> hub_key, LoadHubKey(context));
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession session, adapters::HubSession::Open(context));
  // Shared because std::function wants to be copied.
  const auto sender = std::make_shared<PushSender>(
      PushSender{std::move(session), std::move(hub_key), ReceiptDirectory(context)});
  return adapters::Send([sender](std::string_view kind, std::string_view payload,
                                 const Id& request_id) -> absl::StatusOr<std::string> {
    if (kind == kPushCourtCase) return sender->Push(payload, request_id);
    if (kind == kAmendCourtCase) return sender->Amend(payload, request_id);
    return MakeError(Reason::kInternal,
                     absl::StrCat("the spool holds an unknown kind of item: ", std::string(kind)));
  });
}

CourtHub::CourtHub(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
CourtHub::CourtHub(CourtHub&&) noexcept = default;
CourtHub::~CourtHub() = default;

absl::StatusOr<CourtHub> CourtHub::Open(CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession session, adapters::HubSession::Open(context));
  return CourtHub(std::make_unique<Connection>(Connection{std::move(session)}));
}

absl::StatusOr<std::string> CourtHub::CaseName(const std::string& name_or_number) {
  if (absl::StartsWith(name_or_number, "courtCases/")) return name_or_number;
  v1::ListCourtCasesRequest request;
  request.set_case_number(name_or_number);
  RECOUP_ASSIGN_OR_RETURN(
      v1::ListCourtCasesResponse answer,
      connection_->session.Ask<v1::ListCourtCasesResponse>("CourtService.ListCourtCases", request));
  // Earlier versions of an amended case stay; what stands is meant, where anything does.
  auto& cases = *answer.mutable_court_cases();
  const auto stands = [](const v1::CourtCase& found) {
    return found.state() != v1::COURT_CASE_STATE_SUPERSEDED &&
           found.state() != v1::COURT_CASE_STATE_WITHDRAWN;
  };
  if (std::any_of(cases.begin(), cases.end(), stands)) {
    cases.erase(std::remove_if(cases.begin(), cases.end(), std::not_fn(stands)), cases.end());
  }
  if (answer.court_cases_size() == 1) return answer.court_cases(0).name();
  if (answer.court_cases().empty()) {
    return MakeError(Reason::kNotFound, "no case of this court has this number");
  }
  std::string names;
  for (const v1::CourtCase& found : answer.court_cases())
    absl::StrAppend(&names, " ", found.name());
  return AsUsageError(MakeError(Reason::kInvalidArgument,
                                absl::StrCat("several cases have this number; name one:", names)));
}

absl::StatusOr<v1::CourtCase> CourtHub::GetCase(const std::string& name) {
  v1::GetCourtCaseRequest request;
  request.set_name(name);
  RECOUP_ASSIGN_OR_RETURN(
      v1::GetCourtCaseResponse answer,
      connection_->session.Ask<v1::GetCourtCaseResponse>("CourtService.GetCourtCase", request));
  return std::move(*answer.mutable_court_case());
}

absl::StatusOr<std::vector<v1::Letter>> CourtHub::ListLetters(const std::string& court_case) {
  v1::ListCourtLettersRequest request;
  request.set_court_case(court_case);
  RECOUP_ASSIGN_OR_RETURN(const v1::ListCourtLettersResponse all,
                          connection_->session.AskAllPages<v1::ListCourtLettersResponse>(
                              "CourtService.ListCourtLetters", request));
  return std::vector<v1::Letter>(all.letters().begin(), all.letters().end());
}

absl::StatusOr<v1::GiveConsentResponse> CourtHub::GiveConsent(v1::GiveConsentRequest request) {
  return connection_->session.Mutate<v1::GiveConsentResponse>("CourtService.GiveConsent",
                                                              std::move(request));
}

absl::StatusOr<v1::WithdrawConsentResponse> CourtHub::WithdrawConsent(
    v1::WithdrawConsentRequest request) {
  return connection_->session.Mutate<v1::WithdrawConsentResponse>("CourtService.WithdrawConsent",
                                                                  std::move(request));
}

absl::StatusOr<v1::WithdrawCourtCaseResponse> CourtHub::Withdraw(
    v1::WithdrawCourtCaseRequest request) {
  return connection_->session.Mutate<v1::WithdrawCourtCaseResponse>(
      "CourtService.WithdrawCourtCase", std::move(request));
}

absl::StatusOr<v1::ReportPerformanceResponse> CourtHub::ReportPerformance(
    v1::ReportPerformanceRequest request) {
  return connection_->session.Mutate<v1::ReportPerformanceResponse>(
      "CourtService.ReportPerformance", std::move(request));
}

absl::StatusOr<v1::WithdrawPerformanceResponse> CourtHub::WithdrawPerformance(
    v1::WithdrawPerformanceRequest request) {
  return connection_->session.Mutate<v1::WithdrawPerformanceResponse>(
      "CourtService.WithdrawPerformance", std::move(request));
}

absl::StatusOr<v1::AmendCourtCaseResponse> CourtHub::Amend(v1::AmendCourtCaseRequest request) {
  return connection_->session.Mutate<v1::AmendCourtCaseResponse>("CourtService.AmendCourtCase",
                                                                 std::move(request));
}

}  // namespace recoup::court
