// How fast recoup-hospital takes messages: over MLLP into the durable spool, and reading alone.
//
//   hospital_bench mllp [--messages N] [--connections 16] [--window 16]
//   hospital_bench parse
//
// `mllp` starts `recoup-hospital serve` as a process of its own, with no hub to deliver to, and
// pipelines messages over its connections; the time of a message is from its sending to its answer.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/hl7/frames.h"
#include "adapters/hospital/hl7/message.h"
#include "adapters/hospital/program/intake.h"
#include "hub/crypto/pki.h"
#include "nlohmann/json.hpp"

namespace recoup::hospital {
namespace {

using SteadyClock = std::chrono::steady_clock;

double SecondsSince(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

// Nine ordinary admissions and one that is flagged, of invented patients.
std::string Admission(std::int64_t number) {
  const bool injury = number % 10 == 0;
  return absl::StrCat(
      "MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260305102030||ADT^A01^ADT_A01|B", number,
      "|P|2.5.1||||||UNICODE UTF-8\rEVN|A01|20260305102030\r",
      "PID|1||0007^^^H^MR~11010519491231002X^^^^NI||林若溪||19491231|F|||北京市朝阳区测试路1号\r",
      "PV1|1|I|W1^301^2||||D001^王医生||||||||||||V", number,
      "|||||||||||||||||||||||||20260305100000\r", "PV2|||^",
      injury ? "骑电动车与小轿车相撞致右小腿疼痛2小时" : "咳嗽、咳痰伴发热3天", "\r", "DG1|1||",
      injury ? "S82.201^胫骨干骨折" : "J18.901^肺炎", "^ICD10||20260305|A\r",
      "IN1|1|01^职工医保\r");
}

std::string Settlement(std::int64_t number) {
  return absl::StrCat(
      R"({"request":{"infno":"2304","msgid":"H31011500001202603121020)", 1'000'000'000 + number,
      R"(","mdtrtarea_admvs":"310115","insuplc_admdvs":"310115","recer_sys_code":"YBXT",)",
      R"("infver":"V1.0","opter_type":"1","opter":"01","opter_name":"登记员",)",
      R"("inf_time":"2026-03-12 10:20:30","fixmedins_code":"H31011500001","input":{"data":{)",
      R"("psn_no":"31000011","insutype":"310","mdtrt_id":"V1"}}},"response":{"infcode":"0",)",
      R"("output":{"setlinfo":{"mdtrt_id":"V1","setl_id":"S)", number,
      R"(","psn_no":"31000011","psn_name":"林若溪","certno":"11010519491231002X","insutype":"310",)",
      R"("setl_time":"2026-03-12 10:20:31","medfee_sumamt":12844.46,"fund_pay_sumamt":10103.92,)",
      R"("hifp_pay":10103.92,"psn_part_amt":2740.54,"acct_pay":170.04,"psn_cash_pay":2570.50,)",
      R"("hosp_part_amt":0},"setldetail":[{"fund_pay_type":"310100","fund_payamt":10103.92,)",
      R"("fund_pay_type_name":"城镇职工基本医疗保险统筹基金"}]}}})");
}

// The listening process.
class Served {
 public:
  explicit Served(const std::string& folder) {
    const crypto::Identity identity =
        crypto::CreateCa({"bench", absl::Now() - absl::Hours(1), absl::Now() + absl::Hours(24)})
            .value();
    std::ofstream(folder + "/cert.pem") << identity.certificate_pem;
    std::ofstream(folder + "/key.pem") << identity.key_pem;
    const std::string program =
        (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "recoup-hospital")
            .string();
    port_ = 20000 + static_cast<int>(::getpid() % 20000);
    std::vector<std::string> arguments = {program,
                                          "serve",
                                          "--listen-mllp",
                                          absl::StrCat("127.0.0.1:", port_),
                                          "--spool-file",
                                          folder + "/spool",
                                          "--hub-target",
                                          "127.0.0.1:1",
                                          "--hub-ca-file",
                                          folder + "/cert.pem",
                                          "--hub-certificate-file",
                                          folder + "/cert.pem",
                                          "--hub-key-file",
                                          folder + "/key.pem",
                                          "--hospital-area-code",
                                          "310115",
                                          "--hospital-insurance",
                                          "01=310",
                                          "--log-level",
                                          "error"};
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::execv(program.c_str(), argv.data());
      ::_exit(127);
    }
  }
  ~Served() {
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  int port() const { return port_; }
  std::int64_t ResidentKib() const {
    std::ifstream status(absl::StrCat("/proc/", child_, "/status"));
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
    }
    return 0;
  }

 private:
  pid_t child_ = -1;
  int port_ = 0;
};

