#ifndef CHATWIRE_CLI_CHAT_LINE_EDITOR_H_
#define CHATWIRE_CLI_CHAT_LINE_EDITOR_H_

#include <string>
#include <vector>

namespace chatwire::cli {

/// A line that somebody types: text, cursor, and the lines before. Moves by what shows as one
/// character. Text is UTF-8; a line break in it does not end it.
class LineEditor {
 public:
  const std::string& text() const { return text_; }
  /// In bytes, from 0 to the size of the text.
  size_t cursor() const { return cursor_; }

  /// Replaces all; the cursor goes to the end.
  void Set(const std::string& text);
  void Insert(const std::string& text);
  /// Puts @p replacement in the place of @p length bytes at @p start, and the cursor behind it.
  void Replace(size_t start, size_t length, const std::string& replacement);

  void Left();
  void Right();
  void WordLeft();
  void WordRight();
  void Home() { cursor_ = 0; }
  void End() { cursor_ = text_.size(); }
  void Backspace();
  void Delete();
  void KillWord();
  void KillToStart();
  void KillToEnd();

  /// Takes the line away, and keeps it for Older.
  std::string Take();
  /// The line before this one, as in a shell; what is being typed is kept.
  void Older();
  void Newer();

  /// What of it shows in some columns.
  struct View {
    std::string before;
    /// What is under the cursor; a blank at the end.
    std::string at;
    std::string after;
  };

  /// The part around the cursor that fits into @p width columns.
  View Visible(int width) const;

 private:
  size_t Before(size_t offset) const;
  size_t Behind(size_t offset) const;
  size_t WordBefore(size_t offset) const;
  void Show(size_t index);

  std::string text_;
  size_t cursor_ = 0;
  std::vector<std::string> older_;
  /// Which line of `older_` shows; its size: none of them.
  size_t shown_ = 0;
  std::string typed_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_LINE_EDITOR_H_
