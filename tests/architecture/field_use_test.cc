// Every field that the API promises is filled somewhere, and every field it takes is read
// somewhere: a documented field that stays empty, or an input that is dropped, misleads whoever
// reads the API.
#include "tests/architecture/field_use.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "protos/services.h"
#include "recoup/v1/account_service.pb.h"
#include "recoup/v1/agreement_service.pb.h"
#include "recoup/v1/audit_service.pb.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/mediation_service.pb.h"
#include "recoup/v1/negotiation_service.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"
#include "tests/architecture/source_tree.h"

namespace recoup::architecture {
namespace {

using google::protobuf::Descriptor;
using Messages = std::map<std::string, const Descriptor*>;

enum class Side { kRequests, kResponses };

Messages MessagesOf(Side side) {
  std::vector<const Descriptor*> roots;
  for (const auto* service : v1::Services()) {
    for (int m = 0; m < service->method_count(); ++m) {
      roots.push_back(side == Side::kRequests ? service->method(m)->input_type()
                                              : service->method(m)->output_type());
    }
  }
  return MessagesBelow(roots);
}

Messages AllMessages() {
  Messages all = MessagesOf(Side::kRequests);
  all.merge(MessagesOf(Side::kResponses));
  return all;
}

// What the scan cannot see, by message or by field, each with where it happens.
const std::map<std::string, std::string>& UsedElsewhere() {
  static const auto& reasons = *new std::map<std::string, std::string>{
      {"BatchFlagAdmissionsRequest", "hub/rpc/unary.h reads every batch"},
      {"BatchFlagAdmissionsResponse", "hub/rpc/unary.h answers every batch"},
      {"BatchReportSettlementsRequest", "hub/rpc/unary.h reads every batch"},
      {"BatchReportSettlementsResponse", "hub/rpc/unary.h answers every batch"},
      {"FlagAdmissionResult", "hub/rpc/unary.h fills the results of every batch"},
      {"ReportSettlementResult", "hub/rpc/unary.h fills the results of every batch"},
      {"PushCourtCasesResponse", "hub/rpc/stream.h answers the items of the stream"},
      {"ExportJournalResponse.chunk", "hub/rpc/journal_export.h fills what it sends"},
      {"ListEventsResponse.event", "the stream of events fills what it sends"},
      {"ScreenRequest", "Screen answers UNIMPLEMENTED"},
      {"ScreenResponse", "Screen answers UNIMPLEMENTED"},
  };
  return reasons;
}

// The elements of a case are parsed from the bytes the court signed and answered as they are.
bool IsOfCourt(const std::string& message) {
  static const Messages elements = MessagesBelow({v1::CourtCaseElements::descriptor()});
  return elements.contains(message) && message != v1::Person::descriptor()->name();
}

bool IsExcused(const std::string& message, const std::string& field) {
  // Every answer of a command has it; hub/rpc/unary.h sets it.
  return field == "replayed" || UsedElsewhere().contains(message) ||
         UsedElsewhere().contains(absl::StrCat(message, ".", field));
}

const FieldUse& UseInHub() {
  static const auto& use = *[] {
    auto* all = new FieldUse(AllMessages());
    for (const SourceFile& file : FilesBelow({"hub/rpc"})) {
      if (IsIncluder(file.path)) all->Scan(file.text);
    }
    return all;
  }();
  return use;
}

TEST(FieldUseTest, EveryFieldOfAResponseIsSet) {
  for (const auto& [name, message] : MessagesOf(Side::kResponses)) {
    for (int i = 0; i < message->field_count(); ++i) {
      const std::string& field = message->field(i)->name();
      if (IsExcused(name, field) || IsOfCourt(name)) continue;
      EXPECT_TRUE(UseInHub().IsSet(name, field))
          << name << "." << field << ": fill it, or take it out and reserve its number";
    }
  }
}

// A message of responses too may have fields that only the hub fills.
TEST(FieldUseTest, EveryFieldOfARequestIsRead) {
  const Messages answered = MessagesOf(Side::kResponses);
  for (const auto& [name, message] : MessagesOf(Side::kRequests)) {
    for (int i = 0; i < message->field_count(); ++i) {
      const std::string& field = message->field(i)->name();
      if (IsExcused(name, field)) continue;
      const bool read = UseInHub().IsRead(name, field);
      EXPECT_TRUE(read || answered.contains(name))
          << name << "." << field << ": what is not read is dropped without a word";
    }
  }
}

TEST(FieldUseTest, EveryElementOfACaseIsRead) {
  for (const auto& [name, message] : MessagesBelow({v1::CourtCaseElements::descriptor()})) {
    for (int i = 0; i < message->field_count(); ++i) {
      EXPECT_TRUE(UseInHub().IsRead(name, message->field(i)->name()))
          << name << "." << message->field(i)->name();
    }
  }
}

TEST(FieldUseTest, NoExcuseIsForWhatCanBeSeen) {
  for (const auto& [what, reason] : UsedElsewhere()) {
    const std::size_t dot = what.find('.');
    if (dot == std::string::npos) continue;
    const std::string message = what.substr(0, dot);
    const std::string field = what.substr(dot + 1);
    ASSERT_NE(AllMessages().at(message)->FindFieldByName(field), nullptr) << what;
    EXPECT_FALSE(UseInHub().IsSet(message, field) || UseInHub().IsRead(message, field)) << what;
  }
}

TEST(FieldUseTest, FollowsNamesAndCallsOnly) {
  constexpr char kSource[] = R"cc(
    void Fill(const domain::Letter& letter, recoup::v1::Letter* out) {
      out->set_title(letter.title());  // out->set_text(letter.text);
      auto* line = out->mutable_content()->add_lines();
      line->set_amount_fen(1);
      Log("out->set_text(letter.text)");
    }
    void Read(const v1::OpenRecoveryRequest& request) {
      for (const auto& share : request.debtor_shares()) Use(share.debtor().credit_code());
    }
    void List(google::protobuf::RepeatedPtrField<v1::MediationTerm>* out) {
      out->Add()->set_demand(name);
    }
  )cc";
  FieldUse use(AllMessages());
  use.Scan(kSource);
  EXPECT_TRUE(use.IsSet("Letter", "title"));
  EXPECT_TRUE(use.IsSet("Letter", "content"));
  EXPECT_TRUE(use.IsSet("LetterContent", "lines"));
  EXPECT_TRUE(use.IsSet("LetterLine", "amount_fen"));
  EXPECT_TRUE(use.IsSet("MediationTerm", "demand"));
  EXPECT_FALSE(use.IsSet("Letter", "text")) << "a comment and a string set nothing";
  EXPECT_FALSE(use.IsRead("Letter", "title")) << "that is the record's title";
  EXPECT_TRUE(use.IsRead("Debtor", "credit_code"));
  EXPECT_TRUE(use.IsRead("OpenRecoveryRequest", "debtor_shares"));
  EXPECT_FALSE(use.IsRead("OpenRecoveryRequest", "reason"));
}

}  // namespace
}  // namespace recoup::architecture
