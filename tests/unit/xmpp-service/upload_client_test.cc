#include <gmock/gmock.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/upload_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr char kItems[] = "http://jabber.org/protocol/disco#items";
constexpr char kInfo[] = "http://jabber.org/protocol/disco#info";
constexpr char kUpload[] = "urn:xmpp:http:upload:0";

/// The answers are the examples of XEP-0363.
class UploadClientTest : public SessionFixture {
 protected:
  UploadClientTest() {
    server_.script().answers[kItems] =
        "<query xmlns='http://jabber.org/protocol/disco#items'>"
        "<item jid='upload.montague.tld' name='HTTP File Upload'/>"
        "<item jid='conference.montague.tld' node='not-an-entity'/></query>";
    server_.script().answers[kInfo] = Info("<value>5242880</value>");
    server_.script().answers[kUpload] = Slot(
        "https://upload.montague.tld/tr%C3%A8s%20cool.jpg",
        "<header name='Authorization'>Basic Base64String==</header>"
        "<header name='Cookie'>foo=bar;\nuser=romeo</header><header name='Host'>evil</header>");
  }

  static QByteArray Info(const QByteArray& maximum) {
    return "<query xmlns='http://jabber.org/protocol/disco#info'>"
           "<identity category='store' type='file'/><feature var='urn:xmpp:http:upload:0'/>"
           "<x type='result' xmlns='jabber:x:data'><field var='FORM_TYPE' type='hidden'>"
           "<value>urn:other</value></field></x>"
           "<x type='result' xmlns='jabber:x:data'><field var='FORM_TYPE' type='hidden'>"
           "<value>urn:xmpp:http:upload:0</value></field><field var='max-file-size'>" +
           maximum + "</field></x></query>";
  }

  static QByteArray Slot(const QByteArray& put, const QByteArray& headers = {}) {
    return "<slot xmlns='urn:xmpp:http:upload:0'><put url='" + put + "'>" + headers +
           "</put><get url='https://download.montague.tld/x.jpg'/></slot>";
  }

  absl::StatusOr<UploadService> Find() {
    auto [done, result] = Remember<UploadService>();
    session_->ports().upload->FindService(std::move(done));
    EXPECT_TRUE(WaitForResult(result));
    return **result;
  }

  absl::StatusOr<UploadSlot> Ask() {
    auto [done, result] = Remember<UploadSlot>();
    session_->ports().upload->RequestSlot(
        {"upload.montague.tld", "tr\xc3\xa8s cool.jpg", "image/jpeg", 23456}, std::move(done));
    EXPECT_TRUE(WaitForResult(result));
    return **result;
  }
};

TEST_F(UploadClientTest, FindsTheServiceAndItsLimit) {
  ASSERT_TRUE(LogIn());
  const auto service = Find();
  ASSERT_TRUE(service.ok()) << service.status();
  // The server itself says that it takes files, too, and comes first.
  EXPECT_EQ(service->jid, "localhost");
  EXPECT_EQ(service->maximum_bytes, 5242880);
  // Found once for a stream.
  const auto asked = server_.CountReceived("iq");
  EXPECT_TRUE(Find().ok());
  EXPECT_EQ(server_.CountReceived("iq"), asked);
}

TEST_F(UploadClientTest, TakesAnUnreadableLimitForNone) {
  server_.script().answers[kInfo] = Info("<value>-1</value>");
  ASSERT_TRUE(LogIn());
  EXPECT_EQ(Find()->maximum_bytes, 0);
}

TEST_F(UploadClientTest, SaysWhenThereIsNoService) {
  server_.script().answers[kInfo] = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
  ASSERT_TRUE(LogIn());
  EXPECT_EQ(ReasonOf(Find().status()), "NO_UPLOAD_SERVICE");
  server_.script().answers.remove(kInfo);
  server_.script().errors[kInfo] = "service-unavailable";
  EXPECT_EQ(ReasonOf(Find().status()), "NO_UPLOAD_SERVICE");
  server_.script().answers.remove(kItems);
  server_.script().errors[kItems] = "forbidden";
  EXPECT_EQ(ReasonOf(Find().status()), "XMPP_FORBIDDEN");
}

TEST_F(UploadClientTest, AsksForASlotAndKeepsTheHeadersThatAreAllowed) {
  ASSERT_TRUE(LogIn());
  const auto slot = Ask();
  ASSERT_TRUE(slot.ok()) << slot.status();
  EXPECT_EQ(slot->put_url, "https://upload.montague.tld/tr%C3%A8s%20cool.jpg");
  EXPECT_EQ(slot->get_url, "https://download.montague.tld/x.jpg");
  EXPECT_THAT(slot->headers, ElementsAre(Pair("Authorization", "Basic Base64String=="),
                                         Pair("Cookie", "foo=bar;user=romeo")));
  const auto asked = server_.LastReceived("iq");
  EXPECT_EQ(asked.to, QStringLiteral("upload.montague.tld"));
  for (const char* part :
       {"filename=\"tr\xc3\xa8s cool.jpg\"", "size=\"23456\"", "content-type=\"image/jpeg\""}) {
    EXPECT_TRUE(asked.xml.contains(QString::fromUtf8(part))) << part;
  }
}

TEST_F(UploadClientTest, RefusesASlotThatIsNotOfTheWeb) {
  ASSERT_TRUE(LogIn());
  for (const char* put : {"", "file:///etc/passwd", "https://user@host/", "relative"}) {
    server_.script().answers[kUpload] = Slot(put);
    EXPECT_EQ(ReasonOf(Ask().status()), "BAD_UPLOAD_SLOT") << put;
  }
}

TEST_F(UploadClientTest, PassesOnTheServersRefusal) {
  server_.script().answers.remove(kUpload);
  server_.script().errors[kUpload] = "resource-constraint";
  ASSERT_TRUE(LogIn());
  EXPECT_EQ(ReasonOf(Ask().status()), "XMPP_RESOURCE_CONSTRAINT");
}

}  // namespace
}  // namespace chatwire::xmpp
