#include "cli/chat/message_layout.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/chat/screen_text.h"
#include "cli/printable.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// `21:03 `: what is under it stands under the text.
constexpr int kTimeColumns = 6;

/// Behind one's own message: how far it has come.
std::string MarkOf(const ChatMessage& message) {
  switch (message.delivery) {
    case Delivery::kSending:
      return " …";
    case Delivery::kAccepted:
      return " ·";
    case Delivery::kServer:
      return " ✓";
    case Delivery::kReceived:
      return " ✓✓";
    case Delivery::kDisplayed:
      return absl::StrCat(" ✓✓ ", Tr("seen"));
    case Delivery::kNone:
    case Delivery::kFailed:
      return "";
  }
  return "";
}

std::string Notes(const ChatMessage& message) {
  return absl::StrCat(message.edited && !message.retracted ? absl::StrCat(" ", Tr("(edited)")) : "",
                      MarkOf(message));
}

/// Time, author and text of one message, with the author only on the first line.
class MessageLines {
 public:
  MessageLines(const LayoutOptions& options, std::vector<ScreenLine>& lines)
      : options_(options), lines_(lines) {}

  void Add(const std::string& head, const std::vector<Span>& author, const std::string& text,
           Style style) {
    ScreenLine first = {{head, Style::kDim}};
    int used = 0;
    for (const Span& span : author) {
      first.push_back(span);
      used += DisplayWidth(span.text);
    }
    const std::string indent(kTimeColumns, ' ');
    for (const std::string& part : Wrapped(text, options_.width - kTimeColumns, used)) {
      ScreenLine line = !begun_ ? first : ScreenLine{{indent, Style::kPlain}};
      begun_ = true;
      if (!part.empty()) line.push_back({part, style});
      lines_.push_back(std::move(line));
    }
  }

  /// Behind the last line where there is room, else below it.
  void Behind(const std::string& text, Style style) {
    int used = 0;
    for (const Span& span : lines_.back()) used += DisplayWidth(span.text);
    if (used + DisplayWidth(text) > options_.width) {
      lines_.push_back({{std::string(kTimeColumns - 1, ' '), Style::kPlain}});
    }
    lines_.back().push_back({text, style});
  }

 private:
  const LayoutOptions& options_;
  std::vector<ScreenLine>& lines_;
  bool begun_ = false;
};

void AddReactions(const ChatMessage& message, MessageLines& lines) {
  std::vector<std::string> parts;
  for (const auto& [who, reactions] : message.reactions) {
    if (!reactions.empty()) parts.push_back(absl::StrCat(absl::StrJoin(reactions, ""), " ", who));
  }
  if (!parts.empty()) {
    lines.Behind(absl::StrCat(" [", ScreenText(absl::StrJoin(parts, ", ")), "]"), Style::kDim);
  }
}

void AddText(const ChatMessage& message, const LayoutOptions& options, const std::string& head,
             MessageLines& lines) {
  const Style name_style = message.own ? Style::kOwnName : Style::kName;
  const std::string author = Fitted(ScreenText(message.author), std::max(8, options.width / 3));
  const bool action = absl::StartsWith(message.text, "/me ") && !message.retracted;
  const std::vector<Span> by =
      action ? std::vector<Span>{{"* ", Style::kPlain}, {author, name_style}, {" ", Style::kPlain}}
             : std::vector<Span>{{author, name_style}, {": ", Style::kPlain}};
  Style style = message.retracted ? Style::kDim : Style::kPlain;
  const bool mention = !message.own && Mentions(message.text, options.own_nick);
  if (mention && !message.retracted) style = Style::kMention;
  const std::string text = message.retracted ? Tr("(taken back)")
                           : action          ? message.text.substr(4)
                                             : message.text;
  lines.Add(head, by, ScreenText(text), style);
  const std::string notes = Notes(message);
  if (!notes.empty()) lines.Behind(notes, Style::kDim);
  AddReactions(message, lines);
  if (message.delivery == Delivery::kFailed) {
    lines.Behind(absl::StrCat(" ✗ ", Tr("not sent: "), ScreenText(message.failure)), Style::kError);
  }
}

}  // namespace

bool Mentions(const std::string& text, const std::string& nick) {
  if (nick.empty()) return false;
  const std::string low = absl::AsciiStrToLower(text);
  const std::string wanted = absl::AsciiStrToLower(nick);
  const auto in_word = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0;
  };
  for (size_t at = low.find(wanted); at != std::string::npos; at = low.find(wanted, at + 1)) {
    const size_t end = at + wanted.size();
    const bool begins = at == 0 || !in_word(low[at - 1]);
    if (begins && (end == low.size() || !in_word(low[end]))) return true;
  }
  return false;
}

std::vector<ScreenLine> LayOut(const ChatMessage& message, const ChatMessage* before,
                               const LayoutOptions& options) {
  std::vector<ScreenLine> lines;
  const auto day = [&](const ChatMessage& m) {
    return absl::FormatTime("%A, %d %B %Y", m.time, options.time_zone);
  };
  if (before == nullptr || day(*before) != day(message)) {
    lines.push_back(
        {{Fitted(absl::StrCat("── ", day(message), " ──"), options.width), Style::kDim}});
  }
  const std::string head = absl::FormatTime("%H:%M ", message.time, options.time_zone);
  MessageLines message_lines(options, lines);
  if (message.kind == ChatMessage::Kind::kText) {
    AddText(message, options, head, message_lines);
  } else {
    const bool error = message.kind == ChatMessage::Kind::kError;
    message_lines.Add(head, {{"-- ", Style::kDim}}, ScreenText(message.text),
                      error ? Style::kError : Style::kDim);
  }
  return lines;
}

}  // namespace chatwire::cli
