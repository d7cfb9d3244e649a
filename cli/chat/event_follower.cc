#include "cli/chat/event_follower.h"

#include <utility>

namespace chatwire::cli {
namespace {

/// Reads one stream of the events of @p account to its end.
grpc::Status ReadEvents(const std::string& account, const EventFollower::Handler& handler,
                        const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext* context,
                        std::string& resume_token, const std::function<void()>& heard) {
  xmpp::v1::WatchEventsRequest request;
  request.set_account(account);
  request.set_resume_token(resume_token);
  const auto stub = xmpp::v1::EventService::NewStub(channel);
  const auto reader = stub->WatchEvents(context, request);
  xmpp::v1::WatchEventsResponse response;
  bool up = false;
  while (reader->Read(&response)) {
    if (!up) handler.up(!request.resume_token().empty());
    up = true;
    heard();
    if (response.has_event()) handler.event(response.event());
    resume_token = response.resume_token();
  }
  return reader->Finish();
}

}  // namespace

EventFollower::EventFollower(const Session& session, const std::string& account, Handler handler)
    : handler_(std::move(handler)),
      follower_(
          session, Service::kXmpp,
          [this, account](const auto& channel, auto* context, auto& resume_token,
                          const auto& heard) {
            return ReadEvents(account, handler_, channel, context, resume_token, heard);
          },
          handler_.lost) {}

}  // namespace chatwire::cli
