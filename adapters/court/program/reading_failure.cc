#include "adapters/court/program/reading_failure.h"

namespace recoup::court {
namespace {

struct Failure {
  std::string_view message;  // A part of it.
  std::string_view chinese;
};

// What the readers of adapters/court and adapters/common say; the first that fits counts.
constexpr Failure kFailures[] = {
    {"protected by a password", "文件有密码保护，请解除密码后重新放入"},
    {"no court document", "不是裁判文书：没有案号，也没有法院名称"},
    {"the file is empty", "文件是空的"},
    {"Word document of the old kind", "旧版 Word 文件（doc），请另存为 docx"},
    {"an RTF document", "RTF 文件，请另存为 docx"},
    {"an OFD document", "OFD 文件，请打印为 PDF"},
    {"a 7z archive", "7z 压缩包，请改用 zip"},
    {"a RAR archive", "RAR 压缩包，请改用 zip"},
    {"a gzip archive", "gzip 压缩包，请改用 zip"},
    {"no document was found", "压缩包中没有文书"},
    {"it is a program", "是程序，不是文书"},
    {"it is a database", "是数据库，不是文书"},
    {"no text can be recognised", "页面上没有识别出文字"},
    {"the zip file is empty", "压缩包是空的"},
    {"the document is empty", "文书没有内容"},
    {"unpacks to more than is allowed", "压缩包解压后过大"},
    {"zip file", "压缩包损坏或者不完整"},
    {"PDF is truncated", "PDF 文件不完整"},
    {"PDF is too large", "PDF 文件过大"},
    {"PDF", "PDF 文件损坏"},
    {"Word document is damaged", "Word 文件损坏"},
    {"JSON is damaged", "JSON 文件损坏或者不完整"},
    {"the image is truncated", "图片不完整"},
    {"the image has too many pixels", "图片过大，无法识别"},
    {"the image", "图片损坏或者不完整"},
    {"a page is too large", "页面过大，无法识别"},
    {"characters of the page", "页面上的文字无法识别"},
    {"nested more deeply", "网页结构异常，无法读取"},
    {"UTF-8, UTF-16 and GB18030", "不是文本文件，或者文字编码无法识别"},
    {"the file holds no text", "文件中没有中文文字"},
    {"the file is no text", "不是文本文件，也不是能够识别的其他格式"},
    {"larger than", "文件过大"},
    {"No such file", "文件不存在"},
    {"another document was written", "另一份文书已写入同名文件，请分别提取"},
    {"the file cannot be read", "文件无法打开，请检查权限"},
};

}  // namespace

std::string ReadingFailureInChinese(std::string_view message) {
  for (const Failure& failure : kFailures) {
    if (message.find(failure.message) != std::string_view::npos) {
      return std::string(failure.chinese);
    }
  }
  return std::string(message);
}

}  // namespace recoup::court
