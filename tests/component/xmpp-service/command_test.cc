// Commands, discovery and profiles over gRPC: input, permissions, and streams of offers.
#include <gmock/gmock.h>

#include <thread>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/service_fixture.h"
#include "xmpp-service/domain/command_port.h"
#include "xmpp-service/rpc/command_service.h"
#include "xmpp-service/rpc/discovery_service.h"
#include "xmpp-service/rpc/profile_service.h"

namespace chatwire::xmpp {
namespace {

using ::testing::SizeIs;

constexpr char kPerson[] = "alice@example.org/phone";

/// Answers every step with its node, or not at all.
class FakeCommands final : public CommandPort {
 public:
  std::string full_jid() const override { return std::string(kBot) + "/here"; }
  void ListCommands(const std::string&, Completion<std::vector<Command>> done) override {
    done(std::vector<Command>{{"boxes", "Boxes", ""}});
  }
  void Run(const CommandStep& step, Completion<CommandResult> done) override {
    ++runs;
    CommandResult result;
    result.notes = {{CommandNoteType::kInformation, step.node}};
    done(std::move(result));
  }

  std::atomic<int> runs{0};
};

class CommandTest : public ServiceFixture {
 protected:
  CommandTest() {
    SessionPorts ports;
    ports.commands = &port_;
    xmpp_.SetPorts(ports);
    const ServiceContext context = Services();
    commands_ = std::make_unique<CommandService>(context, desk_, journal_.clock);
    discovery_ = std::make_unique<DiscoveryService>(context);
    profiles_ = std::make_unique<ProfileService>(context);
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    api_ = *StartServer(options, {commands_.get(), discovery_.get(), profiles_.get()});
    api_channel_ = *MakeChannel({api_->address(), ""});
    stub_ = v1::CommandService::NewStub(api_channel_);
    token_ = Login();
    EXPECT_TRUE(Eventually([this] {
      const auto account = GetAccount(token_);
      return account.ok() && account->connection().state() == v1::CONNECTION_STATE_ONLINE;
    }));
  }

  ~CommandTest() override {
    commands_->Shutdown();
    api_->Shutdown(absl::Seconds(1));
    api_.reset();
    // Its timers are posted there.
    background_->Stop();
  }

  static v1::OfferCommandsRequest OfferOf(const std::string& node) {
    v1::OfferCommandsRequest request;
    auto* command = request.add_commands();
    command->set_node(node);
    command->set_name("Boxes");
    return request;
  }

  /// An open stream of OfferCommands.
  struct Stream {
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::ClientReader<v1::OfferCommandsResponse>> reader;
  };

  Stream Open(const v1::OfferCommandsRequest& request) {
    Stream stream{Context(token_), nullptr};
    stream.reader = stub_->OfferCommands(stream.context.get(), request);
    return stream;
  }

  /// How a stream that is refused at once ends.
  std::string RefusalOf(const v1::OfferCommandsRequest& request) {
    auto stream = Open(request);
    v1::OfferCommandsResponse response;
    EXPECT_FALSE(stream.reader->Read(&response));
    return ReasonOf(FromGrpcStatus(stream.reader->Finish()));
  }

  std::shared_ptr<std::optional<absl::StatusOr<CommandReply>>> Begin(const std::string& node) {
    auto reply = std::make_shared<std::optional<absl::StatusOr<CommandReply>>>();
    CommandStep step;
    step.jid = kPerson;
    step.node = node;
    desk_.Handle(kBot, std::move(step), true,
                 Completion<CommandReply>([reply](auto value) { *reply = std::move(value); }));
    return reply;
  }

  absl::Status Answer(const v1::AnswerCommandRequest& request) {
    v1::AnswerCommandResponse response;
    return FromGrpcStatus(stub_->AnswerCommand(Context(token_).get(), request, &response));
  }

