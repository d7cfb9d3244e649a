// The gRPC face of the service, through a real server.
#include <grpcpp/client_context.h>

#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::HasSubstr;

class ApiTest : public ServiceFixture {
 protected:
  static std::string Reason(const grpc::Status& status) { return ReasonOf(FromGrpcStatus(status)); }

  using Watch = std::unique_ptr<grpc::ClientReader<v1::WatchCheckboxesResponse>>;

  Watch StartWatch(grpc::ClientContext& context, const std::string& resume_token = "") {
    v1::WatchCheckboxesRequest request;
    request.set_resume_token(resume_token);
    return checkboxes_->WatchCheckboxes(&context, request);
  }
};

TEST_F(ApiTest, EveryCallNeedsAToken) {
  StartService();
  v1::GetCheckboxResponse got;
  EXPECT_EQ(Reason(checkboxes_->GetCheckbox(MakeContext("").get(), {}, &got)), "TOKEN_MISSING");
  EXPECT_EQ(Reason(checkboxes_->GetCheckbox(MakeContext("wrong").get(), {}, &got)),
            "TOKEN_INVALID");
  v1::SetCheckboxResponse set;
  EXPECT_EQ(Reason(checkboxes_->SetCheckbox(MakeContext("").get(), {}, &set)), "TOKEN_MISSING");
  v1::GetStatusResponse status;
  EXPECT_EQ(Reason(status_->GetStatus(MakeContext("").get(), {}, &status)), "TOKEN_MISSING");
  auto context = MakeContext("");
  Watch watch = StartWatch(*context);
  EXPECT_EQ(Reason(watch->Finish()), "TOKEN_MISSING");
}

TEST_F(ApiTest, BadRequestsSayWhatIsWrong) {
  StartService();
  EXPECT_EQ(Reason(Create("Bad Name")), "BAD_NAME");
  ASSERT_TRUE(Create("lamp").ok());
  EXPECT_EQ(Reason(Create("lamp")), "CHECKBOX_EXISTS");
  v1::SetCheckboxResponse response;
  EXPECT_EQ(Reason(Set("lmap", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_ACCEPTED, &response)),
            "CHECKBOX_NOT_FOUND");
  EXPECT_EQ(Reason(Set("lamp", v1::CHECKBOX_ACTION_UNSPECIFIED, v1::CONFIRMATION_STAGE_ACCEPTED,
                       &response)),
            "BAD_ACTION");
  EXPECT_EQ(Reason(Set("lamp", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_ACCEPTED, &response,
                       "not a uuid")),
            "BAD_REQUEST_ID");
  v1::SetCheckboxRequest request;
  request.set_name("lamp");
  request.set_action(v1::CHECKBOX_ACTION_ON);
  request.set_request_id(RandomRequestId());
  request.set_expected_version(7);
  EXPECT_EQ(Reason(checkboxes_->SetCheckbox(MakeContext(token_).get(), request, &response)),
            "VERSION_MISMATCH");
  request.mutable_wait_timeout()->set_seconds(-1);
  EXPECT_EQ(Reason(checkboxes_->SetCheckbox(MakeContext(token_).get(), request, &response)),
            "BAD_WAIT");
  v1::ListCheckboxesRequest list;
  list.set_page_token("nonsense");
  v1::ListCheckboxesResponse page;
  EXPECT_EQ(Reason(checkboxes_->ListCheckboxes(MakeContext(token_).get(), list, &page)),
            "BAD_PAGE");
}

