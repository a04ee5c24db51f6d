#include "hub/engine/transaction.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/audit/commitment.h"
#include "hub/audit/tree_head.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"
#include "hub/domain/wire.h"
#include "hub/engine/event_body.h"
#include "hub/engine/request_memory.h"

namespace recoup::engine {
namespace {

// A fault that may pass is not remembered: the same request may succeed later.
bool IsFinal(const absl::Status& status) {
  const absl::StatusCode code = status.code();
  if (code == absl::StatusCode::kAborted) return ReasonOf(status) == Reason::kEtagMismatch;
  return code != absl::StatusCode::kUnavailable && code != absl::StatusCode::kDeadlineExceeded &&
         code != absl::StatusCode::kResourceExhausted && code != absl::StatusCode::kInternal &&
         code != absl::StatusCode::kDataLoss && code != absl::StatusCode::kUnknown;
}

std::string_view View(const audit::Salt& salt) {
  return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

}  // namespace

Engine::Transaction::Transaction(const Parts& parts, const EngineOptions& options, IdSource& ids,
                                 absl::Time now)
    : parts_(parts),
      options_(options),
      ids_(ids),
      now_(now),
      batch_(std::make_unique<app::Batch>(parts.store.writer_view(), parts.seal)) {}

std::vector<Outcome> Engine::Transaction::Run(const CommandGroup& group) {
  if (group.mode == GroupMode::kAtomic) return RunAtomic(group);
  std::vector<Outcome> outcomes;
  outcomes.reserve(group.commands.size());
  for (const Command& command : group.commands) outcomes.push_back(RunOne(command));
  return outcomes;
}

std::vector<Outcome> Engine::Transaction::RunAtomic(const CommandGroup& group) {
  // What the group may have to give back. Copies share the records themselves.
  auto batch = std::make_unique<app::Batch>(*batch_);
  const auto frontiers = frontiers_;
  const auto remembered = remembered_;
  const std::size_t events = writes_.events.size();
  const std::size_t requests = writes_.requests.size();

  std::vector<Outcome> outcomes;
  for (const Command& command : group.commands) {
    outcomes.push_back(RunOne(command));
    if (outcomes.back().status.ok()) continue;
    const std::size_t failed = outcomes.size() - 1;
    batch_ = std::move(batch);
    frontiers_ = frontiers;
    remembered_ = remembered;
    writes_.events.resize(events);
    writes_.requests.resize(requests);
    Outcome neighbour{
        MakeError(Reason::kAtomicBatchRefused,
                  absl::StrCat("item ", failed, " was refused, so none was accepted")),
        "", false};
    std::vector<Outcome> refused(group.commands.size(), neighbour);
    refused[failed] = std::move(outcomes.back());
    return refused;
  }
  return outcomes;
}

Outcome Engine::Transaction::RunOne(const Command& command) {
  if (command.deadline < now_) {
    return {
        MakeError(Reason::kDeadlineExceeded, "the deadline passed before the command was taken up"),
        "", false};
  }
  const std::string digest = RequestDigest(command.method, command.content);
  absl::StatusOr<std::optional<Outcome>> replay = Replay(command, digest);
  if (!replay.ok()) return {replay.status(), "", false};
  if (replay->has_value()) return **std::move(replay);

  Outcome outcome = Decide(command);
  if (command.validate_only || (!outcome.status.ok() && !IsFinal(outcome.status))) return outcome;
  if (const absl::Status recorded = Record(command, digest, outcome); !recorded.ok()) {
    return {recorded, "", false};
  }
  return outcome;
}

absl::StatusOr<std::optional<Outcome>> Engine::Transaction::Replay(const Command& command,
                                                                   const std::string& digest) {
  const auto reused = [] {
    return MakeError(Reason::kRequestIdReused, "this request id was used for another request");
  };
  const auto in_batch = remembered_.find({command.request_id, command.caller.party.value});
  if (in_batch != remembered_.end()) {
    if (in_batch->second.digest != digest) return reused();
    Outcome outcome = in_batch->second.outcome;
    outcome.replayed = true;
    return outcome;
  }
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<app::StoredRequest> stored,
      parts_.store.writer_view().FindRequest(command.request_id, command.caller.party.value));
  if (!stored) {
    const absl::Time made = command.request_id.time();
    if (!command.request_id.is_version7() || made > now_ + options_.clock_skew) {
      Faults faults;
      faults.Add("request_id", made > now_ + options_.clock_skew && command.request_id.is_version7()
                                   ? "in the future"
                                   : "not a UUID of version 7");
      return faults.ToStatus();
    }
    if (made < now_ - options_.remember) {
      return MakeError(Reason::kRequestIdExpired,
                       "the request id is too old to tell a first request from a repeated one");
    }
    return std::nullopt;
  }
  if (stored->digest != digest) return reused();
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<app::StoredEvent> events,
      parts_.store.writer_view().Events(stored->partition, stored->event_sequence - 1, 1));
  if (events.empty()) return absl::DataLossError("the event of a remembered request is gone");
  RECOUP_ASSIGN_OR_RETURN(
      const std::string plain,
      parts_.seal.Open(stored->partition, EventPlace(stored->event_sequence), events[0].body));
  EventBody body;
  RECOUP_RETURN_IF_ERROR(domain::Decode(plain, body));
  EventPayload payload;
  RECOUP_RETURN_IF_ERROR(domain::Decode(body.payload, payload));
  return Outcome{DecodeStatus(payload.status), std::move(payload.answer), true};
}

