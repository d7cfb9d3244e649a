// Publish and Subscribe of the API against a real broker, with and without access rules.
#include <fstream>

#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

class BrokerApiTest : public ServiceFixture {
 protected:
  using Stream = std::unique_ptr<grpc::ClientReader<v1::SubscribeResponse>>;

  /// Starts a broker with @p more in its configuration, and the service.
  void StartWith(const std::string& more) {
    own_broker_.emplace(folder_.Path(""), more);
    config_.broker.uri = own_broker_->uri();
    own_broker_->Start();
    StartService();
    ASSERT_TRUE(
        WaitForStatus([](const auto& status) { return status.api_publisher().connected(); }));
  }

  static std::string Reason(const grpc::Status& status) { return ReasonOf(FromGrpcStatus(status)); }

  static v1::PublishRequest Request(const std::string& topic, const std::string& payload) {
    v1::PublishRequest request;
    request.mutable_message()->set_topic(topic);
    request.mutable_message()->set_payload(payload);
    request.set_request_id(RandomRequestId());
    return request;
  }

  grpc::Status Publish(const v1::PublishRequest& request, v1::PublishResponse* response) {
    return status_->Publish(MakeContext(token_).get(), request, response);
  }
  grpc::Status Publish(const v1::PublishRequest& request) {
    v1::PublishResponse response;
    return Publish(request, &response);
  }

  /// Subscribes and waits until the broker has accepted.
  Stream Subscribe(grpc::ClientContext& context, const v1::SubscribeRequest& request) {
    Stream stream = status_->Subscribe(&context, request);
    v1::SubscribeResponse response;
    EXPECT_TRUE(stream->Read(&response));
    EXPECT_TRUE(response.has_subscribed()) << response.ShortDebugString();
    return stream;
  }

  static v1::SubscribeRequest Filter(
      const std::string& filter, v1::QualityOfService qos = v1::QUALITY_OF_SERVICE_EXACTLY_ONCE) {
    v1::SubscribeRequest request;
    request.add_filters()->set_filter(filter);
    request.mutable_filters(0)->set_max_qos(qos);
    return request;
  }

  std::optional<Mosquitto> own_broker_;
};

constexpr char kOpen[] = "allow_anonymous true\n";

TEST_F(BrokerApiTest, EveryPropertyGoesThroughAtEveryQos) {
  StartWith(kOpen);
  auto context = MakeContext(token_);
  v1::SubscribeRequest subscribe = Filter("house/+");
  subscribe.set_subscription_identifier(77);
  const Stream stream = Subscribe(*context, subscribe);
  for (const auto qos : {v1::QUALITY_OF_SERVICE_AT_MOST_ONCE, v1::QUALITY_OF_SERVICE_AT_LEAST_ONCE,
                         v1::QUALITY_OF_SERVICE_EXACTLY_ONCE}) {
    v1::PublishRequest request = Request("house/a", "grüße");
    v1::MqttMessage& message = *request.mutable_message();
    message.set_qos(qos);
    message.set_payload_is_text(true);
    message.mutable_message_expiry()->set_seconds(60);
    message.set_content_type("text/plain");
    message.set_response_topic("house/answers");
    message.set_correlation_data(std::string("\0\x01z", 3));
    for (const char* value : {"1", "2"}) {
      v1::UserProperty& property = *message.add_user_properties();
      property.set_name("twice");
      property.set_value(value);
    }

    const grpc::Status status = Publish(request);

    ASSERT_TRUE(status.ok()) << status.error_message();
    v1::SubscribeResponse response;
    ASSERT_TRUE(stream->Read(&response));
    v1::MqttMessage got = response.message();
    EXPECT_LE(got.message_expiry().seconds(), 60);
    EXPECT_GE(got.message_expiry().seconds(), 50);
    got.mutable_message_expiry()->set_seconds(60);
    message.add_subscription_identifiers(77);
    EXPECT_EQ(got.ShortDebugString(), message.ShortDebugString());
  }
  context->TryCancel();
  stream->Finish();
}

TEST_F(BrokerApiTest, RetainedMessagesComeAtTheStartUnlessNotWanted) {
  StartWith(kOpen);
  v1::PublishRequest request = Request("house/kept", "old");
  request.mutable_message()->set_retain(true);
  ASSERT_TRUE(Publish(request).ok());
  auto with = MakeContext(token_);
  auto without = MakeContext(token_);
  v1::SubscribeRequest quiet = Filter("house/#");
  quiet.mutable_filters(0)->set_retain_handling(v1::RETAIN_HANDLING_DO_NOT_SEND);

  const Stream first = Subscribe(*with, Filter("house/#"));
  const Stream second = Subscribe(*without, quiet);
  ASSERT_TRUE(Publish(Request("house/live", "new")).ok());

  v1::SubscribeResponse response;
  ASSERT_TRUE(first->Read(&response));
  EXPECT_EQ(response.message().payload(), "old");
  EXPECT_TRUE(response.message().retain());
  ASSERT_TRUE(second->Read(&response));
  EXPECT_EQ(response.message().payload(), "new");
  with->TryCancel();
  without->TryCancel();
  first->Finish();
  second->Finish();
}

TEST_F(BrokerApiTest, ARepeatedRequestIsPublishedOnce) {
  StartWith(kOpen);
  MqttPeer witness(own_broker_->uri(), "house/#");
  const v1::PublishRequest request = Request("house/a", "x");
  v1::PublishResponse response;
  ASSERT_TRUE(Publish(request, &response).ok());
  EXPECT_FALSE(response.replayed());

  ASSERT_TRUE(Publish(request, &response).ok());

  EXPECT_TRUE(response.replayed());
  v1::PublishRequest other = request;
  other.mutable_message()->set_payload("y");
  EXPECT_EQ(Reason(Publish(other)), "REQUEST_ID_REUSED");
  ASSERT_TRUE(Publish(Request("house/end", "z")).ok());
  ASSERT_EQ(witness.WaitFor("house/end", 1).size(), 1u);
  EXPECT_EQ(witness.On("house/a").size(), 1u);
}

