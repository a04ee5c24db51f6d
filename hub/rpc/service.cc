#include "hub/rpc/service.h"

#include "absl/strings/str_cat.h"

namespace recoup::rpc {

void Service::Add(const char* method, grpc::internal::RpcMethod::RpcType type,
                  grpc::internal::MethodHandler* handler) {
  const auto index = static_cast<int>(paths_.size());
  const std::string& path = paths_.emplace_back(absl::StrCat("/recoup.v1.", method));
  AddMethod(new grpc::internal::RpcServiceMethod(path.c_str(), type, nullptr));
  MarkMethodCallback(index, handler);
}

}  // namespace recoup::rpc
