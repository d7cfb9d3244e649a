#include "mqtt-service/domain/reply_room.h"

#include "absl/strings/substitute.h"
#include "mqtt-service/domain/say.h"

namespace chatwire::mqtt::reply_text {

std::string StrangerInRoom(Language language) {
  return Say(language, "Sorry, I take commands here only from people whom my owner has allowed to.",
             "Desculpe, aqui só aceito pedidos de quem o meu dono permitiu.",
             "Lo siento, aquí solo acepto pedidos de quienes mi dueño ha permitido.");
}

std::string HelpInRoom(const std::string& nick, Language language) {
  return absl::Substitute(Say(language, "In a room, write my name in front: $0: lamp on",
                              "Numa sala, escreva o meu nome antes: $0: ligar lamp",
                              "En una sala, escribe mi nombre delante: $0: encender lamp"),
                          nick);
}

std::string RoomWatches(const Checkbox& checkbox, Language language) {
  return absl::Substitute(
      Say(language, "I tell this room when $0 changes; write \"unwatch $0\" to end that.",
          "Aviso esta sala quando $0 mudar; escreva \"deixar de vigiar $0\" para parar.",
          "Aviso a esta sala cuando $0 cambie; escribe \"dejar de vigilar $0\" para parar."),
      checkbox.name);
}

std::string NoWatchHere(Language language) {
  return Say(language,
             "I cannot do that in a private message of a room. Write it in the room, or to me "
             "directly.",
             "Não posso fazer isso numa mensagem privada de uma sala. Escreva na sala, ou "
             "diretamente a mim.",
             "No puedo hacer eso en un mensaje privado de una sala. Escríbelo en la sala, o "
             "directamente a mí.");
}

}  // namespace chatwire::mqtt::reply_text
