// recoup-court extract: elements of documents, without the hub and without settings.
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/court/mapping/elements_json.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/program/document_file.h"
#include "adapters/court/program/elements_report.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::court {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using mapping::JsonLayout;

struct ExtractOptions {
  std::vector<std::string> files;
  std::string directory;
};

void DeclareExtract(CLI::App& app, ExtractOptions& options) {
  app.add_option("FILE", options.files,
                 "裁判文书文本（UTF-8、UTF-16 或 GB18030）/ Judgments as text")
      ->required();
  app.add_option("-o,--output", options.directory,
                 "写入此目录，每份文书一个文件 / Write one file per document into this folder");
}

std::string OutputName(const std::string& file, bool json) {
  return std::filesystem::path(file).stem().string() + (json ? ".json" : ".elements.txt");
}

// Two inputs of one name would overwrite each other's output.
absl::Status CheckNames(const ExtractOptions& options, bool json) {
  std::set<std::string> names;
  Faults faults;
  for (const std::string& file : options.files) {
    if (!names.insert(OutputName(file, json)).second) {
      faults.Add(file, "another document would be written to the same file");
    }
  }
  return faults.ToStatus();
}

absl::Status WriteText(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.flush();
  if (out) return absl::OkStatus();
  return MakeError(Reason::kInvalidArgument, absl::StrCat(path.string(), ": cannot be written"));
}

std::string TextFor(const JudgmentElements& elements, const CommandContext& context,
                    JsonLayout layout) {
  return context.json() ? mapping::ElementsAsJson(elements, layout) : ElementsForPeople(elements);
}

void ReportUnread(const std::string& file, const absl::Status& error, CommandContext& context) {
  context.err() << file << ":\n" << adapters::ErrorForPeople(error, adapters::Colour::kOff);
}

// Into a folder: one file each. To the standard output: one document as it reads best; of several,
// one line each, `null` for one that could not be read, so that lines and arguments correspond.
CommandResult RunExtract(const ExtractOptions& options, CommandContext& context) {
  const bool to_directory = !options.directory.empty();
  if (to_directory) {
    RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(CheckNames(options, context.json())));
    std::error_code error;
    std::filesystem::create_directories(options.directory, error);
    if (error) {
      return adapters::AsUsageError(MakeError(
          Reason::kInvalidArgument, absl::StrCat(options.directory, ": ", error.message())));
    }
  }
  RECOUP_ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::BuiltIn());
  const bool single = options.files.size() == 1;
  const JsonLayout layout = single || to_directory ? JsonLayout::kIndented : JsonLayout::kOneLine;
  std::size_t unread = 0;
  for (const std::string& file : options.files) {
    absl::StatusOr<std::string> bytes = ReadFileBytes(file);
    const absl::StatusOr<JudgmentElements> elements =
        bytes.ok() ? ReadElements(*bytes, rules) : bytes.status();
    if (!elements.ok()) {
      if (single) return elements.status();
      ++unread;
      ReportUnread(file, elements.status(), context);
      if (!to_directory && context.json()) context.out() << "null\n";
      continue;
    }
    const std::string text = TextFor(*elements, context, layout);
    if (to_directory) {
      RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(WriteText(
          std::filesystem::path(options.directory) / OutputName(file, context.json()), text)));
      continue;
    }
    if (!single && !context.json()) context.out() << "== " << file << "\n";
    context.out() << text;
  }
  if (unread == 0) return ExitCode::kOk;
  return unread == options.files.size() ? ExitCode::kUsage : ExitCode::kPartlyRefused;
}

}  // namespace

void AddExtractCommand(adapters::Program& program) {
  program.AddCommand<ExtractOptions>(
      program.root(),
      {.name = "extract",
       .zh = "提取文书要素，只在本机进行，不连接平台",
       .en = "Read the elements of judgments, on this machine only",
       .examples = {{.command = "recoup-court extract 判决书.txt", .says = "显示一份文书的要素"},
                    {.command = "recoup-court extract *.txt --format json -o elements",
                     .says = "每份文书写一个 JSON 文件"}},
       .settings = adapters::Settings::kNone},
      DeclareExtract, RunExtract);
}

}  // namespace recoup::court
