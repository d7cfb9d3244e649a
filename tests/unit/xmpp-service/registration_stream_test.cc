// In-band registration on the wire (XEP-0077, section 3), and what an account asks of its own
// server.
#include "xmpp-service/session/registration_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QTcpServer>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/account_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::HasSubstr;

constexpr char kRegister[] = "jabber:iq:register";

class RegistrationStreamTest : public SessionFixture {
 protected:
  RegistrationStreamTest() {
    server_.script().features = "<register xmlns='http://jabber.org/features/iq-register'/>";
  }

  Result<RegistrationForm> Open() {
    stream_ = std::make_unique<QxmppRegistrationStream>(settings_, "localhost");
    auto [done, form] = Remember<RegistrationForm>();
    stream_->Open(std::move(done));
    return form;
  }

  std::unique_ptr<QxmppRegistrationStream> stream_;
};

TEST_F(RegistrationStreamTest, AFormIsReadAndAnswered) {
  server_.script().answers[kRegister] =
      "<query xmlns='jabber:iq:register'><instructions>Choose.</instructions><username/>"
      "<password/><key>k1</key><x xmlns='jabber:x:oob'><url>https://localhost/</url></x></query>";
  const auto form = Open();
  ASSERT_TRUE(WaitForResult(form));
  ASSERT_TRUE((*form)->ok()) << (*form)->status();
  const RegistrationForm& asked = (*form)->value();
  EXPECT_EQ(asked.instructions, "Choose.");
  EXPECT_EQ(asked.url, "https://localhost/");
  ASSERT_EQ(asked.fields.size(), 3U);
  EXPECT_EQ(asked.fields[1].type, FormFieldType::kTextPrivate);

  auto [done, registered] = Remember<bool>();
  stream_->Submit(*AnswerTo(asked, {"bob", "p<w", {}}), std::move(done));
  ASSERT_TRUE(WaitForResult(registered));
  EXPECT_TRUE((*registered)->ok()) << (*registered)->status();
  const QString sent = server_.received().last().xml;
  EXPECT_THAT(sent.toStdString(),
              HasSubstr("<username>bob</username><password>p&lt;w</password><key>k1</key>"));
  EXPECT_EQ(server_.CountReceived(QStringLiteral("auth")), 0) << "nobody signs in";
}

TEST_F(RegistrationStreamTest, ACaptchaComesWithItsPicture) {
  server_.script().answers[kRegister] =
      "<query xmlns='jabber:iq:register'><instructions>Fill in.</instructions>"
      "<x xmlns='jabber:x:data' type='form'>"
      "<field type='hidden' var='challenge'><value>c1</value></field>"
      "<field type='text-single' var='username'/><field type='text-private' var='password'/>"
      "<field type='text-single' var='ocr'><media xmlns='urn:xmpp:media-element'>"
      "<uri type='image/png'>cid:sha1+f24@bob.xmpp.org</uri></media></field></x>"
      "<data xmlns='urn:xmpp:bob' cid='sha1+f24@bob.xmpp.org' type='image/png'>UE5H</data></query>";
  const auto form = Open();
  ASSERT_TRUE(WaitForResult(form));
  ASSERT_TRUE((*form)->ok()) << (*form)->status();
  const FormField* ocr = (*form)->value().form->Find("ocr");
  ASSERT_NE(ocr, nullptr);
  ASSERT_EQ(ocr->media.size(), 1U);
  EXPECT_EQ(ocr->media[0].content, "PNG");
}

TEST_F(RegistrationStreamTest, ARefusalKeepsItsCondition) {
  server_.script().answers[kRegister] =
      "<query xmlns='jabber:iq:register'><username/><password/></query>";
  const auto form = Open();
  ASSERT_TRUE(WaitForResult(form));
  server_.script().answers.clear();
  server_.script().errors[kRegister] = "conflict";
  auto [done, registered] = Remember<bool>();
  stream_->Submit(*AnswerTo((*form)->value(), {"bob", "secret", {}}), std::move(done));
  ASSERT_TRUE(WaitForResult(registered));
  EXPECT_EQ(ReasonOf((*registered)->status()), "XMPP_CONFLICT");
}

TEST_F(RegistrationStreamTest, AServerThatTakesNoRegistrationsIsToldFromOneThatIsNotThere) {
  server_.script().features.clear();
  const auto closed = Open();
  ASSERT_TRUE(WaitForResult(closed));
  EXPECT_EQ(ReasonOf((*closed)->status()), "REGISTRATION_CLOSED");

  QTcpServer gone;
  gone.listen(QHostAddress::LocalHost, 0);
  Route(gone.serverPort());
  const std::string address = "127.0.0.1:" + std::to_string(gone.serverPort());
  gone.close();
  const auto unreachable = Open();
  ASSERT_TRUE(WaitForResult(unreachable));
  EXPECT_EQ(ReasonOf((*unreachable)->status()), "SERVER_UNREACHABLE");
  EXPECT_THAT(std::string((*unreachable)->status().message()), HasSubstr(address));
}

TEST_F(RegistrationStreamTest, NoPasswordIsShownWithoutTls) {
  AllowPlaintext(false);
  const auto form = Open();
  ASSERT_TRUE(WaitForResult(form));
  EXPECT_EQ(ReasonOf((*form)->status()), "TLS_FAILED");
}

TEST_F(RegistrationStreamTest, AConnectionThatHasEndedTakesNoAnswer) {
  server_.script().answers[kRegister] =
      "<query xmlns='jabber:iq:register'><username/><password/></query>";
  const auto form = Open();
  ASSERT_TRUE(WaitForResult(form));
  server_.Reset();
  testing::RunUntilQuiet();
  auto [late, expired] = Remember<bool>();
  stream_->Submit(*AnswerTo((*form)->value(), {"bob", "secret", {}}), std::move(late));
  ASSERT_TRUE(WaitForResult(expired));
  EXPECT_EQ(ReasonOf((*expired)->status()), "REGISTRATION_EXPIRED");
}

class AccountClientTest : public SessionFixture {
 protected:
  /// The last request about the registration. Acknowledgements may follow it.
  testing::ReceivedElement LastRequest() {
    testing::ReceivedElement last;
    for (const auto& element : server_.received()) {
      if (element.xmlns == QLatin1String(kRegister)) last = element;
    }
    return last;
  }
};

TEST_F(AccountClientTest, ThePasswordIsChangedAndTheAccountRemovedWithTheServer) {
  ASSERT_TRUE(LogIn());
  auto [changed, change] = Remember<bool>();
  session_->ports().account->ChangePassword("n&w", std::move(changed));
  ASSERT_TRUE(WaitForResult(change));
  EXPECT_TRUE((*change)->ok());
  EXPECT_EQ(LastRequest().to, QStringLiteral("localhost"));
  EXPECT_THAT(LastRequest().xml.toStdString(),
              HasSubstr("<username>alice</username><password>n&amp;w</password>"));

  server_.script().answer_iqs = false;
  auto [deleted, removal] = Remember<bool>();
  session_->ports().account->Delete(std::move(deleted));
  ASSERT_TRUE(
      testing::WaitUntil([&] { return LastRequest().xml.contains(QStringLiteral("remove")); }));
  server_.Reset();
  ASSERT_TRUE(WaitForResult(removal));
  EXPECT_FALSE((*removal)->ok()) << "a lost connection is no answer";
}

}  // namespace
}  // namespace chatwire::xmpp
