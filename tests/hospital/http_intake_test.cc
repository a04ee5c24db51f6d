// The national interface over HTTP, as a hospital's system sees it.
#include "adapters/hospital/program/http_intake.h"

#include <httplib.h>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/hospital/listening_desk.h"
#include "tests/hospital/tls_pair.h"

namespace recoup::hospital {
namespace {

using ::testing::HasSubstr;

constexpr char kToken[] = "0123456789abcdef-token";

std::string Admission(const std::string& msgid, const std::string& ipt_no = "I1") {
  return absl::StrCat(R"({"request":{"infno":"2401","msgid":")", msgid,
                      R"(","mdtrtarea_admvs":"310115","insuplc_admdvs":"310115",)",
                      R"("inf_time":"2026-03-05 10:20:30","fixmedins_code":"H31011500001",)",
                      R"("input":{"mdtrtinfo":{"psn_no":"1","insutype":"310",)",
                      R"("begntime":"2026-03-05 10:00:00","mdtrt_cert_type":"01",)",
                      R"("mdtrt_cert_no":"1","med_type":"21","ipt_no":")", ipt_no,
                      R"(","rel_ttp_flag":"1"}}},"response":{"infcode":0,"inf_refmsgid":")", msgid,
                      R"(","output":{"result":{"mdtrt_id":"V7"}}}})");
}

constexpr char kId[] = "H31011500001202603051020300001";

class HttpIntakeTest : public ListeningDesk {
 protected:
  void SetUp() override {
    ListeningDesk::SetUp();
    Listen({});
  }
  void TearDown() override {
    http_.reset();
    ListeningDesk::TearDown();
  }
  void Listen(const TlsFiles& tls) {
    http_.reset();
    auto http = HttpIntake::Start({.token = kToken, .area_code = "310115", .tls = tls}, *reception_,
                                  clock_, log_);
    ASSERT_TRUE(http.ok()) << http.status();
    http_ = *std::move(http);
  }
  struct Answer {
    int status = 0;
    nlohmann::json body;
    std::string text;
  };
  Answer Post(const std::string& path, const std::string& body, const std::string& token = kToken) {
    httplib::Client client("127.0.0.1", http_->port());
    const httplib::Result result =
        client.Post(path.c_str(), {{"Authorization", "Bearer " + token}}, body, "application/json");
    if (!result) return {};
    return {result->status, nlohmann::json::parse(result->body, nullptr, false), result->body};
  }

  std::unique_ptr<HttpIntake> http_;
};

TEST_F(HttpIntakeTest, AnAdmissionIsAnsweredInTheInterfacesForm_AndTheSameAgain) {
  const Answer answer = Post("/infno/2401", Admission(kId));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body["infcode"], 0);
  EXPECT_EQ(answer.body["inf_refmsgid"].get<std::string>().size(), 30u);
  EXPECT_THAT(answer.body["inf_refmsgid"].get<std::string>(), ::testing::StartsWith("310115"));
  EXPECT_EQ(answer.body["err_msg"], "");
  EXPECT_EQ(Spooled(), 1);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Post("/infno/2401", Admission(kId)).body["inf_refmsgid"], answer.body["inf_refmsgid"]);
  EXPECT_EQ(Post("/infno/2401", Admission(kId)).body["respond_time"], answer.body["respond_time"]);
  EXPECT_EQ(Spooled(), 1);
}

TEST_F(HttpIntakeTest, OtherContentUnderAUsedIdIsTakenWithAWarning) {
  Post("/infno/2401", Admission(kId));
  const Answer answer = Post("/infno/2401", Admission(kId, "I9"));
  EXPECT_EQ(answer.body["infcode"], 0) << answer.text;
  EXPECT_THAT(answer.body["warn_msg"].get<std::string>(), HasSubstr("此前已用于内容不同的消息"));
}

TEST_F(HttpIntakeTest, RefusalsSayWhy) {
  struct Row {
    const char* what;
    std::string path;
    std::string body;
    int status;
    const char* says;
  };
  Post("/infno/2401", Admission(kId));
  const std::vector<Row> rows = {
      {"another transaction", "/infno/2304", Admission(kId), 200, "/request/infno"},
      {"of no use", "/infno/1101", R"({"infno":"1101","input":{}})", 200, "1101"},
      {"no JSON", "/infno/2401", "hello", 200, "报文未收"},
      {"broken JSON", "/infno/2401", R"({"infno":)", 200, "；从第 10 字节起不是 JSON"},
      {"another path", "/admissions", "{}", 404, "报文未收"},
      {"too large", "/infno/2401", std::string(kDocumentBytesMax + 1, ' '), 413, "报文未收"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Answer answer = Post(row.path, row.body);
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(answer.body["infcode"], -1) << answer.text;
    EXPECT_THAT(answer.body["err_msg"].get<std::string>(), HasSubstr(row.says));
  }
  EXPECT_EQ(Spooled(), 1);
}

TEST_F(HttpIntakeTest, NobodyIsHeardWithoutTheToken) {
  for (const std::string token : {"", "0123456789abcdef-tokem", "0123456789abcdef-token2", "x"}) {
    const Answer answer = Post("/infno/2401", Admission(kId), token);
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.body["infcode"], -1);
  }
  EXPECT_EQ(Spooled(), 0);
}

TEST_F(HttpIntakeTest, HalvesMayBeCopiedAsTheyPass) {
  const nlohmann::json whole = nlohmann::json::parse(Admission(kId));
  EXPECT_EQ(Post("/infno/2401", whole["request"].dump()).body["infcode"], 0);
  EXPECT_EQ(Spooled(), 0);
  EXPECT_EQ(Post("/infno/2401", whole["response"].dump()).body["infcode"], 0);
  EXPECT_EQ(Spooled(), 1);
}

TEST_F(HttpIntakeTest, SpeaksTlsWhereItHasACertificate) {
  const TlsPair pair(folder_.File(""));
  Listen({pair.server_certificate, pair.server_key, pair.ca});
  httplib::SSLClient stranger("127.0.0.1", http_->port());
  stranger.set_ca_cert_path(pair.ca.c_str());
  EXPECT_FALSE(stranger.Post("/infno/2401", Admission(kId), "application/json"));
  httplib::SSLClient client("127.0.0.1", http_->port(), pair.client_certificate, pair.client_key);
  client.set_ca_cert_path(pair.ca.c_str());
  const httplib::Result result =
      client.Post("/infno/2401", {{"Authorization", std::string("Bearer ") + kToken}},
                  Admission(kId), "application/json");
  ASSERT_TRUE(result) << httplib::to_string(result.error());
  EXPECT_EQ(result->status, 200);
  EXPECT_EQ(Spooled(), 1);
  EXPECT_FALSE(
      HttpIntake::Start({.token = kToken, .tls = {pair.ca, pair.ca, ""}}, *reception_, clock_, log_)
          .ok());
}

}  // namespace
}  // namespace recoup::hospital
