// `chatwire version` and `chatwire --version`, before anything else: the descriptors of Protobuf,
// which are registered before main(), take longer than all that such a command does.

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "cli/config.h"

namespace chatwire::cli {
namespace {

constexpr char kText[] = "chatwire " CHATWIRE_VERSION "\n";

/// Whether the config file may ask for JSON.
bool ConfigSpeaksOfJson() {
  std::ifstream file(ConfigDirectory() + "/config.toml");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return text.find("json") != std::string::npos;
}

/// 101 is the first priority that is not the compiler's; Protobuf has 102. glibc gives the
/// arguments of main().
[[gnu::constructor(101)]] void AnswerVersion(int argc, char** argv) {
  if (argc != 2) return;
  const bool option = std::strcmp(argv[1], "--version") == 0;
  if (!option && (std::strcmp(argv[1], "version") != 0 || ConfigSpeaksOfJson())) return;
  // What does not work out, such as a full disk, the ordinary way tells.
  std::signal(SIGPIPE, SIG_IGN);
  const ssize_t size = sizeof(kText) - 1;
  if (write(STDOUT_FILENO, kText, size) == size) _exit(0);
}

}  // namespace
}  // namespace chatwire::cli
