#include "tests/component/mqtt-service/service_fixture.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "common/secret_file.h"
#include "common/uuid.h"
#include "tests/component/mqtt-service/eventually.h"

namespace chatwire::mqtt {
namespace {

constexpr std::chrono::seconds kPatience{20};

}  // namespace

std::unique_ptr<grpc::ClientContext> MakeContext(const std::string& token) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + kPatience);
  AttachToken(*context, token);
  return context;
}

ServiceFixture::ServiceFixture() {
  const std::string token_file = folder_.Path("xmpp.token");
  EXPECT_TRUE(WriteSecretFile(token_file, FakeXmppService::kToken).ok());
  config_.server.listen = "127.0.0.1:0";
  config_.state_dir = folder_.Path("state");
  config_.broker.uri = broker_.uri();
  config_.broker_url = absl::StrCat("mqtt://127.0.0.1:", broker_.port());
  config_.base_topic = "test";
  config_.xmpp_service_token_file = token_file;
  config_.xmpp_service.target = absl::StrCat("127.0.0.1:", xmpp_.Start());
}

void ServiceFixture::StartService() {
  auto service = MqttService::Start(config_);
  ASSERT_TRUE(service.ok()) << service.status();
  service_ = *std::move(service);
  token_ = *ReadSecretFile(service_->admin_token_file());
  channel_ = *MakeChannel({service_->address(), ""});
  checkboxes_ = v1::CheckboxService::NewStub(channel_);
  groups_ = v1::CheckboxGroupService::NewStub(channel_);
  status_ = v1::BrokerService::NewStub(channel_);
}

void ServiceFixture::StopService() {
  checkboxes_.reset();
  groups_.reset();
  status_.reset();
  channel_.reset();
  service_.reset();
}

void ServiceFixture::StartAll() {
  broker_.Start();
  StartService();
  ASSERT_TRUE(WaitForStatus([](const v1::GetStatusResponse& status) {
    return status.publisher().connected() && status.subscriber().connected() &&
           status.chat_feed().connected();
  }));
  ASSERT_TRUE(Create("lamp").ok());
}

grpc::Status ServiceFixture::Create(const std::string& name, bool virtual_device) {
  v1::CreateCheckboxRequest request;
  request.set_name(name);
  request.set_virtual_device(virtual_device);
  request.set_request_id(RandomRequestId());
  v1::CreateCheckboxResponse response;
  return checkboxes_->CreateCheckbox(MakeContext(token_).get(), request, &response);
}

grpc::Status ServiceFixture::Set(const std::string& name, v1::CheckboxAction action,
                                 v1::ConfirmationStage wait, v1::SetCheckboxResponse* response,
                                 const std::string& request_id) {
  v1::SetCheckboxRequest request;
  request.set_name(name);
  request.set_action(action);
  request.set_wait_for(wait);
  request.set_request_id(request_id);
  return checkboxes_->SetCheckbox(MakeContext(token_).get(), request, response);
}

v1::Checkbox ServiceFixture::Get(const std::string& name) {
  v1::GetCheckboxRequest request;
  request.set_name(name);
  v1::GetCheckboxResponse response;
  const grpc::Status status =
      checkboxes_->GetCheckbox(MakeContext(token_).get(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.checkbox();
}

v1::GetStatusResponse ServiceFixture::Status() {
  v1::GetStatusResponse response;
  const grpc::Status status = status_->GetStatus(MakeContext(token_).get(), {}, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

bool ServiceFixture::WaitForStatus(
    const std::function<bool(const v1::GetStatusResponse&)>& wanted) {
  return Eventually([&] { return wanted(Status()); });
}

std::string ServiceFixture::RandomRequestId() { return RandomUuid(); }

}  // namespace chatwire::mqtt
