#include "cli/chat/chat_view.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "cli/chat/screen_text.h"
#include "cli/printable.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

using ftxui::Element;
using ftxui::Elements;

constexpr int kListColumns = 20;
/// Narrower than this there is no list.
constexpr int kLeastWithList = 60;

/// @p text in exactly @p width columns.
std::string Padded(const std::string& text, int width) {
  std::string fitted = Fitted(text, width);
  const int left = width - DisplayWidth(fitted);
  if (left > 0) fitted += std::string(static_cast<size_t>(left), ' ');
  return fitted;
}

Element Coloured(Element element, ftxui::Color::Palette16 colour, bool colours) {
  return colours ? ftxui::color(colour, std::move(element)) : element;
}

/// The same person has the same colour everywhere.
ftxui::Color::Palette16 ColourOf(const std::string& name) {
  static constexpr std::array kColours = {ftxui::Color::Cyan,      ftxui::Color::Green,
                                          ftxui::Color::Magenta,   ftxui::Color::Blue,
                                          ftxui::Color::CyanLight, ftxui::Color::GreenLight};
  return kColours.at(std::hash<std::string>()(name) % kColours.size());
}

Element Shown(const Span& span, bool colours) {
  Element element = ftxui::text(span.text);
  switch (span.style) {
    case Style::kPlain:
      return element;
    case Style::kDim:
      return ftxui::dim(element);
    case Style::kOwnName:
      return ftxui::bold(element);
    case Style::kName:
      return Coloured(ftxui::bold(element), ColourOf(span.text), colours);
    case Style::kMention:
      return Coloured(ftxui::bold(element), ftxui::Color::Yellow, colours);
    case Style::kError:
      return Coloured(ftxui::bold(element), ftxui::Color::Red, colours);
  }
  return element;
}

std::string SymbolOf(const Conversation& conversation) {
  if (conversation.kind() == ChatKind::kRoom) return conversation.joined ? "#" : "-";
  if (conversation.kind() == ChatKind::kPrivate) return "@";
  switch (conversation.state()) {
    case ContactState::kChat:
    case ContactState::kOnline:
      return "●";
    case ContactState::kAway:
    case ContactState::kExtendedAway:
      return "◐";
    case ContactState::kBusy:
      return "◆";
    case ContactState::kOffline:
      return "○";
  }
  return " ";
}

Element ListEntry(const Conversation& conversation, bool current, bool colours) {
  const std::string count = conversation.unread == 0 ? "" : absl::StrCat(" ", conversation.unread);
  const int room = kListColumns - 2 - static_cast<int>(count.size());
  const std::string name = Padded(ScreenText(conversation.name), room);
  Element entry =
      ftxui::hbox({ftxui::text(absl::StrCat(SymbolOf(conversation), " ", name)),
                   Coloured(ftxui::bold(ftxui::text(count)),
                            conversation.mentioned ? ftxui::Color::Red : ftxui::Color::Yellow,
                            colours && conversation.unread > 0)});
  if (current) return ftxui::inverted(entry);
  return conversation.unread > 0 ? ftxui::bold(entry) : entry;
}

/// The part of the list that has the current one in it.
Element List(const ChatModel& model, int height, bool colours) {
  const std::vector<Conversation*> listed = model.Listed();
  const auto at = std::find(listed.begin(), listed.end(), model.current());
  const int current = at == listed.end() ? 0 : static_cast<int>(at - listed.begin());
  const int first =
      std::clamp(current - height / 2, 0, std::max(0, static_cast<int>(listed.size()) - height));
  Elements entries;
  for (size_t i = static_cast<size_t>(first);
       i < listed.size() && static_cast<int>(entries.size()) < height; ++i) {
    entries.push_back(ListEntry(*listed[i], listed[i] == model.current(), colours));
  }
  return ftxui::vbox(std::move(entries));
}

Element Title(const ChatModel& model, int width, bool colours) {
  std::string trouble;
  if (!model.session_trouble.empty()) trouble = model.session_trouble;
  if (!model.stream_up) {
    trouble = absl::Substitute(Tr("connection lost, reconnecting: $0"), model.stream_trouble);
  }
  const std::string unread =
      model.unread() == 0 ? "" : absl::Substitute(Tr("$0 unread "), model.unread());
  const std::string left =
      absl::StrCat(" ", model.account, "  ", trouble.empty() ? Tr("online") : trouble,
                   model.remark.empty() ? "" : "  ", model.remark);
  const int room = width - static_cast<int>(unread.size());
  Element title = ftxui::inverted(
      ftxui::text(absl::StrCat(Padded(ScreenText(left), std::max(0, room)), unread)));
  return trouble.empty() ? title : Coloured(std::move(title), ftxui::Color::Red, colours);
}

std::string TypingText(const Conversation& conversation, absl::Time now) {
  const std::vector<std::string> who = conversation.Typing(now);
  if (who.empty()) return "";
  if (who.size() > 3) return Tr("several people are typing…");
  return absl::Substitute(who.size() == 1 ? Tr("$0 is typing…") : Tr("$0 are typing…"),
                          absl::StrJoin(who, ", "));
}

