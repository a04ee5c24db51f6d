// A stream of a service whose messages are not generated here, such as gRPC's own health and
// reflection: bytes out, bytes in.
#ifndef RECOUP_TESTS_OPERATION_RAW_STREAM_H_
#define RECOUP_TESTS_OPERATION_RAW_STREAM_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <string>

namespace recoup::testing {

class RawStream {
 public:
  // Sends one message and closes this side.
  RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
            const std::string& message)
      : stub_(channel) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    stream_ = stub_.PrepareCall(&context_, method, &queue_);
    stream_->StartCall(nullptr);
    if (!Done()) return;
    const grpc::Slice slice(message);
    stream_->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
    Done();
  }
  ~RawStream() {
    context_.TryCancel();
    grpc::Status status;
    stream_->Finish(&status, nullptr);
    Done();
    queue_.Shutdown();
  }
  RawStream(const RawStream&) = delete;
  RawStream& operator=(const RawStream&) = delete;

  // The next message; nothing at the end of the stream.
  std::optional<std::string> Next() {
    grpc::ByteBuffer buffer;
    stream_->Read(&buffer, nullptr);
    if (!Done()) return std::nullopt;
    grpc::Slice slice;
    if (!buffer.DumpToSingleSlice(&slice).ok()) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }

 private:
  // One operation at a time is under way, so its tag says nothing.
  bool Done() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_RAW_STREAM_H_
