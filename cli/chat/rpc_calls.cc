#include "cli/chat/rpc_calls.h"

#include <utility>

#include "cli/file_upload.h"

namespace chatwire::cli {
namespace {

/// A little more than the service gives the XMPP server.
constexpr absl::Duration kRequestTimeout = absl::Seconds(35);
constexpr absl::Duration kMessageTimeout = absl::Seconds(10);
constexpr absl::Duration kMarkTimeout = absl::Seconds(5);

}  // namespace

RpcCalls::RpcCalls(const Session& session, Post post) : session_(session), post_(std::move(post)) {
  lanes_[Lane::kMessages] = std::make_unique<CallLane>(
      session, CallLane::Limits{.timeout = kMessageTimeout, .until_answered = true});
  lanes_[Lane::kMarks] = std::make_unique<CallLane>(
      session, CallLane::Limits{.timeout = kMarkTimeout, .wait_for_service = false});
  lanes_[Lane::kRequests] =
      std::make_unique<CallLane>(session, CallLane::Limits{.timeout = kRequestTimeout});
}

RpcCalls::~RpcCalls() { Stop(); }

void RpcCalls::Stop() {
  for (const auto& upload : uploads_) upload->cancellation.Cancel();
  for (const auto& upload : uploads_) upload->thread.join();
  uploads_.clear();
  lanes_.clear();
}

void RpcCalls::Call(Lane lane, const std::string& rpc, const google::protobuf::Message& request,
                    Answer answer) {
  const auto found = lanes_.find(lane);
  if (found == lanes_.end()) return;
  found->second->Add(
      rpc, request,
      [this, answer = std::move(answer)](
          const absl::Status& status, const std::shared_ptr<google::protobuf::Message>& response) {
        post_([answer, status, response] { answer(status, *response); });
      });
}

void RpcCalls::SendFile(const std::string& path, const xmpp::v1::SendFileMetadata& metadata,
                        std::function<void(int64_t done, int64_t total)> progress,
                        std::function<void(const absl::Status&)> done) {
  auto upload = std::make_unique<Upload>();
  Upload* const raw = upload.get();
  uploads_.push_back(std::move(upload));
  raw->thread = std::thread(
      [this, raw, path, metadata, progress = std::move(progress), done = std::move(done)] {
        Connection connection(session_.settings, session_.credentials, session_.output);
        FileUpload file{path, metadata, nullptr, nullptr};
        file.progress = [&](int64_t bytes, int64_t total) {
          post_([progress, bytes, total] { progress(bytes, total); });
        };
        file.on_context = [raw](grpc::ClientContext* context) { raw->cancellation.Watch(context); };
        const absl::Status status = UploadFile(connection, file).status();
        if (!raw->cancellation.cancelled()) post_([done, status] { done(status); });
      });
}

}  // namespace chatwire::cli
