// TLS to the broker: whose certificate it is counts, not only who signed it.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "mqtt-service/broker/paho_subscriber.h"
#include "tests/component/mqtt-service/mosquitto.h"
#include "tests/unit/common/temporary_directory.h"
#include "tests/unit/common/test_certificates.h"

namespace chatwire::mqtt {
namespace {

class BrokerTlsTest : public ::testing::Test {
 protected:
  BrokerTlsTest() : tls_port_(FreePort()) {
    certificates_.Issue("broker");
    std::string config = "allow_anonymous true\n";
    // The certificate is for localhost and 127.0.0.1, not for 127.0.0.2.
    for (const char* address : {"127.0.0.1", "127.0.0.2"}) {
      absl::StrAppend(&config, "listener ", tls_port_, " ", address, "\ncertfile ",
                      certificates_.Certificate("broker"), "\nkeyfile ",
                      certificates_.Key("broker"), "\n");
    }
    broker_.emplace(folder_.Path(""), config);
    broker_->Start();
  }

  absl::Status Connect(const std::string& host, const std::string& ca_file) {
    BrokerOptions options;
    options.uri = absl::StrCat("ssl://", host, ":", tls_port_);
    options.ca_file = ca_file;
    options.client_id = "tls";
    PahoSubscriber subscriber(
        options, "sub", {{"test/#", false}}, [](const InboundMessage&) {}, [] {});
    const absl::Status opened = subscriber.Open();
    subscriber.Close();
    return opened;
  }

  TestCertificates certificates_;
  TestCertificates others_;
  TemporaryDirectory folder_;
  int tls_port_;
  std::optional<Mosquitto> broker_;
};

TEST_F(BrokerTlsTest, TheRightCertificateOfATrustedAuthorityIsTaken) {
  EXPECT_TRUE(Connect("localhost", certificates_.Authority()).ok());
  EXPECT_TRUE(Connect("127.0.0.1", certificates_.Authority()).ok());
}

TEST_F(BrokerTlsTest, TheCertificateOfAnotherHostIsRefused) {
  EXPECT_FALSE(Connect("127.0.0.2", certificates_.Authority()).ok());
}

TEST_F(BrokerTlsTest, AnUnknownAuthorityIsRefused) {
  EXPECT_FALSE(Connect("localhost", others_.Authority()).ok());
  EXPECT_FALSE(Connect("localhost", "").ok());
}

}  // namespace
}  // namespace chatwire::mqtt
