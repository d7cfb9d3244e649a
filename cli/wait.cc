#include "cli/wait.h"

namespace chatwire::cli {
namespace {

constexpr absl::Duration kAnswerMargin = absl::Seconds(2);

}  // namespace

google::protobuf::Duration WaitTimeout(const Session& session) {
  absl::Duration rest;
  google::protobuf::Duration duration;
  duration.set_seconds(absl::IDivDuration(session.settings.timeout, absl::Seconds(1), &rest));
  duration.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  return duration;
}

CallOptions WaitingCall(const Session& session) {
  return {.timeout = session.settings.timeout + kAnswerMargin};
}

}  // namespace chatwire::cli