TEST_F(BrokerApiTest, ADenialOfTheBrokerIsAnErrorWithItsReasonCode) {
  const std::string acl = folder_.Path("acl");
  std::ofstream(acl) << "topic readwrite test/#\n";
  StartWith(std::string(kOpen) + "acl_file " + acl + "\n");
  for (const auto qos :
       {v1::QUALITY_OF_SERVICE_AT_LEAST_ONCE, v1::QUALITY_OF_SERVICE_EXACTLY_ONCE}) {
    v1::PublishRequest request = Request("forbidden/a", "x");
    request.mutable_message()->set_qos(qos);

    const grpc::Status status = Publish(request);

    EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(Reason(status), "MQTT_NOT_AUTHORIZED");
    EXPECT_EQ(MetadataOf(FromGrpcStatus(status))["reason_code"], "135");
  }
  EXPECT_TRUE(Publish(Request("test/allowed", "x")).ok());
}

TEST_F(BrokerApiTest, ABrokerThatIsAwayIsAnError) {
  StartService();
  EXPECT_EQ(Reason(Publish(Request("house/a", "x"))), "BROKER_AWAY");
  auto context = MakeContext(token_);
  const Stream stream = status_->Subscribe(context.get(), Filter("house/#"));
  EXPECT_EQ(Reason(stream->Finish()), "BROKER_AWAY");
}

TEST_F(BrokerApiTest, ASubscriptionEndsWithTheBrokerAndWithTheService) {
  StartWith(kOpen);
  auto context = MakeContext(token_);
  const Stream stream = Subscribe(*context, Filter("house/#"));
  own_broker_->Kill();
  EXPECT_EQ(Reason(stream->Finish()), "BROKER_LOST");

  own_broker_->Start();
  auto again = MakeContext(token_);
  const Stream second = Subscribe(*again, Filter("house/#"));
  service_.reset();
  EXPECT_EQ(Reason(second->Finish()), "SHUTTING_DOWN");
}

TEST_F(BrokerApiTest, AQuietSubscriptionHasHeartbeats) {
  StartWith(kOpen);
  auto context = MakeContext(token_);
  v1::SubscribeRequest request = Filter("house/#");
  request.mutable_heartbeat_interval()->set_seconds(1);
  const Stream stream = Subscribe(*context, request);
  v1::SubscribeResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.update_case(), v1::SubscribeResponse::UPDATE_NOT_SET);
  context->TryCancel();
  stream->Finish();
}

TEST_F(BrokerApiTest, BadRequestsSayWhatIsWrong) {
  StartService();
  const auto publish = [this](const std::function<void(v1::PublishRequest&)>& change) {
    v1::PublishRequest request = Request("house/a", "x");
    change(request);
    return Reason(Publish(request));
  };
  EXPECT_EQ(publish([](auto& r) { r.mutable_message()->set_topic("house/+"); }), "BAD_TOPIC");
  EXPECT_EQ(publish([](auto& r) { r.mutable_message()->clear_topic(); }), "BAD_TOPIC");
  EXPECT_EQ(publish([](auto& r) { r.mutable_message()->set_response_topic("#"); }), "BAD_TOPIC");
  EXPECT_EQ(publish([](auto& r) { r.mutable_message()->set_payload(std::string(300'000, 'x')); }),
            "BAD_PAYLOAD");
  EXPECT_EQ(publish([](auto& r) { r.mutable_message()->mutable_message_expiry()->set_nanos(1); }),
            "BAD_PROPERTY");
  EXPECT_EQ(
      publish([](auto& r) { r.mutable_message()->set_qos(static_cast<v1::QualityOfService>(9)); }),
      "BAD_QOS");
  EXPECT_EQ(publish([](auto& r) { r.set_request_id("1"); }), "BAD_REQUEST_ID");
  for (const char* own : {"test/checkbox/lamp", "test/checkbox/lamp/command", "test/bridge/state",
                          "test/chat/a@example.org/in"}) {
    EXPECT_EQ(publish([own](auto& r) { r.mutable_message()->set_topic(own); }), "TOPIC_RESERVED")
        << own;
  }
  EXPECT_EQ(publish([](auto& r) { r.mutable_message()->set_topic("test/checkbox/lamp/set"); }),
            "BROKER_AWAY");
  const auto subscribe = [this](const v1::SubscribeRequest& request) {
    auto context = MakeContext(token_);
    return Reason(status_->Subscribe(context.get(), request)->Finish());
  };
  EXPECT_EQ(subscribe({}), "BAD_FILTER");
  EXPECT_EQ(subscribe(Filter("house/#/more")), "BAD_FILTER");
  EXPECT_EQ(subscribe(Filter("house", static_cast<v1::QualityOfService>(9))), "BAD_QOS");
  v1::SubscribeRequest large = Filter("house/#");
  large.set_subscription_identifier(268'435'456);
  EXPECT_EQ(subscribe(large), "BAD_PROPERTY");
  v1::SubscribeRequest impatient = Filter("house/#");
  impatient.mutable_heartbeat_interval()->set_nanos(1);
  EXPECT_EQ(subscribe(impatient), "BAD_HEARTBEAT");
}

}  // namespace
}  // namespace chatwire::mqtt