Outcome Engine::Transaction::Decide(const Command& command) {
  const absl::StatusOr<app::PartitionState*> state = batch_->StateOf(command.partition);
  if (!state.ok()) return {state.status(), "", false};
  app::UnitOfWork work(*batch_, command.caller, now_, ids_, parts_.blinder, command.partition,
                       (*state)->events + 1);
  absl::StatusOr<std::string> answer = command.run(work);
  if (!answer.ok()) return {answer.status(), "", false};
  if (!command.validate_only) {
    if (const absl::Status absorbed = work.Absorb(); !absorbed.ok()) return {absorbed, "", false};
  }
  return {absl::OkStatus(), *std::move(answer), false};
}

absl::StatusOr<audit::Frontier*> Engine::Transaction::FrontierOf(const std::string& partition) {
  if (const auto known = frontiers_.find(partition); known != frontiers_.end())
    return &known->second;
  RECOUP_ASSIGN_OR_RETURN(const app::PartitionState* state, batch_->StateOf(partition));
  audit::Frontier frontier;
  if (!state->frontier.empty()) {
    RECOUP_ASSIGN_OR_RETURN(frontier, audit::Frontier::Parse(state->frontier));
  }
  return &frontiers_.emplace(partition, std::move(frontier)).first->second;
}

absl::Status Engine::Transaction::Record(const Command& command, const std::string& digest,
                                         const Outcome& outcome) {
  RECOUP_ASSIGN_OR_RETURN(app::PartitionState * state, batch_->StateOf(command.partition));
  RECOUP_ASSIGN_OR_RETURN(audit::Frontier * frontier, FrontierOf(command.partition));
  audit::Salt salt;
  for (std::size_t i = 0; i < salt.size(); i += 8) {
    const std::uint64_t word = parts_.random.Next();
    for (std::size_t j = 0; j < 8; ++j) salt[i + j] = static_cast<std::uint8_t>(word >> (8 * j));
  }
  EventBody body;
  body.salt = std::string(View(salt));
  body.payload =
      domain::Encode(EventPayload{command.content, EncodeStatus(outcome.status), outcome.answer});

  audit::EventHeader header;
  header.partition = command.partition;
  header.sequence = static_cast<std::uint64_t>(state->events + 1);
  header.recorded_time = now_;
  header.party = command.caller.party.value;
  header.actor = command.caller.actor;
  header.method = command.method;
  header.request_id = command.request_id.ToUuid();
  header.outcome = outcome.status.ok() ? "OK" : std::string(ReasonName(ReasonOf(outcome.status)));
  header.commitment = audit::EventCommitment(salt, body.payload);

  const std::string leaf_bytes = audit::LeafBytes(header);
  const audit::Digest leaf = audit::LeafHash(leaf_bytes);
  frontier->Append(leaf);
  ++state->events;
  writes_.events.emplace_back(
      command.partition,
      app::StoredEvent{
          state->events, leaf_bytes, std::string(crypto::AsView(leaf)),
          parts_.seal.Seal(command.partition, EventPlace(state->events), domain::Encode(body))});
  writes_.requests.push_back(
      {command.request_id, command.caller.party.value, digest, command.partition, state->events});
  remembered_.emplace(std::make_pair(command.request_id, command.caller.party.value),
                      Remembered{digest, outcome});
  return absl::OkStatus();
}

absl::Status Engine::Transaction::FinishInto(app::WriteSet& writes) {
  RECOUP_RETURN_IF_ERROR(batch_->AppendTo(writes_));
  for (const app::StoredNotice& notice : writes_.notices) notified_.insert(notice.recipient);
  for (const auto& [partition, frontier] : frontiers_) {
    RECOUP_ASSIGN_OR_RETURN(app::PartitionState * state, batch_->StateOf(partition));
    state->frontier = frontier.Serialise();
    const audit::TreeHead head{partition, frontier.size(), frontier.Root(), now_};
    const audit::SignedTreeHead signed_head = audit::SignTreeHead(head, parts_.key);
    writes_.tree_heads.emplace_back(
        partition, app::StoredTreeHead{static_cast<std::int64_t>(frontier.size()),
                                       audit::CanonicalTreeHead(head),
                                       std::string(crypto::AsView(signed_head.signature))});
  }
  for (const auto& [partition, state] : batch_->partition_states()) {
    writes_.partitions.emplace_back(partition, state);
  }
  writes = std::move(writes_);
  return absl::OkStatus();
}

}  // namespace recoup::engine
