// Questions to other entities and their answers, as the stanzas of the XEPs have them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QTcpServer>
#include <QTcpSocket>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/discovery_port.h"
#include "xmpp-service/domain/entity_port.h"
#include "xmpp-service/domain/user_search_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kInfo[] = "http://jabber.org/protocol/disco#info";
constexpr char kItems[] = "http://jabber.org/protocol/disco#items";

class DiscoveryClientTest : public SessionFixture {
 protected:
  DiscoveryClientTest() { EXPECT_TRUE(LogIn()); }

  DiscoveryPort& discovery() { return *session_->ports().discovery; }
  EntityPort& entities() { return *session_->ports().entities; }
  UserSearchPort& search() { return *session_->ports().user_search; }

  template <typename T>
  absl::StatusOr<T> Await(const Result<T>& result) {
    if (!WaitForResult(result)) return absl::DeadlineExceededError("the test has waited long");
    return **result;
  }

  absl::StatusOr<EntityInfo> Info(const std::string& jid) {
    auto [done, result] = Remember<EntityInfo>();
    discovery().GetInfo(jid, "", std::move(done));
    return Await<EntityInfo>(result);
  }

  absl::StatusOr<ItemsPage> Items(const ItemsPosition& start, size_t limit) {
    auto [done, result] = Remember<ItemsPage>();
    discovery().ListItems("", "", start, limit, std::move(done));
    return Await<ItemsPage>(result);
  }

  int Asked(const char* xmlns) {
    int count = 0;
    for (const auto& element : server_.received()) count += element.xmlns == QLatin1String(xmlns);
    return count;
  }
};

TEST_F(DiscoveryClientTest, InfoHasIdentitiesFeaturesAndForms) {
  server_.script().answers[kInfo] =
      "<query xmlns='http://jabber.org/protocol/disco#info'>"
      "<identity category='conference' type='text' name='Play-Specific Chatrooms'/>"
      "<feature var='b'/><feature var='a'/><feature var='b'/>"
      "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>one</value></field></x>"
      "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>two</value></field></x>"
      "</query>";

  const auto info = Info("plays.shakespeare.lit");

  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_TRUE(info->IsA("conference", "text"));
  EXPECT_THAT(info->features, ElementsAre("a", "b"));
  ASSERT_EQ(info->forms.size(), 2U);
  EXPECT_EQ(info->forms[1].Value("FORM_TYPE"), "two");
  EXPECT_EQ(server_.LastReceived("iq").to, QStringLiteral("plays.shakespeare.lit"));
}

TEST_F(DiscoveryClientTest, AnAnswerWithoutAnAnswerIsSaidToBeBad) {
  EXPECT_EQ(ReasonOf(Info("").status()), "BAD_ANSWER");
  EXPECT_EQ(server_.LastReceived("iq").to, QStringLiteral("localhost")) << "the own server";
}

TEST_F(DiscoveryClientTest, AListWithoutPagesIsCutIntoPages) {
  server_.script().answers[kItems] =
      "<query xmlns='http://jabber.org/protocol/disco#items'>"
      "<item jid='a'/><item jid='b' node='n' name='B'/><item jid='c'/></query>";

  const auto first = Items({}, 2);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->items.size(), 2U);
  EXPECT_EQ(first->items[1].name, "B");
  ASSERT_TRUE(first->next.has_value());
  const auto second = Items(*first->next, 2);
  ASSERT_EQ(second->items.size(), 1U);
  EXPECT_EQ(second->items[0].jid, "c");
  EXPECT_FALSE(second->next.has_value());
}

