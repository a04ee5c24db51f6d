#include "ctl/rpc_command.h"

#include <algorithm>
#include <limits>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/proto_json.h"
#include "ctl/fields.h"
#include "ctl/labels.h"
#include "ctl/render.h"
#include "ctl/response_workbook.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::ctl {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using adapters::HubSession;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kPageSize = 500;

struct RpcCommand {
  Rpc rpc;
  RpcShape shape;
};

// What the command line gave: field name → texts; within the flattened message under its own names.
struct Given {
  std::map<std::string, std::vector<std::string>> fields;
  std::map<std::string, std::vector<std::string>> flattened;
  int limit = 0;
  std::string pdf;
  std::string xlsx;
};

const FieldDescriptor* Field(const Message& message, std::string_view name) {
  return message.GetDescriptor()->FindFieldByName(std::string(name));
}

void SetText(Message& message, std::string_view field, const std::string& text) {
  if (const FieldDescriptor* descriptor = Field(message, field)) {
    message.GetReflection()->SetString(&message, descriptor, text);
  }
}

std::string GetText(const Message& message, std::string_view field) {
  const FieldDescriptor* descriptor = Field(message, field);
  return descriptor == nullptr ? "" : message.GetReflection()->GetString(message, descriptor);
}

bool IsOfTheFrame(std::string_view field) {
  return field == "request_id" || field == "validate_only" || field == "page_size" ||
         field == "page_token";
}

bool Names(const std::vector<FieldText>& texts, std::string_view field) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const FieldText& text) { return text.first == field; });
}

std::string Help(const FieldDescriptor& field) {
  std::string words = FlagOf(field);
  std::replace(words.begin(), words.end(), '-', ' ');
  return absl::StrCat(FieldLabel(field.name()), " / ", words);
}

void AddFlag(CLI::App& app, const FieldDescriptor& field, std::vector<std::string>& texts) {
  CLI::Option* option =
      app.add_option("--" + FlagOf(field), texts, Help(field))->type_name(ValueHint(field));
  // One value per flag, so that an argument may follow; repeated fields repeat the flag.
  option->allow_extra_args(false)->expected(1);
  option->multi_option_policy(field.is_repeated() ? CLI::MultiOptionPolicy::TakeAll
                                                  : CLI::MultiOptionPolicy::Throw);
}

void DeclareFlags(CLI::App& app, const RpcCommand& command, Given& given) {
  const Descriptor& type = *command.rpc.request->GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsOfTheFrame(field.name()) || Names(command.shape.fixed, field.name())) continue;
    if (field.name() == command.shape.argument) {
      app.add_option(absl::AsciiStrToUpper(field.name()), given.fields[field.name()], Help(field))
          ->required()
          ->expected(1)
          ->type_name("");
    } else if (command.shape.argument_of && field.name() == command.shape.argument_of->field) {
      continue;
    } else if (field.name() == command.shape.flatten) {
      const Descriptor& inner = *field.message_type();
      for (int j = 0; j < inner.field_count(); ++j) {
        const std::string& name = inner.field(j)->name();
        const bool hidden = std::find(command.shape.hidden.begin(), command.shape.hidden.end(),
                                      name) != command.shape.hidden.end();
        if (!hidden) AddFlag(app, *inner.field(j), given.flattened[name]);
      }
    } else {
      AddFlag(app, field, given.fields[field.name()]);
    }
  }
  if (command.shape.pdf != nullptr) {
    app.add_option("--pdf", given.pdf, "另存为 PDF 的文件（.pdf）或目录 / PDF file, or folder");
  }
  const bool changes = type.FindFieldByName("request_id") != nullptr;
  if (!changes && HasTable(*command.rpc.response->GetDescriptor())) {
    app.add_option("--xlsx", given.xlsx, "另存为电子表格的文件（.xlsx） / Spreadsheet file");
  }
  if (type.FindFieldByName("page_token") != nullptr) {
    app.add_option("--limit", given.limit, "至多条数，0 为全部 / At most so many; 0: all")
        ->check(CLI::Range(0, std::numeric_limits<int>::max()));
  }
}

void SetTexts(Message& message, const std::map<std::string, std::vector<std::string>>& texts,
              absl::Time now, Faults& faults) {
  for (const auto& [name, values] : texts) {
    const FieldDescriptor* field = Field(message, name);
    for (const std::string& text : values) {
      const bool is_pool = name == "pool" || name == "pools";
      SetField(*field, is_pool ? PoolName(text) : text, now, "--" + FlagOf(*field), message,
               faults);
    }
  }
}

