// Listening, connecting and authorising, over real sockets.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/status/status_matchers.h"
#include "chatwire/mqtt/v1/broker_service.grpc.pb.h"
#include "common/error.h"
#include "common/rpc/authorize.h"
#include "common/rpc/channel.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/unit/common/test_certificates.h"

namespace chatwire {
namespace {

using ::absl_testing::IsOk;
using ::absl_testing::IsOkAndHolds;
using ::absl_testing::StatusIs;
using ::testing::HasSubstr;
using Health = grpc::health::v1::Health;
using grpc::health::v1::HealthCheckResponse;

ServerOptions ListenOn(const std::string& address) {
  ServerOptions options;
  options.listen = address;
  return options;
}

constexpr auto kPatience = std::chrono::seconds(10);

/// What health says of @p service, over @p channel.
absl::StatusOr<HealthCheckResponse::ServingStatus> Check(
    const std::shared_ptr<grpc::Channel>& channel, const std::string& service = "") {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  HealthCheckResponse response;
  const auto status = FromGrpcStatus(Health::NewStub(channel)->Check(&context, request, &response));
  if (!status.ok()) return status;
  return response.status();
}

TEST(AddressTest, HasHostAndPort) {
  for (const char* const good : {"localhost:7443", "127.0.0.1:0", "[::1]:65535", "a.b:1"}) {
    EXPECT_TRUE(IsAddress(good)) << good;
  }
  for (const char* const bad :
       {"", "localhost", ":7443", "localhost:", "localhost:http", "localhost:65536", "localhost:-1",
        "::1:7443", "[::1]", "http://localhost:1"}) {
    EXPECT_FALSE(IsAddress(bad)) << bad;
  }
}

TEST(AddressTest, LoopbackIsThisMachineOnly) {
  for (const char* const here : {"localhost:1", "127.0.0.1:1", "127.1.2.3:1", "[::1]:1"}) {
    EXPECT_TRUE(IsLoopback(here)) << here;
  }
  for (const char* const there : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "127.example.org:1",
                                  "127.0.0.1.example.org:1", "localhost.example.org:1"}) {
    EXPECT_FALSE(IsLoopback(there)) << there;
  }
}

TEST(MakeChannelTest, RefusesPlaintextBeyondThisMachine) {
  const auto channel = MakeChannel({"example.org:7443", ""});
  EXPECT_THAT(channel, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(channel.status()), "TLS_REQUIRED");
}

TEST(MakeChannelTest, SaysWhatIsWrongWithItsOptions) {
  EXPECT_EQ(ReasonOf(MakeChannel({"nowhere", ""}).status()), "BAD_ADDRESS");
  EXPECT_EQ(ReasonOf(MakeChannel({"localhost:1", "/nowhere"}).status()), "BAD_CA_FILE");
  EXPECT_THAT(MakeChannel({"example.org:1", "", true}), IsOk());
}

class ServerTest : public ::testing::Test {
 protected:
  static std::unique_ptr<RpcServer> Start(const ServerOptions& options) {
    auto server = StartServer(options, {});
    EXPECT_THAT(server, IsOk());
    return server.ok() ? *std::move(server) : nullptr;
  }

  static absl::Status Refused(const ServerOptions& options) {
    return StartServer(options, {}).status();
  }
};

TEST_F(ServerTest, ListensOnAFreePortAndTellsWhich) {
  const auto server = Start(ListenOn("127.0.0.1:0"));
  EXPECT_THAT(server->address(), ::testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  EXPECT_THAT(Check(*MakeChannel({server->address(), ""})),
              IsOkAndHolds(HealthCheckResponse::SERVING));
}

TEST_F(ServerTest, ATakenPortFailsLoudly) {
  const auto server = Start(ListenOn("127.0.0.1:0"));
  const auto second = Refused(ListenOn(server->address()));
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(second), "PORT_IN_USE");
  EXPECT_THAT(std::string(second.message()), HasSubstr(server->address()));
}

TEST_F(ServerTest, RefusesPlaintextBeyondThisMachineUnlessTold) {
  EXPECT_EQ(ReasonOf(Refused(ListenOn("0.0.0.0:0"))), "TLS_REQUIRED");
  ServerOptions insecure = ListenOn("0.0.0.0:0");
  insecure.insecure_listen = true;
  EXPECT_THAT(StartServer(insecure, {}), IsOk());
}

TEST_F(ServerTest, RefusesWhatIsNoAddress) {
  EXPECT_EQ(ReasonOf(Refused(ListenOn("7443"))), "BAD_ADDRESS");
  EXPECT_EQ(ReasonOf(Refused(ListenOn(""))), "BAD_ADDRESS");
}

TEST_F(ServerTest, HealthFollowsWhatItIsTold) {
  const auto server = Start(ListenOn("127.0.0.1:0"));
  const auto channel = *MakeChannel({server->address(), ""});
  EXPECT_THAT(Check(channel, "chatwire.xmpp.v1"), StatusIs(absl::StatusCode::kNotFound));
  server->SetServing("chatwire.xmpp.v1", true);
  EXPECT_THAT(Check(channel, "chatwire.xmpp.v1"), IsOkAndHolds(HealthCheckResponse::SERVING));
  server->SetServing("chatwire.xmpp.v1", false);
  EXPECT_THAT(Check(channel, "chatwire.xmpp.v1"), IsOkAndHolds(HealthCheckResponse::NOT_SERVING));
}

class TlsTest : public ServerTest {
 protected:
  TlsTest() { certificates_.Issue("server"); }

