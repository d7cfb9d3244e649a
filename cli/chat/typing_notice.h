#ifndef CHATWIRE_CLI_CHAT_TYPING_NOTICE_H_
#define CHATWIRE_CLI_CHAT_TYPING_NOTICE_H_

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace chatwire::cli {

/// What is told to the other side about the typing here (XEP-0085).
enum class TypingState { kActive, kComposing, kPaused };

/// Decides when to tell it: once when somebody begins to type, once when they pause for 5 s, once
/// when they clear the line. A message that is sent tells it by itself.
class TypingNotice {
 public:
  struct Told {
    std::string jid;
    TypingState state;
  };

  /// The line for @p jid was changed.
  std::optional<Told> Changed(const std::string& jid, bool empty, absl::Time now);
  /// Time goes by.
  std::optional<Told> Tick(absl::Time now);
  /// The line was sent.
  void Sent() { jid_.clear(); }
  /// Another conversation is shown.
  std::optional<Told> Left();

 private:
  /// To whom it was told last that somebody types; "" for nobody.
  std::string jid_;
  bool paused_ = false;
  absl::Time last_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_TYPING_NOTICE_H_