TEST_F(ApiTest, ARepeatedRequestTakesEffectOnce) {
  StartService();
  ASSERT_TRUE(Create("lamp").ok());
  const std::string id = RandomRequestId();
  v1::SetCheckboxResponse first;
  v1::SetCheckboxResponse second;
  ASSERT_TRUE(
      Set("lamp", v1::CHECKBOX_ACTION_TOGGLE, v1::CONFIRMATION_STAGE_ACCEPTED, &first, id).ok());
  ASSERT_TRUE(
      Set("lamp", v1::CHECKBOX_ACTION_TOGGLE, v1::CONFIRMATION_STAGE_ACCEPTED, &second, id).ok());
  EXPECT_FALSE(first.replayed());
  EXPECT_TRUE(second.replayed());
  EXPECT_EQ(second.checkbox().version(), 1);
  EXPECT_EQ(second.checkbox().desired(), v1::CHECKBOX_STATE_ON);
  EXPECT_EQ(
      Reason(Set("lamp", v1::CHECKBOX_ACTION_OFF, v1::CONFIRMATION_STAGE_ACCEPTED, &second, id)),
      "REQUEST_ID_REUSED");
}

TEST_F(ApiTest, SetWaitsForTheDevice) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/checkbox/lamp/command");
  device.AnswerWith("test/checkbox/lamp/command", "test/checkbox/lamp/report",
                    [](const Heard& heard) {
                      return R"({"state":")" + heard.payload + R"(","correlation_id":")" +
                             heard.correlation_data + R"("})";
                    });
  v1::SetCheckboxResponse response;
  const auto status =
      Set("lamp", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_CONFIRMED, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.stage(), v1::CONFIRMATION_STAGE_CONFIRMED);
  EXPECT_EQ(response.checkbox().reported(), v1::CHECKBOX_STATE_ON);
  EXPECT_FALSE(response.checkbox().pending());
}

TEST_F(ApiTest, SetSaysWhenTheDeviceIsSilent) {
  StartAll();
  v1::SetCheckboxRequest request;
  request.set_name("lamp");
  request.set_action(v1::CHECKBOX_ACTION_ON);
  request.set_wait_for(v1::CONFIRMATION_STAGE_CONFIRMED);
  request.mutable_wait_timeout()->set_nanos(100'000'000);
  request.set_request_id(RandomRequestId());
  v1::SetCheckboxResponse response;
  const auto status = checkboxes_->SetCheckbox(MakeContext(token_).get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(Reason(status), "NOT_CONFIRMED");
}

TEST_F(ApiTest, AVirtualCheckboxNeedsNoDevice) {
  StartService();
  ASSERT_TRUE(Create("mode", /*virtual_device=*/true).ok());
  v1::SetCheckboxResponse response;
  ASSERT_TRUE(
      Set("mode", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_CONFIRMED, &response).ok());
  EXPECT_EQ(response.checkbox().reported(), v1::CHECKBOX_STATE_ON);
}

TEST_F(ApiTest, AWatchTellsWhatIsAndWhatChangesAndResumes) {
  StartService();
  ASSERT_TRUE(Create("gone", true).ok());
  ASSERT_TRUE(Create("lamp", true).ok());
  v1::DeleteCheckboxRequest remove;
  remove.set_name("gone");
  remove.set_request_id(RandomRequestId());
  v1::DeleteCheckboxResponse removed;
  ASSERT_TRUE(checkboxes_->DeleteCheckbox(MakeContext(token_).get(), remove, &removed).ok());
  auto context = MakeContext(token_);
  Watch watch = StartWatch(*context);
  v1::WatchCheckboxesResponse response;

  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.checkbox().name(), "lamp");
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_TRUE(response.initial_complete());
  const std::string token = response.resume_token();

  v1::SetCheckboxResponse set;
  ASSERT_TRUE(Set("lamp", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_ACCEPTED, &set).ok());
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.checkbox().desired(), v1::CHECKBOX_STATE_ON);
  remove.set_name("lamp");
  remove.set_request_id(RandomRequestId());
  ASSERT_TRUE(checkboxes_->DeleteCheckbox(MakeContext(token_).get(), remove, &removed).ok());
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.deleted_name(), "lamp");
  context->TryCancel();
  watch->Finish();

  auto again = MakeContext(token_);
  watch = StartWatch(*again, token);
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.deleted_name(), "lamp");
  again->TryCancel();
  watch->Finish();
}

