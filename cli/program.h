#ifndef CHATWIRE_CLI_PROGRAM_H_
#define CHATWIRE_CLI_PROGRAM_H_

#include "cli/streams.h"

namespace chatwire::cli {

/// The whole program but for main: parses, runs one command, reports its error. Returns the exit
/// code (cli/exit_code.h). SIGPIPE must be ignored.
int RunProgram(int argc, const char* const* argv, const Streams& streams);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_PROGRAM_H_
