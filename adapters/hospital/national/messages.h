// Several messages of the national interface in one file, as exports and logs have them: a JSON
// array of them, or one after another (one on each line, or with commas between). Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_MESSAGES_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_MESSAGES_H_

#include <string_view>
#include <vector>

namespace recoup::hospital::national {

// The messages, in order. One view of the whole where it is a single message, or where the brackets
// do not close: what is wrong is then for the reader to say.
std::vector<std::string_view> MessagesOf(std::string_view bytes);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_MESSAGES_H_