TEST_F(DiscoveryClientTest, TheEntitysOwnPagesAreFollowed) {
  server_.script().answers[kItems] =
      "<query xmlns='http://jabber.org/protocol/disco#items'><item jid='a'/><item jid='b'/>"
      "<set xmlns='http://jabber.org/protocol/rsm'><first>1</first><last>b-id</last></set></query>";

  const auto first = Items({}, 2);
  ASSERT_TRUE(first.ok() && first->next.has_value());
  EXPECT_EQ(first->next->after, "b-id");
  EXPECT_TRUE(Items(*first->next, 5).ok());
  EXPECT_TRUE(server_.LastReceived("iq").xml.contains(QStringLiteral("<after>b-id</after>")));
  EXPECT_FALSE(Items(*first->next, 5)->next.has_value()) << "a page that is not full is the last";
}

TEST_F(DiscoveryClientTest, FeaturesAreRememberedOnlyForTheirRightHash) {
  // XEP-0115, section 5.2: the hash of these features.
  const std::string hash = "QgayPKawpkPSDYmwT/WM94uAlu0=";
  server_.script().answers[kInfo] =
      "<query xmlns='http://jabber.org/protocol/disco#info'>"
      "<identity category='client' type='pc' name='Exodus 0.9.1'/>"
      "<feature var='http://jabber.org/protocol/caps'/>"
      "<feature var='http://jabber.org/protocol/disco#info'/>"
      "<feature var='http://jabber.org/protocol/disco#items'/>"
      "<feature var='http://jabber.org/protocol/muc'/></query>";
  const auto describe = [this](const std::string& ver) {
    auto [done, result] = Remember<EntityInfo>();
    discovery().Describe("romeo@montague.lit", {"orchard", {}, {"http://exodus", ver}},
                         std::move(done));
    return Await<EntityInfo>(result);
  };

  ASSERT_TRUE(describe(hash).ok());
  EXPECT_TRUE(server_.LastReceived("iq").xml.contains(QStringLiteral("http://exodus#Qgay")));
  ASSERT_TRUE(describe(hash).ok());
  EXPECT_EQ(Asked(kInfo), 1) << "the second answer was remembered";
  ASSERT_TRUE(describe("bm90IGl0").ok());
  ASSERT_TRUE(describe("bm90IGl0").ok());
  EXPECT_EQ(Asked(kInfo), 3) << "a wrong hash is worth nothing";
}

TEST_F(DiscoveryClientTest, ResourcesAreThoseOfPresence) {
  EXPECT_THAT(discovery().ResourcesOf("bob@localhost"), IsEmpty());
  server_.Inject(
      "<presence from='bob@localhost/home'><priority>1</priority></presence>"
      "<presence from='bob@localhost/work'><show>away</show><priority>5</priority>"
      "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='http://exodus' "
      "ver='QgayPKawpkPSDYmwT/WM94uAlu0='/></presence>"
      "<presence from='bob@localhost/gone'/><presence from='bob@localhost/gone' "
      "type='unavailable'/>");
  ASSERT_TRUE(testing::WaitUntil([&] { return listener_.presences.size() == 4; }));

  const auto resources = discovery().ResourcesOf("bob@localhost");

  ASSERT_EQ(resources.size(), 2U);
  EXPECT_EQ(resources[0].resource, "work") << "highest priority first";
  EXPECT_EQ(resources[0].capabilities.hash, "QgayPKawpkPSDYmwT/WM94uAlu0=");
  EXPECT_EQ(resources[1].resource, "home");
}

TEST_F(DiscoveryClientTest, ResourcesStayOverAnAttemptThatFailedBeforeAResumption) {
  server_.Inject("<presence from='bob@localhost/phone'/>");
  ASSERT_TRUE(
      testing::WaitUntil([&] { return !discovery().ResourcesOf("bob@localhost").empty(); }));
  server_.Reset();
  ASSERT_TRUE(WaitForEnd());
  QTcpServer hanging_up;
  hanging_up.listen(QHostAddress::LocalHost, 0);
  QObject::connect(&hanging_up, &QTcpServer::newConnection,
                   [&] { hanging_up.nextPendingConnection()->close(); });
  Route(hanging_up.serverPort());
  Connect();
  ASSERT_TRUE(WaitForEnd(2));

  Route(server_.port());
  ASSERT_TRUE(LogIn());

  ASSERT_THAT(listener_.connected, ElementsAre(false, true)) << "resumed";
  EXPECT_EQ(discovery().ResourcesOf("bob@localhost").size(), 1U);
}

