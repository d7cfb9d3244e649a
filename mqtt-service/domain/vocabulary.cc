#include "mqtt-service/domain/vocabulary.h"

namespace chatwire::mqtt {
namespace {

Vocabulary English() {
  return {"en",
          Language::kEnglish,
          {{WordUse::kArticle, {"the"}},
           {WordUse::kOn, {"turn on", "switch on"}},
           {WordUse::kOff, {"turn off", "switch off"}},
           {WordUse::kToggle, {"toggle"}},
           {WordUse::kOnAfter, {"on"}},
           {WordUse::kOffAfter, {"off"}},
           {WordUse::kToggleAfter, {"toggle"}},
           {WordUse::kTurn, {"turn", "switch"}},
           {WordUse::kIs, {"is"}},
           {WordUse::kAll, {"all", "everything"}},
           {WordUse::kIn, {"the", "in", "in the", "of the"}},
           {WordUse::kList, {"list", "list all"}},
           {WordUse::kHelp, {"help"}},
           {WordUse::kHistory, {"history", "history of"}},
           {WordUse::kWatch, {"watch"}},
           {WordUse::kUnwatch, {"unwatch", "stop watching"}},
           {WordUse::kAnd, {"and"}}},
          ""};
}

Vocabulary Portuguese() {
  return {
      "pt",
      Language::kPortuguese,
      {{WordUse::kArticle, {"o", "a", "os", "as"}},
       {WordUse::kOn, {"ligar", "liga", "ligue", "acender", "acende", "acenda", "ativar", "ative"}},
       {WordUse::kOff,
        {"desligar", "desliga", "desligue", "apagar", "apaga", "apague", "desativar", "desative"}},
       {WordUse::kToggle, {"alternar", "alterna", "alterne"}},
       {WordUse::kOnAfter, {"ligado", "ligada", "aceso", "acesa"}},
       {WordUse::kOffAfter, {"desligado", "desligada", "apagado", "apagada"}},
       {WordUse::kToggleAfter, {"alternar"}},
       {WordUse::kIs, {"esta"}},
       {WordUse::kAll, {"tudo", "todos", "todas"}},
       {WordUse::kIn, {"os", "as", "na", "no", "nas", "nos", "em", "da", "do", "de"}},
       {WordUse::kList, {"lista", "listar"}},
       {WordUse::kHelp, {"ajuda"}},
       {WordUse::kHistory, {"historico", "historico de", "historico do", "historico da"}},
       {WordUse::kWatch, {"vigiar", "acompanhar", "seguir"}},
       {WordUse::kUnwatch,
        {"nao vigiar", "parar de vigiar", "deixar de vigiar", "deixar de acompanhar",
         "deixar de seguir"}},
       {WordUse::kAnd, {"e"}}},
      ""};
}

Vocabulary Spanish() {
  return {
      "es",
      Language::kSpanish,
      {{WordUse::kArticle, {"el", "la", "los", "las"}},
       {WordUse::kOn,
        {"encender", "enciende", "encienda", "prender", "prende", "prenda", "activar", "activa"}},
       {WordUse::kOff, {"apagar", "apaga", "apague", "desactivar", "desactiva"}},
       {WordUse::kToggle, {"alternar", "alterna", "alterne", "cambiar", "cambia"}},
       {WordUse::kOnAfter, {"encendido", "encendida"}},
       {WordUse::kOffAfter, {"apagado", "apagada"}},
       {WordUse::kToggleAfter, {"alternar"}},
       {WordUse::kIs, {"esta"}},
       {WordUse::kAll, {"todo", "todos", "todas"}},
       {WordUse::kIn, {"los", "las", "en", "en la", "en el", "de", "de la", "del"}},
       {WordUse::kList, {"lista", "listar"}},
       {WordUse::kHelp, {"ayuda"}},
       {WordUse::kHistory, {"historial", "historial de", "historial del"}},
       {WordUse::kWatch, {"vigilar", "seguir"}},
       {WordUse::kUnwatch,
        {"no vigilar", "dejar de vigilar", "deja de vigilar", "dejar de seguir"}},
       {WordUse::kAnd, {"y"}}},
      ""};
}

}  // namespace

const std::vector<std::string>& Vocabulary::Words(WordUse use) const {
  static const auto* const kNone = new std::vector<std::string>();
  const auto found = words.find(use);
  return found == words.end() ? *kNone : found->second;
}

const std::vector<Vocabulary>& BuiltInVocabularies() {
  static const auto* const kVocabularies =
      new std::vector<Vocabulary>{English(), Portuguese(), Spanish()};
  return *kVocabularies;
}

}  // namespace chatwire::mqtt