  absl::StatusOr<v1::RunCommandResponse> Run(const v1::RunCommandRequest& request) {
    v1::RunCommandResponse response;
    const absl::Status status =
        FromGrpcStatus(stub_->RunCommand(Context(token_).get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }

  static v1::RunCommandRequest RunOf(const std::string& node) {
    v1::RunCommandRequest request;
    request.set_node(node);
    request.set_request_id(RandomUuid());
    return request;
  }

  FakeCommands port_;
  CommandDesk desk_{*background_};
  std::unique_ptr<CommandService> commands_;
  std::unique_ptr<DiscoveryService> discovery_;
  std::unique_ptr<ProfileService> profiles_;
  std::unique_ptr<RpcServer> api_;
  std::shared_ptr<grpc::Channel> api_channel_;
  std::unique_ptr<v1::CommandService::Stub> stub_;
  std::string token_;
};

TEST_F(CommandTest, AStepGoesToTheStreamAndItsAnswerBack) {
  auto stream = Open(OfferOf("boxes"));
  v1::OfferCommandsResponse response;
  ASSERT_TRUE(stream.reader->Read(&response));
  EXPECT_EQ(response.offered().jid(), std::string(kBot) + "/here");

  const auto reply = Begin("boxes");
  ASSERT_TRUE(stream.reader->Read(&response));
  EXPECT_EQ(response.requested().from(), kPerson);
  EXPECT_EQ(response.requested().action(), v1::COMMAND_ACTION_EXECUTE);
  v1::AnswerCommandRequest answer;
  answer.set_session_id(response.requested().session_id());
  answer.set_step(response.requested().step());
  answer.set_request_id(RandomUuid());
  answer.mutable_completes()->add_notes()->set_text("done");
  EXPECT_TRUE(Answer(answer).ok());
  EXPECT_TRUE(Answer(answer).ok()) << "a retry";

  ASSERT_TRUE(reply->has_value());
  EXPECT_EQ(std::get<CommandResult>(***reply).notes[0].text, "done");
  answer.set_request_id(RandomUuid());
  EXPECT_EQ(ReasonOf(Answer(answer)), "COMMAND_NOT_WAITING");
}

TEST_F(CommandTest, AStreamThatIsGoneOffersNothing) {
  auto stream = Open(OfferOf("boxes"));
  v1::OfferCommandsResponse response;
  ASSERT_TRUE(stream.reader->Read(&response));
  EXPECT_THAT(desk_.CommandsFor(kBot, kPerson, true), SizeIs(1));

  stream.context->TryCancel();

  EXPECT_TRUE(Eventually([this] { return desk_.CommandsFor(kBot, kPerson, true).empty(); }));
  while (stream.reader->Read(&response)) {
  }
  (void)stream.reader->Finish();
}

TEST_F(CommandTest, ALaterStreamTakesOverAndAShutdownEndsIt) {
  auto first = Open(OfferOf("boxes"));
  v1::OfferCommandsResponse response;
  ASSERT_TRUE(first.reader->Read(&response));
  auto second = Open(OfferOf("boxes"));
  ASSERT_TRUE(second.reader->Read(&response));
  EXPECT_FALSE(first.reader->Read(&response));
  EXPECT_EQ(ReasonOf(FromGrpcStatus(first.reader->Finish())), "OFFER_REPLACED");

  commands_->Shutdown();

  EXPECT_FALSE(second.reader->Read(&response));
  EXPECT_EQ(ReasonOf(FromGrpcStatus(second.reader->Finish())), "SHUTTING_DOWN");
  EXPECT_EQ(RefusalOf(OfferOf("boxes")), "SHUTTING_DOWN");
}

TEST_F(CommandTest, ABadOfferIsRefused) {
  EXPECT_EQ(RefusalOf(v1::OfferCommandsRequest()), "BAD_COMMAND");
  auto twice = OfferOf("boxes");
  *twice.add_commands() = twice.commands(0);
  EXPECT_EQ(RefusalOf(twice), "BAD_COMMAND");
  auto slow = OfferOf("boxes");
  slow.mutable_answer_timeout()->set_seconds(61);
  EXPECT_EQ(RefusalOf(slow), "BAD_COMMAND");
  auto nobody = OfferOf("boxes");
  nobody.add_allowed_jids("@");
  EXPECT_EQ(RefusalOf(nobody), "BAD_JID");
  token_ = "";
  EXPECT_EQ(RefusalOf(OfferOf("boxes")), "TOKEN_MISSING");
}

TEST_F(CommandTest, ABadAnswerIsRefused) {
  v1::AnswerCommandRequest request;
  request.set_session_id("x");
  request.set_step(1);
  EXPECT_EQ(ReasonOf(Answer(request)), "BAD_REQUEST_ID");
  request.set_request_id(RandomUuid());
  EXPECT_EQ(ReasonOf(Answer(request)), "BAD_COMMAND");
  request.mutable_continues()->set_default_action(v1::COMMAND_ACTION_NEXT);
  EXPECT_EQ(ReasonOf(Answer(request)), "BAD_COMMAND") << "NEXT is not allowed";
  request.mutable_continues()->add_allowed_actions(v1::COMMAND_ACTION_NEXT);
  EXPECT_EQ(ReasonOf(Answer(request)), "COMMAND_NOT_WAITING");
  request.mutable_continues()->mutable_form();
  EXPECT_EQ(ReasonOf(Answer(request)), "BAD_FORM");
}

TEST_F(CommandTest, AStepIsTakenOnceForEachRequestId) {
  auto request = RunOf("boxes");
  const auto first = Run(request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->notes(0).text(), "boxes");
  EXPECT_TRUE(Run(request).ok());
  EXPECT_EQ(port_.runs, 1);
  request.set_node("other");
  EXPECT_EQ(ReasonOf(Run(request).status()), "REQUEST_ID_REUSED");
  EXPECT_TRUE(Run(RunOf("boxes")).ok());
  EXPECT_EQ(port_.runs, 2);
  EXPECT_EQ(ReasonOf(Run(RunOf("")).status()), "BAD_COMMAND");
  request.set_request_id("no uuid");
  EXPECT_EQ(ReasonOf(Run(request).status()), "BAD_REQUEST_ID");
}

TEST_F(CommandTest, AStepThatWasNotSentMayBeSentByTheRetry) {
  xmpp_.SetFailure(ConnectionFailure{FailureReason::kServerUnreachable, "away", false});
  xmpp_.Break(kBot, {FailureReason::kServerUnreachable, "away", false});
  const auto request = RunOf("boxes");
  ASSERT_TRUE(Eventually([&] { return ReasonOf(Run(request).status()) == "SESSION_OFFLINE"; }));
  const int before = port_.runs;
  xmpp_.SetFailure(std::nullopt);

  EXPECT_TRUE(Eventually([&] {
    journal_.clock.Advance(absl::Minutes(10));  // over the pause between two attempts
    return Run(request).ok();
  }));
  EXPECT_EQ(port_.runs, before + 1);
}

TEST_F(CommandTest, BadAddressesAndProfilesAreRefusedBeforeAnybodyIsAsked) {
  const auto discovery = v1::DiscoveryService::NewStub(api_channel_);
  const auto profiles = v1::ProfileService::NewStub(api_channel_);
  v1::PingRequest ping;
  ping.set_jid("@");
  v1::PingResponse pong;
  EXPECT_EQ(ReasonOf(FromGrpcStatus(discovery->Ping(Context(token_).get(), ping, &pong))),
            "BAD_JID");
  v1::GetInfoRequest info;
  info.set_node(std::string(2000, 'x'));
  v1::GetInfoResponse about;
  EXPECT_EQ(ReasonOf(FromGrpcStatus(discovery->GetInfo(Context(token_).get(), info, &about))),
            "BAD_NODE");
  v1::ListItemsRequest items;
  items.set_page_size(-1);
  v1::ListItemsResponse listed;
  EXPECT_EQ(ReasonOf(FromGrpcStatus(discovery->ListItems(Context(token_).get(), items, &listed))),
            "BAD_PAGE");
  v1::SetProfileRequest profile;
  profile.mutable_profile()->set_full_name(std::string(5000, 'x'));
  v1::SetProfileResponse set;
  EXPECT_EQ(ReasonOf(FromGrpcStatus(profiles->SetProfile(Context(token_).get(), profile, &set))),
            "BAD_PROFILE");
  v1::GetContactDetailsRequest details;
  details.set_jid("example.org");
  v1::GetContactDetailsResponse known;
  EXPECT_EQ(
      ReasonOf(FromGrpcStatus(profiles->GetContactDetails(Context(token_).get(), details, &known))),
      "BAD_JID");
}

}  // namespace
}  // namespace chatwire::xmpp
