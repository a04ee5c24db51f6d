// One call of the API as a subcommand: its flags are the fields of the request (fields.h), its
// output the fields of the response (render.h). What reads tables also writes them as a workbook
// (--xlsx).
//
// request_id and validate_only are the frame's; lists are read to the end, page by page. A pool may
// be given as "310115-310" and defaults to the setting ctl.pool.
#ifndef RECOUP_CTL_RPC_COMMAND_H_
#define RECOUP_CTL_RPC_COMMAND_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/common/cli.h"
#include "adapters/common/hub_session.h"
#include "google/protobuf/message.h"

namespace recoup::ctl {

using google::protobuf::Message;

// A unary method of the API.
struct Rpc {
  std::string_view method;  // "FundService.GetAdvance"
  const Message* request;   // Default instances.
  const Message* response;
};

// The program must not be built without such a method.
Rpc RpcOf(std::string_view method);

// Finds the resource that a person names by something handier: a payment reference, a visit. Used
// for arguments without a slash.
struct Lookup {
  Rpc list;
  std::string_view field;  // Of the list's request.
};

// An argument that begins with `prefix` is another field's.
struct Also {
  std::string_view prefix;
  std::string_view field;
};

using FieldText = std::pair<std::string_view, std::string_view>;

// All texts are literals.
struct RpcShape {
  std::string_view argument = {};       // Field given as an argument instead of a flag.
  std::string_view argument_else = {};  // Field meant by an argument without a slash.
  std::optional<Also> argument_of = std::nullopt;
  std::optional<Lookup> lookup = std::nullopt;
  std::string_view lookup_flag = {};   // The field that `lookup` is for; the argument's else.
  std::string_view flatten = {};       // Message whose fields are flags of their own.
  std::vector<FieldText> fixed = {};   // What this command always says.
  std::vector<FieldText> preset = {};  // What it says when nothing is given.
  std::vector<std::string_view> hidden = {};  // Output only, within the flattened message.
  // What people see instead of Render, and the exit code where an answer can be bad news.
  std::string (*human)(const Message& response) = nullptr;
  adapters::ExitCode (*verdict)(const Message& response) = nullptr;
  // Where one call does a piece of the work: adds an answer to those before it, and says whether
  // there is more to ask for. Not called for dry runs.
  bool (*add_piece)(const Message& answer, Message& sum) = nullptr;
  // For answers that go on paper: offers --pdf, and gets its file or folder. Answers with the
  // files.
  absl::StatusOr<std::vector<std::string>> (*pdf)(const Message& response,
                                                  const std::string& target) = nullptr;
};

// Whether the command changes something follows from the request; spec.effect is not looked at.
void AddRpcCommand(adapters::Program& program, CLI::App& group, adapters::CommandSpec spec, Rpc rpc,
                   RpcShape shape = {});

// The call with deadline, retries and paging; `limit` 0 reads lists to the end.
absl::Status CallRpc(adapters::HubSession& hub, const Rpc& rpc, Message& request, Message& response,
                     int limit);

// As --format asks; people see `human`, already rendered.
void PrintResponse(const Message& response, const std::string& human,
                   const adapters::CommandContext& context);

// "310115-310" → "pools/310115-310"; other texts stay as they are.
std::string PoolName(std::string_view text);
// The setting ctl.pool as a name, or empty.
std::string DefaultPool(const adapters::CommandContext& context);

// The group of this name, made at the first call.
CLI::App& Group(adapters::Program& program, std::string_view name, std::string_view zh,
                std::string_view en);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_RPC_COMMAND_H_
