#include "cli/commands/config_show.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/config.h"
#include "cli/errors.h"

namespace chatwire::cli {
namespace {

class ListCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app =
        parent.add_subcommand("list", "Show the values in use and where they are from");
    app->footer(HelpText("With --json, one object for each: {\"key\", \"value\", \"source\"}",
                         {"config list", "config list --profile work"}, {}));
    return app;
  }

  bool EditsConfig() const override { return true; }

  JsonShape Shape() const override { return {"", {{"key", ""}, {"value", ""}, {"source", ""}}}; }

  absl::Status Run(Session& session) override {
    Table table{{"KEY", "VALUE", "SOURCE"}, {}};
    for (const SettingValue& setting : session.settings.values) {
      table.rows.push_back({setting.key, setting.value, setting.source});
      if (session.output.json()) {
        session.output.Object(
            {{"key", setting.key}, {"value", setting.value}, {"source", setting.source}});
      }
    }
    if (!session.output.json()) session.output.PrintTable(table);
    return absl::OkStatus();
  }
};

class ProfilesCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("profiles", "List the profiles of the config file");
    app->footer(
        HelpText("IN USE is the one that --profile, CHATWIRE_PROFILE or default_profile "
                 "names.\n\nWith --json, one object for each: {\"profile\", \"in_use\", "
                 "\"server\", \"mqtt_server\", \"account\"}; the last three as the profile "
                 "sets them.",
                 {"config profiles"}, {}));
    return app;
  }

  bool EditsConfig() const override { return true; }

  JsonShape Shape() const override {
    return {
        "",
        {{"profile", ""}, {"in_use", ""}, {"server", ""}, {"mqtt_server", ""}, {"account", ""}}};
  }

  absl::Status Run(Session& session) override {
    const auto content = ReadConfig(session.settings.config_file);
    if (!content.ok()) return content.status();
    Table table{{"PROFILE", "IN USE", "SERVER", "MQTT SERVER", "ACCOUNT"}, {}};
    for (const std::string& name : content->profiles) {
      const auto value = [&](const std::string& key) {
        const ConfigEntry* const entry = content->Find(name, key);
        return entry == nullptr ? "" : entry->value;
      };
      const bool in_use = name == session.settings.profile;
      table.rows.push_back(
          {name, in_use ? "yes" : "no", value("server"), value("mqtt-server"), value("account")});
      if (session.output.json()) {
        session.output.Object({{"profile", name},
                               {"in_use", in_use},
                               {"server", value("server")},
                               {"mqtt_server", value("mqtt-server")},
                               {"account", value("account")}});
      }
    }
    if (!session.output.json()) session.output.PrintTable(table);
    return absl::OkStatus();
  }
};

class GetCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("get", "Print one value");
    app->add_option("KEY", key_, "A key, or profile.NAME.KEY as it stands in the file")
        ->type_name("")
        ->required();
    app->footer(
        HelpText("A key alone gives the value in use, wherever it comes from. Exit code 4 "
                 "where the file has no such value.\n\nWith --json: {\"key\", \"value\"}",
                 {"config get server", "config get profile.home.account"}, {}));
    return app;
  }

  bool EditsConfig() const override { return true; }

  JsonShape Shape() const override { return {"", {{"key", ""}, {"value", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto key = ParseConfigKey(key_);
    if (!key.ok()) return key.status();
    std::string value;
    for (const SettingValue& setting : session.settings.values) {
      if (key->profile.empty() && setting.key == key->key) value = setting.value;
    }
    if (!key->profile.empty() || key->key == kDefaultProfileKey) {
      const auto content = ReadConfig(session.settings.config_file);
      if (!content.ok()) return content.status();
      const ConfigEntry* const entry = content->Find(key->profile, key->key);
      if (entry == nullptr) return NoValue(session.settings.config_file);
      value = entry->value;
    }
    if (session.output.json()) {
      session.output.Object({{"key", key_}, {"value", value}});
    } else {
      session.output.Line(value);
    }
    return absl::OkStatus();
  }

 private:
  absl::Status NoValue(const std::string& file) const {
    return MakeError(absl::StatusCode::kNotFound, kUsageReason,
                     absl::StrCat(file, " has no value for ", key_,
                                  "; set one with `chatwire "
                                  "config set ",
                                  key_, " VALUE`"));
  }

  std::string key_;
};

class PathCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("path", "Print where the config file is");
    app->footer(HelpText("It need not be there.\n\nWith --json: {\"path\"}", {"config path"}, {}));
    return app;
  }

  bool EditsConfig() const override { return true; }

  JsonShape Shape() const override { return {"", {{"path", ""}}}; }

  absl::Status Run(Session& session) override {
    if (session.settings.config_file.empty()) {
      return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                       "neither HOME nor XDG_CONFIG_HOME is set, so there is no place for it; say "
                       "where the file is with --config");
    }
    if (session.output.json()) {
      session.output.Object({{"path", session.settings.config_file}});
    } else {
      session.output.Line(session.settings.config_file);
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Command> MakeConfigListCommand() { return std::make_unique<ListCommand>(); }

std::unique_ptr<Command> MakeConfigProfilesCommand() { return std::make_unique<ProfilesCommand>(); }

std::unique_ptr<Command> MakeConfigGetCommand() { return std::make_unique<GetCommand>(); }

std::unique_ptr<Command> MakeConfigPathCommand() { return std::make_unique<PathCommand>(); }

}  // namespace chatwire::cli
