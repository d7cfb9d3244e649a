#include "xmpp-service/rpc/presence_check.h"

#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

// What google.protobuf.Timestamp allows: the year 9999.
constexpr int64_t kMaximumSeconds = 253'402'300'799;

absl::Status BadPresence(absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_PRESENCE", why);
}

}  // namespace

absl::StatusOr<Presence> CheckPresence(const v1::Presence& proto) {
  const auto availability = FromProto(proto.availability());
  if (!availability.has_value()) return BadPresence("`availability` is unspecified or unknown");
  if (proto.status().size() > kMaximumStatusBytes || !IsXmlText(proto.status())) {
    return BadPresence("`status` is over 1,024 bytes or has a character that XML cannot carry");
  }
  if (proto.priority() < -128 || proto.priority() > 127) {
    return BadPresence("`priority` is not within -128 and 127");
  }
  Presence presence{*availability, proto.status(), proto.priority()};
  if (proto.has_idle_since()) {
    const auto& time = proto.idle_since();
    if (time.seconds() <= 0 || time.seconds() > kMaximumSeconds || time.nanos() < 0 ||
        time.nanos() > 999'999'999) {
      return BadPresence("`idle_since` is no time from 1970 to 9999");
    }
    presence.idle_since = chatwire::FromProto(time);
  }
  return presence;
}

}  // namespace chatwire::xmpp
