// The JSON of 裁判文书网: fields s1 … s54 (the older dumps have Chinese names), the whole document
// as HTML in qwContent, or its parts as text.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "adapters/court/sources/formats.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::court {
namespace {

using Json = nlohmann::json;

// The whole document in one field, best first.
constexpr std::array<std::string_view, 8> kWhole = {"qwContent", "Html", "DocContent", "s21",
                                                    "全文",      "html", "content",    "text"};

struct Part {
  std::string_view key;
  std::string_view older;
};
// Its parts in the order of a judgment.
constexpr Part kParts[] = {
    {"s22", "文本首部段落原文"},   {"s53", "诉讼参与人信息部分原文"},
    {"s23", "诉讼记录段原文"},     {"s24", "诉控辩段原文"},
    {"s25", "案件基本情况段原文"}, {"s26", "裁判要旨段原文"},
    {"s27", "判决结果段原文"},     {"s28", "附加原文"},
};
constexpr Part kCourt = {"s2", "法院名称"};
constexpr Part kNumber = {"s7", "案号"};
constexpr Part kDate = {"s31", "裁判日期"};
constexpr Part kType = {"s6", "文书类型"};

std::string Text(const Json& object, std::string_view key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}
std::string Text(const Json& object, const Part& part) {
  std::string text = Text(object, part.key);
  return text.empty() ? Text(object, part.older) : text;
}

// A value may hold mark-up wherever it likes: <br/> in parts, whole pages in qwContent.
absl::Status AddValue(const std::string& value, std::string_view place, TextBuilder& out) {
  if (value.empty()) return absl::OkStatus();
  if (value.find('<') != std::string::npos && value.find('>') != std::string::npos) {
    RECOUP_RETURN_IF_ERROR(AddHtml(value, place, out));
  } else {
    out.AddUtf8(value, place);
  }
  out.EndLine();
  return absl::OkStatus();
}

// Codes of s6; a name is taken as it is.
std::string TypeInChinese(const std::string& type) {
  if (type == "01") return "民事判决书";
  if (type == "02") return "民事裁定书";
  if (type == "03") return "民事调解书";
  return type.starts_with("0") || type == "10" ? "" : type;
}

// "2025-09-12" and the like as a judgment ends: "2025年9月12日".
std::string DateInChinese(const std::string& date) {
  const std::vector<std::string> parts = absl::StrSplit(date.substr(0, date.find(' ')), '-');
  if (parts.size() != 3) return date;
  const auto plain = [](const std::string& digits) {
    return digits.size() == 2 && digits[0] == '0' ? digits.substr(1) : digits;
  };
  return parts[0] + "年" + plain(parts[1]) + "月" + plain(parts[2]) + "日";
}

// What the parts leave out stands in fields of its own.
void AddCaption(const Json& object, const std::string& first_part, TextBuilder& out) {
  const auto add = [&](const std::string& value, std::string_view place) {
    if (value.empty() || first_part.find(value) != std::string::npos) return;
    out.AddUtf8(value, place);
    out.EndLine();
  };
  add(Text(object, kCourt), kCourt.key);
  add(TypeInChinese(Text(object, kType)), kType.key);
  add(Text(object, kNumber), kNumber.key);
}

// Whether a text ends with the day of the decision: in Chinese numerals, or alone in its line.
bool TellsDay(std::u32string_view text) {
  constexpr std::size_t kFoot = 400;
  static const re2::RE2* const day = new re2::RE2(
      "[零〇○OＯ０0一二三四五六七八九]{4}年[元正一二三四五六七八九十\\s]{1,4}月"
      "|(?m:^\\s*\\d{4}\\s*[年.-]\\s*\\d{1,2}\\s*[月.-]\\s*\\d{1,2}\\s*日?\\s*$)");
  const std::string foot = EncodeUtf8(text.substr(text.size() - std::min(text.size(), kFoot)));
  return re2::RE2::PartialMatch(re2::StringPiece(foot.data(), foot.size()), *day);
}

// The day of the fields, where the text itself does not tell it.
void AddDay(const Json& object, TextBuilder& out) {
  const std::string date = Text(object, kDate);
  if (date.empty() || TellsDay(out.document().text)) return;
  out.AddUtf8(DateInChinese(date), kDate.key);
  out.EndLine();
}

absl::StatusOr<std::optional<SourceDocument>> FromObject(const Json& object) {
  TextBuilder builder(SourceFormat::kWenshuJson);
  for (const std::string_view key : kWhole) {
    const std::string whole = Text(object, key);
    if (whole.empty()) continue;
    if (const std::string number = Text(object, kNumber); whole.find(number) == std::string::npos) {
      AddCaption(object, whole, builder);
    }
    RECOUP_RETURN_IF_ERROR(AddValue(whole, key, builder));
    AddDay(object, builder);
    return std::optional(builder.Finish());
  }
  bool any = false;
  for (const Part& part : kParts) {
    const std::string value = Text(object, part);
    if (value.empty()) continue;
    if (!any) AddCaption(object, value, builder);
    any = true;
    RECOUP_RETURN_IF_ERROR(AddValue(value, part.key, builder));
  }
  if (!any) return std::optional<SourceDocument>();
  AddDay(object, builder);
  return std::optional(builder.Finish());
}

// Answers of services wrap the document ("result", "data"), or list several.
absl::Status Collect(const Json& value, int depth, std::vector<SourceDocument>& out) {
  constexpr int kWrappersMax = 4;
  if (depth > kWrappersMax) return absl::OkStatus();
  if (value.is_array()) {
    for (const Json& each : value) RECOUP_RETURN_IF_ERROR(Collect(each, depth + 1, out));
    return absl::OkStatus();
  }
  if (!value.is_object()) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(std::optional<SourceDocument> document, FromObject(value));
  if (document.has_value()) {
    document->own_bytes = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    out.push_back(*std::move(document));
    return absl::OkStatus();
  }
  for (const Json& each : value) {
    if (each.is_structured()) RECOUP_RETURN_IF_ERROR(Collect(each, depth + 1, out));
  }
  return absl::OkStatus();
}

Json Parse(std::string_view text) {
  constexpr bool kThrow = false;
  return Json::parse(text, nullptr, kThrow);
}

// One document per line, as dumps have it; discarded when a line is no object.
Json ParseLines(std::string_view text) {
  Json all = Json::array();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Json object = Parse(line);
    if (!object.is_object()) return Json(Json::value_t::discarded);
    all.push_back(std::move(object));
  }
  return all;
}

}  // namespace

