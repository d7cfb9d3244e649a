#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_CONFIG_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_CONFIG_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "mqtt-service/domain/device_binding.h"

namespace chatwire::mqtt {

/// Another word for a checkbox.
struct Alias {
  /// BCP 47 tag, such as `pt` or `en-GB`. Empty: of no language, such as a brand.
  std::string language;
  std::string text;

  bool operator==(const Alias&) const = default;
};

/// What an operator decides about a checkbox.
struct CheckboxConfig {
  std::string name;
  /// What people call it. Empty: the name.
  std::string title;
  /// What people call it besides, in any language. Nothing else is called so.
  std::vector<Alias> aliases;
  /// Groups that it belongs to, such as `kitchen`.
  std::vector<std::string> labels;
  /// No device: what is wanted is at once what is reported.
  bool virtual_device = false;
  /// Who may operate it by chat, see SenderPolicy::OfCheckbox. Empty: whom the service allows.
  std::vector<std::string> chat_allow;
  /// How the device is reached, where it does not know the service's own topics.
  DeviceBinding device;

  bool operator==(const CheckboxConfig&) const = default;
};

/// What an operator changes of it; what is not set stays.
struct CheckboxChange {
  std::optional<std::string> title;
  std::optional<std::vector<Alias>> aliases;
  std::optional<std::vector<std::string>> labels;
  std::optional<std::vector<std::string>> chat_allow;
  std::optional<DeviceBinding> device;
};

/// Puts what @p change sets into @p config.
void Apply(const CheckboxChange& change, CheckboxConfig& config);

/// Whether @p name is 1 to 64 characters of `a-z`, `0-9`, `_`, `-`: part of a topic, a Home
/// Assistant object id and a Homie id alike. Error: INVALID_ARGUMENT/BAD_NAME.
absl::Status CheckName(const std::string& name);

/// Whether @p title is at most 128 bytes of UTF-8 without control characters.
/// Error: INVALID_ARGUMENT/BAD_TITLE.
absl::Status CheckTitle(const std::string& title);

/// Whether @p aliases are at most 32, none of them twice: each a word (see IsWord) under a language
/// tag that can be one. Error: INVALID_ARGUMENT/BAD_ALIAS.
absl::Status CheckAliases(const std::vector<Alias>& aliases);

/// Whether @p labels are at most 16 words (see IsWord), none of them twice.
/// Error: INVALID_ARGUMENT/BAD_LABEL.
absl::Status CheckLabels(const std::vector<std::string>& labels);

/// Whether @p text is 1 to 64 characters that a person can say and type: letters, digits and
/// pictures of any script, `_`, `-`, `'`, and single blanks in between. So no control or formatting
/// characters, no punctuation, and nothing that looks like another word because of them.
bool IsWord(const std::string& text);

/// Whether @p tag has the form of a BCP 47 language tag, up to 35 characters; it may be empty.
bool IsLanguageTag(const std::string& tag);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_CONFIG_H_