TEST_F(ApiTest, TheHistoryIsListedInPagesAndOutlivesTheCheckbox) {
  StartService();
  ASSERT_TRUE(Create("lamp", /*virtual_device=*/true).ok());
  v1::SetCheckboxResponse set;
  ASSERT_TRUE(Set("lamp", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_ACCEPTED, &set).ok());
  v1::DeleteCheckboxRequest remove;
  remove.set_name("lamp");
  remove.set_expected_version(1);
  remove.set_request_id(RandomRequestId());
  v1::DeleteCheckboxResponse removed;
  ASSERT_TRUE(checkboxes_->DeleteCheckbox(MakeContext(token_).get(), remove, &removed).ok());
  ASSERT_TRUE(Create("lamp", /*virtual_device=*/true).ok());
  EXPECT_EQ(Get("lamp").version(), 1) << "the number goes on";

  v1::ListHistoryRequest request;
  request.set_name("lamp");
  request.set_page_size(3);
  v1::ListHistoryResponse page;
  ASSERT_TRUE(checkboxes_->ListHistory(MakeContext(token_).get(), request, &page).ok());
  ASSERT_EQ(page.entries_size(), 3);
  EXPECT_EQ(page.entries(1).kind(), v1::HISTORY_KIND_DELETED);
  EXPECT_EQ(page.entries(2).kind(), v1::HISTORY_KIND_SET);
  EXPECT_EQ(page.entries(2).change().source(), v1::CHANGE_SOURCE_RPC);
  EXPECT_FALSE(page.entries(2).change().actor().empty());
  request.set_page_token(page.next_page_token());
  ASSERT_TRUE(checkboxes_->ListHistory(MakeContext(token_).get(), request, &page).ok());
  ASSERT_EQ(page.entries_size(), 1);
  EXPECT_EQ(page.entries(0).kind(), v1::HISTORY_KIND_CREATED);
  EXPECT_EQ(page.next_page_token(), "");

  request.set_name("fan");
  EXPECT_EQ(Reason(checkboxes_->ListHistory(MakeContext(token_).get(), request, &page)),
            "BAD_PAGE");
  request.clear_page_token();
  EXPECT_EQ(Reason(checkboxes_->ListHistory(MakeContext(token_).get(), request, &page)),
            "CHECKBOX_NOT_FOUND");
  request.set_page_size(-1);
  EXPECT_EQ(Reason(checkboxes_->ListHistory(MakeContext(token_).get(), request, &page)),
            "BAD_PAGE");
}

TEST_F(ApiTest, AWatchRefusesAForeignToken) {
  StartService();
  auto context = MakeContext(token_);
  Watch watch = StartWatch(*context, "bm9uc2Vuc2U=");
  EXPECT_EQ(Reason(watch->Finish()), "BAD_RESUME_TOKEN");
}

TEST_F(ApiTest, AWatchEndsWhenTheServiceStops) {
  StartService();
  auto context = MakeContext(token_);
  Watch watch = StartWatch(*context);
  v1::WatchCheckboxesResponse response;
  ASSERT_TRUE(watch->Read(&response));
  service_.reset();
  EXPECT_EQ(Reason(watch->Finish()), "SHUTTING_DOWN");
}

TEST_F(ApiTest, ASecondServiceOnTheSameStateIsRefused) {
  StartService();
  const auto second = MqttService::Start(config_);
  EXPECT_EQ(ReasonOf(second.status()), "STATE_DIR_IN_USE");
}

TEST_F(ApiTest, TheStatusTellsWhyTheChatIsAway) {
  config_.xmpp_service_token_file = folder_.Path("not-there");
  StartService();
  ASSERT_TRUE(WaitForStatus([](const v1::GetStatusResponse& status) {
    return status.chat_feed().error_message().find("no token") != std::string::npos;
  }));
  EXPECT_THAT(Status().publisher().target(), HasSubstr("mqtt://127.0.0.1"));
}

}  // namespace
}  // namespace chatwire::mqtt
