#include "cli/chat/chat_lines.h"

#include <unistd.h>

#include <atomic>
#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "cli/chat/chat_threads.h"
#include "cli/errors.h"
#include "cli/input.h"
#include "cli/interrupt.h"

namespace chatwire::cli {
namespace {

constexpr absl::Duration kLook = absl::Seconds(1);

absl::Status Failed(const std::string& message) {
  return MakeError(absl::StatusCode::kAborted, kMessageFailedReason, message);
}

/// The conversation of a chat as lines.
class ChatLines {
 public:
  ChatLines(Session& session, Chat& chat)
      : session_(session), chat_(chat), typed_(isatty(session.streams.in) == 1) {
    chat_.OnMessage([this](const IncomingMessage& message) { Print(message); });
  }

  void OnLine(const std::string& line) { lines_.push_back(line); }
  void OnEnd(absl::Status status) {
    ended_ = true;
    input_ = std::move(status);
  }

  /// Sends what can be sent, and tells what there is to tell. Returns whether it goes on.
  bool Step() {
    const Conversation* const shown = chat_.model().current();
    if (shown == nullptr && !chat_.model().notice.empty()) return false;
    while (shown != nullptr && !lines_.empty() && !chat_.quit()) {
      if (typed_) {
        chat_.Submit(lines_.front());
      } else {
        chat_.Say(lines_.front());
      }
      lines_.pop_front();
    }
    TellNotices();
    const bool all_sent = shown != nullptr && lines_.empty() && chat_.waiting() == 0;
    return !chat_.quit() && !session_.output.closed() && !(ended_ && all_sent);
  }

  absl::Status status() const {
    const Conversation* const shown = chat_.model().current();
    if (shown == nullptr) return Failed(chat_.model().notice);
    if (!input_.ok()) return input_;
    for (const ChatMessage& message : shown->messages()) {
      const bool from_here = !message.request_id.empty();
      if (from_here && message.delivery == Delivery::kFailed) return Failed(message.failure);
    }
    return absl::OkStatus();
  }

 private:
  void Print(const IncomingMessage& message) {
    if (message.conversation != chat_.model().current()) return;
    if (session_.output.json()) {
      session_.output.Object({{"from", message.author}, {"body", message.text}});
    } else {
      session_.output.Line(absl::StrCat(message.author, ": ", message.text));
    }
  }

  void TellNotices() {
    const Conversation* const shown = chat_.model().current();
    if (shown == nullptr) return;
    for (const ChatMessage& message : shown->messages()) {
      if (message.kind == ChatMessage::Kind::kText || message.uid <= told_) continue;
      told_ = message.uid;
      session_.output.Notice(message.text);
    }
  }

  Session& session_;
  Chat& chat_;
  const bool typed_;
  std::deque<std::string> lines_;
  bool ended_ = false;
  absl::Status input_;
  int64_t told_ = 0;
};

}  // namespace

absl::Status RunChatLines(Session& session, const xmpp::v1::Account& account,
                          const Chat::Options& options) {
  auto interrupt = Interrupt::Start(session.output.out());
  if (!interrupt.ok()) return interrupt.status();
  UiQueue queue;
  ChatThreads threads(session, account, options, queue);
  ChatLines lines(session, threads.chat());
  std::atomic<bool> over = false;
  (*interrupt)->OnInterrupt([&] { queue.Post([&] { over = true; }); });
  threads.Start();
  std::thread reader([&] {
    absl::Status ended = ForEachLine(
        session.streams.in,
        [&](const std::string& line) {
          queue.Post([&lines, line] { lines.OnLine(line); });
          return absl::OkStatus();
        },
        [&] { return over.load(); });
    queue.Post([&lines, ended] { lines.OnEnd(ended); });
  });
  while (!over && lines.Step()) {
    queue.WaitFor(kLook);
    queue.RunAll();
  }
  over = true;
  reader.join();
  threads.StopThreads();
  const absl::Status interrupted = (*interrupt)->status();
  (*interrupt)->OnInterrupt(nullptr);
  return interrupted.ok() && !session.output.closed() ? lines.status() : interrupted;
}

}  // namespace chatwire::cli
