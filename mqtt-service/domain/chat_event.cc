#include "mqtt-service/domain/chat_event.h"

namespace chatwire::mqtt {

std::string BareJid(const std::string& jid) { return jid.substr(0, jid.find('/')); }

}  // namespace chatwire::mqtt
