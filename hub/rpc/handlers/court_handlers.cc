#include "hub/rpc/handlers/court_handlers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hub/domain/case_number.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/letter.h"
#include "hub/rpc/converters/court.h"
#include "hub/rpc/converters/letter.h"
#include "hub/rpc/paging.h"
#include "hub/rpc/service.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/court_service.pb.h"

namespace recoup::rpc {
namespace {

using domain::CourtCase;
using grpc::CallbackServerContext;

// A court sees its own cases. A fund sees a case while the court consents and one of its pools has
// a lead of it.
absl::StatusOr<bool> MaySee(QueryContext& context, const CourtCase& court_case) {
  if (context.admitted.caller.party.kind() == domain::PartyKind::kCourt) {
    return court_case.court == context.admitted.caller.party;
  }
  if (court_case.state != domain::CourtCaseState::kNotified) return false;
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<domain::Lead> leads,
      context.reader.FindAllBy<domain::Lead>(domain::LookupKind::kLeadOfCourtCase,
                                             domain::Key({court_case.id.value.ToBytes()})));
  return std::any_of(leads.begin(), leads.end(), [&](const domain::Lead& lead) {
    return app::PartyDirectory::MayUsePool(*context.admitted.party, lead.pool);
  });
}

absl::Status GetCourtCase(const v1::GetCourtCaseRequest& request, QueryContext& context,
                          v1::GetCourtCaseResponse* response) {
  const auto name = app::ParseCourtCaseName(request.name());
  if (!name) {
    Faults faults;
    faults.Add("name", "not a court case like courtCases/pudong.<id>");
    return faults.ToStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(const std::optional<CourtCase> court_case,
                          context.reader.Find<CourtCase>(name->first.value, name->second.value));
  if (!court_case) return app::NotFound("no such court case");
  RECOUP_ASSIGN_OR_RETURN(const bool visible, MaySee(context, *court_case));
  if (!visible) return app::NotFound("no such court case");
  CourtCaseToProto(*court_case, response->mutable_court_case());
  return absl::OkStatus();
}

// The partitions whose cases the caller may list: a court its own; a fund those of all courts,
// filtered by leads.
absl::StatusOr<std::vector<std::string>> CourtsOf(QueryContext& context) {
  if (context.admitted.caller.party.kind() == domain::PartyKind::kCourt) {
    return std::vector<std::string>{context.admitted.caller.party.value};
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<std::string> partitions, context.reader.view().Partitions());
  std::erase_if(partitions, [](const std::string& name) { return name.rfind("court/", 0) != 0; });
  return partitions;
}

absl::Status ListCourtCases(const v1::ListCourtCasesRequest& request, QueryContext& context,
                            v1::ListCourtCasesResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const auto from = in.OptionalDay("closed_from_on", request.closed_from_on());
  const auto until = in.OptionalDay("closed_until_on", request.closed_until_on());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> courts, CourtsOf(context));
  absl::Status failure;
  // Courts, clerks and programs write brackets and digits in different widths.
  const std::string number = domain::NormaliseCaseNumber(request.case_number());
  const auto wanted = [&](const CourtCase& court_case) {
    if (!number.empty() && domain::NormaliseCaseNumber(court_case.case_number) != number) {
      return false;
    }
    if (request.state() != v1::COURT_CASE_STATE_UNSPECIFIED &&
        static_cast<int>(court_case.state) != static_cast<int>(request.state())) {
      return false;
    }
    if ((from && court_case.closed_on < *from) || (until && court_case.closed_on > *until))
      return false;
    const absl::StatusOr<bool> visible = MaySee(context, court_case);
    if (!visible.ok()) failure = visible.status();
    return visible.ok() && *visible;
  };
  // Ids are unique over all courts, so the page token names a place in each of them.
  std::vector<CourtCase> found;
  for (const std::string& court : courts) {
    Page part = page;
    part.size = page.size + 1;
    RECOUP_RETURN_IF_ERROR(
        ListRecords<CourtCase>(context.reader, court, part, wanted, [&](const CourtCase& c) {
          found.push_back(c);
        }).status());
    RECOUP_RETURN_IF_ERROR(failure);
  }
  std::sort(found.begin(), found.end(),
            [](const CourtCase& a, const CourtCase& b) { return a.id.value < b.id.value; });
  if (found.size() > page.size) {
    found.resize(page.size);
    response->set_next_page_token(found.back().id.value.ToBase32());
  }
  for (const CourtCase& court_case : found)
    CourtCaseToProto(court_case, response->add_court_cases());
  return absl::OkStatus();
}

absl::Status ListCourtLetters(const v1::ListCourtLettersRequest& request, QueryContext& context,
                              v1::ListCourtLettersResponse* response) {
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const std::string& court = context.admitted.caller.party.value;
  std::vector<CourtCase> cases;
  if (!request.court_case().empty()) {
    const auto name = app::ParseCourtCaseName(request.court_case());
    if (!name || name->first.value != court) return app::NotFound("no such court case");
    RECOUP_ASSIGN_OR_RETURN(CourtCase one,
                            context.reader.Get<CourtCase>(court, name->second.value));
    cases.push_back(std::move(one));
  } else {
    Id after;
    for (;;) {
      RECOUP_ASSIGN_OR_RETURN(std::vector<CourtCase> some,
                              context.reader.Scan<CourtCase>(court, after, 256));
      const bool last = some.size() < 256;
      if (!some.empty()) after = some.back().id.value;
      std::move(some.begin(), some.end(), std::back_inserter(cases));
      if (last) break;
    }
  }
  std::vector<domain::Letter> letters;
  for (const CourtCase& court_case : cases) {
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<domain::Letter> some,
        context.reader.FindAllBy<domain::Letter>(domain::LookupKind::kLetterOfCourtCase,
                                                 domain::Key({court_case.id.value.ToBytes()})));
    for (domain::Letter& letter : some) {
      if (letter.id.value > page.after) letters.push_back(std::move(letter));
    }
  }
  std::sort(letters.begin(), letters.end(), [](const domain::Letter& a, const domain::Letter& b) {
    return a.id.value < b.id.value;
  });
  if (letters.size() > page.size) {
    letters.resize(page.size);
    response->set_next_page_token(letters.back().id.value.ToBase32());
  }
  for (const domain::Letter& letter : letters) LetterToProto(letter, response->add_letters());
  return absl::OkStatus();
}

