#include "cli/chat/chat.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/chat/typed_line.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// Who has pressed no key for so long is not looking.
constexpr absl::Duration kAttention = absl::Minutes(1);

}  // namespace

Chat::Chat(Options options, const xmpp::v1::Account& account, ChatCalls& calls, Sources sources)
    : options_(std::move(options)),
      context_{model_, calls, std::move(sources.now), std::move(sources.new_id)},
      applier_(model_),
      loader_(context_, applier_),
      messages_(context_, options_.tell_marks),
      rooms_(context_, [this](Conversation& room) { Show(room); }),
      contacts_(context_) {
  model_.account = account.account();
  model_.session_trouble = SessionTrouble(account.connection());
  model_.online = model_.session_trouble.empty();
  model_.stream_trouble = Tr("connecting to the service");
}

void Chat::StreamUp(bool resumed) {
  model_.stream_up = true;
  model_.stream_trouble.clear();
  const bool first = !started_;
  started_ = true;
  if (resumed) return;
  loader_.LoadAll([this, first] {
    for (const auto& conversation : model_.all()) conversation->loaded = false;
    if (first) return OpenPeer(options_.peer);
    if (model_.current() != nullptr) loader_.LoadNewest(*model_.current());
  });
}

void Chat::StreamLost(const std::string& why) {
  model_.stream_up = false;
  model_.stream_trouble = why;
}

void Chat::OnEvent(const xmpp::v1::Event& event) {
  // After a reconnect an event may come again.
  if (event.sequence() <= last_sequence_) return;
  last_sequence_ = event.sequence();
  const auto added = applier_.Apply(event, now());
  if (!added.has_value()) return;
  if (heard_ != nullptr) heard_(*added);
  const bool shown = added->conversation == model_.current();
  const bool attended = shown && now() - last_key_ < kAttention;
  if (shown) messages_.MarkDisplayed(*added->conversation);
  const bool for_us = added->conversation->kind() != ChatKind::kRoom || added->mentions;
  if (options_.notify && for_us && !attended && notify_ != nullptr) notify_(*added);
}

void Chat::OpenPeer(const std::string& jid) {
  if (jid.empty()) {
    if (model_.current() == nullptr) model_.SelectNext(1);
    return AfterSelection();
  }
  Conversation* const known = model_.Find(BareJid(jid));
  const bool contact = known != nullptr && known->in_roster;
  if (known != nullptr && (contact || known->kind() == ChatKind::kRoom)) {
    known->open = true;
    return Show(*known);
  }
  rooms_.JoinIfRoom(BareJid(jid), [this, jid] {
    Conversation& made = model_.Open(ChatKind::kContact, jid);
    made.open = true;
    Show(made);
  });
}

void Chat::Show(Conversation& conversation) {
  const auto told = typing_.Left();
  if (told.has_value()) messages_.TellTyping(*told);
  model_.Select(conversation);
  AfterSelection();
}

void Chat::AfterSelection() {
  Conversation* const shown = model_.current();
  if (shown == nullptr) return;
  loader_.LoadNewest(*shown);
  messages_.MarkDisplayed(*shown);
}

void Chat::Submit(const std::string& line) {
  last_key_ = now();
  const auto typed = ParseTypedLine(line);
  if (!typed.ok()) return context_.Complain(std::string(typed.status().message()));
  if (!typed->command.empty()) return Run(typed->command, typed->text);
  Say(typed->text);
}

void Chat::Say(const std::string& text) {
  if (text.find_first_not_of(" \n") == std::string::npos) return;
  Conversation* const shown = model_.current();
  if (shown == nullptr) return;
  typing_.Sent();
  if (shown->kind() == ChatKind::kRoom && !shown->joined) {
    return context_.Complain(Tr("you are not in this room; /join enters it"));
  }
  messages_.Send(*shown, text);
}

void Chat::Run(const std::string& command, const std::string& text) {
  Conversation* const shown = model_.current();
  if (command == "quit") {
    quit_ = true;
  } else if (command == "help") {
    Help(text);
  } else if (command == "msg") {
    Msg(text);
  } else if (command == "notify") {
    options_.notify = text != "off";
    context_.Tell(options_.notify ? Tr("notifications are on") : Tr("notifications are off"));
  } else if (rooms_.Run(command, text) || contacts_.Run(command, text) || shown == nullptr) {
    return;
  } else if (command == "close") {
    model_.Close(*shown);
    AfterSelection();
  } else if (command == "file") {
    messages_.SendFile(*shown, text);
  } else if (command == "correct") {
    messages_.Correct(*shown, text);
  } else if (command == "retract") {
    messages_.Retract(*shown);
  } else if (command == "react") {
    messages_.React(*shown, text);
  } else if (command == "me") {
    context_.Complain(Tr("/me wants what you do, such as /me waves"));
  }
}

void Chat::Msg(std::string arguments) {
  const std::string whom = TakeWord(arguments);
  Conversation* const shown = model_.current();
  if (whom.empty()) return context_.Complain(Tr("/msg wants a JID, or a nick of this room"));
  const bool nick =
      shown != nullptr && shown->kind() == ChatKind::kRoom && shown->people().count(whom) > 0;
  const bool jid = absl::StrContains(whom, '@');
  if (!nick && !jid) {
    return context_.Complain(
        absl::Substitute(Tr("nobody is called $0 here; write NAME@SERVER"), whom));
  }
  if (nick || !arguments.empty()) {
    Conversation& made =
        nick ? model_.Open(ChatKind::kPrivate, absl::StrCat(shown->jid(), "/", whom))
             : model_.Open(ChatKind::kContact, whom);
    made.open = true;
    Show(made);
    if (!arguments.empty()) messages_.Send(made, arguments);
    return;
  }
  OpenPeer(whom);
}

void Chat::Help(const std::string& command) {
  for (const ChatCommand& known : ChatCommands()) {
    const std::string name = absl::StrCat("/", known.name);
    if (!command.empty() && command != known.name && command != name) continue;
    context_.Tell(absl::StrCat(name, *known.arguments == 0 ? "" : " ", known.arguments, ": ",
                               Tr(known.about)));
  }
  if (!command.empty()) return;
  context_.Tell(
      Tr("Ctrl-N and Ctrl-P, or Alt and a number: other chats; Tab: completes, or goes to what is "
         "unread; Page up and down: what was said; Alt-Enter: another line"));
}

void Chat::LineChanged(bool empty) {
  last_key_ = now();
  if (model_.current() == nullptr) return;
  const auto told = typing_.Changed(model_.current()->jid(), empty, now());
  if (told.has_value()) messages_.TellTyping(*told);
}

void Chat::SelectNext(int step) {
  last_key_ = now();
  const auto told = typing_.Left();
  if (told.has_value()) messages_.TellTyping(*told);
  model_.SelectNext(step);
  AfterSelection();
}

bool Chat::SelectUnread() {
  last_key_ = now();
  const auto told = typing_.Left();
  if (told.has_value()) messages_.TellTyping(*told);
  const bool found = model_.SelectUnread();
  if (found) AfterSelection();
  return found;
}

void Chat::SelectNumber(int number) {
  const std::vector<Conversation*> listed = model_.Listed();
  if (number >= 1 && static_cast<size_t>(number) <= listed.size()) {
    Show(*listed[static_cast<size_t>(number) - 1]);
  }
}

void Chat::ReachedTop() {
  if (model_.current() != nullptr) loader_.LoadOlder(*model_.current());
}

void Chat::Tick() {
  const auto told = typing_.Tick(now());
  if (told.has_value()) messages_.TellTyping(*told);
}

}  // namespace chatwire::cli