/// How it stands with what is older than the first message that is there.
std::string OlderText(const Conversation& conversation) {
  const ArchivePages& archive = conversation.archive;
  if (!conversation.loading) return archive.trouble;
  if (archive.fetched == 0 || archive.total == 0) return Tr("loading…");
  return absl::Substitute(Tr("loading, $0 of $1 archived…"), archive.fetched, archive.total);
}

Element Standing(ChatUi& ui, int width) {
  const Conversation* const shown = ui.chat().model().current();
  if (shown == nullptr) return ftxui::inverted(ftxui::text(Padded("", width)));
  std::string left = absl::StrCat(" ", shown->jid());
  if (shown->kind() == ChatKind::kRoom) {
    absl::StrAppend(&left, " (", shown->people().size(), ")",
                    shown->topic.empty() ? "" : absl::StrCat(": ", shown->topic));
  } else if (!shown->status.empty() && shown->state() != ContactState::kOffline) {
    absl::StrAppend(&left, ": ", shown->status);
  }
  std::string right = TypingText(*shown, ui.chat().now());
  const std::string older = OlderText(*shown);
  if (!older.empty()) {
    right = older;
  } else if (!ui.scrollback().at_end()) {
    right = Tr("more below: Page down ");
  }
  right = Fitted(ScreenText(right), width / 2);
  std::replace(left.begin(), left.end(), '\n', ' ');
  const int room = width - DisplayWidth(right) - 1;
  return ftxui::inverted(ftxui::text(absl::StrCat(Padded(ScreenText(left), room), right, " ")));
}

Element FileBar(const FileProgress& file, int width) {
  const float part =
      file.total > 0 ? static_cast<float>(file.done) / static_cast<float>(file.total) : 0.0F;
  const int percent = static_cast<int>(part * 100);
  return ftxui::hbox({ftxui::text(absl::StrCat(" ", Fitted(ScreenText(file.name), width / 3), " ")),
                      ftxui::gauge(part) | ftxui::flex,
                      ftxui::text(absl::StrCat(" ", percent, "% "))});
}

Element Messages(ChatUi& ui, int width, int height, bool colours) {
  Elements lines;
  const Conversation* const shown = ui.chat().model().current();
  std::vector<ScreenLine> visible;
  if (shown != nullptr) {
    visible = ui.scrollback().Visible(shown->messages(), ui.layout(), height);
    if (visible.empty()) {
      visible.push_back(
          {{shown->loading ? Tr("loading…") : Tr("nothing was said here yet"), Style::kDim}});
    }
  } else {
    const std::string& notice = ui.chat().model().notice;
    const std::string text =
        notice.empty() ? Tr("/msg NAME@SERVER opens a chat, /join ROOM enters a room") : notice;
    for (const std::string& line : Wrapped(ScreenText(text), width)) {
      visible.push_back({{line, notice.empty() ? Style::kDim : Style::kPlain}});
    }
  }
  // The newest stands right above the line that is typed.
  for (size_t i = visible.size(); i < static_cast<size_t>(std::max(0, height)); ++i) {
    lines.push_back(ftxui::text(""));
  }
  for (const ScreenLine& line : visible) {
    Elements spans;
    for (const Span& span : line) spans.push_back(Shown(span, colours));
    lines.push_back(ftxui::hbox(std::move(spans)));
  }
  return ftxui::vbox(std::move(lines)) | ftxui::size(ftxui::WIDTH, ftxui::EQUAL, width);
}

Element Input(const LineEditor& editor, int width) {
  constexpr int kPromptColumns = 2;
  const LineEditor::View view = editor.Visible(width - kPromptColumns);
  return ftxui::hbox({ftxui::text("> "), ftxui::text(view.before),
                      ftxui::focusCursorBar(ftxui::text(view.at)), ftxui::text(view.after)});
}

}  // namespace

Element ChatView(ChatUi& ui, const ScreenSize& size) {
  ui.Refresh();
  const ChatModel& model = ui.chat().model();
  Elements files;
  if (model.current() != nullptr) {
    for (const FileProgress& file : model.current()->files) {
      files.push_back(FileBar(file, size.width));
    }
  }
  // Title, standing and input take a line each.
  const int height = std::max(1, size.height - 3 - static_cast<int>(files.size()));
  const bool with_list = size.width >= kLeastWithList;
  const int width = with_list ? size.width - kListColumns - 1 : size.width;
  ui.SetSize(width, height);
  Elements middle;
  if (with_list) {
    middle.push_back(List(model, height, size.colours) |
                     ftxui::size(ftxui::WIDTH, ftxui::EQUAL, kListColumns));
    middle.push_back(ftxui::separatorLight());
  }
  middle.push_back(Messages(ui, width, height, size.colours));
  Elements rows = {
      Title(model, size.width, size.colours),
      ftxui::hbox(std::move(middle)) | ftxui::size(ftxui::HEIGHT, ftxui::EQUAL, height)};
  for (Element& file : files) rows.push_back(std::move(file));
  rows.push_back(Standing(ui, size.width));
  rows.push_back(Input(ui.editor(), size.width));
  return ftxui::vbox(std::move(rows));
}

}  // namespace chatwire::cli
