#ifndef CHATWIRE_CLI_CHAT_CHAT_CONTEXT_H_
#define CHATWIRE_CLI_CHAT_CHAT_CONTEXT_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/chat/chat_calls.h"
#include "cli/chat/chat_model.h"

namespace chatwire::cli {

/// What the parts of a chat work with.
struct ChatContext {
  ChatModel& model;
  ChatCalls& calls;
  std::function<absl::Time()> now;
  /// Makes a `request_id`.
  std::function<std::string()> new_id;

  /// Calls @p rpc, whose response is a Response.
  template <typename Response, typename Request>
  void Ask(ChatCalls::Lane lane, const std::string& rpc, const Request& request,
           std::function<void(const absl::Status&, const Response&)> answer) const {
    calls.Call(lane, rpc, request,
               [answer = std::move(answer)](const absl::Status& status,
                                            const google::protobuf::Message& response) {
                 answer(status, static_cast<const Response&>(response));
               });
  }

  /// Calls @p rpc for its effect: an error is told in the conversation that is shown, and @p told,
  /// where it is not empty, when it is done.
  template <typename Request>
  void Do(const std::string& rpc, const Request& request, const std::string& told) const {
    calls.Call(ChatCalls::Lane::kRequests, rpc, request,
               [this, told](const absl::Status& status, const google::protobuf::Message&) {
                 if (!status.ok()) Complain(std::string(status.message()));
                 if (status.ok() && !told.empty()) Tell(told);
               });
  }

  void Tell(const std::string& text) const { Say(ChatMessage::Kind::kNotice, text); }
  void Complain(const std::string& text) const { Say(ChatMessage::Kind::kError, text); }

 private:
  void Say(ChatMessage::Kind kind, const std::string& text) const {
    if (model.current() != nullptr) {
      model.current()->Say(kind, text, now());
    } else {
      model.notice = text;
    }
  }
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_CONTEXT_H_
