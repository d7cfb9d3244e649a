// chatwire-xmppd: keeps XMPP accounts online and offers them over gRPC.
#include <QCoreApplication>
#include <iostream>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "common/flags.h"
#include "common/log.h"
#include "common/secret_file.h"
#include "common/signal_wait.h"
#include "xmpp-service/config.h"
#include "xmpp-service/service.h"

namespace {

constexpr char kUsage[] =
    "Keeps XMPP accounts online and offers chat over gRPC.\n"
    "Each flag is also an environment variable: --state_dir is CHATWIRE_STATE_DIR.";
constexpr char kVersion[] = "chatwire-xmppd " CHATWIRE_VERSION;

int Fail(const absl::Status& status) {
  std::cerr << "chatwire-xmppd: " << status.message() << std::endl;
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  chatwire::BlockStopSignals();
  absl::Status status = chatwire::LoadFlags(argc, argv, kUsage, kVersion);
  if (!status.ok()) return Fail(status);
  const auto config = chatwire::xmpp::ReadConfig();
  if (!config.ok()) return Fail(config.status());
  status = chatwire::StartLog(config->log_format);
  if (!status.ok()) return Fail(status);
  for (const std::string& name : chatwire::UnknownEnvironment()) {
    LOG(WARNING) << "the environment variable " << name << " names no flag";
  }
  // Qt's threads and sockets need it; its own event loop is not run.
  int no_arguments = 1;
  QCoreApplication application(no_arguments, argv);

  auto service = chatwire::xmpp::Service::Start(*config);
  if (!service.ok()) return Fail(service.status());
  LOG(INFO) << kVersion << " listens on " << (*service)->address();
  if (!config->ready_file.empty()) {
    status = chatwire::WriteFileAtomically(config->ready_file, (*service)->address());
    if (!status.ok()) return Fail(status);
  }
  const int signal = chatwire::WaitForStopSignal();
  LOG(INFO) << "stopping on signal " << signal;
  return 0;
}
