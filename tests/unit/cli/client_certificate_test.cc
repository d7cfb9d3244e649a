// Mutual TLS: a service that asks for a certificate, over real sockets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cli/cli_fixture.h"
#include "tests/unit/cli/dying_service.h"
#include "tests/unit/common/test_certificates.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;

class ClientCertificateTest : public CliTest {
 protected:
  ClientCertificateTest() {
    certificates_.Issue("server");
    certificates_.Issue("client");
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.tls_cert_file = certificates_.Certificate("server");
    options.tls_key_file = certificates_.Key("server");
    options.tls_client_ca_file = certificates_.Authority();
    auto server = StartServer(options, {&accounts_});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    accounts_.list = [](auto&, const auto&, auto& response) {
      response.add_accounts()->set_account("bot@example.org");
      return grpc::Status::OK;
    };
  }

  RunResult Accounts(const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"accounts",
                                          "--server",
                                          server_->address(),
                                          "--ca",
                                          certificates_.Authority(),
                                          "--timeout",
                                          "10s",
                                          "--token-file",
                                          WriteFile("token", "t")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunCli(arguments);
  }

  TestCertificates certificates_;
  FakeAccountService accounts_;
  std::unique_ptr<RpcServer> server_;
};

TEST_F(ClientCertificateTest, IsShown) {
  const RunResult done = Accounts(
      {"--cert", certificates_.Certificate("client"), "--key", certificates_.Key("client")});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(done.out, HasSubstr("bot@example.org"));
}

TEST_F(ClientCertificateTest, ComesFromTheProfileToo) {
  WriteFile("chatwire/config.toml", "[profile.home]\ncert = \"" +
                                        certificates_.Certificate("client") + "\"\nkey = \"" +
                                        certificates_.Key("client") + "\"\n");
  const RunResult done = Accounts({"--profile", "home"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
}

TEST_F(ClientCertificateTest, ItsLackEndsWithTheServiceUnreachable) {
  EXPECT_EQ(Accounts({}).exit_code, 6);
}

TEST_F(ClientCertificateTest, WhoComesWithoutTlsIsToldThatTheServiceWantsIt) {
  const RunResult done = RunCli({"accounts", "--server", server_->address(), "--timeout", "1s",
                                 "--token-file", WriteFile("token", "t")});
  EXPECT_EQ(done.exit_code, 6);
  EXPECT_THAT(done.error, HasSubstr("no TLS with xmpp-service at " + server_->address()));
}

TEST_F(ClientCertificateTest, AServiceThatDiesInACallIsNotTakenForOneThatWantsTls) {
  const DyingService service;
  const RunResult done = RunCli({"accounts", "--server", service.address(), "--timeout", "1s",
                                 "--token-file", WriteFile("token", "t")});
  EXPECT_EQ(done.exit_code, 6);
  EXPECT_THAT(done.error, HasSubstr("cannot reach xmpp-service at " + service.address()));
}

TEST_F(ClientCertificateTest, NeedsItsKeyAndFilesThatAreThere) {
  const std::string certificate = certificates_.Certificate("client");
  const RunResult half = Accounts({"--cert", certificate});
  EXPECT_EQ(half.exit_code, 2);
  EXPECT_THAT(half.error, HasSubstr("give both --cert and --key"));
  EXPECT_EQ(Accounts({"--cert", certificate, "--key", "/nowhere"}).exit_code, 2);
}

}  // namespace
}  // namespace chatwire::cli
