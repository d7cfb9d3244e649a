#include "cli/completion_names.h"

#include <nlohmann/json.hpp>

#include "cli/config.h"
#include "cli/format/json_text.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/request_field.h"
#include "cli/rpc/unary.h"

namespace chatwire::cli {
namespace {

struct Source {
  const char* placeholder;
  const char* rpc;
  const char* list;
  const char* word;
  const char* about;
};

constexpr Source kSources[] = {
    {"CHECKBOX", "mqtt.v1.CheckboxService.ListCheckboxes", "checkboxes", "name", "title"},
    {"JID", "xmpp.v1.RosterService.ListContacts", "contacts", "jid", "name"},
    {"ROOM", "xmpp.v1.RoomService.ListJoinedRooms", "rooms", "room", "subject"}};

std::vector<Candidate> Ask(Session& session, const Source& source) {
  const auto* const method = MethodNamed(source.rpc);
  const auto request = NewMessage(method->input_type());
  if (FieldAt(method->input_type(), "account") != nullptr &&
      !SetField(*request, "account", {session.connection.Account()}, "account").ok()) {
    return {};
  }
  CallOptions options = OrdinaryCall(session);
  options.timeout = absl::Seconds(1);
  options.retry = false;
  const auto response = NewMessage(method->output_type());
  if (!CallUnary(session, method, options, *request, *response).ok()) return {};
  std::vector<Candidate> names;
  const nlohmann::ordered_json answer = MessageJson(*response);
  for (const auto& row : ValueAt(answer, source.list)) {
    names.push_back({CellText(row, source.word), CellText(row, source.about)});
  }
  return names;
}

std::vector<Candidate> Profiles(const Settings& settings) {
  std::vector<Candidate> names;
  const auto content = ReadConfig(settings.config_file);
  if (!content.ok()) return names;
  for (const std::string& name : content->profiles) {
    const ConfigEntry* const server = content->Find(name, "server");
    names.push_back({name, server == nullptr ? "" : server->value});
  }
  return names;
}

std::vector<Candidate> Keys() {
  std::vector<Candidate> keys;
  for (const std::string& key : SettingKeys()) keys.push_back({key, ""});
  return keys;
}

}  // namespace

std::vector<Candidate> NamesFor(Session& session, const std::string& placeholder) {
  if (placeholder == "PROFILE") return Profiles(session.settings);
  if (placeholder == "KEY") return Keys();
  for (const Source& source : kSources) {
    if (placeholder == source.placeholder) return Ask(session, source);
  }
  return {};
}

}  // namespace chatwire::cli
