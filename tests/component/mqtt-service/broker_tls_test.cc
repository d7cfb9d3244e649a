// TLS to the broker: whose certificate it is counts, not only who signed it.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/broker/paho_subscriber.h"
#include "mqtt-service/store/sqlite_store.h"
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

  absl::Status Connect(const std::string& host, const std::string& ca_file,
                       BrokerOptions options = {}) {
    options.uri = absl::StrCat("ssl://", host, ":", tls_port_);
    options.ca_file = ca_file;
    options.client_id = "tls";
    PahoSubscriber subscriber(
        options, "sub", {{"test/#", false}}, DeviceSubscriptions(*store_, DeviceLink::kListener),
        [](const InboundMessage&) {}, [] {});
    const absl::Status opened = subscriber.Open();
    subscriber.Close();
    return opened;
  }

  /// One that wants to see a certificate of @p authority.
  void StartStrict(const std::string& authority) {
    tls_port_ = FreePort();
    strict_.emplace(
        folder_.Path(""),
        absl::StrCat("allow_anonymous true\nlistener ", tls_port_, " 127.0.0.1\ncertfile ",
                     certificates_.Certificate("broker"), "\nkeyfile ", certificates_.Key("broker"),
                     "\ncafile ", authority, "\nrequire_certificate true\n"));
    strict_->Start();
  }

  static BrokerOptions Showing(const TestCertificates& certificates, const std::string& name) {
    certificates.Issue(name);
    BrokerOptions options;
    options.certificate_file = certificates.Certificate(name);
    options.key_file = certificates.Key(name);
    return options;
  }

  TestCertificates certificates_;
  TestCertificates others_;
  TemporaryDirectory folder_;
  std::unique_ptr<SqliteStore> store_ = *SqliteStore::Open(folder_.Path("mqtt.db"));
  int tls_port_;
  std::optional<Mosquitto> broker_;
  std::optional<Mosquitto> strict_;
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

TEST_F(BrokerTlsTest, ABrokerThatWantsACertificateIsShownOne) {
  StartStrict(certificates_.Authority());
  const std::string authority = certificates_.Authority();
  EXPECT_TRUE(Connect("localhost", authority, Showing(certificates_, "service")).ok());
  EXPECT_FALSE(Connect("localhost", authority).ok());
  EXPECT_FALSE(Connect("localhost", authority, Showing(others_, "stranger")).ok());
}

TEST_F(BrokerTlsTest, WhatDoesNotFitIsToldBeforeAnythingStarts) {
  BrokerOptions options = Showing(certificates_, "service");
  options.uri = "ssl://localhost:1";
  EXPECT_TRUE(CheckBrokerTls(options).ok());
  BrokerOptions bad = options;
  bad.uri = "tcp://localhost:1";
  EXPECT_EQ(ReasonOf(CheckBrokerTls(bad)), "BAD_BROKER");
  bad = options;
  bad.key_file.clear();
  EXPECT_EQ(ReasonOf(CheckBrokerTls(bad)), "BAD_BROKER");
  bad = options;
  bad.ca_file = "/nowhere.pem";
  EXPECT_NE(CheckBrokerTls(bad).message().find("/nowhere.pem"), absl::string_view::npos);
}

}  // namespace
}  // namespace chatwire::mqtt