bool LooksLikeJson(std::u32string_view text) {
  const auto skip = [&text] {
    while (!text.empty() && (text.front() <= U' ' || text.front() == 0xFEFF)) text.remove_prefix(1);
  };
  skip();
  if (text.empty() || (text.front() != U'{' && text.front() != U'[')) return false;
  const bool list = text.front() == U'[';
  text.remove_prefix(1);
  skip();
  // A case number may open a text with "[2025]"; a list of documents opens with an object.
  return !text.empty() && text.front() == (list ? U'{' : U'"');
}

absl::StatusOr<std::vector<SourceDocument>> ReadWenshuJson(std::string_view text) {
  Json json = Parse(text);
  if (json.is_discarded()) json = ParseLines(text);
  if (json.is_discarded()) {
    return MakeError(Reason::kInvalidArgument, "the JSON is damaged or truncated");
  }
  std::vector<SourceDocument> documents;
  RECOUP_RETURN_IF_ERROR(Collect(json, 0, documents));
  if (documents.empty()) {
    return MakeError(Reason::kInvalidArgument,
                     "the JSON holds no court document (no qwContent, s21 or s22 to s28)");
  }
  if (documents.size() == 1) documents[0].own_bytes.clear();  // The file is the document.
  return documents;
}

}  // namespace recoup::court
