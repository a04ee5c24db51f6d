#include "adapters/hospital/program/http_intake.h"

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/backoff.h"
#include "adapters/hospital/national/national.h"
#include "adapters/hospital/program/interface_answer.h"
#include "adapters/hospital/program/refusal_log.h"
#include "adapters/hospital/reader.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

constexpr char kJson[] = "application/json; charset=utf-8";
// A request waits for a commit, so the threads are many and mostly asleep.
constexpr std::size_t kThreads = 32;

constexpr int kOk = 200, kUnauthorized = 401, kTooLarge = 413, kUnavailable = 503;

// In a time that does not depend on where they differ.
bool SameText(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char other = b.empty() ? '\0' : b[i % b.size()];
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(other));
  }
  return difference == 0;
}

int HttpStatusOf(const absl::StatusOr<Taken>& taken) {
  if (taken.ok()) return kOk;
  if (ReasonOf(taken.status()) == Reason::kTooLarge) return kTooLarge;
  return adapters::IsTransient(taken.status()) ? kUnavailable : kOk;
}

}  // namespace

class HttpIntake::Server {
 public:
  Server(std::unique_ptr<httplib::Server> server, const HttpOptions& options, Reception& reception,
         Clock& clock, Log log)
      : server_(std::move(server)),
        token_(options.token),
        area_code_(options.area_code),
        reception_(reception),
        clock_(clock),
        refusals_(std::move(log), clock) {
    server_->new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_->set_payload_max_length(kDocumentBytesMax);
    server_->set_keep_alive_max_count(1'000'000);
    server_->set_tcp_nodelay(true);
    server_->Post(R"(/infno/(\w{1,8}))",
                  [this](const httplib::Request& request, httplib::Response& response) {
                    Handle(request, response);
                  });
    server_->set_error_handler([this](const httplib::Request&, httplib::Response& response) {
      if (!response.body.empty()) return;
      const absl::Status why =
          response.status == kTooLarge
              ? MakeError(Reason::kTooLarge, absl::StrCat("报文超过 ", kDocumentBytesMax, " 字节"))
              : MakeError(Reason::kInvalidArgument, "只接受 POST /infno/2401 一类的请求");
      response.set_content(InterfaceAnswer(why, clock_.Now(), area_code_), kJson);
    });
  }

  bool Bind(const std::string& address, int port) {
    port_ = port == 0 ? server_->bind_to_any_port(address)
                      : (server_->bind_to_port(address, port) ? port : -1);
    return port_ > 0;
  }

  void StartThread() {
    thread_ = std::thread([this] {
      server_->listen_after_bind();
      ended_ = true;
    });
    // A stop before the server runs would be lost; one that failed at once never runs.
    while (!server_->is_running() && !ended_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  int port() const { return port_; }

  void Stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void Handle(const httplib::Request& request, httplib::Response& response) {
    absl::StatusOr<Taken> taken = Take(request, response);
    if (!taken.ok()) refusals_.Refused(taken.status());
    refusals_.Summarise();
    if (response.status != kUnauthorized) response.status = HttpStatusOf(taken);
    response.set_content(InterfaceAnswer(taken, clock_.Now(), area_code_), kJson);
  }

  absl::StatusOr<Taken> Take(const httplib::Request& request, httplib::Response& response) {
    constexpr std::string_view kBearer = "Bearer ";
    const std::string given = request.get_header_value("Authorization");
    if (!given.starts_with(kBearer) ||
        !SameText(std::string_view(given).substr(kBearer.size()), token_)) {
      response.status = kUnauthorized;
      response.set_header("WWW-Authenticate", "Bearer");
      return MakeError(Reason::kUnauthenticated, "访问令牌（Authorization: Bearer）缺失或不对");
    }
    const std::string infno = request.matches[1];
    const absl::Status fits = national::CheckTransactionIs(request.body, infno);
    if (!fits.ok()) return fits;
    return reception_.TakeNow(request.body);
  }

  const std::unique_ptr<httplib::Server> server_;
  const std::string token_;
  const std::string area_code_;
  Reception& reception_;
  Clock& clock_;
  RefusalLog refusals_;
  int port_ = 0;
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

HttpIntake::HttpIntake(std::unique_ptr<Server> server) : server_(std::move(server)) {}

HttpIntake::~HttpIntake() { Stop(); }

absl::StatusOr<std::unique_ptr<HttpIntake>> HttpIntake::Start(const HttpOptions& options,
                                                              Reception& reception, Clock& clock,
                                                              Log log) {
  std::unique_ptr<httplib::Server> http;
  if (options.tls.wanted()) {
    const std::string& ca = options.tls.client_ca_file;
    http = std::make_unique<httplib::SSLServer>(options.tls.certificate_file.c_str(),
                                                options.tls.key_file.c_str(),
                                                ca.empty() ? nullptr : ca.c_str());
  } else {
    http = std::make_unique<httplib::Server>();
  }
  if (!http->is_valid()) {
    return MakeError(Reason::kInvalidArgument, "TLS 证书或私钥无法使用");
  }
  auto server =
      std::make_unique<Server>(std::move(http), options, reception, clock, std::move(log));
  if (!server->Bind(options.address, options.port)) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("无法监听 ", options.address, " 端口 ", options.port));
  }
  server->StartThread();
  return std::unique_ptr<HttpIntake>(new HttpIntake(std::move(server)));
}

int HttpIntake::port() const { return server_->port(); }
void HttpIntake::Stop() { server_->Stop(); }

}  // namespace recoup::hospital
