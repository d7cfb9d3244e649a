#ifndef CHATWIRE_CLI_CHAT_CHAT_UI_H_
#define CHATWIRE_CLI_CHAT_CHAT_UI_H_

#include <map>
#include <string>

#include "cli/chat/chat.h"
#include "cli/chat/completer.h"
#include "cli/chat/line_editor.h"
#include "cli/chat/scrollback.h"

namespace chatwire::cli {

/// A key with a meaning of its own.
enum class Key {
  kEnter,
  kNewLine,
  kTab,
  kBackspace,
  kDelete,
  kLeft,
  kRight,
  kWordLeft,
  kWordRight,
  kHome,
  kEnd,
  kUp,
  kDown,
  kPageUp,
  kPageDown,
  kKillWord,
  kKillToStart,
  kKillToEnd,
  kNext,
  kPrevious,
  kEndOfInput,
  /// Around what is pasted, from terminals that say so.
  kPasteStart,
  kPasteEnd,
};

/// What a full-screen chat remembers beside the chat itself: the line that is typed in each
/// conversation, and how far each is scrolled back. Says what keys do. Knows no terminal.
class ChatUi {
 public:
  /// @p chat must outlive this.
  explicit ChatUi(Chat& chat) : chat_(chat) {}

  /// How many columns and lines there are for messages.
  void SetSize(int width, int height);

  void OnKey(Key key);
  /// A character, or several at once.
  void OnText(const std::string& text);
  /// Alt and a digit.
  void OnNumber(int number);

  /// Call before anything is shown: the conversation may be another one.
  void Refresh();

  Chat& chat() { return chat_; }
  const LineEditor& editor() const { return editor_; }
  const Scrollback& scrollback() { return scrollbacks_[shown_]; }
  LayoutOptions layout() const;

 private:
  void Enter();
  bool Edit(Key key);
  void Paste(Key key);
  void Tab();
  void ScrollUp();
  void ScrollDown();

  Chat& chat_;
  LineEditor editor_;
  Completer completer_;
  std::map<std::string, Scrollback> scrollbacks_;
  std::map<std::string, LineEditor> drafts_;
  std::string shown_;
  bool pasting_ = false;
  int width_ = 80;
  int height_ = 20;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_UI_H_
