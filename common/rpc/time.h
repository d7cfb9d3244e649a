#ifndef CHATWIRE_COMMON_RPC_TIME_H_
#define CHATWIRE_COMMON_RPC_TIME_H_

#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace chatwire {

/// Whole microseconds, as everything here is stored.
google::protobuf::Timestamp ToProto(absl::Time time);
absl::Time FromProto(const google::protobuf::Timestamp& timestamp);
google::protobuf::Duration ToProto(absl::Duration duration);
absl::Duration FromProto(const google::protobuf::Duration& duration);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_RPC_TIME_H_
