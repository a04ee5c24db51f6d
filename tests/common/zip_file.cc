#include "tests/common/zip_file.h"

#include <zip.h>

namespace recoup::adapters {

std::string Zip(const std::vector<ZippedFile>& files, bool encrypt) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* out = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(out);
  zip_t* archive = zip_open_from_source(out, ZIP_TRUNCATE, &error);
  for (const ZippedFile& file : files) {
    if (file.name.back() == '/') {
      zip_dir_add(archive, file.name.c_str(), 0);
      continue;
    }
    zip_source_t* content = zip_source_buffer(archive, file.content.data(), file.content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, file.name.c_str(), content, ZIP_FL_ENC_RAW);
    if (encrypt) {
      zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "geheim");
    }
  }
  zip_close(archive);
  zip_source_open(out);
  zip_source_seek(out, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(out)), '\0');
  zip_source_seek(out, 0, SEEK_SET);
  zip_source_read(out, bytes.data(), bytes.size());
  zip_source_close(out);
  zip_source_free(out);
  return bytes;
}

}  // namespace recoup::adapters
