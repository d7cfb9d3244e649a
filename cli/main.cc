#include <csignal>
#include <cstdlib>

#include "cli/program.h"
#include "cli/streams.h"
#include "cli/translate.h"

int main(int argc, char** argv) {
  chatwire::cli::StartTranslation(chatwire::cli::CatalogueDirectory());
  // A reader that goes away shows as an error of write(), and is none.
  std::signal(SIGPIPE, SIG_IGN);
  // gRPC would write its own lines beside ours. Who sets the variable wants them.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  return chatwire::cli::RunProgram(argc, argv, chatwire::cli::Streams());
}
