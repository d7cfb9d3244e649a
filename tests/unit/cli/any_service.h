#ifndef CHATWIRE_TESTS_UNIT_CLI_ANY_SERVICE_H_
#define CHATWIRE_TESTS_UNIT_CLI_ANY_SERVICE_H_

#include <google/protobuf/message.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "common/mutex.h"

namespace chatwire::cli {

/// A server that answers any unary RPC with what the test has put there, in order, and notes what
/// it was asked.
class AnyService final : public grpc::CallbackGenericService {
 public:
  struct Asked {
    /// `/package.Service/Method`.
    std::string path;
    std::string bytes;
  };

  AnyService();
  ~AnyService() override;

  const std::string& address() const { return address_; }

  /// The next answer.
  void Answer(const google::protobuf::Message& response);
  /// The next answer is this error.
  void Fail(const grpc::Status& status);

  /// What has been asked so far.
  std::vector<Asked> asked() const;

 private:
  class Reactor;
  struct Prepared {
    std::string bytes;
    grpc::Status status;
  };

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;
  Prepared Next(Asked asked);

  mutable Mutex mutex_;
  std::vector<Asked> asked_ ABSL_GUARDED_BY(mutex_);
  std::vector<Prepared> answers_ ABSL_GUARDED_BY(mutex_);
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_ANY_SERVICE_H_