// Answers a push with grade, leads and the signed receipt. Ed25519 is deterministic, so a replay is
// the same.
auto PushToProto(const HubContext& hub, const std::string& request_id) {
  return [&hub, request_id](const app::CourtCaseAnswer& answer, v1::PushCourtCaseResponse* out) {
    out->set_court_case(app::CourtCaseName(answer.court_case.court, answer.court_case.id));
    out->set_grade(static_cast<v1::Grade>(answer.grade));
    out->set_persons_with_lead_count(answer.persons_with_lead);
    out->set_recoveries_without_amount_count(answer.recoveries_without_amount);
    ReceiptToProto(answer.court_case, request_id, hub.engine.signing_key(), out->mutable_receipt());
  };
}

template <typename Response>
void CaseAnswerToProto(const app::CourtCaseAnswer& answer, Response* out) {
  CourtCaseToProto(answer.court_case, out->mutable_court_case());
}

// One push after the other: read, queue, answer when durable, read on. The next is read only when
// the answer has been written, so a slow reader holds back no more than one case.
class PushStream final
    : public grpc::ServerBidiReactor<v1::PushCourtCasesRequest, v1::PushCourtCasesResponse> {
 public:
  PushStream(const HubContext& hub, CallbackServerContext* context) : hub_(hub), context_(context) {
    absl::StatusOr<Admitted> admitted = Admit(hub, *context, kMethod);
    if (!admitted.ok()) {
      Finish(GrpcStatusOf(admitted.status()));
      return;
    }
    admitted_ = *std::move(admitted);
    StartRead(&request_);
  }
  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
      return;
    }
    const v1::PushCourtCaseRequest& item = request_.item();
    response_.Clear();
    response_.set_request_id(item.request_id());
    absl::StatusOr<engine::Command> command = MakeCommand<v1::PushCourtCaseResponse>(
        hub_, admitted_, "CourtService/PushCourtCase", DeadlineOf(*context_), item,
        PushCourtCaseFromProto, app::PushCourtCaseOf, PushToProto(hub_, item.request_id()));
    if (!command.ok()) {
      *response_.mutable_error() = RpcStatusOf(command.status());
      StartWrite(&response_);
      return;
    }
    engine::CommandGroup group;
    group.commands.push_back(*std::move(command));
    group.done = [this](std::vector<engine::Outcome> outcomes) {
      const engine::Outcome& outcome = outcomes.front();
      if (outcome.status.ok() && response_.mutable_response()->ParseFromString(outcome.answer)) {
        response_.mutable_response()->set_replayed(outcome.replayed);
      } else {
        *response_.mutable_error() = RpcStatusOf(outcome.status);
      }
      StartWrite(&response_);
    };
    hub_.engine.Submit(std::move(group));
  }
  void OnWriteDone(bool ok) override {
    if (ok) {
      StartRead(&request_);
    } else {
      Finish(grpc::Status::CANCELLED);
    }
  }
  void OnDone() override { delete this; }

 private:
  static constexpr char kMethod[] = "CourtService/PushCourtCases";
  const HubContext& hub_;
  CallbackServerContext* context_;
  Admitted admitted_;
  v1::PushCourtCasesRequest request_;
  v1::PushCourtCasesResponse response_;
};

