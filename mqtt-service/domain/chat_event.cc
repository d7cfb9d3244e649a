#include "mqtt-service/domain/chat_event.h"

#include "absl/strings/str_cat.h"

namespace chatwire::mqtt {

std::string BareJid(const std::string& jid) { return jid.substr(0, jid.find('/')); }

std::string ResourceOf(const std::string& jid) {
  const size_t slash = jid.find('/');
  return slash == std::string::npos ? "" : jid.substr(slash + 1);
}

std::string PersonOf(const ChatEvent& event) {
  if (event.place == ChatPlace::kDirect) return BareJid(event.from);
  return event.speaker.jid.empty() ? event.from : BareJid(event.speaker.jid);
}

std::string PersonKey(const ChatEvent& event) {
  const bool hidden = event.place != ChatPlace::kDirect && event.speaker.jid.empty();
  if (!hidden || event.speaker.occupant_id.empty()) return PersonOf(event);
  // A nick has no line end.
  return absl::StrCat(BareJid(event.from), "/\n", event.speaker.occupant_id);
}

}  // namespace chatwire::mqtt
