#ifndef CHATWIRE_CLI_SCREEN_SCREEN_SIZE_H_
#define CHATWIRE_CLI_SCREEN_SCREEN_SIZE_H_

namespace chatwire::cli {

/// How the screen looks.
struct ScreenSize {
  int width = 80;
  int height = 24;
  /// Without: bold, dim and reverse only.
  bool colours = true;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_SCREEN_SCREEN_SIZE_H_
