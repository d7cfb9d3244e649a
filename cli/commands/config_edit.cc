#include "cli/commands/config_edit.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "cli/config.h"
#include "cli/errors.h"
#include "common/rpc/channel.h"
#include "common/secret_file.h"

namespace chatwire::cli {
namespace {

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

/// What can be told of a value without using it.
absl::Status CheckValue(const std::string& key, const std::string& value) {
  if ((key == "server" || key == "mqtt-server") && !IsAddress(value)) {
    return Wrong(absl::StrCat("\"", value, "\" is not an address; write host:port"));
  }
  if (key == "timeout") return ParseTimeout(value).status();
  if (key == "json" && value != "true" && value != "false") {
    return Wrong(absl::StrCat("json is true or false, not \"", value, "\""));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> TextOf(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::string();
  if (std::filesystem::file_size(path, ignored) == 0) return std::string();
  return ReadPublicFile(path);
}

/// Writes the entry, or takes it away, and reads the file back: a file that the next command cannot
/// read is never left behind.
absl::Status Change(const std::string& path, const ConfigEntry& entry,
                    const std::optional<std::string>& value) {
  if (path.empty()) {
    return Wrong("neither HOME nor XDG_CONFIG_HOME is set; say where the file is with --config");
  }
  const auto text = TextOf(path);
  if (!text.ok()) return Wrong(std::string(text.status().message()));
  const auto edited = EditConfig(*text, entry.profile, entry.key, value);
  if (!edited.ok()) return edited.status();
  const auto content = ParseConfig(path, *edited);
  if (!content.ok()) return content.status();
  const ConfigEntry* const found = content->Find(entry.profile, entry.key);
  if (value.has_value() ? found == nullptr || found->value != *value : found != nullptr) {
    return Wrong(absl::StrCat("cannot set this in ", path, "; edit the file"));
  }
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  const absl::Status written = WriteSecretFile(path, *edited);
  if (written.ok()) return written;
  return MakeError(absl::StatusCode::kUnknown, kFileReason, written.message());
}

void Print(Session& session, const std::string& key, const nlohmann::ordered_json& value,
           const std::string& text) {
  if (session.output.json()) {
    session.output.Object({{"key", key}, {"value", value}, {"file", session.settings.config_file}});
  } else {
    session.output.Line(absl::StrCat(text, " in ", session.settings.config_file));
  }
}

class EditCommand : public Command {
 public:
  bool EditsConfig() const override { return true; }

 protected:
  void AddKey(CLI::App& app) {
    app.add_option("KEY", key_, "KEY for all profiles, profile.NAME.KEY for one")
        ->type_name("")
        ->required();
  }

  std::string key_;
};

class SetCommand final : public EditCommand {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("set", "Put a value into the config file");
    AddKey(*app);
    app->add_option("VALUE", value_, "The value")->type_name("")->required();
    app->footer(HelpText(
        "A profile that is not there is made. Comments in the file stay.\n\n"
        "With --json: {\"key\", \"value\", \"file\"}",
        {"config set profile.home.server chat.example.org:7443", "config set timeout 30s"}, {}));
    return app;
  }

  absl::Status Run(Session& session) override {
    const auto key = ParseConfigKey(key_);
    if (!key.ok()) return key.status();
    absl::Status status = CheckValue(key->key, value_);
    if (status.ok()) status = Change(session.settings.config_file, *key, value_);
    if (status.ok()) Print(session, key_, value_, absl::StrCat(key_, " is ", value_));
    return status;
  }

 private:
  std::string value_;
};

class UnsetCommand final : public EditCommand {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("unset", "Take a value out of the config file");
    AddKey(*app);
    app->footer(HelpText("With --json: {\"key\", \"value\": null, \"file\"}",
                         {"config unset profile.home.account"}, {}));
    return app;
  }

  absl::Status Run(Session& session) override {
    const auto key = ParseConfigKey(key_);
    if (!key.ok()) return key.status();
    const absl::Status status = Change(session.settings.config_file, *key, std::nullopt);
    if (status.ok()) Print(session, key_, nullptr, absl::StrCat("no ", key_));
    return status;
  }
};

class UseCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("use", "Take a profile from now on");
    app->add_option("PROFILE", profile_, "Name of the profile")->type_name("")->required();
    app->footer(
        HelpText("Sets default_profile. For one command there is --profile, for one shell "
                 "the variable CHATWIRE_PROFILE.\n\n"
                 "With --json: {\"key\", \"value\", \"file\"}",
                 {"config use home"}, {}));
    return app;
  }

  bool EditsConfig() const override { return true; }

  absl::Status Run(Session& session) override {
    const auto content = ReadConfig(session.settings.config_file);
    if (!content.ok()) return content.status();
    if (content->profiles.count(profile_) == 0) {
      return UnknownProfile(profile_, content->profiles);
    }
    const absl::Status status =
        Change(session.settings.config_file, {"", kDefaultProfileKey, ""}, profile_);
    if (status.ok()) {
      Print(session, "default_profile", profile_, absl::StrCat("default_profile is ", profile_));
    }
    return status;
  }

 private:
  std::string profile_;
};

}  // namespace

std::unique_ptr<Command> MakeConfigSetCommand() { return std::make_unique<SetCommand>(); }

std::unique_ptr<Command> MakeConfigUnsetCommand() { return std::make_unique<UnsetCommand>(); }

std::unique_ptr<Command> MakeConfigUseCommand() { return std::make_unique<UseCommand>(); }

}  // namespace chatwire::cli