int Connect(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int tries = 0; tries < 500; ++tries) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
      const int on = 1;
      ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      return descriptor;
    }
    ::close(descriptor);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::cerr << "recoup-hospital does not listen\n";
  std::exit(1);
}

struct Sender {
  int descriptor = -1;
  hl7::FrameReader frames{1 << 20};
  std::deque<SteadyClock::time_point> sent;
};

struct Load {
  std::int64_t messages = 100'000;
  int connections = 16;
  int window = 16;
};

struct Measured {
  double seconds = 0;
  std::vector<double> latencies_ms;
  std::int64_t refused = 0;
};

// Keeps `window` messages of each connection under way.
Measured Send(const Load& load, std::vector<Sender>& senders, std::int64_t& next) {
  Measured measured;
  const std::int64_t end = next + load.messages;
  std::int64_t answered = 0;
  const auto begin = SteadyClock::now();
  const auto fill = [&](Sender& sender) {
    std::string bytes;
    while (next < end && sender.sent.size() < static_cast<std::size_t>(load.window)) {
      bytes += hl7::Framed(Admission(next++));
      sender.sent.push_back(SteadyClock::now());
    }
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t count =
          ::send(sender.descriptor, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (count <= 0) std::exit(1);
      at += static_cast<std::size_t>(count);
    }
  };
  for (Sender& sender : senders) fill(sender);
  std::vector<pollfd> polls(senders.size());
  std::vector<char> buffer(64 * 1024);
  while (answered < load.messages) {
    for (std::size_t i = 0; i < senders.size(); ++i) polls[i] = {senders[i].descriptor, POLLIN, 0};
    ::poll(polls.data(), polls.size(), 10'000);
    for (std::size_t i = 0; i < senders.size(); ++i) {
      if ((polls[i].revents & POLLIN) == 0) continue;
      Sender& sender = senders[i];
      const ssize_t count = ::recv(sender.descriptor, buffer.data(), buffer.size(), 0);
      if (count <= 0) std::exit(1);
      const auto now = SteadyClock::now();
      sender.frames.Feed({buffer.data(), static_cast<std::size_t>(count)}, [&](hl7::Frame frame) {
        if (frame.bytes.find("\rMSA|AA|") == std::string::npos) ++measured.refused;
        measured.latencies_ms.push_back(
            std::chrono::duration<double, std::milli>(now - sender.sent.front()).count());
        sender.sent.pop_front();
        ++answered;
      });
      fill(sender);
    }
  }
  measured.seconds = SecondsSince(begin);
  return measured;
}

double Percentile(std::vector<double>& values, double part) {
  const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

int RunMllp(Load load) {
  std::string folder = (std::filesystem::temp_directory_path() / "hospital_bench_XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  {
    Served served(folder);
    std::vector<Sender> senders(static_cast<std::size_t>(load.connections));
    for (Sender& sender : senders) sender.descriptor = Connect(served.port());
    std::int64_t next = 0;
    const std::int64_t total = load.messages;
    std::cout << "| messages | per second | p50 ms | p99 ms | max ms | resident MiB |\n"
              << "|---|---|---|---|---|---|\n";
    // In tenths, so that growth of time or memory is seen.
    for (int tenth = 0; tenth < 10; ++tenth) {
      load.messages = total / 10;
      Measured measured = Send(load, senders, next);
      if (measured.refused > 0) std::cerr << measured.refused << " refused\n";
      std::cout << "| " << next << " | "
                << static_cast<std::int64_t>(static_cast<double>(load.messages) / measured.seconds)
                << " | " << Percentile(measured.latencies_ms, 0.5) << " | "
                << Percentile(measured.latencies_ms, 0.99) << " | "
                << Percentile(measured.latencies_ms, 1.0) << " | "
                << static_cast<double>(served.ResidentKib()) / 1024 << " |" << std::endl;
    }
    for (const Sender& sender : senders) ::close(sender.descriptor);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return 0;
}

// MB per second over about two seconds.
template <typename Work>
double Rate(const std::vector<std::string>& messages, Work work) {
  std::size_t bytes = 0;
  const auto begin = SteadyClock::now();
  while (SecondsSince(begin) < 2) {
    for (const std::string& message : messages) {
      work(message);
      bytes += message.size();
    }
  }
  return static_cast<double>(bytes) / 1e6 / SecondsSince(begin);
}

// The plain loop for HL7: finds every field and component and keeps a copy of each.
std::size_t SplitOnly(const std::string& message) {
  std::vector<std::vector<std::string>> segments(1);
  std::string part;
  for (const char c : message) {
    if (c == '|' || c == '^' || c == '~' || c == '&' || c == '\r') {
      segments.back().push_back(std::move(part));
      part.clear();
      if (c == '\r') segments.emplace_back();
    } else {
      part.push_back(c);
    }
  }
  return segments.size();
}

// One visit as a hospital's FHIR server sends it.
std::string Bundle(int number) {
  const std::string id = std::to_string(number);
  return R"({"resourceType":"Bundle","type":"collection","entry":[
  {"resource":{"resourceType":"Encounter","id":"e)" +
         id + R"(","status":"in-progress",
    "identifier":[{"type":{"coding":[{"code":"VN"}]},"value":"V)" +
         id + R"("}],
    "class":{"code":"IMP"},"subject":{"reference":"Patient/p1"},
    "period":{"start":"2026-03-05T10:00:00+08:00"},"reasonCode":[{"text":"被货车撞伤右小腿"}],
    "diagnosis":[{"condition":{"reference":"Condition/c1"},"rank":1}]}},
  {"resource":{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1949-12-31",
    "identifier":[{"value":"11010519491231002X"}],"name":[{"text":"林若溪"}]}},
  {"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},
    "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"S82.2"}]}}},
  {"resource":{"resourceType":"Coverage","id":"g1","status":"active",
    "type":{"coding":[{"code":"01"}]},"beneficiary":{"reference":"Patient/p1"},
    "payor":[{"display":"医保"}]}}]})";
}

int RunParse() {
  const ReadingRules rules =
      MakeReadingRules({"H31011500001", "东岸第一医院", "310115", {{"01", "", "310"}}}).value();
  std::vector<std::string> admissions, settlements, bundles;
  for (int i = 0; i < 1000; ++i) {
    admissions.push_back(Admission(i));
    settlements.push_back(Settlement(i));
    bundles.push_back(Bundle(i));
  }
  std::size_t kept = 0;
  const ReaderContext context{rules.profile, rules.fund_types};
  const auto read = [&](const std::string& message) {
    kept += ReadDocument(message, context).ok() ? 1u : 0u;
  };
  const auto examine = [&](const std::string& message) {
    kept += Read(message, rules).ok() ? 1u : 0u;
  };
  const auto parse = [&](const std::string& message) {
    kept += nlohmann::json::parse(message).size();
  };
  std::cout << "| | HL7 v2 MB/s | national JSON MB/s | FHIR MB/s |\n|---|---|---|---|\n";
  std::cout << "| plain loop | "
            << Rate(admissions, [&](const std::string& message) { kept += SplitOnly(message); })
            << " | " << Rate(settlements, parse) << " | " << Rate(bundles, parse) << " |\n";
  std::cout << "| read as a document | " << Rate(admissions, read) << " | "
            << Rate(settlements, read) << " | " << Rate(bundles, read) << " |\n";
  std::cout << "| read and examined | " << Rate(admissions, examine) << " | "
            << Rate(settlements, examine) << " | " << Rate(bundles, examine) << " |\n";
  return kept > 0 ? 0 : 1;
}

}  // namespace
}  // namespace recoup::hospital

int main(int argc, char** argv) {
  CLI::App app("Measures how fast recoup-hospital takes messages");
  recoup::hospital::Load load;
  CLI::App* const mllp = app.add_subcommand("mllp", "Over MLLP into the durable spool");
  mllp->add_option("--messages", load.messages);
  mllp->add_option("--connections", load.connections);
  mllp->add_option("--window", load.window, "Messages of one connection that are under way");
  CLI::App* const parse = app.add_subcommand("parse", "Reading alone");
  app.require_subcommand(1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  return *parse ? recoup::hospital::RunParse() : recoup::hospital::RunMllp(load);
}
