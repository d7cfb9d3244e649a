#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "cli/program.h"
#include "cli/streams.h"
#include "cli/translate.h"

namespace {

/// A descriptor that the caller has closed would be taken by the next file or connection that is
/// opened, and what is for the caller would go there. Put in its place is what can be neither
/// written nor read, in the way that it is used.
void KeepStandardDescriptors() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) == -1) open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace

int main(int argc, char** argv) {
  KeepStandardDescriptors();
  chatwire::cli::StartTranslation(chatwire::cli::CatalogueDirectory());
  // A reader that goes away shows as an error of write(), and is none.
  std::signal(SIGPIPE, SIG_IGN);
  // gRPC would write its own lines beside ours. Who sets the variable wants them.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  const int code = chatwire::cli::RunProgram(argc, argv, chatwire::cli::Streams());
  // All that was opened is closed by here. What is left are the destructors of the libraries' own
  // tables, which take a tenth of a short command's time (tests/bench/startup).
  std::fflush(nullptr);
  _exit(code);
}
