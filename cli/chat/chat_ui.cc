#include "cli/chat/chat_ui.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace chatwire::cli {

void ChatUi::SetSize(int width, int height) {
  width_ = width;
  height_ = height;
}

LayoutOptions ChatUi::layout() const {
  LayoutOptions options;
  options.width = width_;
  const Conversation* const shown = chat_.model().current();
  if (shown != nullptr) options.own_nick = shown->own_nick;
  return options;
}

void ChatUi::Refresh() {
  const Conversation* const current = chat_.model().current();
  const std::string now = current == nullptr ? "" : current->jid();
  if (now == shown_) return;
  // What was typed before there was a conversation is for the first one.
  if (!shown_.empty()) {
    drafts_[shown_] = editor_;
    editor_ = drafts_[now];
  }
  completer_.Reset();
  shown_ = now;
}

void ChatUi::OnText(const std::string& text) {
  completer_.Reset();
  editor_.Insert(text);
  chat_.LineChanged(false);
}

void ChatUi::OnNumber(int number) {
  chat_.SelectNumber(number);
  Refresh();
}

void ChatUi::OnKey(Key key) {
  if (pasting_ || key == Key::kPasteStart) return Paste(key);
  if (key != Key::kTab) completer_.Reset();
  switch (key) {
    case Key::kEnter:
      Enter();
      break;
    case Key::kTab:
      Tab();
      break;
    case Key::kPageUp:
      ScrollUp();
      break;
    case Key::kPageDown:
      ScrollDown();
      break;
    case Key::kNext:
      chat_.SelectNext(1);
      break;
    case Key::kPrevious:
      chat_.SelectNext(-1);
      break;
    case Key::kEndOfInput:
      if (editor_.text().empty()) chat_.Submit("/quit");
      break;
    default:
      if (Edit(key)) chat_.LineChanged(editor_.text().empty());
  }
  Refresh();
}

/// What is pasted is text, whatever keys there are for it: several lines are one message.
void ChatUi::Paste(Key key) {
  if (key == Key::kEnter || key == Key::kNewLine) OnText("\n");
  if (key == Key::kTab) OnText("\t");
  if (key == Key::kPasteStart) pasting_ = true;
  if (key != Key::kPasteEnd) return;
  pasting_ = false;
  // Whoever copies whole lines copies the end of the last one, too.
  if (absl::EndsWith(editor_.text(), "\n") && editor_.cursor() == editor_.text().size()) {
    editor_.Backspace();
  }
}

/// Returns whether the text may have changed.
bool ChatUi::Edit(Key key) {
  switch (key) {
    case Key::kNewLine:
      return editor_.Insert("\n"), true;
    case Key::kBackspace:
      return editor_.Backspace(), true;
    case Key::kDelete:
      return editor_.Delete(), true;
    case Key::kKillWord:
      return editor_.KillWord(), true;
    case Key::kKillToStart:
      return editor_.KillToStart(), true;
    case Key::kKillToEnd:
      return editor_.KillToEnd(), true;
    case Key::kUp:
      return editor_.Older(), false;
    case Key::kDown:
      return editor_.Newer(), false;
    case Key::kLeft:
      return editor_.Left(), false;
    case Key::kRight:
      return editor_.Right(), false;
    case Key::kWordLeft:
      return editor_.WordLeft(), false;
    case Key::kWordRight:
      return editor_.WordRight(), false;
    case Key::kHome:
      return editor_.Home(), false;
    case Key::kEnd:
      if (editor_.text().empty()) scrollbacks_[shown_].ToEnd();
      return editor_.End(), false;
    default:
      return false;
  }
}

void ChatUi::Enter() {
  // Typed before there is anybody to read it: it stays until there is.
  const bool command = absl::StartsWith(editor_.text(), "/");
  if (chat_.model().current() == nullptr && !command) return;
  const std::string line = editor_.Take();
  scrollbacks_[shown_].ToEnd();
  chat_.Submit(line);
}

void ChatUi::Tab() {
  if (editor_.text().empty()) {
    chat_.SelectUnread();
    return;
  }
  const Conversation* const shown = chat_.model().current();
  CompletionNames names;
  if (shown != nullptr) names.nicks = shown->NicksByActivity();
  for (const auto& conversation : chat_.model().all()) {
    if (conversation->kind() != ChatKind::kPrivate) names.jids.push_back(conversation->jid());
  }
  if (completer_.Complete(editor_, names)) chat_.LineChanged(false);
}

void ChatUi::ScrollUp() {
  const Conversation* const shown = chat_.model().current();
  if (shown == nullptr) return;
  const int lines = std::max(1, height_ - 2);
  if (scrollbacks_[shown_].Up(shown->messages(), layout(), height_, lines)) chat_.ReachedTop();
}

void ChatUi::ScrollDown() {
  const Conversation* const shown = chat_.model().current();
  if (shown == nullptr) return;
  scrollbacks_[shown_].Down(shown->messages(), layout(), std::max(1, height_ - 2));
}

}  // namespace chatwire::cli
