#include "cli/rpc/rpc_log.h"

#include <google/protobuf/descriptor.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "cli/rpc/byte_stream.h"
#include "cli/rpc/contracts.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

using grpc::experimental::ClientRpcInfo;
using grpc::experimental::InterceptionHookPoints;

/// `chatwire.xmpp.v1.ChatService.SendMessage` of `/chatwire.xmpp.v1.ChatService/SendMessage`.
std::string FullNameOf(const char* path) {
  return absl::StrReplaceAll(absl::StripPrefix(path, "/"), {{"/", "."}});
}

/// The `request_id` of a request of @p method; "" where there is none.
std::string RequestIdIn(const std::string& method, const std::string& bytes) {
  const auto* const known =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(method);
  if (known == nullptr) return "";
  const auto* const field = known->input_type()->FindFieldByName("request_id");
  if (field == nullptr) return "";
  const auto request = NewMessage(known->input_type());
  if (!request->ParseFromString(bytes)) return "";
  return request->GetReflection()->GetString(*request, field);
}

class RpcLog final : public grpc::experimental::Interceptor {
 public:
  RpcLog(const ClientRpcInfo& info, const Output& output, std::string address)
      : output_(output),
        address_(std::move(address)),
        method_(FullNameOf(info.method())),
        stream_(info.type() != ClientRpcInfo::Type::UNARY),
        start_(absl::Now()) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_MESSAGE)) {
      request_id_ = RequestIdIn(method_, BytesOf(*methods->GetSerializedSendMessage()));
    }
    if (stream_ &&
        methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      Tell("opened", "", absl::ZeroDuration());
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_STATUS)) {
      const absl::Status status = FromGrpcStatus(*methods->GetRecvStatus());
      Tell(absl::StatusCodeToString(status.code()), ReasonOf(status), absl::Now() - start_);
    }
    methods->Proceed();
  }

 private:
  void Tell(const std::string& what, const std::string& reason, absl::Duration took) const {
    const std::string duration = absl::FormatDuration(absl::Trunc(took, absl::Microseconds(100)));
    const std::string method(absl::StripPrefix(method_, "chatwire."));
    const std::string id = request_id_.empty() ? "" : absl::StrCat(", request_id ", request_id_);
    nlohmann::ordered_json json = {{"method", method_},    {"address", address_},
                                   {"status", what},       {"reason", reason},
                                   {"duration", duration}, {"request_id", request_id_}};
    output_.Trace(absl::StrCat(method, " at ", address_, ": ", what, reason.empty() ? "" : " ",
                               reason, took == absl::ZeroDuration() ? "" : " in ",
                               took == absl::ZeroDuration() ? "" : duration, id),
                  {{"rpc", std::move(json)}});
  }

  const Output& output_;
  const std::string address_;
  const std::string method_;
  const bool stream_;
  const absl::Time start_;
  std::string request_id_;
};

class Factory final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  Factory(const Output& output, std::string address)
      : output_(output), address_(std::move(address)) {}

  grpc::experimental::Interceptor* CreateClientInterceptor(ClientRpcInfo* info) override {
    return new RpcLog(*info, output_, address_);
  }

 private:
  const Output& output_;
  const std::string address_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> MakeRpcLog(
    const Output& output, const std::string& address) {
  return std::make_unique<Factory>(output, address);
}

}  // namespace chatwire::cli
