#include "xmpp-service/wire/archive_proto.h"

#include "common/rpc/time.h"

namespace chatwire::xmpp {

v1::HistoryMessage ToProto(const ArchivedMessage& message) {
  v1::HistoryMessage proto;
  proto.set_type(static_cast<v1::HistoryMessageType>(message.type));
  proto.set_outgoing(message.outgoing);
  proto.set_from(message.from);
  proto.set_to(message.to);
  proto.set_body(message.body);
  proto.set_body_truncated(message.body_truncated);
  proto.set_subject(message.subject);
  proto.set_thread(message.thread);
  proto.set_message_id(message.message_id);
  proto.set_archive_id(message.archive_id);
  if (message.time.has_value()) *proto.mutable_sent_time() = chatwire::ToProto(*message.time);
  proto.set_replaces_id(message.replaces_id);
  proto.set_xml(message.xml);
  return proto;
}

v1::ArchivePreferences ToProto(const ArchivePreferences& preferences) {
  v1::ArchivePreferences proto;
  proto.set_default_behavior(static_cast<v1::ArchiveDefault>(preferences.fallback));
  for (const auto& jid : preferences.always) proto.add_always(jid);
  for (const auto& jid : preferences.never) proto.add_never(jid);
  return proto;
}

std::optional<ArchivePreferences::Default> FromProto(v1::ArchiveDefault fallback) {
  if (fallback < v1::ARCHIVE_DEFAULT_ALWAYS || fallback > v1::ARCHIVE_DEFAULT_ROSTER) {
    return std::nullopt;
  }
  return static_cast<ArchivePreferences::Default>(fallback);
}

// The domain's numbers are those of the API.
static_assert(static_cast<int>(ArchivedMessage::Type::kChat) == v1::HISTORY_MESSAGE_TYPE_CHAT);
static_assert(static_cast<int>(ArchivedMessage::Type::kHeadline) ==
              v1::HISTORY_MESSAGE_TYPE_HEADLINE);
static_assert(static_cast<int>(ArchivePreferences::Default::kAlways) == v1::ARCHIVE_DEFAULT_ALWAYS);
static_assert(static_cast<int>(ArchivePreferences::Default::kRoster) == v1::ARCHIVE_DEFAULT_ROSTER);

}  // namespace chatwire::xmpp
