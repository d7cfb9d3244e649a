#ifndef CHATWIRE_CLI_STREAMS_H_
#define CHATWIRE_CLI_STREAMS_H_

namespace chatwire::cli {

/// File descriptors that the program reads and writes. Tests give others than 0, 1 and 2.
struct Streams {
  int in = 0;
  int out = 1;
  int error = 2;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_STREAMS_H_
