#include "xmpp-service/domain/message_check.h"

#include <set>
#include <string>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/message_bounds.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/domain/xhtml.h"

namespace chatwire::xmpp {
namespace {

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

bool Fits(const std::string& text, size_t maximum_bytes) {
  return text.size() <= maximum_bytes && IsXmlText(text);
}

absl::Status CheckBody(const std::string& body) {
  if (body.empty()) return Invalid("EMPTY_BODY", "`body` is empty");
  if (body.size() > kMaximumBodyBytes) {
    return Invalid("BODY_TOO_LONG",
                   absl::StrCat("`body` has ", body.size(), " bytes; at most ", kMaximumBodyBytes));
  }
  if (!IsXmlText(body)) {
    return Invalid("BAD_BODY", "`body` has a character that XML 1.0 cannot carry");
  }
  return absl::OkStatus();
}

absl::Status CheckReply(NewMessage& message) {
  if (!message.details.reply.has_value()) return absl::OkStatus();
  Reply& reply = *message.details.reply;
  if (reply.message_id.empty() || !Fits(reply.message_id, kMaximumMessageIdBytes)) {
    return Invalid("BAD_REPLY", "`reply.message_id` is empty, over 256 bytes or no text for XML");
  }
  if (reply.author.empty()) reply.author = message.to;
  const auto author = Jid::Parse(reply.author);
  if (!author.ok()) return Invalid("BAD_REPLY", "`reply.author` is not a JID");
  reply.author = author->Full();
  if (!Fits(reply.quote, kMaximumQuoteBytes)) {
    return Invalid("BAD_REPLY", "`reply.quote` is over 4,096 bytes or no text for XML");
  }
  return absl::OkStatus();
}

absl::Status CheckText(NewMessage& message) {
  const absl::Status body = CheckBody(message.body);
  if (!body.ok()) return body;
  const MessageDetails& details = message.details;
  if (!Fits(details.subject, kMaximumSubjectBytes)) {
    return Invalid("BAD_SUBJECT", "`subject` is over 1,024 bytes or no text for XML");
  }
  const bool orphan = details.thread.empty() && !details.parent_thread.empty();
  if (orphan || !Fits(details.thread, kMaximumThreadBytes) ||
      !Fits(details.parent_thread, kMaximumThreadBytes)) {
    return Invalid("BAD_THREAD",
                   "`thread` or `parent_thread` is over 256 bytes or no text for XML, or there is "
                   "only a `parent_thread`");
  }
  if (details.xhtml.size() > kMaximumXhtmlBytes) {
    return Invalid("BAD_XHTML", "`xhtml` is over 65,536 bytes");
  }
  const absl::Status xhtml = CheckXhtml(details.xhtml);
  if (!xhtml.ok()) {
    return Invalid("BAD_XHTML", absl::StrCat("`xhtml` is not well-formed: ", xhtml.message()));
  }
  return CheckReply(message);
}

absl::Status CheckId(const std::string& id) {
  if (!id.empty() && Fits(id, kMaximumMessageIdBytes)) return absl::OkStatus();
  return Invalid("BAD_MESSAGE_ID", "`message_id` is empty, over 256 bytes or no text for XML");
}

/// What is particular to each action.
struct ActionCheck {
  NewMessage& message;

  absl::Status operator()(std::monostate) const { return CheckText(message); }
  absl::Status operator()(const Correction& action) const {
    const absl::Status id = CheckId(action.message_id);
    return id.ok() ? CheckText(message) : id;
  }
  absl::Status operator()(const Retraction& action) const { return CheckId(action.message_id); }
  absl::Status operator()(const Marking& action) const { return CheckId(action.message_id); }
  absl::Status operator()(const Receipt& action) const { return CheckId(action.message_id); }
  absl::Status operator()(const Reaction& action) const {
    const absl::Status id = CheckId(action.message_id);
    if (!id.ok()) return id;
    const std::set<std::string> distinct(action.reactions.begin(), action.reactions.end());
    bool fine = distinct.size() == action.reactions.size() && distinct.size() <= kMaximumReactions;
    for (const std::string& one : action.reactions) {
      fine = fine && !one.empty() && Fits(one, kMaximumReactionBytes);
    }
    if (fine) return absl::OkStatus();
    return Invalid("BAD_REACTION",
                   "more than 20 `reactions`, or one that is empty, over 64 bytes, no text for "
                   "XML, or given twice");
  }
};

}  // namespace

absl::Status CheckMessage(NewMessage& message) {
  const auto to = Jid::Parse(message.to);
  if (!to.ok()) return to.status();
  message.to = to->Full();
  const absl::Status content = std::visit(ActionCheck{message}, message.action);
  if (!content.ok()) return content;
  if (!IsUuid(message.request_id)) {
    return Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
  }
  message.request_id = absl::AsciiStrToLower(message.request_id);
  return absl::OkStatus();
}

}  // namespace chatwire::xmpp
