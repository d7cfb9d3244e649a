#include "mqtt-service/domain/reply_text.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "mqtt-service/domain/say.h"

namespace chatwire::mqtt::reply_text {
namespace {

constexpr size_t kMostNames = 20;

Text StateIn(SwitchState state, Language language) {
  switch (state) {
    case SwitchState::kOn:
      return Say(language, "on", "ligado", "encendido");
    case SwitchState::kOff:
      return Say(language, "off", "desligado", "apagado");
    case SwitchState::kUnknown:
      break;
  }
  return Say(language, "unknown", "desconhecido", "desconocido");
}

std::string Is(const Checkbox& checkbox, Language language) {
  return absl::Substitute(Say(language, "$0 is $1", "$0 está $1", "$0 está $1"), checkbox.name,
                          StateIn(checkbox.reported, language));
}

std::string Reported(const Checkbox& checkbox, Language language) {
  if (checkbox.reported == SwitchState::kUnknown) {
    return Say(language, "its state is not known", "o estado não é conhecido",
               "no se conoce su estado");
  }
  return absl::Substitute(Say(language, "it is $0", "está $0", "está $0"),
                          StateIn(checkbox.reported, language));
}

int64_t SecondsLeft(const Command& command, absl::Time now) {
  return std::max<int64_t>(
      1, absl::ToInt64Seconds(absl::Ceil(command.expire_time - now, absl::Seconds(1))));
}

Text DeviceAway(Language language) {
  return Say(language, " (device away)", " (dispositivo ausente)", " (dispositivo ausente)");
}

std::string Who(const Change& change, Language language) {
  switch (change.source) {
    case ChangeSource::kChat:
      return change.actor;
    case ChangeSource::kRpc:
      return absl::StrCat("API ", change.actor);
    case ChangeSource::kMqtt:
      return change.actor.empty() ? "MQTT" : absl::StrCat("MQTT ", change.actor);
    case ChangeSource::kPanel:
      return absl::StrCat(Say(language, "the web panel", "o painel web", "el panel web"),
                          change.actor.empty() ? "" : " ", change.actor);
    case ChangeSource::kForm:
      return change.actor;
    case ChangeSource::kDevice:
      return Say(language, "the device", "o dispositivo", "el dispositivo");
    case ChangeSource::kExpiry:
    case ChangeSource::kNone:
      break;
  }
  return "";
}

std::string HistoryWords(const HistoryEntry& entry, Language language) {
  switch (entry.kind) {
    case HistoryKind::kCreated:
      return Say(language, "created", "criado", "creado");
    case HistoryKind::kSet:
      return absl::Substitute(Say(language, "$0 wanted", "$0 pedido", "$0 pedido"),
                              StateIn(entry.desired, language));
    case HistoryKind::kReported:
      return absl::Substitute(Say(language, "$0 reported", "$0 informado", "$0 informado"),
                              StateIn(entry.reported, language));
    case HistoryKind::kExpired:
      return Say(language, "given up, no answer", "desistido, sem resposta",
                 "abandonado, sin respuesta");
    case HistoryKind::kRefused:
      return Say(language, "refused by the broker", "recusado pelo broker",
                 "rechazado por el broker");
    case HistoryKind::kDeleted:
      return Say(language, "deleted", "apagado da lista", "borrado");
    case HistoryKind::kUpdated:
      return Say(language, "changed settings", "mudou a configuração", "cambió la configuración");
    case HistoryKind::kUnknown:
      break;
  }
  return StateIn(entry.desired, language);
}

/// @p names, as many as fit into a chat message.
std::string Names(const std::vector<std::string>& names, Language language) {
  if (names.size() <= kMostNames) return absl::StrJoin(names, ", ");
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(kMostNames);
  return absl::StrCat(absl::StrJoin(names.begin(), end, ", "),
                      absl::Substitute(Say(language, " and $0 more", " e mais $0", " y $0 más"),
                                       names.size() - kMostNames));
}

}  // namespace

std::string State(const Checkbox& checkbox, Language language) {
  std::string words = StateIn(checkbox.reported, language);
  if (!checkbox.pending_command.empty()) {
    absl::StrAppend(&words, absl::Substitute(Say(language, " (wanted: $0, not confirmed)",
                                                 " (pedido: $0, não confirmado)",
                                                 " (pedido: $0, no confirmado)"),
                                             StateIn(checkbox.desired, language)));
  }
  if (checkbox.availability == Availability::kOffline)
    absl::StrAppend(&words, DeviceAway(language));
  return words;
}

std::string Confirmed(const Checkbox& checkbox, Language language) {
  return Is(checkbox, language);
}

std::string Unconfirmed(const Checkbox& checkbox, const Command& command, absl::Time now) {
  const Language language = command.origin.language;
  const int64_t seconds = SecondsLeft(command, now);
  if (command.publish_stage == PublishStage::kInOutbox) {
    return absl::Substitute(
        Say(language,
            "$0: not sent yet, the MQTT broker is away; it will be sent when it is back within $1 "
            "s",
            "$0: ainda não enviado, o broker MQTT está fora; será enviado se voltar dentro de $1 s",
            "$0: aún no enviado, el broker MQTT no está; se enviará si vuelve dentro de $1 s"),
        checkbox.name, seconds);
  }
  std::string text =
      absl::Substitute(Say(language, "$0: sent, not confirmed yet",
                           "$0: enviado, ainda não confirmado", "$0: enviado, aún no confirmado"),
                       checkbox.name);
  if (checkbox.availability == Availability::kOffline) absl::StrAppend(&text, DeviceAway(language));
  if (checkbox.reported != SwitchState::kUnknown) {
    absl::StrAppend(
        &text, absl::Substitute(Say(language, "; it was last $0", "; estava $0", "; estaba $0"),
                                StateIn(checkbox.reported, language)));
  }
  return text +
         absl::Substitute(Say(language, "; I give up in $0 s, and tell you if it answers before",
                              "; desisto em $0 s, e aviso se responder antes",
                              "; desisto en $0 s, y aviso si responde antes"),
                          seconds);
}

std::string GivenUp(const Checkbox& checkbox, Language language) {
  return absl::Substitute(Say(language, "$0: not confirmed, the device did not answer; $1",
                              "$0: não confirmado, o dispositivo não respondeu; $1",
                              "$0: no confirmado, el dispositivo no respondió; $1"),
                          checkbox.name, Reported(checkbox, language));
}

std::string Overtaken(const Checkbox& checkbox, Language language) {
  return absl::Substitute(Say(language, "$0: overtaken by a newer command, $1",
                              "$0: substituído por um pedido mais novo, $1",
                              "$0: sustituido por un pedido más nuevo, $1"),
                          checkbox.name, Reported(checkbox, language));
}

std::string NotFollowed(const Checkbox& checkbox, Language language) {
  return absl::Substitute(
      Say(language, "$0: the device did not follow, $1", "$0: o dispositivo não obedeceu, $1",
          "$0: el dispositivo no obedeció, $1"),
      checkbox.name, Reported(checkbox, language));
}

std::string Refused(const Checkbox& checkbox, Language language) {
  return absl::Substitute(
      Say(language, "$0: not sent, the MQTT broker refused it (its access rules, most likely); $1",
          "$0: não enviado, o broker MQTT recusou (as regras de acesso, provavelmente); $1",
          "$0: no enviado, el broker MQTT lo rechazó (sus reglas de acceso, seguramente); $1"),
      checkbox.name, Reported(checkbox, language));
}

std::string Deleted(const std::string& name, Language language) {
  return absl::Substitute(Say(language, "$0: deleted before the device answered",
                              "$0: removido antes de o dispositivo responder",
                              "$0: borrado antes de que el dispositivo respondiera"),
                          name);
}

std::string HowItIs(const Checkbox& checkbox, Language language) {
  if (checkbox.reported == SwitchState::kUnknown && checkbox.pending_command.empty()) {
    return absl::Substitute(Say(language, "$0: unknown, the device has not reported yet",
                                "$0: desconhecido, o dispositivo ainda não informou",
                                "$0: desconocido, el dispositivo aún no ha informado"),
                            checkbox.name);
  }
  return absl::Substitute(Say(language, "$0 is $1", "$0 está $1", "$0 está $1"), checkbox.name,
                          State(checkbox, language));
}

std::string List(const std::vector<Checkbox>& checkboxes, size_t total, Language language) {
  if (checkboxes.empty()) {
    return Say(language, "There are no checkboxes yet.", "Ainda não há nenhum interruptor.",
               "Aún no hay ningún interruptor.");
  }
  std::vector<std::string> lines;
  for (const Checkbox& checkbox : checkboxes) {
    if (lines.size() == kMostLines) break;
    const std::string title = checkbox.title.empty() ? "" : absl::StrCat(" (", checkbox.title, ")");
    lines.push_back(absl::StrCat(checkbox.name, title, ": ", State(checkbox, language)));
  }
  if (total > lines.size()) {
    lines.push_back(absl::Substitute(Say(language, "and $0 more", "e mais $0", "y $0 más"),
                                     total - lines.size()));
  }
  return absl::StrJoin(lines, "\n");
}

std::string History(const Checkbox& checkbox, const std::vector<HistoryEntry>& entries,
                    Language language) {
  std::vector<std::string> lines = {absl::Substitute(
      Say(language, "$0, newest first (UTC):", "$0, do mais novo ao mais antigo (UTC):",
          "$0, de lo más nuevo a lo más antiguo (UTC):"),
      checkbox.name)};
  for (const HistoryEntry& entry : entries) {
    const std::string who = Who(entry.change, language);
    lines.push_back(
        absl::StrCat(absl::FormatTime("%m-%d %H:%M:%S ", entry.change.time, absl::UTCTimeZone()),
                     HistoryWords(entry, language), who.empty() ? "" : ", ", who));
  }
  return absl::StrJoin(lines, "\n");
}

std::string AskedAll(SwitchState wanted, const std::vector<std::string>& asked,
                     const std::vector<std::string>& already, Language language) {
  const char* state = StateIn(wanted, language);
  std::vector<std::string> sentences;
  if (!asked.empty()) {
    sentences.push_back(
        absl::Substitute(Say(language, "Asked to be $0: $1. I tell you which do not confirm.",
                             "Pedido para ficar $0: $1. Aviso quais não confirmarem.",
                             "Pedido que quede $0: $1. Aviso cuáles no confirmen."),
                         state, Names(asked, language)));
  }
  if (!already.empty()) {
    sentences.push_back(
        absl::Substitute(Say(language, "Already $0: $1.", "Já $0: $1.", "Ya $0: $1."), state,
                         Names(already, language)));
  }
  if (sentences.empty()) return List({}, 0, language);
  return absl::StrJoin(sentences, " ");
}

std::string Watching(const Checkbox& checkbox, Language language) {
  return absl::Substitute(
      Say(language, "I tell you when $0 changes; write \"unwatch $0\" to end that. Now $1.",
          "Aviso quando $0 mudar; escreva \"deixar de vigiar $0\" para parar. Agora $1.",
          "Aviso cuando $0 cambie; escribe \"dejar de vigilar $0\" para parar. Ahora $1."),
      checkbox.name, Reported(checkbox, language));
}

std::string NotWatching(const Checkbox& checkbox, Language language) {
  return absl::Substitute(Say(language, "I no longer tell you when $0 changes.",
                              "Já não aviso quando $0 mudar.", "Ya no aviso cuando $0 cambie."),
                          checkbox.name);
}

std::string WatchingNothing(Language language) {
  return Say(language, "I no longer tell you of any change.", "Já não aviso de nenhuma mudança.",
             "Ya no aviso de ningún cambio.");
}

std::string TooManyWatches(size_t maximum, Language language) {
  return absl::Substitute(Say(language, "You watch $0 already, that is the most; end one first.",
                              "Já vigia $0, é o máximo; deixe um primeiro.",
                              "Ya vigilas $0, es el máximo; deja uno primero."),
                          maximum);
}

std::string Changed(const Checkbox& checkbox, const Change& by, Language language) {
  const std::string who = Who(by, language);
  return absl::StrCat(Is(checkbox, language), who.empty() ? "" : absl::StrCat(" (", who, ")"));
}

std::string Help(Language language) {
  return Say(language,
             "I operate checkboxes. Write for example:\n"
             "lamp on, lamp off, lamp toggle: change it (also: turn on the lamp, toggle lamp)\n"
             "lamp on, fan off: several at once; all off: every one; all kitchen off: a group\n"
             "lamp?: how it is\n"
             "list: all of them\n"
             "history lamp: what happened to it\n"
             "watch lamp, unwatch lamp: be told when it changes\n"
             "help: this text",
             "Eu opero interruptores. Escreva por exemplo:\n"
             "ligar lamp, desligar lamp, alternar lamp: muda o estado (também: lamp ligado)\n"
             "ligar lamp, desligar fan: vários de uma vez; desligar tudo: todos; desligar tudo na "
             "cozinha: um grupo\n"
             "lamp?: como está\n"
             "lista: todos\n"
             "histórico lamp: o que aconteceu\n"
             "vigiar lamp, deixar de vigiar lamp: ser avisado quando mudar\n"
             "ajuda: este texto",
             "Manejo interruptores. Escribe por ejemplo:\n"
             "encender lamp, apagar lamp, alternar lamp: lo cambia (también: lamp encendido)\n"
             "encender lamp, apagar fan: varios a la vez; apagar todo: todos; apagar todo en la "
             "cocina: un grupo\n"
             "lamp?: cómo está\n"
             "lista: todos\n"
             "historial lamp: qué pasó\n"
             "vigilar lamp, dejar de vigilar lamp: recibir avisos cuando cambie\n"
             "ayuda: este texto");
}

}  // namespace chatwire::mqtt::reply_text
