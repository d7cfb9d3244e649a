#include "tests/unit/cli/any_service.h"

#include <grpcpp/server_builder.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/rpc/byte_stream.h"

namespace chatwire::cli {

/// One call: reads the request, writes the answer, ends.
class AnyService::Reactor final : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(AnyService* service, std::string path) : service_(service), path_(std::move(path)) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "no request"));
    const Prepared answer = service_->Next({path_, BytesOf(request_)});
    if (!answer.status.ok()) return Finish(answer.status);
    const grpc::Slice slice(answer.bytes);
    response_ = grpc::ByteBuffer(&slice, 1);
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void OnDone() override { delete this; }

 private:
  AnyService* service_;
  std::string path_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

AnyService::AnyService() {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

AnyService::~AnyService() { server_->Shutdown(); }

void AnyService::Answer(const google::protobuf::Message& response) {
  MutexLock lock(mutex_);
  answers_.push_back({response.SerializeAsString(), grpc::Status::OK});
}

void AnyService::Fail(const grpc::Status& status) {
  MutexLock lock(mutex_);
  answers_.push_back({"", status});
}

std::vector<AnyService::Asked> AnyService::asked() const {
  MutexLock lock(mutex_);
  return asked_;
}

grpc::ServerGenericBidiReactor* AnyService::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  return new Reactor(this, context->method());
}

AnyService::Prepared AnyService::Next(Asked asked) {
  MutexLock lock(mutex_);
  asked_.push_back(std::move(asked));
  if (answers_.empty()) return {"", {grpc::StatusCode::INTERNAL, "the test has no more answers"}};
  Prepared answer = answers_.front();
  answers_.erase(answers_.begin());
  return answer;
}

}  // namespace chatwire::cli
