#ifndef CHATWIRE_CLI_CHAT_RPC_CALLS_H_
#define CHATWIRE_CLI_CHAT_RPC_CALLS_H_

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "cli/chat/call_lane.h"
#include "cli/chat/chat_calls.h"

namespace chatwire::cli {

/// The calls of a chat over gRPC: a thread for each lane, and one for each file.
class RpcCalls final : public ChatCalls {
 public:
  /// Has a function run on the thread that shows the chat. May be called from any thread until this
  /// is gone.
  using Post = std::function<void(std::function<void()>)>;

  /// Everything in @p session but for its connection must outlive this.
  RpcCalls(const Session& session, Post post);

  ~RpcCalls() override;

  /// Cancels what is under way and waits for its end. What is called later is left out.
  void Stop();

  void Call(Lane lane, const std::string& rpc, const google::protobuf::Message& request,
            Answer answer) override;
  void SendFile(const std::string& path, const xmpp::v1::SendFileMetadata& metadata,
                std::function<void(int64_t done, int64_t total)> progress,
                std::function<void(const absl::Status&)> done) override;

 private:
  struct Upload {
    Cancellation cancellation;
    std::thread thread;
  };

  const Session& session_;
  Post post_;
  std::map<Lane, std::unique_ptr<CallLane>> lanes_;
  std::vector<std::unique_ptr<Upload>> uploads_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_RPC_CALLS_H_