void ConsentToProto(const app::CourtCaseAnswer& answer, v1::GiveConsentResponse* out) {
  CaseAnswerToProto(answer, out);
  out->set_persons_with_lead_count(answer.persons_with_lead);
  out->set_recoveries_without_amount_count(answer.recoveries_without_amount);
}

}  // namespace

std::unique_ptr<grpc::Service> MakeCourtService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Unary<v1::PushCourtCaseRequest, v1::PushCourtCaseResponse>(
      "CourtService/PushCourtCase", [&hub](UnaryCall& call) {
        Mutate<v1::PushCourtCaseRequest, v1::PushCourtCaseResponse>(
            call, PushCourtCaseFromProto, app::PushCourtCaseOf,
            PushToProto(hub, call.request<v1::PushCourtCaseRequest>().request_id()));
      });
  service->BidiStream<v1::PushCourtCasesRequest, v1::PushCourtCasesResponse>(
      "CourtService/PushCourtCases", [&hub](CallbackServerContext* context) {
        return new PushStream(hub, context);  // Deletes itself in OnDone.
      });
  service->Unary<v1::AmendCourtCaseRequest, v1::AmendCourtCaseResponse>(
      "CourtService/AmendCourtCase", [&hub](UnaryCall& call) {
        const auto to_proto = [&hub, id = call.request<v1::AmendCourtCaseRequest>().request_id()](
                                  const app::CourtCaseAnswer& answer,
                                  v1::AmendCourtCaseResponse* out) {
          out->set_version(answer.court_case.case_version);
          out->set_grade(static_cast<v1::Grade>(answer.grade));
          out->set_persons_with_lead_count(answer.persons_with_lead);
          out->set_recoveries_without_amount_count(answer.recoveries_without_amount);
          ReceiptToProto(answer.court_case, id, hub.engine.signing_key(), out->mutable_receipt());
        };
        Mutate<v1::AmendCourtCaseRequest, v1::AmendCourtCaseResponse>(
            call, AmendCourtCaseFromProto, app::AmendCourtCaseOf, to_proto);
      });
  service->Mutation("CourtService/WithdrawCourtCase", WithdrawCourtCaseFromProto,
                    app::WithdrawCourtCaseOf, CaseAnswerToProto<v1::WithdrawCourtCaseResponse>);
  service->Mutation("CourtService/GiveConsent", GiveConsentFromProto, app::GiveConsentOf,
                    ConsentToProto);
  service->Mutation("CourtService/WithdrawConsent", WithdrawConsentFromProto,
                    app::WithdrawConsentOf, CaseAnswerToProto<v1::WithdrawConsentResponse>);
  service->Mutation("CourtService/ReportPerformance", ReportPerformanceFromProto,
                    app::ReportPerformanceOf, CaseAnswerToProto<v1::ReportPerformanceResponse>);
  service->Mutation("CourtService/WithdrawPerformance", WithdrawPerformanceFromProto,
                    app::WithdrawPerformanceOf, CaseAnswerToProto<v1::WithdrawPerformanceResponse>);
  service->Query("CourtService/GetCourtCase", GetCourtCase);
  service->Query("CourtService/ListCourtCases", ListCourtCases);
  service->Query("CourtService/ListCourtLetters", ListCourtLetters);
  service->Unary<v1::ScreenRequest, v1::ScreenResponse>("CourtService/Screen", NotImplemented);
  return service;
}

}  // namespace recoup::rpc