  ServerOptions Options() const {
    ServerOptions options = ListenOn("127.0.0.1:0");
    options.tls_cert_file = certificates_.Certificate("server");
    options.tls_key_file = certificates_.Key("server");
    return options;
  }

  std::string WriteFile(const std::string& content) const {
    const std::string path = certificates_.Path("written");
    std::ofstream(path) << content;
    return path;
  }

  TestCertificates certificates_;
};

TEST_F(TlsTest, TrustsTheNamedAuthority) {
  const auto server = Start(Options());
  EXPECT_THAT(Check(*MakeChannel({server->address(), certificates_.Authority()})),
              IsOkAndHolds(HealthCheckResponse::SERVING));
}

TEST_F(TlsTest, DoesNotTrustAnotherAuthority) {
  const TestCertificates others;
  const auto server = Start(Options());
  EXPECT_THAT(Check(*MakeChannel({server->address(), others.Authority()})),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Check(*MakeChannel({server->address(), "", true})),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, PlaintextGetsNoAnswer) {
  const auto server = Start(Options());
  EXPECT_THAT(Check(*MakeChannel({server->address(), ""})),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, MutualTlsWantsACertificateOfTheClient) {
  certificates_.Issue("client");
  ServerOptions options = Options();
  options.tls_client_ca_file = certificates_.Authority();
  const auto server = Start(options);
  EXPECT_THAT(Check(*MakeChannel({server->address(), certificates_.Authority()})),
              StatusIs(absl::StatusCode::kUnavailable));
  ChannelOptions shown{server->address(), certificates_.Authority()};
  shown.cert_file = certificates_.Certificate("client");
  shown.key_file = certificates_.Key("client");
  EXPECT_THAT(Check(*MakeChannel(shown)), IsOkAndHolds(HealthCheckResponse::SERVING));
}

TEST_F(TlsTest, ACertificateToShowNeedsItsKeyAndTls) {
  certificates_.Issue("client");
  ChannelOptions good{"localhost:1", certificates_.Authority()};
  good.cert_file = certificates_.Certificate("client");
  good.key_file = certificates_.Key("client");
  ChannelOptions bad = good;
  bad.key_file.clear();
  EXPECT_EQ(ReasonOf(MakeChannel(bad).status()), "BAD_CLIENT_CERTIFICATE");
  bad = good;
  bad.cert_file = "/nowhere.pem";
  EXPECT_EQ(ReasonOf(MakeChannel(bad).status()), "BAD_CLIENT_CERTIFICATE");
  bad = good;
  bad.ca_file.clear();
  EXPECT_EQ(ReasonOf(MakeChannel(bad).status()), "BAD_CLIENT_CERTIFICATE");
  bad = good;
  bad.key_file = good.cert_file;
  EXPECT_THAT(MakeChannel(bad), StatusIs(absl::StatusCode::kFailedPrecondition,
                                         HasSubstr("no private key in " + good.cert_file)));
  bad = good;
  bad.cert_file = good.key_file;
  EXPECT_THAT(MakeChannel(bad), StatusIs(absl::StatusCode::kFailedPrecondition,
                                         HasSubstr("no certificate in " + good.key_file)));
  bad = good;
  bad.ca_file = good.key_file;
  EXPECT_EQ(ReasonOf(MakeChannel(bad).status()), "BAD_CA_FILE");
}

TEST_F(TlsTest, SaysWhichFileIsWrong) {
  ServerOptions options = Options();
  options.tls_key_file = "";
  EXPECT_EQ(ReasonOf(Refused(options)), "BAD_TLS_FILE");
  options.tls_key_file = "/nowhere.key";
  EXPECT_THAT(std::string(Refused(options).message()), HasSubstr("/nowhere.key"));
  options = Options();
  options.tls_cert_file = WriteFile("not a certificate");
  EXPECT_EQ(ReasonOf(Refused(options)), "BAD_TLS_FILE");
  options = Options();
  options.tls_key_file = options.tls_cert_file;
  EXPECT_EQ(ReasonOf(Refused(options)), "BAD_TLS_FILE");
  options = Options();
  options.tls_client_ca_file = WriteFile("");
  EXPECT_EQ(ReasonOf(Refused(options)), "BAD_TLS_FILE");
}

/// Knows one token.
class OneToken final : public Authenticator {
 public:
  absl::StatusOr<Caller> Authenticate(const std::string& token) override {
    if (token == "right") return Caller{"test", {"broker"}, {"bot@example.org"}};
    return MakeError(absl::StatusCode::kUnauthenticated, {"chatwire", "TOKEN_INVALID"}, "unknown");
  }
};

/// A handler as each of ours begins.
class GuardedService final : public mqtt::v1::BrokerService::Service {
 public:
  grpc::Status GetStatus(grpc::ServerContext* context,
                         const mqtt::v1::GetStatusRequest* /*request*/,
                         mqtt::v1::GetStatusResponse* response) override {
    const auto account = AuthorizeAccount(*context, tokens_, scope, requested_account);
    if (account.ok()) response->mutable_publisher()->set_target(*account);
    return ToGrpcStatus(account.status());
  }

  std::string scope = "broker";
  std::string requested_account;

 private:
  OneToken tokens_;
};

class AuthorizeTest : public ::testing::Test {
 protected:
  AuthorizeTest() { server_ = *StartServer(ListenOn("127.0.0.1:0"), {&service_}); }

  /// The account that the handler was let through with.
  absl::StatusOr<std::string> Call(const std::string& header) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kPatience);
    if (!header.empty()) context.AddMetadata("authorization", header);
    const auto stub = mqtt::v1::BrokerService::NewStub(*MakeChannel({server_->address(), ""}));
    mqtt::v1::GetStatusResponse response;
    const auto status = FromGrpcStatus(stub->GetStatus(&context, {}, &response));
    if (!status.ok()) return status;
    return response.publisher().target();
  }

  GuardedService service_;
  std::unique_ptr<RpcServer> server_;
};

TEST_F(AuthorizeTest, LetsTheRightTokenThrough) {
  EXPECT_THAT(Call("Bearer right"), IsOkAndHolds("bot@example.org"));
  EXPECT_THAT(Call("bearer right"), IsOkAndHolds("bot@example.org")) << "RFC 6750, RFC 9110";
}

TEST_F(AuthorizeTest, TellsNoTokenFromAWrongOne) {
  for (const char* const none : {"", "right", "Basic right"}) {
    const auto refused = Call(none).status();
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnauthenticated)) << none;
    EXPECT_EQ(ReasonOf(refused), "TOKEN_MISSING") << none;
  }
  const auto wrong = Call("Bearer wr0ng").status();
  EXPECT_THAT(wrong, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(ReasonOf(wrong), "TOKEN_INVALID");
  EXPECT_EQ(std::string(wrong.message()).find("wr0ng"), std::string::npos);
}

