#include "cli/rpc/unary.h"

#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include "absl/strings/str_cat.h"
#include "cli/rpc/call_once.h"
#include "cli/rpc/contracts.h"

namespace chatwire::cli {

using google::protobuf::Message;

grpc::Status CallOnce(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                      grpc::ClientContext* context, const Message& request, Message& response) {
  // A queue of its own: the answer comes on this thread, and no thread has to be started.
  grpc::CompletionQueue queue;
  grpc::TemplatedGenericStub<Message, Message> stub(channel);
  const auto call = stub.PrepareUnaryCall(context, path, request, &queue);
  call->StartCall();
  grpc::Status status;
  response.Clear();
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  return status;
}

std::string WirePath(const google::protobuf::MethodDescriptor* method) {
  return absl::StrCat("/", method->service()->full_name(), "/", method->name());
}

absl::Status CallUnary(Session& session, const google::protobuf::MethodDescriptor* method,
                       const CallOptions& options, const Message& request, Message& response) {
  return CallUnaryOf(session, ServiceOf(method), method, options, request, response);
}

absl::Status CallUnaryOf(Session& session, Service service,
                         const google::protobuf::MethodDescriptor* method,
                         const CallOptions& options, const Message& request, Message& response) {
  const auto channel = session.connection.ChannelTo(service);
  if (!channel.ok()) return channel.status();
  const std::string path = WirePath(method);
  return Call(session, service, options, [&](grpc::ClientContext* context) {
    return CallOnce(*channel, path, context, request, response);
  });
}

}  // namespace chatwire::cli
