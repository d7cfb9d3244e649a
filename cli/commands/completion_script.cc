#include "cli/commands/completion_script.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/completion.h"

namespace chatwire::cli {
namespace {

class CompletionCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app =
        parent.add_subcommand("completion", "Print the script that completes commands in a shell");
    app->add_option("SHELL", shell_, "bash, zsh or fish")
        ->type_name("")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    app->footer(
        HelpText("Commands, options and their words are completed, and the names of "
                 "checkboxes, contacts and joined rooms, for which the services are asked.",
                 {"completion bash > /etc/bash_completion.d/chatwire",
                  "completion zsh > \"${fpath[1]}/_chatwire\"",
                  "completion fish > ~/.config/fish/completions/chatwire.fish"},
                 {}));
    return app;
  }

  JsonShape Shape() const override { return {"", {{"shell", ""}, {"script", ""}}}; }

  absl::Status Run(Session& session) override {
    const std::string script = CompletionScript(shell_);
    if (session.output.json()) {
      session.output.Object({{"shell", shell_}, {"script", script}});
    } else {
      session.output.Raw(script);
    }
    return absl::OkStatus();
  }

 private:
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> MakeCompletionCommand() { return std::make_unique<CompletionCommand>(); }

}  // namespace chatwire::cli