TEST_F(AuthorizeTest, AsksForTheScopeAndTheAccount) {
  service_.scope = "checkbox.admin";
  const auto scope = Call("Bearer right").status();
  EXPECT_THAT(scope, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(scope), "SCOPE_MISSING");
  EXPECT_EQ(MetadataOf(scope).at("scope"), "checkbox.admin");
  service_.scope = "broker";
  service_.requested_account = "alice@example.org";
  EXPECT_EQ(ReasonOf(Call("Bearer right").status()), "ACCOUNT_NOT_ALLOWED");
}

TEST_F(AuthorizeTest, AnErrorWithAVeryLongNameStillArrives) {
  service_.requested_account = std::string(20'000, 'x') + "@example.org";
  for (int i = 0; i < 5'000; ++i) service_.requested_account += "é";
  const auto refused = Call("Bearer right").status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(refused), "ACCOUNT_NOT_ALLOWED");
}

TEST(AttachTokenTest, SendsNothingWhereThereIsNoToken) {
  GuardedService service;
  const auto server = *StartServer(ListenOn("127.0.0.1:0"), {&service});
  const auto stub = mqtt::v1::BrokerService::NewStub(*MakeChannel({server->address(), ""}));
  grpc::ClientContext without;
  AttachToken(without, "");
  mqtt::v1::GetStatusResponse response;
  EXPECT_EQ(ReasonOf(FromGrpcStatus(stub->GetStatus(&without, {}, &response))), "TOKEN_MISSING");
  grpc::ClientContext with;
  AttachToken(with, "right");
  EXPECT_THAT(FromGrpcStatus(stub->GetStatus(&with, {}, &response)), IsOk());
}

}  // namespace
}  // namespace chatwire
