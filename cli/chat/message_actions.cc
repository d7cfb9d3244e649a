#include "cli/chat/message_actions.h"

#include <cstdlib>
#include <filesystem>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "cli/chat/screen_text.h"
#include "cli/chat/typed_line.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

using Lane = ChatCalls::Lane;

xmpp::v1::ChatState StateOf(TypingState state) {
  switch (state) {
    case TypingState::kComposing:
      return xmpp::v1::CHAT_STATE_COMPOSING;
    case TypingState::kPaused:
      return xmpp::v1::CHAT_STATE_PAUSED;
    case TypingState::kActive:
      break;
  }
  return xmpp::v1::CHAT_STATE_ACTIVE;
}

}  // namespace

template <typename Response, typename Request>
void MessageActions::CallMessage(Conversation& conversation, const std::string& rpc,
                                 const Request& request) {
  ++waiting_;
  const std::string jid = conversation.jid();
  const std::string request_id = request.request_id();
  context_.Ask<Response>(
      Lane::kMessages, rpc, request,
      [this, jid, request_id](const absl::Status& status, const Response& response) {
        --waiting_;
        Conversation* const found = context_.model.Find(jid);
        ChatMessage* const message = found == nullptr ? nullptr : found->FindRequest(request_id);
        if (message == nullptr) return;
        if (status.ok()) {
          message->id = response.message_id();
          message->delivery = std::max(message->delivery, Delivery::kAccepted);
        } else {
          message->delivery = Delivery::kFailed;
          message->failure = std::string(status.message());
        }
      });
}

template <typename Response, typename Request>
void MessageActions::CallChange(const std::string& rpc, const Request& request) {
  context_.Ask<Response>(Lane::kMessages, rpc, request,
                         [this](const absl::Status& status, const Response&) {
                           if (!status.ok()) context_.Complain(std::string(status.message()));
                         });
}

void MessageActions::Send(Conversation& conversation, const std::string& text) {
  ChatMessage message;
  message.request_id = context_.new_id();
  message.own = true;
  message.text = text;
  message.time = context_.now();
  message.delivery = Delivery::kSending;
  message.author = conversation.kind() == ChatKind::kRoom ? conversation.own_nick
                                                          : ShortName(context_.model.account);
  const std::string request_id = message.request_id;
  conversation.open = true;
  conversation.Add(std::move(message));
  if (conversation.kind() == ChatKind::kRoom) {
    xmpp::v1::SendRoomMessageRequest request;
    request.set_account(context_.model.account);
    request.set_room(conversation.jid());
    request.set_body(text);
    request.set_request_id(request_id);
    return CallMessage<xmpp::v1::SendRoomMessageResponse>(
        conversation, "xmpp.v1.RoomService.SendRoomMessage", request);
  }
  if (conversation.kind() == ChatKind::kPrivate) {
    xmpp::v1::SendPrivateMessageRequest request;
    request.set_account(context_.model.account);
    request.set_room(BareJid(conversation.jid()));
    request.set_nick(ResourceOf(conversation.jid()));
    request.set_body(text);
    request.set_request_id(request_id);
    return CallMessage<xmpp::v1::SendPrivateMessageResponse>(
        conversation, "xmpp.v1.RoomService.SendPrivateMessage", request);
  }
  xmpp::v1::SendMessageRequest request;
  request.set_account(context_.model.account);
  request.set_to(conversation.jid());
  request.set_body(text);
  request.set_request_id(request_id);
  request.set_request_receipt(true);
  request.set_markable(true);
  CallMessage<xmpp::v1::SendMessageResponse>(conversation, "xmpp.v1.ChatService.SendMessage",
                                             request);
}

void MessageActions::Correct(Conversation& conversation, const std::string& text) {
  const ChatMessage* const last = conversation.Last(true);
  if (text.empty()) return context_.Complain(Tr("/correct wants the new text"));
  if (last == nullptr || last->id.empty()) {
    return context_.Complain(Tr("you have said nothing here that could be corrected"));
  }
  if (conversation.kind() == ChatKind::kRoom) {
    xmpp::v1::CorrectRoomMessageRequest request;
    request.set_account(context_.model.account);
    request.set_room(conversation.jid());
    request.set_message_id(last->id);
    request.set_body(text);
    request.set_request_id(context_.new_id());
    return CallChange<xmpp::v1::CorrectRoomMessageResponse>(
        "xmpp.v1.RoomService.CorrectRoomMessage", request);
  }
  xmpp::v1::CorrectMessageRequest request;
  request.set_account(context_.model.account);
  request.set_to(conversation.jid());
  request.set_message_id(last->id);
  request.set_body(text);
  request.set_request_id(context_.new_id());
  CallChange<xmpp::v1::CorrectMessageResponse>("xmpp.v1.ChatService.CorrectMessage", request);
}

void MessageActions::Retract(Conversation& conversation) {
  const ChatMessage* const last = conversation.Last(true);
  if (last == nullptr || last->id.empty()) {
    return context_.Complain(Tr("you have said nothing here that could be taken back"));
  }
  if (conversation.kind() == ChatKind::kRoom) {
    xmpp::v1::RetractRoomMessageRequest request;
    request.set_account(context_.model.account);
    request.set_room(conversation.jid());
    request.set_message_id(last->id);
    request.set_request_id(context_.new_id());
    return CallChange<xmpp::v1::RetractRoomMessageResponse>(
        "xmpp.v1.RoomService.RetractRoomMessage", request);
  }
  xmpp::v1::RetractMessageRequest request;
  request.set_account(context_.model.account);
  request.set_to(conversation.jid());
  request.set_message_id(last->id);
  request.set_request_id(context_.new_id());
  CallChange<xmpp::v1::RetractMessageResponse>("xmpp.v1.ChatService.RetractMessage", request);
}

