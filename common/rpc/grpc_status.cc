#include "common/rpc/grpc_status.h"

#include <string>

#include "absl/strings/cord.h"
#include "common/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace chatwire {
namespace {

/// What an error may carry. It travels in HTTP/2 headers, of which gRPC takes 8 KiB: the message
/// once in percent-encoding (three bytes for one in the worst case), and once more with the
/// metadata in base64. More than that, and the caller would get another error instead.
constexpr size_t kMaximumMessageBytes = 768;
constexpr size_t kMaximumValueBytes = 256;
constexpr int kMaximumValues = 8;

/// The first bytes of @p text, at most @p maximum, without cutting a UTF-8 character: half of one
/// would make the receiver drop the whole detail.
std::string Head(absl::string_view text, size_t maximum) {
  if (text.size() <= maximum) return std::string(text);
  size_t end = maximum;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return std::string(text.substr(0, end));
}

void Bound(google::rpc::ErrorInfo& info) {
  auto& metadata = *info.mutable_metadata();
  for (auto entry = metadata.begin(); entry != metadata.end(); ++entry) {
    entry->second = Head(entry->second, kMaximumValueBytes);
  }
  while (metadata.size() > kMaximumValues) metadata.erase(metadata.begin());
}

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
  const std::string message = Head(status.message(), kMaximumMessageBytes);
  google::rpc::ErrorInfo info = InfoOf(status);
  Bound(info);
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(message);
  details.add_details()->PackFrom(info);
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
