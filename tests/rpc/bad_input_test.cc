// Bad input for every RPC of every service, found by enumeration over the descriptors and sent over
// the wire: each field of each request in turn gets a value it must not have. Whatever is sent, the
// hub answers with exactly one ErrorInfo of the published catalogue, names the field, and has
// written nothing but the refusal.
#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/timestamp.pb.h"
#include "hub/base/error.h"
#include "hub/rpc/access.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "tests/rpc/wire.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

using testing::Answer;
using testing::EmptyRequest;
using testing::Methods;
using testing::NameOf;

// A value the field must not have, and what is wrong with it.
struct BadValue {
  std::string what;
  std::function<void(Message&)> set;
};

bool IsMoney(const FieldDescriptor& field) { return absl::EndsWith(field.name(), "_fen"); }

// Amounts that only the hub computes are ignored in a request (AIP-203), and an account may be
// overdrawn: below zero is no fault there.
bool MayBeNegative(const FieldDescriptor& field) {
  static const std::set<std::string> kFields = {"recoup.v1.Application.amount_fen",
                                                "recoup.v1.Certificate.entry_before_fen",
                                                "recoup.v1.Certificate.margin_fen",
                                                "recoup.v1.Certificate.open_before_fen",
                                                "recoup.v1.Certificate.runner_up_margin",
                                                "recoup.v1.Instalment.paid_fen",
                                                "recoup.v1.PolicyUsage.medical_demanded_fen",
                                                "recoup.v1.PolicyUsage.medical_received_fen",
                                                "recoup.v1.PolicyUsage.medical_remaining_fen",
                                                "recoup.v1.PolicyUsage.medical_reserved_fen",
                                                "recoup.v1.PolicyUsage.medical_split_fen",
                                                "recoup.v1.PolicyUsage.medical_unclaimed_fen",
                                                "recoup.v1.PolicyUsage.total_remaining_fen",
                                                "recoup.v1.RemittanceAdvice.received_fen",
                                                "recoup.v1.Statement.closing_balance_fen",
                                                "recoup.v1.Statement.opening_balance_fen",
                                                "recoup.v1.StatementEntry.unapplied_fen",
                                                "recoup.v1.StatementEntry.batched_fen"};
  return kFields.contains(field.full_name());
}

void SetNumber(Message& message, const FieldDescriptor* field, std::int64_t number) {
  const auto* reflection = message.GetReflection();
  if (field->is_repeated()) {
    reflection->AddInt64(&message, field, number);
  } else {
    reflection->SetInt64(&message, field, number);
  }
}

std::vector<BadValue> BadValuesOf(const FieldDescriptor& field) {
  const FieldDescriptor* f = &field;
  std::vector<BadValue> values;
  const auto text = [&](std::string what, std::string value) {
    values.push_back({std::move(what), [f, value](Message& message) {
                        const auto* reflection = message.GetReflection();
                        if (f->is_repeated()) {
                          reflection->AddString(&message, f, value);
                        } else {
                          reflection->SetString(&message, f, value);
                        }
                      }});
  };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        text("1 MiB of bytes", std::string(1 << 20, '\x7f'));
        break;
      }
      text("70,000 characters", std::string(70'000, 'x'));
      text("a control character", "a\x01z");
      if (absl::EndsWith(field.name(), "_on")) text("a day that does not exist", "2025-02-30");
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      if (!MayBeNegative(field)) {
        values.push_back({"-1", [f](Message& m) { SetNumber(m, f, -1); }});
      }
      if (IsMoney(field)) {
        values.push_back({"more than all money", [f](Message& m) {
                            SetNumber(m, f, std::numeric_limits<std::int64_t>::max());
                          }});
      }
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      if (!MayBeNegative(field)) {
        values.push_back({"-1", [f](Message& m) { m.GetReflection()->SetInt32(&m, f, -1); }});
      }
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      values.push_back({"999", [f](Message& m) {
                          if (f->is_repeated()) {
                            m.GetReflection()->AddEnumValue(&m, f, 999);
                          } else {
                            m.GetReflection()->SetEnumValue(&m, f, 999);
                          }
                        }});
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type() == google::protobuf::Timestamp::descriptor()) {
        values.push_back({"the year 60,000", [f](Message& m) {
                            static_cast<google::protobuf::Timestamp*>(
                                m.GetReflection()->MutableMessage(&m, f))
                                ->set_seconds(1'830'000'000'000);
                          }});
      }
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      break;
  }
  return values;
}

struct Case {
  std::string path;
  std::string what;
  std::string request;  // Serialised.
};

// Every field of the message below `at` in turn. `root` is the whole request, whose rest stays as
// it is.
void Collect(Message& root, Message& at, const std::string& prefix, std::vector<Case>& cases) {
  const auto* reflection = at.GetReflection();
  for (int i = 0; i < at.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = at.GetDescriptor()->field(i);
    const std::string path = absl::StrCat(prefix, field->name(), field->is_repeated() ? "[0]" : "");
    for (const BadValue& value : BadValuesOf(*field)) {
      const std::unique_ptr<Message> before(at.New());
      before->CopyFrom(at);
      value.set(at);
      cases.push_back({path, value.what, root.SerializeAsString()});
      at.CopyFrom(*before);
    }
    const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
                        field->message_type()->full_name().rfind("recoup.", 0) == 0 &&
                        !field->is_map();
    if (!nested) continue;
    Message* child = field->is_repeated() ? reflection->AddMessage(&at, field)
                                          : reflection->MutableMessage(&at, field);
    Collect(root, *child, path + ".", cases);
    reflection->ClearField(&at, field);
  }
}

