#ifndef CHATWIRE_TESTS_UNIT_CLI_CHAT_FAKE_CALLS_H_
#define CHATWIRE_TESTS_UNIT_CLI_CHAT_FAKE_CALLS_H_

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/chat/chat_calls.h"
#include "cli/rpc/contracts.h"

namespace chatwire::cli {

/// Notes every call. An RPC that a test has an answer for is answered at once, with an empty
/// response else; those that are held are not answered.
class FakeCalls final : public ChatCalls {
 public:
  struct Made {
    Lane lane;
    std::string rpc;
    std::shared_ptr<google::protobuf::Message> request;
    Answer answer;
  };

  void Call(Lane lane, const std::string& rpc, const google::protobuf::Message& request,
            Answer answer) override {
    std::shared_ptr<google::protobuf::Message> copy(request.New());
    copy->CopyFrom(request);
    made.push_back({lane, rpc, copy, answer});
    if (held.count(rpc) > 0) return;
    const auto response = NewMessage(MethodNamed(rpc)->output_type());
    const auto error = errors.find(rpc);
    if (error != errors.end()) return answer(error->second, *response);
    const auto known = responses.find(rpc);
    if (known != responses.end()) response->CopyFrom(*known->second);
    answer(absl::OkStatus(), *response);
  }

  void SendFile(const std::string& path, const xmpp::v1::SendFileMetadata& metadata,
                std::function<void(int64_t done, int64_t total)> progress,
                std::function<void(const absl::Status&)> done) override {
    file_path = path;
    file = metadata;
    file_progress = std::move(progress);
    file_done = std::move(done);
  }

  template <typename Response>
  void AnswerTo(const std::string& rpc, const Response& response) {
    responses[rpc] = std::make_shared<Response>(response);
  }

  /// The requests of @p rpc so far.
  template <typename Request>
  std::vector<Request> Requests(const std::string& rpc) const {
    std::vector<Request> requests;
    for (const Made& call : made) {
      if (call.rpc == rpc) requests.push_back(dynamic_cast<const Request&>(*call.request));
    }
    return requests;
  }

  std::vector<Made> made;
  std::map<std::string, std::shared_ptr<google::protobuf::Message>> responses;
  std::map<std::string, absl::Status> errors;
  std::map<std::string, bool> held;
  std::string file_path;
  xmpp::v1::SendFileMetadata file;
  std::function<void(int64_t, int64_t)> file_progress;
  std::function<void(const absl::Status&)> file_done;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_CHAT_FAKE_CALLS_H_
