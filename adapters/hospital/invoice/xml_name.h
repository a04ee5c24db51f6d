// Names in XML as senders write them: with any namespace prefix, or none.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_XML_NAME_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_XML_NAME_H_

#include <string_view>

namespace recoup::hospital::invoice {

// What follows the colon, or all of it.
constexpr std::string_view LocalName(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_XML_NAME_H_