constexpr const char* kParties[] = {"hospital/renji",  "court/pudong",      "insurer/pingan",
                                    "mediator/pudong", "operator/shanghai", "fund/pudong"};

class BadInputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(
        folder_.path(),
        {testing::MakeParty("hospital/renji"), testing::MakeParty("court/pudong"),
         testing::MakeParty("insurer/pingan"), testing::MakeParty("mediator/pudong"),
         testing::MakeParty("operator/shanghai"),
         testing::MakeParty("fund/pudong", {{"310115-310"}})});
    ASSERT_TRUE(hub.ok()) << hub.status();
    hub_ = *std::move(hub);
    ASSERT_TRUE(hub_->Start().ok());
    wire_ = std::make_unique<testing::Wire>(*hub_);
  }
  // A party that may call the method.
  static std::string CallerOf(const MethodDescriptor& method) {
    const rpc::AccessRow* row = rpc::FindAccess(NameOf(method));
    for (const char* party : kParties) {
      if ((row->allowed & rpc::Bit(*domain::PartyId::Parse(party)->kind())) != 0) return party;
    }
    RECOUP_CHECK(false);
  }
  Answer Send(const MethodDescriptor& method, const std::string& request) {
    return wire_->Send(CallerOf(method), method, request);
  }
  // Records in the store besides the parties; stops the hub.
  std::size_t Written() {
    hub_->Stop();
    const auto view = storage::OpenSqliteReadOnly(hub_->config().data_file);
    EXPECT_TRUE(view.ok()) << view.status();
    std::size_t records = 0;
    const auto partitions = (*view)->Partitions();
    EXPECT_TRUE(partitions.ok());
    for (const std::string& partition : *partitions) {
      for (const domain::RecordKind kind : domain::AllOf<domain::RecordKind>()) {
        if (kind != domain::RecordKind::kParty)
          records += (*view)->Scan(partition, kind, Id{}, 10)->size();
      }
    }
    return records;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::RealHub> hub_;
  std::unique_ptr<testing::Wire> wire_;
};

TEST_F(BadInputTest, EveryFieldIsCheckedAndNamed) {
  std::size_t sent = 0, methods = 0;
  std::vector<std::string> unnamed;
  for (const MethodDescriptor* method : Methods()) {
    const std::unique_ptr<Message> request = EmptyRequest(*method);
    std::vector<Case> cases;
    Collect(*request, *request, "", cases);
    bool implemented = true;
    for (const Case& bad : cases) {
      const Answer answer = Send(*method, bad.request);
      ++sent;
      const std::string where = absl::StrCat(NameOf(*method), " ", bad.path, " = ", bad.what, ": ",
                                             answer.whole_call_ok ? "OK" : answer.status.message());
      if (answer.reasons == std::vector<std::string>{"NOT_IMPLEMENTED"}) {
        implemented = false;
        break;
      }
      if (!answer.whole_call_ok) {
        EXPECT_EQ(answer.reasons.size(), 1u) << where;
        EXPECT_NE(answer.status.code(), grpc::StatusCode::INTERNAL) << where;
        EXPECT_NE(answer.status.code(), grpc::StatusCode::UNKNOWN) << where;
        EXPECT_NE(answer.status.code(), grpc::StatusCode::DEADLINE_EXCEEDED) << where;
      }
      if (answer.reasons == std::vector<std::string>{"PAGE_TOKEN_INVALID"} &&
          bad.path == "page_token") {
        continue;
      }
      const bool named =
          std::any_of(answer.fields.begin(), answer.fields.end(), [&](const std::string& field) {
            return bad.path == field || absl::EndsWith(bad.path, "." + field);
          });
      if (!named)
        unnamed.push_back(absl::StrCat(where, " [", absl::StrJoin(answer.fields, ","), "]"));
    }
    if (implemented) ++methods;
  }
  EXPECT_GT(sent, 1000u);
  EXPECT_GT(methods, 70u);
  EXPECT_TRUE(unnamed.empty()) << unnamed.size() << " of " << sent << ":\n"
                               << absl::StrJoin(unnamed, "\n");
  EXPECT_EQ(Written(), 0u);
}

TEST_F(BadInputTest, BytesThatAreNoMessageAndTextThatIsNoUnicode) {
  for (const MethodDescriptor* method : Methods()) {
    // gRPC ends a stream of requests at what it cannot read, without an answer to that item.
    if (method->client_streaming()) continue;
    EXPECT_FALSE(Send(*method, "\x0f\xff\xff\xff\xff").whole_call_ok) << NameOf(*method);
    const FieldDescriptor* text = nullptr;
    for (int i = 0; i < method->input_type()->field_count() && text == nullptr; ++i) {
      if (method->input_type()->field(i)->type() == FieldDescriptor::TYPE_STRING)
        text = method->input_type()->field(i);
    }
    if (text == nullptr) continue;
    // Field number and wire type 2, two bytes of GB18030: a sender that forgot to convert.
    const std::string gb18030 = {static_cast<char>(text->number() << 3 | 2), 2, '\xd6', '\xdc'};
    EXPECT_FALSE(Send(*method, gb18030).whole_call_ok) << NameOf(*method);
  }
  EXPECT_EQ(Written(), 0u);
}

}  // namespace
}  // namespace recoup
