// Bytes of the field's charsets to UTF-8. Pure functions.
#ifndef RECOUP_ADAPTERS_HOSPITAL_CHARSET_H_
#define RECOUP_ADAPTERS_HOSPITAL_CHARSET_H_

#include <optional>
#include <string>
#include <string_view>

namespace recoup::hospital {

bool IsValidUtf8(std::string_view bytes);
// nullopt where the bytes are not GB18030 (GBK and GB2312 are parts of it).
std::optional<std::string> Utf8FromGb18030(std::string_view bytes);
// UTF-16 by its byte order mark; anything else as it is. Halves of pairs become U+FFFD.
std::string Utf8FromMarkedUtf16(std::string_view bytes);
std::string Utf8FromLatin1(std::string_view bytes);  // ISO 8859-1: never fails.
// ISO 8859 by its part ("2", "15"). nullopt where there is no such part.
std::optional<std::string> Utf8FromIso8859(std::string_view bytes, const std::string& part);
// Text in which up to one character in fifty is damaged, in UTF-8 (or, `gb18030_first`, in GB18030,
// else the one with less damage): damaged ones become U+FFFD. nullopt where more is damaged.
std::optional<std::string> MendedText(std::string_view bytes, bool gb18030_first);
// Text that was read in the wrong character set before it was sent ("寮犱笁" or "å¼ ä¸‰" for 张三),
// as it was meant. nullopt where the text is not of that kind, which is nearly always.
std::optional<std::string> UnscrambledText(std::string_view utf8);
// nullopt where the text is not UTF-8.
std::optional<std::string> Gb18030FromUtf8(std::string_view utf8);
std::string_view WithoutByteOrderMark(std::string_view bytes);
// The number of code points; the interface counts characters, not bytes.
std::size_t CharacterCount(std::string_view utf8);
// Whether any character is a Han ideograph.
bool HasHan(std::string_view utf8);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_CHARSET_H_
