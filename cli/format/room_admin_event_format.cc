#include "cli/format/room_admin_event_format.h"

#include "absl/strings/str_cat.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string Because(const std::string& reason) {
  return reason.empty() ? "" : absl::StrCat(" (", reason, ")");
}

}  // namespace

std::pair<std::string, Json> RoomAdminEventJson(const xmpp::v1::Event& event) {
  if (event.has_voice_requested()) {
    const auto& asked = event.voice_requested();
    return {"voice_requested",
            {{"room", asked.room()}, {"jid", asked.jid()}, {"nick", asked.nick()}}};
  }
  if (event.has_message_moderated()) {
    const auto& moderated = event.message_moderated();
    return {"message_moderated",
            {{"room", moderated.room()},
             {"stanza_id", moderated.stanza_id()},
             {"moderator", moderated.moderator()},
             {"reason", moderated.reason()},
             {"moderate_time", JsonTime(moderated.moderate_time())}}};
  }
  const auto& declined = event.room_invitation_declined();
  return {"room_invitation_declined",
          {{"room", declined.room()}, {"from", declined.from()}, {"reason", declined.reason()}}};
}

std::string RoomAdminEventText(const xmpp::v1::Event& event) {
  if (event.has_voice_requested()) {
    const auto& asked = event.voice_requested();
    return absl::StrCat(asked.nick(), " (", asked.jid(), ") asks for voice in ", asked.room());
  }
  if (event.has_message_moderated()) {
    const auto& moderated = event.message_moderated();
    const std::string& who =
        moderated.moderator().empty() ? moderated.room() : moderated.moderator();
    return absl::StrCat(who, " retracted message ", moderated.stanza_id(), " in ", moderated.room(),
                        Because(moderated.reason()));
  }
  const auto& declined = event.room_invitation_declined();
  return absl::StrCat(declined.from(), " declines the invitation into ", declined.room(),
                      Because(declined.reason()));
}

}  // namespace chatwire::cli
