#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_BOUNDS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_BOUNDS_H_

#include <cstddef>

#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

// What a message may carry, sent or journalled. In bytes of UTF-8.
inline constexpr size_t kMaximumMessageIdBytes = 256;
inline constexpr size_t kMaximumSubjectBytes = 1024;
inline constexpr size_t kMaximumThreadBytes = 256;
inline constexpr size_t kMaximumXhtmlBytes = 65'536;
inline constexpr size_t kMaximumQuoteBytes = 4096;
inline constexpr size_t kMaximumReactionBytes = 64;
inline constexpr size_t kMaximumReactions = 20;

/// Cuts what may be cut of @p message, and leaves out what would mean something else when cut. The
/// body is left alone.
void Bound(IncomingMessage& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_BOUNDS_H_
