// Half an exchange: a request whose meaning is in the platform's response, or a response that does
// not say what was asked. Hospitals that copy each message as it passes send the two apart.
//
// They belong together by the request's msgid, which the response carries as inf_refmsgid, as
// msgid, or, of settlements, as medins_setl_id. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_HALF_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_HALF_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recoup::hospital::national {

struct Half {
  bool is_request = false;
  std::string sender;                   // Of a request: fixmedins_code.
  std::vector<std::string> references;  // A request's msgid; what a response may refer to.
  bool refused_by_platform = false;     // A response with an infcode other than 0.
  bool names_itself = false;            // A response with a msgid or medins_setl_id.
};

// Nothing for a whole exchange, for a request that needs no response, and for what is no JSON.
std::optional<Half> HalfOf(std::string_view bytes);

// Whether both ask the platform for the same: a sender that tries again renews the time and the
// signature beside what it asks.
bool AskTheSame(std::string_view request, std::string_view other);

// The messages of a log that writes each request and then its response, the pairs joined; nothing
// where they do not alternate throughout, or where a response refers to another request of them.
std::optional<std::vector<std::string>> PairedMessages(
    const std::vector<std::string_view>& messages);

// The two as one message.
std::string Joined(std::string_view request, std::string_view response);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_HALF_H_
