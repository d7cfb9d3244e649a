#include "mqtt-service/domain/reply_refusal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "mqtt-service/domain/say.h"

namespace chatwire::mqtt::reply_text {
namespace {

constexpr size_t kMostQuotedBytes = 64;
constexpr size_t kMostNames = 20;

std::string Quoted(const std::string& word, Language language) {
  if (word.size() <= kMostQuotedBytes) return absl::StrCat("\"", word, "\"");
  return Say(language, "of that name", "com esse nome", "con ese nombre");
}

/// @p nearest, for a question.
std::string Choice(const std::vector<std::string>& nearest, Language language) {
  return absl::StrJoin(nearest, Say(language, " or ", " ou ", " o "));
}

}  // namespace

std::string NotUnderstood(Language language) {
  return Say(language, "I did not understand that. Write \"help\" to see what I can do.",
             "Não entendi. Escreva \"ajuda\" para ver o que sei fazer.",
             "No lo entendí. Escribe \"ayuda\" para ver lo que sé hacer.");
}

std::string UnknownName(const std::string& word, const std::vector<std::string>& nearest,
                        Language language) {
  const std::string quoted = Quoted(word, language);
  if (nearest.empty()) {
    return absl::Substitute(Say(language, "I know no checkbox $0. Write \"list\" to see them.",
                                "Não conheço nenhum interruptor $0. Escreva \"lista\" para os ver.",
                                "No conozco ningún interruptor $0. Escribe \"lista\" para verlos."),
                            quoted);
  }
  return absl::Substitute(Say(language, "I know no checkbox $0. Did you mean $1?",
                              "Não conheço nenhum interruptor $0. Quis dizer $1?",
                              "No conozco ningún interruptor $0. ¿Quisiste decir $1?"),
                          quoted, Choice(nearest, language));
}

std::string UnknownGroup(const std::string& word, const std::vector<std::string>& nearest,
                         Language language) {
  const std::string quoted = Quoted(word, language);
  if (nearest.empty()) {
    return absl::Substitute(Say(language, "No checkbox has the label $0. Nothing was changed.",
                                "Nenhum interruptor tem a etiqueta $0. Nada foi mudado.",
                                "Ningún interruptor tiene la etiqueta $0. No se cambió nada."),
                            quoted);
  }
  return absl::Substitute(Say(language, "No checkbox has the label $0. Did you mean $1?",
                              "Nenhum interruptor tem a etiqueta $0. Quis dizer $1?",
                              "Ningún interruptor tiene la etiqueta $0. ¿Quisiste decir $1?"),
                          quoted, Choice(nearest, language));
}

std::string Ambiguous(const std::string& word, const std::vector<Checkbox>& meant,
                      Language language) {
  std::vector<std::string> names;
  for (const Checkbox& checkbox : meant) names.push_back(checkbox.name);
  return absl::Substitute(Say(language, "\"$0\" can be $1; use the name. Nothing was changed.",
                              "\"$0\" pode ser $1; use o nome. Nada foi mudado.",
                              "\"$0\" puede ser $1; usa el nombre. No se cambió nada."),
                          word, Choice(names, language));
}

std::string TooLong(size_t bytes, size_t maximum_bytes, Language language) {
  return absl::Substitute(
      Say(language,
          "That is too long for me ($0 bytes, I read up to $1); nothing was changed. Write "
          "\"help\" to see what I can do.",
          "É longo demais para mim ($0 bytes, leio até $1); nada foi mudado. Escreva \"ajuda\".",
          "Es demasiado largo ($0 bytes, leo hasta $1); no se cambió nada. Escribe \"ayuda\"."),
      bytes, maximum_bytes);
}

std::string TooLate(absl::Time sent_time, Language language) {
  return absl::Substitute(
      Say(language, "arrived too late (sent $0 UTC), nothing was changed; send it again",
          "chegou tarde demais (enviado $0 UTC), nada foi mudado; envie de novo",
          "llegó demasiado tarde (enviado $0 UTC), no se cambió nada; envíalo de nuevo"),
      absl::FormatTime("%H:%M", sent_time, absl::UTCTimeZone()));
}

std::string NotAllowed(const std::vector<std::string>& names, Language language) {
  const size_t shown = std::min(names.size(), kMostNames);
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(shown);
  std::string list = absl::StrJoin(names.begin(), end, ", ");
  if (names.size() > shown) absl::StrAppend(&list, ", ...");
  return absl::Substitute(Say(language, "You may not operate $0; its owner has not allowed you to.",
                              "Não pode operar $0; o dono não o permitiu.",
                              "No puedes manejar $0; su dueño no lo ha permitido."),
                          list);
}

std::string TooManyCommands(int most, absl::Duration wait, Language language) {
  return absl::Substitute(
      Say(language,
          "That is too fast: I carry out up to $0 commands a minute. Nothing was changed; try "
          "again in $1 s.",
          "É depressa demais: faço até $0 pedidos por minuto. Nada foi mudado; tente de novo "
          "daqui a $1 s.",
          "Es demasiado rápido: hago hasta $0 pedidos por minuto. No se cambió nada; inténtalo de "
          "nuevo en $1 s."),
      most, std::max<int64_t>(1, absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1)))));
}

std::string Stranger(const std::string& account, Language language) {
  return absl::Substitute(
      Say(language,
          "Sorry, I take commands from my contacts only, and you are not one yet. Add $0 and ask "
          "its owner to accept.",
          "Desculpe, só aceito pedidos dos meus contactos, e ainda não é um deles. Adicione $0 e "
          "peça ao dono que aceite.",
          "Lo siento, solo acepto pedidos de mis contactos, y aún no eres uno. Añade $0 y pide a "
          "su dueño que acepte."),
      account);
}

}  // namespace chatwire::mqtt::reply_text
