#include "common/rpc/grpc_status.h"

#include <string>

#include "absl/strings/cord.h"
#include "common/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace chatwire {
namespace {

/// Longest message that is sent: HTTP/2 headers are bounded, 8 KiB in gRPC by default.
constexpr size_t kMaximumMessageBytes = 2048;

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  const auto payload = status.GetPayload(kErrorInfoTypeUrl);
  if (payload.has_value() && info.ParseFromString(std::string(*payload))) return info;
  info.set_domain("chatwire");
  info.set_reason(absl::StatusCodeToString(status.code()));
  return info;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string message(status.message().substr(0, kMaximumMessageBytes));
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(message);
  details.add_details()->PackFrom(InfoOf(status));
  return {static_cast<grpc::StatusCode>(status.code()), message, details.SerializeAsString()};
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info)) {
      result.SetPayload(kErrorInfoTypeUrl, absl::Cord(info.SerializeAsString()));
    }
  }
  return result;
}

}  // namespace chatwire
