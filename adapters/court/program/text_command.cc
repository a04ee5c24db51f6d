// recoup-court text: the text that was read from a document, which the positions of its evidence
// count in.
#include <algorithm>
#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/cli.h"
#include "adapters/court/program/commands.h"
#include "adapters/court/source.h"
#include "adapters/court/sources/read_source.h"
#include "adapters/court/sources/source_queue.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::court {
namespace {

using adapters::AsUsageError;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using Json = nlohmann::ordered_json;

struct TextOptions {
  std::string file;
  int document = 1;
  std::string range;
};

void DeclareText(CLI::App& app, TextOptions& options) {
  app.add_option("FILE", options.file, "一份文书，或 - / One document, or -")->required();
  app.add_option("--document", options.document,
                 "文件中的第几份，默认第一份 / Which document of the file, the first if not given")
      ->check(CLI::PositiveNumber);
  app.add_option("--range", options.range,
                 "只印 begin:end 之间的字，如 evidence 所载 / Only these characters, as evidence "
                 "gives them");
}

absl::Status Fault(const std::string& path, const std::string& why) {
  Faults faults;
  faults.Add(path, why);
  return AsUsageError(faults.ToStatus());
}

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

absl::StatusOr<Range> RangeOf(const std::string& text, std::size_t size) {
  if (text.empty()) return Range{0, size};
  const std::size_t colon = text.find(':');
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  const bool numbers = colon != std::string::npos &&
                       absl::SimpleAtoi(text.substr(0, colon), &begin) &&
                       absl::SimpleAtoi(text.substr(colon + 1), &end);
  if (!numbers || begin > end) return Fault("--range", "must be begin:end, two numbers");
  if (end > size) {
    return Fault("--range", absl::StrCat("ends behind the text, which has ", size, " characters"));
  }
  return Range{static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
}

absl::StatusOr<SourceDocument> ReadDocumentText(const TextOptions& options) {
  SourceQueue queue({options.file}, std::cin);
  const std::optional<SourceFile> file = queue.Next();
  if (!file.has_value()) return Fault("FILE", "there is no document");
  if (!file->bytes.ok()) return AsUsageError(file->bytes.status());
  SourceReader reader;
  absl::StatusOr<std::vector<SourceDocument>> documents = reader.Read(*file->bytes);
  if (!documents.ok()) return AsUsageError(documents.status());
  if (queue.Next().has_value()) return Fault("FILE", "there are several documents; name one");
  const auto number = static_cast<std::size_t>(options.document);
  if (number > documents->size()) {
    return Fault("--document", absl::StrCat("the file holds ", documents->size(), " documents"));
  }
  return std::move((*documents)[number - 1]);
}

Json AsJson(const SourceDocument& document, Range range) {
  Json json;
  json["format"] = std::string(Name(document.format));
  json["characters"] = document.text.size();
  json["begin"] = range.begin;
  json["end"] = range.end;
  json["text"] =
      EncodeUtf8(std::u32string_view(document.text).substr(range.begin, range.end - range.begin));
  json["pieces"] = Json::array();
  for (const SourcePiece& piece : document.pieces) {
    if (piece.end <= range.begin || piece.begin >= range.end) continue;
    json["pieces"].push_back({{"begin", piece.begin},
                              {"end", piece.end},
                              {"place", piece.place.empty() ? Json(nullptr) : Json(piece.place)},
                              {"confidence", piece.confidence_percent / 100.0}});
  }
  return json;
}

CommandResult RunText(const TextOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const SourceDocument document, ReadDocumentText(options));
  RECOUP_ASSIGN_OR_RETURN(const Range range, RangeOf(options.range, document.text.size()));
  if (context.json()) {
    context.out() << AsJson(document, range).dump(2, ' ', false, Json::error_handler_t::replace)
                  << '\n';
  } else {
    // Nothing is added, so that the positions can be counted.
    context.out() << EncodeUtf8(
        std::u32string_view(document.text).substr(range.begin, range.end - range.begin));
  }
  return ExitCode::kOk;
}

}  // namespace

void AddTextCommand(adapters::Program& program) {
  program.AddCommand<TextOptions>(
      program.root(),
      {.name = "text",
       .zh = "原样输出从文书读到的文字；要素证据的位置即其中的字数",
       .en = "Print the text read from a document, which evidence counts its positions in",
       .examples = {{.command = "recoup-court text 判决书.docx", .says = "输出全文，不加一字"},
                    {.command = "recoup-court text 判决书.pdf --range 1204:1213",
                     .says = "某项证据所指的字"}},
       .settings = adapters::Settings::kNone},
      DeclareText, RunText);
}

}  // namespace recoup::court
