#include "adapters/hospital/program/service.h"

#include <atomic>
#include <memory>
#include <string_view>
#include <thread>

#include "adapters/common/spool_checkpoints.h"
#include "adapters/hospital/program/delivering.h"
#include "adapters/hospital/program/reception.h"
#include "adapters/hospital/program/settings.h"
#include "adapters/hospital/program/stop_signals.h"
#include "adapters/hospital/program/watched_folder.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Delivery;

// Takes the folder once a second until told to stop; without a folder it only waits.
void WatchFolder(const std::string& folder, Reception& reception, CommandContext& context,
                 const std::atomic<bool>& stopping) {
  const OnFile report = [&](const std::string& name, const absl::StatusOr<Taken>& taken) {
    if (taken.ok()) {
      context.log().Info("message taken", {{"file", name}, {"message", taken->source_key}});
    } else {
      context.log().Warning("message refused", {{"file", name}, {"reason", taken.status()}});
    }
  };
  const TakeMessages take = [&](std::vector<Arrival> arrivals) {
    return reception.TakeManyNow(std::move(arrivals));
  };
  bool in_trouble = false;
  while (!stopping) {
    if (!folder.empty()) {
      const absl::StatusOr<WatchPass> pass = TakeFolder(folder, reception.rules(), take, report);
      // Once per trouble, not once per second.
      if (!pass.ok() && !in_trouble) {
        context.log().Error("folder not taken", {{"reason", pass.status()}});
      }
      in_trouble = !pass.ok();
    }
    context.sleeper().Sleep(absl::Seconds(1));
  }
}

}  // namespace

CommandResult RunService(const ServiceSources& sources, CommandContext& context) {
  std::atomic<bool> stopping = false;
  std::atomic<Delivery*> running = nullptr;
  // First, so that every later thread leaves the signals to it.
  const StopSignals signals([&] {
    stopping = true;
    context.sleeper().Stop();
    if (Delivery* const delivery = running) delivery->Stop();
  });
  RECOUP_ASSIGN_OR_RETURN(const auto desk, OpenDesk(context));
  RECOUP_ASSIGN_OR_RETURN(const DeliveryLock lock, LockDelivery(context));
  SystemRandom backoff_random;  // The delivering thread's own: Random is not thread-safe.
  RECOUP_ASSIGN_OR_RETURN(const auto hub, OpenHub(context, backoff_random));
  Delivery delivery(*desk->spool, SendTo(*hub), DeliveryOptionsFrom(context), context.clock(),
                    context.sleeper(), backoff_random, context.log());

  const std::string spool_file = context.config().Path("spool.file").string();
  const adapters::Checkpoints checkpoints({CaseBookFileOf(spool_file), spool_file});
  Reception reception(*desk->intake, desk->rules, context.log());
  std::unique_ptr<MllpServer> mllp;
  std::unique_ptr<HttpIntake> http;
  const auto listen = [&]() -> absl::Status {
    if (sources.listen.mllp) {
      RECOUP_ASSIGN_OR_RETURN(
          mllp, MllpServer::Start(*sources.listen.mllp, reception, context.clock(), context.log()));
      context.log().Info("listening", {{"for", "mllp"}, {"port", mllp->port()}});
    }
    if (sources.listen.http) {
      RECOUP_ASSIGN_OR_RETURN(
          http, HttpIntake::Start(*sources.listen.http, reception, context.clock(), context.log()));
      context.log().Info("listening", {{"for", "http"}, {"port", http->port()}});
    }
    return absl::OkStatus();
  };
  if (const absl::Status listening = listen(); !listening.ok()) {
    return adapters::AsUsageError(listening);
  }

  running = &delivery;
  if (stopping) delivery.Stop();
  std::thread deliverer([&delivery] { delivery.Run(); });
  context.log().Info("started", {{"folder", sources.folder}});
  WatchFolder(sources.folder, reception, context, stopping);
  if (http != nullptr) http->Stop();
  if (mllp != nullptr) mllp->Stop();
  delivery.Stop();
  deliverer.join();
  running = nullptr;
  context.log().Info("stopped");
  return adapters::ExitCode::kOk;
}

}  // namespace recoup::hospital