TEST_F(DiscoveryClientTest, SimpleQuestionsHaveTypedAnswers) {
  server_.script().answers["jabber:iq:last"] =
      "<query xmlns='jabber:iq:last' seconds='903'>Heading Home</query>";
  server_.script().answers["urn:xmpp:time"] =
      "<time xmlns='urn:xmpp:time'><tzo>-06:30</tzo><utc>2006-12-19T17:58:35.5Z</utc></time>";
  server_.script().answers["jabber:iq:version"] =
      "<query xmlns='jabber:iq:version'><name>Exodus</name><version>0.7</version></query>";
  auto [last_done, last] = Remember<LastActivity>();
  auto [time_done, time] = Remember<EntityTime>();
  auto [version_done, version] = Remember<SoftwareVersion>();

  entities().GetLastActivity("bob@localhost", std::move(last_done));
  entities().GetEntityTime("bob@localhost/x", std::move(time_done));
  entities().GetSoftwareVersion("bob@localhost/x", std::move(version_done));

  EXPECT_EQ(Await<LastActivity>(last)->duration, absl::Seconds(903));
  EXPECT_EQ((*last)->value().status, "Heading Home");
  EXPECT_EQ(absl::FormatTime(Await<EntityTime>(time)->time, absl::UTCTimeZone()),
            "2006-12-19T17:58:35.5+00:00");
  EXPECT_EQ((*time)->value().utc_offset, -absl::Hours(6) - absl::Minutes(30));
  EXPECT_EQ(Await<SoftwareVersion>(version)->name, "Exodus");
  EXPECT_EQ((*version)->value().operating_system, "");
}

TEST_F(DiscoveryClientTest, NonsenseIsNoAnswer) {
  server_.script().answers["jabber:iq:last"] = "<query xmlns='jabber:iq:last' seconds='-1'/>";
  server_.script().answers["urn:xmpp:time"] = "<time xmlns='urn:xmpp:time'><utc>noon</utc></time>";
  auto [last_done, last] = Remember<LastActivity>();
  auto [time_done, time] = Remember<EntityTime>();

  entities().GetLastActivity("", std::move(last_done));
  entities().GetEntityTime("", std::move(time_done));

  EXPECT_EQ(ReasonOf(Await<LastActivity>(last).status()), "BAD_ANSWER");
  EXPECT_EQ(ReasonOf(Await<EntityTime>(time).status()), "BAD_ANSWER");
}

TEST_F(DiscoveryClientTest, APingIsTimedAndAnErrorMayCount) {
  const auto ping = [this](const std::string& jid) {
    auto [done, result] = Remember<Pong>();
    entities().Ping(jid, std::move(done));
    return Await<Pong>(result);
  };

  EXPECT_GT(ping("bob@localhost/x")->round_trip_time, absl::ZeroDuration());
  server_.script().errors["urn:xmpp:ping"] = "service-unavailable";
  EXPECT_EQ(ReasonOf(ping("bob@localhost/x").status()), "XMPP_SERVICE_UNAVAILABLE");
  EXPECT_EQ(ping("")->condition, "service-unavailable");
}

