#include "cli/chat/line_editor.h"

#include <algorithm>

#include "cli/chat/screen_text.h"

namespace chatwire::cli {
namespace {

constexpr size_t kMostLinesKept = 200;

/// A cluster of the text as it shows on one line.
Cluster Shown(const Cluster& cluster) {
  if (cluster.text == "\n") return {cluster.offset, "↵", 1};
  const std::string text = ScreenText(cluster.text);
  int width = 0;
  for (const Cluster& part : ClustersOf(text)) width += part.width;
  return {cluster.offset, text, width};
}

}  // namespace

void LineEditor::Set(const std::string& text) {
  text_ = text;
  End();
}

void LineEditor::Insert(const std::string& text) { Replace(cursor_, 0, text); }

void LineEditor::Replace(size_t start, size_t length, const std::string& replacement) {
  text_.replace(start, length, replacement);
  cursor_ = start + replacement.size();
}

size_t LineEditor::Before(size_t offset) const {
  size_t before = 0;
  for (const Cluster& cluster : ClustersOf(text_)) {
    if (cluster.offset >= offset) break;
    before = cluster.offset;
  }
  return before;
}

size_t LineEditor::Behind(size_t offset) const {
  for (const Cluster& cluster : ClustersOf(text_)) {
    if (cluster.offset > offset) return cluster.offset;
  }
  return text_.size();
}

size_t LineEditor::WordBefore(size_t offset) const {
  while (offset > 0 && text_[offset - 1] == ' ') --offset;
  while (offset > 0 && text_[offset - 1] != ' ') --offset;
  return offset;
}

void LineEditor::Left() { cursor_ = Before(cursor_); }

void LineEditor::Right() { cursor_ = Behind(cursor_); }

void LineEditor::WordLeft() { cursor_ = WordBefore(cursor_); }

void LineEditor::WordRight() {
  while (cursor_ < text_.size() && text_[cursor_] == ' ') ++cursor_;
  while (cursor_ < text_.size() && text_[cursor_] != ' ') ++cursor_;
}

void LineEditor::Backspace() {
  const size_t start = Before(cursor_);
  Replace(start, cursor_ - start, "");
}

void LineEditor::Delete() { text_.erase(cursor_, Behind(cursor_) - cursor_); }

void LineEditor::KillWord() {
  const size_t start = WordBefore(cursor_);
  Replace(start, cursor_ - start, "");
}

void LineEditor::KillToStart() { Replace(0, cursor_, ""); }

void LineEditor::KillToEnd() { text_.resize(cursor_); }

std::string LineEditor::Take() {
  std::string taken;
  taken.swap(text_);
  cursor_ = 0;
  if (!taken.empty() && (older_.empty() || older_.back() != taken)) older_.push_back(taken);
  if (older_.size() > kMostLinesKept) older_.erase(older_.begin());
  shown_ = older_.size();
  typed_.clear();
  return taken;
}

void LineEditor::Show(size_t index) {
  if (shown_ >= older_.size()) typed_ = text_;
  shown_ = index;
  Set(index < older_.size() ? older_[index] : typed_);
}

void LineEditor::Older() {
  const size_t now = std::min(shown_, older_.size());
  if (now > 0) Show(now - 1);
}

void LineEditor::Newer() {
  if (shown_ < older_.size()) Show(shown_ + 1);
}

LineEditor::View LineEditor::Visible(int width) const {
  std::vector<Cluster> clusters;
  for (const Cluster& cluster : ClustersOf(text_)) clusters.push_back(Shown(cluster));
  size_t at = 0;
  while (at < clusters.size() && clusters[at].offset < cursor_) ++at;
  View view;
  view.at = at < clusters.size() ? clusters[at].text : " ";
  int room = width - (at < clusters.size() ? clusters[at].width : 1);
  // What is before the cursor comes first; it is what was typed last.
  size_t first = at;
  while (first > 0 && clusters[first - 1].width <= room) room -= clusters[--first].width;
  for (size_t i = first; i < at; ++i) view.before += clusters[i].text;
  for (size_t i = at + 1; i < clusters.size() && clusters[i].width <= room; ++i) {
    room -= clusters[i].width;
    view.after += clusters[i].text;
  }
  return view;
}

}  // namespace chatwire::cli
