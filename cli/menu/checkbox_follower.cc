#include "cli/menu/checkbox_follower.h"

#include <utility>

namespace chatwire::cli {
namespace {

/// Reads one stream of all checkboxes to its end.
grpc::Status ReadCheckboxes(const CheckboxFollower::Handler& handler,
                            const std::shared_ptr<grpc::Channel>& channel,
                            grpc::ClientContext* context, std::string& resume_token,
                            const std::function<void()>& heard) {
  if (resume_token.empty()) handler.anew();
  mqtt::v1::WatchCheckboxesRequest request;
  request.set_resume_token(resume_token);
  const auto stub = mqtt::v1::CheckboxService::NewStub(channel);
  const auto reader = stub->WatchCheckboxes(context, request);
  mqtt::v1::WatchCheckboxesResponse response;
  while (reader->Read(&response)) {
    heard();
    handler.told(response);
    resume_token = response.resume_token();
  }
  return reader->Finish();
}

}  // namespace

CheckboxFollower::CheckboxFollower(const Session& session, Handler handler)
    : handler_(std::move(handler)),
      follower_(
          session, Service::kMqtt,
          [this](const auto& channel, auto* context, auto& resume_token, const auto& heard) {
            return ReadCheckboxes(handler_, channel, context, resume_token, heard);
          },
          handler_.lost) {}

}  // namespace chatwire::cli