absl::Status FillRequest(const RpcCommand& command, const Given& given,
                         const CommandContext& context, Message& request) {
  const absl::Time now = context.RequestTime();
  Faults faults;
  auto fields = given.fields;
  for (const auto& [name, text] : command.shape.preset) {
    auto& texts = fields[std::string(name)];
    if (texts.empty()) texts.emplace_back(text);
  }
  for (const auto& [name, text] : command.shape.fixed)
    fields[std::string(name)] = {std::string(text)};
  if (!command.shape.argument_else.empty()) {
    auto& argument = fields[std::string(command.shape.argument)];
    if (argument.front().find('/') == std::string::npos) {
      fields[std::string(command.shape.argument_else)] = std::exchange(argument, {});
    }
  }
  if (command.shape.argument_of) {
    auto& argument = fields[std::string(command.shape.argument)];
    if (argument.front().starts_with(command.shape.argument_of->prefix)) {
      fields[std::string(command.shape.argument_of->field)] = std::exchange(argument, {});
    }
  }
  SetTexts(request, fields, now, faults);
  if (!command.shape.flatten.empty()) {
    Message* inner =
        request.GetReflection()->MutableMessage(&request, Field(request, command.shape.flatten));
    SetTexts(*inner, given.flattened, now, faults);
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  // A named resource says itself which pool it is in, but for a batch, which is of many.
  const std::string named =
      command.shape.argument.empty() ? "" : GetText(request, command.shape.argument);
  const bool by_name = !named.empty() && !absl::StartsWith(named, "settlementBatches/");
  if (Field(request, "pool") != nullptr && !by_name && GetText(request, "pool").empty()) {
    SetText(request, "pool", DefaultPool(context));
  }
  return absl::OkStatus();
}

// The name of the one resource that the handy text means.
absl::StatusOr<std::string> Find(HubSession& hub, const Lookup& lookup, const std::string& text) {
  const std::unique_ptr<Message> request(lookup.list.request->New());
  const std::unique_ptr<Message> response(lookup.list.response->New());
  SetText(*request, lookup.field, text);
  SetText(*request, "pool", DefaultPool(hub.context()));
  RECOUP_RETURN_IF_ERROR(CallRpc(hub, lookup.list, *request, *response, 0));
  const FieldDescriptor* items = response->GetDescriptor()->field(0);
  const int count = response->GetReflection()->FieldSize(*response, items);
  if (count == 0) return MakeError(Reason::kNotFound, absl::StrCat("nothing is known by ", text));
  if (count == 1) {
    return GetText(response->GetReflection()->GetRepeatedMessage(*response, items, 0), "name");
  }
  ErrorDetail detail;
  detail.reason = Reason::kInvalidArgument;
  for (int i = 0; i < count; ++i) {
    detail.faults.push_back(
        {GetText(response->GetReflection()->GetRepeatedMessage(*response, items, i), "name"),
         "也符合，请给出全名 / fits, too; give the full name"});
  }
  return MakeError("several resources are known by this", detail);
}

CommandResult Run(const RpcCommand& command, const Given& given, CommandContext& context) {
  const std::unique_ptr<Message> request(command.rpc.request->New());
  const std::unique_ptr<Message> response(command.rpc.response->New());
  const absl::Status filled = FillRequest(command, given, context, *request);
  if (!filled.ok()) return adapters::AsUsageError(filled);
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  if (command.shape.lookup.has_value()) {
    const std::string_view field =
        command.shape.lookup_flag.empty() ? command.shape.argument : command.shape.lookup_flag;
    const std::string text = GetText(*request, field);
    if (!text.empty() && text.find('/') == std::string::npos) {
      RECOUP_ASSIGN_OR_RETURN(const std::string name, Find(hub, *command.shape.lookup, text));
      SetText(*request, field, name);
    }
  }
  RECOUP_RETURN_IF_ERROR(CallRpc(hub, command.rpc, *request, *response, given.limit));
  if (command.shape.add_piece != nullptr && !context.validate_only()) {
    const std::unique_ptr<Message> piece(response->New());
    piece->CopyFrom(*response);
    response->Clear();
    while (command.shape.add_piece(*piece, *response)) {
      RECOUP_RETURN_IF_ERROR(CallRpc(hub, command.rpc, *request, *piece, given.limit));
    }
  }
  if (!given.pdf.empty()) {
    const auto files = command.shape.pdf(*response, given.pdf);
    if (!files.ok()) return adapters::AsUsageError(files.status());
    for (const std::string& file : *files) context.err() << "已写入 " << file << '\n';
  }
  if (!given.xlsx.empty()) {
    const absl::Status written = WriteWorkbook(*response, given.xlsx, context.clock().Now());
    if (!written.ok()) return adapters::AsUsageError(written);
    context.err() << "已写入 " << given.xlsx << '\n';
  }
  PrintResponse(*response,
                command.shape.human != nullptr ? command.shape.human(*response) : Render(*response),
                context);
  return command.shape.verdict != nullptr ? command.shape.verdict(*response) : ExitCode::kOk;
}

absl::Status CallOnce(HubSession& hub, const Rpc& rpc, Message& request, Message& response) {
  const bool changes = Field(request, "request_id") != nullptr;
  const Id request_id = changes ? hub.context().NextRequestId() : hub.context().NextCallId();
  adapters::SetRequestId(request, request_id);
  adapters::SetValidateOnly(request, hub.context().validate_only());
  return hub.CallWith(request_id, rpc.method, request, &response);
}

}  // namespace