TEST_F(DiscoveryClientTest, AContactLearnsHowIdleTheAccountIsAndAStrangerDoesNot) {
  const auto ask = [this](const QByteArray& from, const QByteArray& id) {
    server_.Inject("<iq type='get' id='" + id + "' from='" + from +
                   "'><query xmlns='jabber:iq:last'/></iq>");
    const QString wanted = QString::fromLatin1(id);
    EXPECT_TRUE(testing::WaitUntil([&] { return server_.LastReceived("iq").id == wanted; }));
    return server_.LastReceived("iq");
  };
  server_.Inject(
      "<iq type='set' id='p1'><query xmlns='jabber:iq:roster'>"
      "<item jid='bob@localhost' subscription='from'/><item jid='carol@localhost' "
      "subscription='to'/></query></iq>");

  const auto bob = ask("bob@localhost/x", "last1");
  EXPECT_EQ(bob.type, QStringLiteral("result"));
  EXPECT_TRUE(bob.xml.contains(QStringLiteral("seconds=\"0\"")));
  EXPECT_EQ(ask("alice@localhost/other", "last2").type, QStringLiteral("result"));
  for (const char* stranger : {"carol@localhost/x", "eve@localhost/x", "localhost"}) {
    const auto refused = ask(stranger, QByteArray("last-") + stranger);
    EXPECT_EQ(refused.type, QStringLiteral("error")) << stranger;
    EXPECT_TRUE(refused.xml.contains(QStringLiteral("forbidden"))) << stranger;
  }
}

TEST_F(DiscoveryClientTest, ASearchWithAFormFindsUsers) {
  server_.script().answers["jabber:iq:search"] =
      "<query xmlns='jabber:iq:search'><x xmlns='jabber:x:data' type='result'>"
      "<field type='hidden' var='FORM_TYPE'><value>jabber:iq:search</value></field>"
      "<field type='text-single' var='user'/>"
      "<reported><field var='first'/><field var='jid'/></reported>"
      "<item><field var='first'><value>Benvolio</value></field>"
      "<field var='jid'><value>benvolio@montague.net</value></field></item>"
      "<item><field var='first'><value>Nobody</value></field></item></x></query>";
  auto [done, found] = Remember<FoundUsers>();

  search().SearchAll("search.localhost", std::move(done));

  const auto users = Await<FoundUsers>(found);
  ASSERT_TRUE(users.ok()) << users.status();
  ASSERT_EQ(users->users.size(), 1U) << "nobody without a JID";
  EXPECT_EQ(users->users[0].jid, "benvolio@montague.net");
  EXPECT_EQ(users->users[0].fields.at("first"), "Benvolio");
  const QString sent = server_.LastReceived("iq").xml;
  EXPECT_TRUE(sent.contains(QStringLiteral("type=\"submit\""))) << sent.toStdString();
  EXPECT_TRUE(sent.contains(QStringLiteral("<value>*</value>")));
  EXPECT_TRUE(sent.contains(QStringLiteral("<value>jabber:iq:search</value>")));
}

TEST_F(DiscoveryClientTest, AServiceWithoutFormsIsSearchedThePlainWay) {
  server_.script().answers["jabber:iq:search"] =
      "<query xmlns='jabber:iq:search'><instructions>Fill in</instructions><first/><last/>"
      "<item jid='juliet@capulet.com'><first>Juliet</first><last>Capulet</last></item></query>";
  auto [form_done, form] = Remember<DataForm>();
  search().GetForm("search.localhost", std::move(form_done));
  ASSERT_TRUE(Await<DataForm>(form).ok());
  EXPECT_EQ((*form)->value().fields.size(), 2U);
  DataForm answer;
  answer.Set("last", {"Capulet"});
  auto [done, found] = Remember<FoundUsers>();

  search().Search("search.localhost", answer, std::move(done));

  ASSERT_TRUE(Await<FoundUsers>(found).ok());
  EXPECT_EQ((*found)->value().users[0].fields.at("first"), "Juliet");
  EXPECT_TRUE(server_.LastReceived("iq").xml.contains(QStringLiteral("<last>Capulet</last>")));
  EXPECT_FALSE(server_.LastReceived("iq").xml.contains(QStringLiteral("jabber:x:data")));
}

}  // namespace
}  // namespace chatwire::xmpp