void MessageActions::React(Conversation& conversation, std::string emojis) {
  const ChatMessage* const last = conversation.Last(false);
  if (last == nullptr) return context_.Complain(Tr("nobody has said anything here yet"));
  std::set<std::string> reactions;
  for (std::string emoji = TakeWord(emojis); !emoji.empty(); emoji = TakeWord(emojis)) {
    reactions.insert(emoji);
  }
  if (conversation.kind() == ChatKind::kRoom) {
    if (last->stanza_id.empty()) {
      return context_.Complain(
          Tr("this room gives its messages no ids, so nobody can react to them"));
    }
    xmpp::v1::ReactInRoomRequest request;
    request.set_account(context_.model.account);
    request.set_room(conversation.jid());
    request.set_stanza_id(last->stanza_id);
    for (const std::string& reaction : reactions) request.add_reactions(reaction);
    request.set_request_id(context_.new_id());
    return CallChange<xmpp::v1::ReactInRoomResponse>("xmpp.v1.RoomService.ReactInRoom", request);
  }
  xmpp::v1::ReactRequest request;
  request.set_account(context_.model.account);
  request.set_to(conversation.jid());
  request.set_message_id(last->stanza_id.empty() ? last->id : last->stanza_id);
  for (const std::string& reaction : reactions) request.add_reactions(reaction);
  request.set_request_id(context_.new_id());
  CallChange<xmpp::v1::ReactResponse>("xmpp.v1.ChatService.React", request);
}

void MessageActions::SendFile(Conversation& conversation, const std::string& path) {
  std::string whole = path;
  const char* const home = std::getenv("HOME");
  if (absl::StartsWith(path, "~/") && home != nullptr) whole = absl::StrCat(home, path.substr(1));
  if (path.empty()) return context_.Complain(Tr("/file wants the path of a file"));
  if (conversation.kind() == ChatKind::kPrivate) {
    return context_.Complain(Tr("files go to a contact or into a room, not to somebody in one"));
  }
  xmpp::v1::SendFileMetadata metadata;
  metadata.set_account(context_.model.account);
  if (conversation.kind() == ChatKind::kRoom) {
    metadata.set_room(conversation.jid());
  } else {
    metadata.set_to(conversation.jid());
  }
  metadata.set_file_name(std::filesystem::path(whole).filename().string());
  metadata.set_request_id(context_.new_id());
  const std::string name = metadata.file_name();
  const std::string jid = conversation.jid();
  const auto files = [this, jid]() -> std::vector<FileProgress>& {
    return context_.model.Find(jid)->files;
  };
  files().push_back({name, 0, 0});
  context_.calls.SendFile(
      whole, metadata,
      [files, name](int64_t done, int64_t total) {
        for (FileProgress& file : files()) {
          if (file.name == name) file = {name, done, total};
        }
      },
      [this, files, name](const absl::Status& status) {
        const auto is_it = [&](const FileProgress& file) { return file.name == name; };
        std::erase_if(files(), is_it);
        if (!status.ok()) {
          context_.Complain(absl::Substitute(Tr("could not send $0: $1"), name, status.message()));
        }
      });
}

void MessageActions::MarkDisplayed(Conversation& conversation) {
  ChatMessage* const last = conversation.Last(false);
  if (!tell_marks_ || last == nullptr || !last->wants_marker || last->id.empty()) return;
  last->wants_marker = false;
  xmpp::v1::MarkDisplayedRequest request;
  request.set_account(context_.model.account);
  request.set_to(conversation.jid());
  request.set_message_id(last->id);
  request.set_request_id(context_.new_id());
  // Nobody has asked for it, so nobody is told that it failed.
  context_.Ask<xmpp::v1::MarkDisplayedResponse>(
      Lane::kMarks, "xmpp.v1.ChatService.MarkDisplayed", request,
      [](const absl::Status&, const xmpp::v1::MarkDisplayedResponse&) {});
}

void MessageActions::TellTyping(const TypingNotice::Told& told) {
  const Conversation* const conversation = context_.model.Find(told.jid);
  if (!tell_marks_ || conversation == nullptr) return;
  if (conversation->kind() == ChatKind::kRoom) {
    xmpp::v1::SendRoomChatStateRequest request;
    request.set_account(context_.model.account);
    request.set_room(told.jid);
    request.set_state(StateOf(told.state));
    context_.Ask<xmpp::v1::SendRoomChatStateResponse>(
        Lane::kMarks, "xmpp.v1.RoomService.SendRoomChatState", request,
        [](const absl::Status&, const xmpp::v1::SendRoomChatStateResponse&) {});
  } else if (conversation->kind() == ChatKind::kContact) {
    xmpp::v1::SendChatStateRequest request;
    request.set_account(context_.model.account);
    request.set_to(told.jid);
    request.set_state(StateOf(told.state));
    context_.Ask<xmpp::v1::SendChatStateResponse>(
        Lane::kMarks, "xmpp.v1.ChatService.SendChatState", request,
        [](const absl::Status&, const xmpp::v1::SendChatStateResponse&) {});
  }
}

}  // namespace chatwire::cli
