#include "cli/chat/chat_threads.h"

#include "absl/time/clock.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

/// Each draws the screen anew, which costs somebody who is connected by ssh.
constexpr absl::Duration kTick = absl::Seconds(3);

}  // namespace

ChatThreads::ChatThreads(Session& session, const xmpp::v1::Account& account,
                         const Chat::Options& options, UiQueue& queue)
    : session_(session),
      queue_(queue),
      calls_(session,
             [&queue](std::function<void()> function) { queue.Post(std::move(function)); }),
      chat_(options, account, calls_, {absl::Now, RandomUuid}) {}

void ChatThreads::Start() {
  EventFollower::Handler handler;
  handler.up = [this](bool resumed) { queue_.Post([this, resumed] { chat_.StreamUp(resumed); }); };
  handler.lost = [this](const std::string& why) {
    queue_.Post([this, why] { chat_.StreamLost(why); });
  };
  handler.event = [this](const xmpp::v1::Event& event) {
    queue_.Post([this, event] { chat_.OnEvent(event); });
  };
  follower_ = std::make_unique<EventFollower>(session_, chat_.model().account, std::move(handler));
  clock_ = std::thread([this] { KeepTime(); });
}

void ChatThreads::AwaitSent(absl::Duration patience) {
  const absl::Time deadline = absl::Now() + patience;
  while (chat_.waiting() > 0 && chat_.model().stream_up && absl::Now() < deadline) {
    queue_.WaitFor(deadline - absl::Now());
    queue_.RunAll();
  }
}

ChatThreads::~ChatThreads() { StopThreads(); }

void ChatThreads::StopThreads() {
  clock_end_.Cancel();
  if (clock_.joinable()) clock_.join();
  follower_.reset();
  calls_.Stop();
}

void ChatThreads::KeepTime() {
  while (!clock_end_.WaitFor(kTick)) {
    queue_.Post([this] { chat_.Tick(); });
  }
}

}  // namespace chatwire::cli