Rpc RpcOf(std::string_view method) {
  const auto* found = adapters::FindHubMethod(method);
  RECOUP_CHECK(found != nullptr);
  auto& factory = *google::protobuf::MessageFactory::generated_factory();
  return {method, factory.GetPrototype(found->input_type()),
          factory.GetPrototype(found->output_type())};
}

absl::Status CallRpc(HubSession& hub, const Rpc& rpc, Message& request, Message& response,
                     int limit) {
  const FieldDescriptor* page_size = Field(request, "page_size");
  if (page_size == nullptr) return CallOnce(hub, rpc, request, response);
  const FieldDescriptor* items = response.GetDescriptor()->field(0);
  const std::unique_ptr<Message> page(response.New());
  std::string token;
  for (;;) {
    const int left = limit - response.GetReflection()->FieldSize(response, items);
    request.GetReflection()->SetInt32(&request, page_size,
                                      limit == 0 ? kPageSize : std::min(left, kPageSize));
    SetText(request, "page_token", token);
    RECOUP_RETURN_IF_ERROR(CallOnce(hub, rpc, request, *page));
    const std::string next = GetText(*page, "next_page_token");
    SetText(*page, "next_page_token", "");
    response.MergeFrom(*page);
    const bool enough = limit > 0 && response.GetReflection()->FieldSize(response, items) >= limit;
    // A hub that repeats a token would keep us here for ever.
    if (next.empty() || next == token || enough) {
      SetText(response, "next_page_token", enough ? next : "");
      return absl::OkStatus();
    }
    token = next;
  }
}

void PrintResponse(const Message& response, const std::string& human,
                   const CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(response);
    return;
  }
  if (context.validate_only()) context.out() << "（试运行：已校验，未记录）\n";
  context.out() << human;
}

std::string PoolName(std::string_view text) {
  const bool is_bare = !text.empty() && text.find('/') == std::string_view::npos;
  return absl::StrCat(is_bare ? "pools/" : "", std::string(text));
}

std::string DefaultPool(const CommandContext& context) {
  return context.config().Has("ctl.pool") ? PoolName(context.config().String("ctl.pool")) : "";
}

CLI::App& Group(adapters::Program& program, std::string_view name, std::string_view zh,
                std::string_view en) {
  const auto known =
      program.root().get_subcommands([&](const CLI::App* app) { return app->get_name() == name; });
  return known.empty() ? program.AddGroup(program.root(), name, zh, en) : *known.front();
}

void AddRpcCommand(adapters::Program& program, CLI::App& group, adapters::CommandSpec spec, Rpc rpc,
                   RpcShape shape) {
  const bool changes = Field(*rpc.request, "request_id") != nullptr;
  spec.effect = changes ? Effect::kOneRequest : Effect::kNone;
  auto given = std::make_shared<Given>();
  auto command = std::make_shared<RpcCommand>(RpcCommand{std::move(rpc), std::move(shape)});
  CLI::App& app = program.AddCommand(
      group, std::move(spec),
      [command, given](CommandContext& context) { return Run(*command, *given, context); });
  DeclareFlags(app, *command, *given);
}

}  // namespace recoup::ctl
