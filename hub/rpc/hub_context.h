// What every handler needs: the engine for commands, snapshots for reads, and who may do what.
#ifndef RECOUP_HUB_RPC_HUB_CONTEXT_H_
#define RECOUP_HUB_RPC_HUB_CONTEXT_H_

#include <atomic>

#include "hub/app/party_directory.h"
#include "hub/app/ports.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/engine/engine.h"
#include "hub/rpc/read_pool.h"
#include "hub/rpc/rpc_metrics.h"

namespace recoup::rpc {

// References outlive every handler; composed in hub/main.
struct HubContext {
  engine::Engine& engine;
  app::Store& store;
  app::RecordSeal& seal;
  app::Blinder& blinder;
  const app::PartyDirectory& parties;
  Clock& clock;
  ReadPool& reads;
  RpcMetrics& metrics;
  const std::atomic<bool>&
      serving;  // False until recovery and self-check have passed, and while draining.
  Log log;
};

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_HUB_CONTEXT_H_
