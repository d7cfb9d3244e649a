#include "xmpp-service/domain/message_bounds.h"

#include <algorithm>
#include <string>
#include <variant>

#include "xmpp-service/domain/attachment.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/domain/xhtml.h"

namespace chatwire::xmpp {
namespace {

// RFC 7622: three parts of 1023 bytes, and what stands between them.
constexpr size_t kMaximumJidBytes = 3071;

void DropLong(std::string& text, size_t maximum_bytes) {
  if (text.size() > maximum_bytes) text.clear();
}

bool IsId(const std::string& id) { return !id.empty() && id.size() <= kMaximumMessageIdBytes; }

void Bound(MessageDetails& details) {
  details.subject = TruncateUtf8(details.subject, kMaximumSubjectBytes);
  DropLong(details.thread, kMaximumThreadBytes);
  DropLong(details.parent_thread, kMaximumThreadBytes);
  DropLong(details.xhtml, kMaximumXhtmlBytes);
  if (!CheckXhtml(details.xhtml).ok()) details.xhtml.clear();
  details.attachments = Described(details.attachments);
  if (!details.reply.has_value()) return;
  if (!IsId(details.reply->message_id)) {
    details.reply.reset();
    return;
  }
  DropLong(details.reply->author, kMaximumJidBytes);
  details.reply->quote = TruncateUtf8(details.reply->quote, kMaximumQuoteBytes);
}

/// Whether the action is one: without the message that it is about, it is not.
struct BoundAction {
  bool operator()(std::monostate) const { return true; }
  bool operator()(Reaction& reaction) const {
    auto& all = reaction.reactions;
    all.erase(std::remove_if(all.begin(), all.end(),
                             [](const std::string& one) {
                               return one.empty() || one.size() > kMaximumReactionBytes;
                             }),
              all.end());
    if (all.size() > kMaximumReactions) all.resize(kMaximumReactions);
    return IsId(reaction.message_id);
  }
  template <typename Action>
  bool operator()(const Action& action) const {
    return IsId(action.message_id);
  }
};

}  // namespace

void Bound(IncomingMessage& message) {
  DropLong(message.id, kMaximumMessageIdBytes);
  DropLong(message.origin_id, kMaximumMessageIdBytes);
  Bound(message.details);
  if (!std::visit(BoundAction{}, message.action)) message.action = std::monostate();
}

}  // namespace chatwire::xmpp
