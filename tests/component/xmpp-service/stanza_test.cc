#include <gtest/gtest.h>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/service_fixture.h"

namespace chatwire::xmpp {
namespace {

class StanzaTest : public ServiceFixture {
 protected:
  absl::Status Send(const std::string& token, const v1::SendStanzaRequest& request) {
    v1::SendStanzaResponse response;
    return FromGrpcStatus(stub_->SendStanza(Context(token).get(), request, &response));
  }

  static v1::SendStanzaRequest Message() {
    v1::SendStanzaRequest request;
    request.set_account(kBot);
    request.set_xml("<message to='alice@example.org'><body>raw</body></message>");
    request.set_request_id(RandomUuid());
    return request;
  }

  std::string token_ = Login();
  std::unique_ptr<v1::StanzaService::Stub> stub_ = v1::StanzaService::NewStub(channel_);
};

TEST_F(StanzaTest, AnOwnersTokenIsNotEnough) {
  EXPECT_EQ(ReasonOf(Send(token_, Message())), "SCOPE_MISSING");
  const auto minted = tokens_->Mint({"raw", {"raw"}, {kAlice}});
  EXPECT_EQ(ReasonOf(Send(*minted, Message())), "ACCOUNT_NOT_ALLOWED");
}

TEST_F(StanzaTest, BadInputIsRefusedWithItsReason) {
  auto request = Message();
  request.set_request_id("7");
  EXPECT_EQ(ReasonOf(Send(admin_token_, request)), "BAD_REQUEST_ID");
  request = Message();
  request.set_account(kAlice);
  EXPECT_EQ(ReasonOf(Send(admin_token_, request)), "ACCOUNT_NOT_FOUND");

  v1::SendIqRequest iq;
  iq.set_account(kBot);
  iq.set_request_id(RandomUuid());
  iq.mutable_timeout()->set_seconds(-1);
  v1::SendIqResponse response;
  EXPECT_EQ(ReasonOf(FromGrpcStatus(stub_->SendIq(Context(admin_token_).get(), iq, &response))),
            "BAD_WAIT");
}

TEST_F(StanzaTest, ARequestIsRememberedWithItsContentAlsoThatOfSendMessage) {
  auto message = Text("hello");
  ASSERT_TRUE(ServiceFixture::Send(token_, message).ok());
  auto request = Message();
  request.set_request_id(message.request_id());
  EXPECT_EQ(ReasonOf(Send(admin_token_, request)), "REQUEST_ID_REUSED");
}

}  // namespace
}  // namespace chatwire::xmpp
