#ifndef CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_PROTO_H_
#define CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_PROTO_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "chatwire/xmpp/v1/command_service.pb.h"
#include "mqtt-service/domain/checkbox_form.h"
#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt {

/// What came of one changed box, for people.
struct FormResultLine {
  std::string name;
  std::string label;
  std::string text;
};

/// The command's name in the protocol.
inline constexpr char kCheckboxFormNode[] = "chatwire-checkboxes";

FormStep StepFromProto(const xmpp::v1::CommandRequested& requested);

/// The one of the three that @p tag (BCP 47, such as `pt-BR`) means best.
Language LanguageOfTag(const std::string& tag);

xmpp::v1::CommandContinues ToProto(const FormPage& page, Language language);

xmpp::v1::CommandCompletes ToProto(const std::vector<FormResultLine>& lines, Language language);

xmpp::v1::CommandFails FailureToProto(const absl::Status& status);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_PROTO_H_
