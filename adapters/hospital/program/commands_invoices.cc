// invoice read: what bills answer, without the hub.
#include "adapters/common/error_text.h"
#include "adapters/hospital/invoice/read_invoice.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/describe_invoice.h"
#include "adapters/hospital/program/message_file.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;

struct InvoiceReadOptions {
  std::vector<std::string> files;
};

void DeclareInvoiceRead(CLI::App& app, InvoiceReadOptions& options) {
  app.add_option("FILE", options.files,
                 "票据文件：XML、JSON、OFD、PDF、图像或文本，- 为标准输入 / Bills, - for stdin")
      ->required();
}

CommandResult RunInvoiceRead(const InvoiceReadOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const auto reader, invoice::InvoiceReader::Create());
  std::size_t refused = 0;
  const auto report = [&](const std::string& file, const std::string& place,
                          const absl::StatusOr<invoice::Invoice>& read) {
    if (!read.ok()) ++refused;
    if (context.json()) {
      Json json = {{"file", file}};
      if (!place.empty()) json["place"] = place;
      json.update(read.ok() ? InvoiceAsJson(reader->table(), *read)
                            : Json::parse(adapters::ErrorAsJson(read.status())));
      context.out() << JsonLine(json);
    } else {
      context.out() << "── " << file << (place.empty() ? "" : ", ") << place << "\n"
                    << (read.ok() ? InvoiceForPeople(reader->table(), *read)
                                  : adapters::ErrorForPeople(read.status(), context.out_colour()));
    }
    context.out().flush();  // A scan takes seconds; whoever waits sees each as it is read.
  };
  for (const std::string& file : options.files) {
    const absl::StatusOr<std::string> bytes = ReadMessageFile(file);
    if (!bytes.ok()) {
      report(file, "", bytes.status());
      continue;
    }
    for (const invoice::InvoicePart& part : reader->Read(*bytes)) {
      report(file, part.place, part.invoice);
    }
  }
  return refused == 0 ? ExitCode::kOk : ExitCode::kUsage;
}

}  // namespace

void AddInvoiceCommands(adapters::Program& program) {
  CLI::App& invoices = program.AddGroup(program.root(), "invoice", "医疗收费票据", "Medical bills");
  program.AddCommand<InvoiceReadOptions>(
      invoices,
      {.name = "read",
       .zh = "读取票据：逐项提问并回答，附位置、把握与勾稽核对；不连接系统",
       .en = "Read bills: each question with its answer, place, confidence, and the checks",
       .examples = {{"recoup-hospital invoice read bill.xml scan.png", "读电子票据与扫描件"},
                    {"recoup-hospital invoice read bill.ofd --format json", "输出 JSON"}},
       .settings = adapters::Settings::kNone},
      DeclareInvoiceRead, RunInvoiceRead);
}

}  // namespace recoup::hospital
