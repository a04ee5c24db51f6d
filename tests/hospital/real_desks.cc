#include "tests/hospital/real_desks.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/read_file.h"
#include "tests/operation/hub_process.h"

namespace recoup::hospital {
namespace {

constexpr char kHospitalCode[] = "H31011500123";

nlohmann::json Exchange(const std::string& infno, const std::string& message,
                        const std::string& day, nlohmann::json input, nlohmann::json output) {
  return {{"request",
           {{"infno", infno},
            {"msgid", message},
            {"mdtrtarea_admvs", "310115"},
            {"insuplc_admdvs", "310115"},
            {"infver", "V1.0"},
            {"inf_time", day + " 10:00:00"},
            {"fixmedins_code", kHospitalCode},
            {"input", std::move(input)}}},
          {"response",
           {{"infcode", 0},
            {"inf_refmsgid", message},
            {"err_msg", ""},
            {"output", std::move(output)}}}};
}

}  // namespace

nlohmann::json Admission2401(const VisitOf& visit, const std::string& day,
                             const std::string& condition) {
  const nlohmann::json info = {{"psn_no", "P" + visit.visit},
                               {"psn_name", visit.name},
                               {"insutype", visit.insutype},
                               {"begntime", day + " 09:30:00"},
                               {"mdtrt_cert_type", "02"},
                               {"mdtrt_cert_no", visit.id_number},
                               {"med_type", "22"},
                               {"main_cond_dscr", condition}};
  const nlohmann::json diagnosis = {{"diag_code", "S82.200"}, {"diag_name", "胫骨干骨折"}};
  return Exchange("2401", absl::StrCat(kHospitalCode, "A", visit.visit), day,
                  {{"mdtrtinfo", info}, {"diseinfo", nlohmann::json::array({diagnosis})}},
                  {{"result", {{"mdtrt_id", visit.visit}}}});
}

nlohmann::json Settlement2304(const VisitOf& visit, const std::string& settlement,
                              const std::string& day, const Sums& sums,
                              const std::vector<FundRow>& rows) {
  nlohmann::json details = nlohmann::json::array();
  for (const FundRow& row : rows) {
    details.push_back(
        {{"fund_pay_type", row.fund_pay_type}, {"fund_payamt", nlohmann::json::parse(row.yuan)}});
  }
  const auto number = [](const std::string& yuan) { return nlohmann::json::parse(yuan); };
  const nlohmann::json info = {{"mdtrt_id", visit.visit},
                               {"setl_id", settlement},
                               {"psn_no", "P" + visit.visit},
                               {"psn_name", visit.name},
                               {"psn_cert_type", "01"},
                               {"certno", visit.id_number},
                               {"insutype", visit.insutype},
                               {"setl_time", day + " 10:00:00"},
                               {"medfee_sumamt", number(sums.total)},
                               {"fund_pay_sumamt", number(sums.fund)},
                               {"psn_part_amt", number(sums.self)},
                               {"acct_pay", 0},
                               {"psn_cash_pay", number(sums.self)},
                               {"hosp_part_amt", 0}};
  return Exchange("2304", absl::StrCat(kHospitalCode, "S", settlement), day,
                  {{"data", {{"mdtrt_id", visit.visit}, {"medfee_sumamt", number(sums.total)}}}},
                  {{"setlinfo", info}, {"setldetail", details}});
}

nlohmann::json Reversal2305(const VisitOf& visit, const std::string& settlement,
                            const std::string& day) {
  return Exchange("2305", absl::StrCat(kHospitalCode, "R", settlement), day,
                  {{"data", {{"mdtrt_id", visit.visit}, {"setl_id", settlement}}}},
                  {{"setlinfo", {{"mdtrt_id", visit.visit}, {"setl_id", settlement + "R"}}}});
}

void RealDesks::SetUp() {
  std::vector<domain::Party> parties = {
      testing::MakeParty("hospital/dongan"), testing::MakeParty("insurer/huaan"),
      testing::MakeParty("fund/pudong", {{"310115-310"}, {"310115-390"}})};
  parties[1].display_name = "华岸财产保险股份有限公司";
  auto hub = testing::RealHub::Prepare(folder_.path(), std::move(parties));
  ASSERT_TRUE(hub.ok()) << hub.status();
  hub_ = *std::move(hub);
  const absl::Status started = hub_->StartAt(clock_);
  ASSERT_TRUE(started.ok()) << started;
  WriteSettings("hospital", "hospital/dongan",
                absl::StrCat("[spool]\nfile = \"", folder_.path(), "/hospital.spool\"\n",
                             "[hospital]\ncode = \"", kHospitalCode, "\"\n"));
  WriteSettings("insurer", "insurer/huaan",
                absl::StrCat("[spool]\nfile = \"", folder_.path(), "/insurer.spool\"\n"));
  WriteSettings("fund", "fund/pudong/wang-min", "[ctl]\npool = \"310115-310\"\n");
}

void RealDesks::WriteSettings(const std::string& desk, const std::string& party,
                              const std::string& more) {
  const std::string base = absl::StrCat(folder_.path(), "/", desk);
  const absl::Status written = hub_->WriteIdentity(party, base + ".pem", base + ".key");
  ASSERT_TRUE(written.ok()) << written;
  Write(desk + ".toml",
        absl::StrCat("[hub]\ntarget = \"127.0.0.1:", hub_->port(), "\"\nca_file = \"",
                     hub_->config().tls_ca_file, "\"\ncertificate_file = \"", base,
                     ".pem\"\nkey_file = \"", base,
                     // The hub's clock may be put ahead of what these deadlines are counted from.
                     ".key\"\ndeadline = \"24h\"\n", more));
}

std::string RealDesks::Write(const std::string& name, const std::string& text) {
  const std::string path = absl::StrCat(folder_.path(), "/", name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string RealDesks::DayBefore(int days) {
  return absl::FormatCivilTime(ChinaDate(absl::Now()) - days);
}

Said RealDesks::Run(const std::string& program, const std::string& desk,
                    std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"--config", absl::StrCat(folder_.path(), "/", desk, ".toml")});
  const std::string log = folder_.path() + "/stderr";
  std::filesystem::remove(log);
  const testing::Ended ended = testing::RunProgram(program, std::move(arguments), log);
  return {ended.code, ended.out, ReadFile(log).value_or("")};
}

nlohmann::json RealDesks::Json(const std::string& program, const std::string& desk,
                               std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--format", "json"});
  const Said said = Run(program, desk, std::move(arguments));
  EXPECT_EQ(said.code, 0) << said.err;
  nlohmann::json answer = nlohmann::json::parse(said.out, nullptr, /*allow_exceptions=*/false);
  EXPECT_FALSE(answer.is_discarded()) << said.out;
  return answer;
}

Said RealDesks::Hospital(std::vector<std::string> arguments) {
  return Run("recoup-hospital", "hospital", std::move(arguments));
}
Said RealDesks::Insurer(std::vector<std::string> arguments) {
  return Run("recoup-insurer", "insurer", std::move(arguments));
}
Said RealDesks::Fund(std::vector<std::string> arguments) {
  return Run("recoupctl", "fund", std::move(arguments));
}
nlohmann::json RealDesks::HospitalJson(std::vector<std::string> arguments) {
  return Json("recoup-hospital", "hospital", std::move(arguments));
}
nlohmann::json RealDesks::InsurerJson(std::vector<std::string> arguments) {
  return Json("recoup-insurer", "insurer", std::move(arguments));
}
nlohmann::json RealDesks::FundJson(std::vector<std::string> arguments) {
  return Json("recoupctl", "fund", std::move(arguments));
}

Said RealDesks::Send(const nlohmann::json& message) {
  Said said =
      Hospital({"send", Write(absl::StrCat("message-", ++messages_, ".json"), message.dump())});
  EXPECT_EQ(said.code, 0) << said.out << said.err;
  return said;
}

}  // namespace recoup::hospital
