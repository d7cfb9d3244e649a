#ifndef CHATWIRE_CLI_CHAT_SCROLLBACK_H_
#define CHATWIRE_CLI_CHAT_SCROLLBACK_H_

#include <cstdint>
#include <vector>

#include "cli/chat/chat_message.h"
#include "cli/chat/message_layout.h"

namespace chatwire::cli {

/// Which part of a conversation shows. At the end it follows what comes; scrolled back it stays at
/// the message where it is, whatever comes before or behind.
class Scrollback {
 public:
  using Messages = std::vector<ChatMessage>;

  /// The lines that show in @p height lines, the newest last.
  std::vector<ScreenLine> Visible(const Messages& messages, const LayoutOptions& options,
                                  int height) const;

  /// Goes back, but not beyond the first message. Returns whether it reached that.
  bool Up(const Messages& messages, const LayoutOptions& options, int height, int lines);
  void Down(const Messages& messages, const LayoutOptions& options, int lines);
  void ToEnd() { bottom_uid_ = 0; }
  bool at_end() const { return bottom_uid_ == 0; }

 private:
  size_t BottomOf(const Messages& messages) const;
  static std::vector<ScreenLine> LinesOf(const Messages& messages, size_t index,
                                         const LayoutOptions& options);

  /// The message whose line is the last to show; 0: the newest, whichever that is.
  int64_t bottom_uid_ = 0;
  /// How many of its lines are below.
  int below_ = 0;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_SCROLLBACK_H_
