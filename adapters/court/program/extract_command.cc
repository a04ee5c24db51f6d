// recoup-court extract: elements of documents, without the hub and without settings.
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/error_text.h"
#include "adapters/common/named_file.h"
#include "adapters/court/mapping/elements_json.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/program/document_reader.h"
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
  app.add_option(
         "FILE", options.files,
         "裁判文书：文本、文书网 JSON、网页、docx、PDF、扫描件，或其目录、zip；- 为标准输入 / "
         "Judgments of any format, folders, zip files, or - for the standard input")
      ->required();
  app.add_option("-o,--output", options.directory,
                 "写入此目录，每份文书一个文件 / Write one file per document into this folder");
}

// "收案.zip!一.docx" → "一.json", and the second document of a file "一-2.json". Where another
// document has that name, the first of "一.docx.json", "收案.zip_一.docx.json", "一-3.json", … that
// is free.
std::string OutputName(const std::string& document, bool json, std::set<std::string>& taken) {
  std::string path = document == "-" ? "stdin" : document;
  std::string number;
  if (const auto hash = path.rfind('#');
      hash != std::string::npos && path.find_first_of("/!", hash) == std::string::npos) {
    number = absl::StrCat("-", path.substr(hash + 1));
    path.resize(hash);
  }
  const std::size_t at = path.find_last_of("/!");
  const std::string name = path.substr(at == std::string::npos ? 0 : at + 1);
  const std::string stem = std::filesystem::path(name).stem().string();
  std::string folder = at == std::string::npos ? "" : path.substr(0, at);
  folder = folder.substr(folder.find_last_of("/!") + 1);
  const std::string ending = json ? ".json" : ".elements.txt";
  for (const std::string& candidate : {stem, name, absl::StrCat(folder, "_", name)}) {
    std::string file = absl::StrCat(candidate, number, ending);
    if (taken.insert(file).second) return file;
  }
  for (int i = 2;; ++i) {
    std::string file = absl::StrCat(stem, number, "-", i, ending);
    if (taken.insert(file).second) return file;
  }
}

std::string TextFor(const JudgmentElements& elements, const CommandContext& context,
                    JsonLayout layout) {
  return context.json() ? mapping::ElementsAsJson(elements, layout) : ElementsForPeople(elements);
}

void ReportUnread(const std::string& file, const absl::Status& error, CommandContext& context) {
  context.err() << file << ":\n" << adapters::ErrorForPeople(error, adapters::Colour::kOff);
}

// Into a folder: one file each. To the standard output: one document as it reads best; of several,
// one line each, `null` for one that could not be read, so that lines and documents correspond.
class Output {
 public:
  Output(const ExtractOptions& options, CommandContext& context)
      : options_(options), context_(context) {}

  absl::Status Add(const DocumentRead& document) {
    ++documents_;
    if (!options_.directory.empty()) return ToFile(document);
    if (documents_ == 1) {
      first_ = document;
      return absl::OkStatus();
    }
    if (first_.has_value()) ToScreen(*std::exchange(first_, std::nullopt), JsonLayout::kOneLine);
    ToScreen(document, JsonLayout::kOneLine);
    return absl::OkStatus();
  }

  CommandResult Finish() {
    if (first_.has_value()) {
      if (!first_->elements.ok() && context_.json()) {
        return adapters::AsUsageError(first_->elements.status());
      }
      if (!first_->elements.ok()) {
        Unread(*first_);
        return ExitCode::kUsage;
      }
      context_.out() << TextFor(*first_->elements, context_, JsonLayout::kIndented);
      return ExitCode::kOk;
    }
    if (unread_ == 0) return ExitCode::kOk;
    return unread_ == documents_ ? ExitCode::kUsage : ExitCode::kPartlyRefused;
  }

 private:
  void Unread(const DocumentRead& document) {
    ++unread_;
    ReportUnread(document.name, document.elements.status(), context_);
  }

  absl::Status ToFile(const DocumentRead& document) {
    if (!document.elements.ok()) {
      Unread(document);
      return absl::OkStatus();
    }
    const std::string name = OutputName(document.name, context_.json(), names_);
    return adapters::WriteNamedFile((std::filesystem::path(options_.directory) / name).string(),
                                    TextFor(*document.elements, context_, JsonLayout::kIndented));
  }

  void ToScreen(const DocumentRead& document, JsonLayout layout) {
    if (!document.elements.ok()) {
      Unread(document);
      if (context_.json()) context_.out() << "null\n";
      return;
    }
    if (!context_.json()) context_.out() << "== " << document.name << "\n";
    context_.out() << TextFor(*document.elements, context_, layout);
  }

  const ExtractOptions& options_;
  CommandContext& context_;
  std::optional<DocumentRead> first_;  // Until it is known whether it is alone.
  std::set<std::string> names_;
  std::size_t documents_ = 0;
  std::size_t unread_ = 0;
};

CommandResult RunExtract(const ExtractOptions& options, CommandContext& context) {
  const bool to_directory = !options.directory.empty();
  if (to_directory) {
    std::error_code error;
    std::filesystem::create_directories(options.directory, error);
    if (error) return adapters::AsUsageError(CannotWrite(options.directory, error));
  }
  RECOUP_ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::BuiltIn());
  // One document alone is shown as it reads best; whether it is alone is known after the second.
  SourceQueue queue(options.files, std::cin);
  ReadingOptions reading;
  reading.threads = ThreadsOfThisMachine();
  Output output(options, context);
  const auto take = [&output](std::vector<DocumentRead> documents, std::int64_t /*known*/) {
    absl::Status status;
    for (const DocumentRead& document : documents) status.Update(output.Add(document));
    return status;
  };
  RECOUP_RETURN_IF_ERROR(ReadAllDocuments(queue, rules, reading, take));
  return output.Finish();
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
