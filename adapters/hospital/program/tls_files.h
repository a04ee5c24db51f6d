// The PEM files of a listener that speaks TLS.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TLS_FILES_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TLS_FILES_H_

#include <string>

namespace recoup::hospital {

struct TlsFiles {
  std::string certificate_file;  // Empty: no TLS.
  std::string key_file;
  std::string client_ca_file;  // Not empty: callers must have a certificate of this authority.

  bool wanted() const { return !certificate_file.empty(); }
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TLS_FILES_H_
