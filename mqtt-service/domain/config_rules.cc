#include "mqtt-service/domain/config_rules.h"

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/device_rules.h"
#include "mqtt-service/domain/sender_policy.h"
#include "mqtt-service/domain/spoken_word.h"

namespace chatwire::mqtt {
namespace {

/// Error: another checkbox than @p own has @p word as a @p kind.
absl::Status CheckFree(Transaction& transaction, const std::string& own, const std::string& word,
                       WordKind kind) {
  for (const Checkbox& other : transaction.checkboxes().Called(SpokenKey(word), kind)) {
    if (other.name == own) continue;
    return MakeError(
        absl::StatusCode::kAlreadyExists, {kErrorDomain, "WORD_TAKEN"},
        absl::StrCat("\"", word, "\" is ", kind == WordKind::kName ? "" : "an alias of ",
                     "the checkbox ", other.name, " already"),
        {{"word", word}, {"name", other.name}});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckConfig(Transaction& transaction, const CheckboxConfig& config,
                         const std::string& base) {
  absl::Status good = CheckName(config.name);
  if (good.ok()) good = CheckTitle(config.title);
  if (good.ok()) good = CheckAliases(config.aliases);
  if (good.ok()) good = CheckLabels(config.labels);
  if (good.ok()) good = SenderPolicy::OfCheckbox(config.chat_allow).status();
  if (good.ok()) good = CheckFree(transaction, config.name, config.name, WordKind::kAlias);
  for (const Alias& alias : config.aliases) {
    if (good.ok()) good = CheckFree(transaction, config.name, alias.text, WordKind::kName);
    if (good.ok()) good = CheckFree(transaction, config.name, alias.text, WordKind::kAlias);
  }
  return good.ok() ? CheckBinding(transaction, config, base) : good;
}

}  // namespace chatwire::mqtt
