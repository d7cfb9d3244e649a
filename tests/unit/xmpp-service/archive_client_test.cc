// The archive (XEP-0313), with the examples of the XEP.
#include "xmpp-service/session/archive_client.h"

#include <gmock/gmock.h>

#include <QRegularExpression>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kRoom[] = "coven@chat.localhost";

class ArchiveClientTest : public SessionFixture {
 protected:
  ArchiveClientTest() {
    settings_.request_timeout = std::chrono::seconds(5);
    EXPECT_TRUE(LogIn());
    server_.script().answer_iqs = false;
  }

  Result<ArchiveSlice> Search(const ArchiveSearch& search) {
    const auto before = server_.CountReceived(QStringLiteral("iq"));
    auto [done, result] = Remember<ArchiveSlice>();
    session_->ports().archive->Search(search, std::move(done));
    EXPECT_TRUE(
        testing::WaitUntil([&] { return server_.CountReceived(QStringLiteral("iq")) > before; }));
    question_ = server_.LastReceived(QStringLiteral("iq"));
    return result;
  }

  /// Waits for one more, which follows from the last answer.
  bool NextQuestion() {
    const QString last = question_.id;
    const bool asked =
        testing::WaitUntil([&] { return server_.LastReceived(QStringLiteral("iq")).id != last; });
    question_ = server_.LastReceived(QStringLiteral("iq"));
    return asked;
  }

  QByteArray QueryId() const {
    static const QRegularExpression kQueryId(QStringLiteral("queryid=\"([^\"]+)\""));
    return kQueryId.match(question_.xml).captured(1).toUtf8();
  }

  /// A result for the last question, from @p archive.
  void Answer(const QByteArray& archive, const QByteArray& archive_id, const QByteArray& body,
              const QByteArray& more = {}) {
    server_.Inject("<message from='" + archive + "' to='alice@localhost/test'>" +
                   "<result xmlns='urn:xmpp:mam:2' queryid='" + QueryId() + "' id='" + archive_id +
                   "'><forwarded xmlns='urn:xmpp:forward:0'>"
                   "<delay xmlns='urn:xmpp:delay' stamp='2010-07-10T23:08:25.500Z'/>"
                   "<message xmlns='jabber:client' type='chat' from='bob@localhost/phone' "
                   "to='alice@localhost' id='m" +
                   archive_id + "'><body>" + body + "</body>" + more +
                   "</message></forwarded></result></message>");
  }

  void Finish(const QByteArray& attributes = {}, const QByteArray& set = {}) {
    const QByteArray from =
        question_.to.isEmpty() ? QByteArray() : " from='" + question_.to.toUtf8() + "'";
    server_.Inject("<iq type='result' id='" + question_.id.toUtf8() + "'" + from +
                   "><fin xmlns='urn:xmpp:mam:2' " + attributes +
                   "><set xmlns='http://jabber.org/protocol/rsm'>" + set + "</set></fin></iq>");
  }

  static std::vector<std::string> Bodies(const ArchiveSlice& slice) {
    std::vector<std::string> bodies;
    for (const auto& message : slice.messages) bodies.push_back(message.body);
    return bodies;
  }

  testing::ReceivedElement question_;
};

TEST_F(ArchiveClientTest, WhatIsWantedIsAskedForInTheWordsOfTheXep) {
  ArchiveSearch search;
  search.peer = "bob@localhost";
  search.start = absl::FromUnixSeconds(1'275'868'800);
  search.end = absl::FromUnixMillis(1'275'955'200'250);
  search.newest_first = false;
  search.behind = "09af3-cc343-b409f";
  search.limit = 10;
  const auto result = Search(search);

  EXPECT_EQ(question_.type, QStringLiteral("set"));
  const QString xml = question_.xml;
  for (const char* part : {"<field var=\"FORM_TYPE\"><value>urn:xmpp:mam:2</value></field>",
                           "<field var=\"with\"><value>bob@localhost</value></field>",
                           "<field var=\"start\"><value>2010-06-07T00:00:00.000Z</value></field>",
                           "<field var=\"end\"><value>2010-06-08T00:00:00.250Z</value></field>",
                           "<max>10</max><after>09af3-cc343-b409f</after>"}) {
    EXPECT_TRUE(xml.contains(QLatin1StringView(part))) << part << " is not in " << qPrintable(xml);
  }
  Answer("alice@localhost", "1", "one");
  Finish("complete='true'");
  ASSERT_TRUE(WaitForResult(result));
}

TEST_F(ArchiveClientTest, AnEmptyPageBehindTheLastMessageIsTheEnd) {
  ArchiveSearch search;
  search.newest_first = false;
  search.behind = "9";
  const auto result = Search(search);

  Finish("complete='true'");
  ASSERT_TRUE(NextQuestion());
  EXPECT_TRUE(question_.xml.contains(QLatin1StringView("<max>1</max><after>9</after>")));
  Finish("complete='true'");
  ASSERT_TRUE(NextQuestion());
  EXPECT_TRUE(question_.xml.contains(QLatin1StringView("<before")));
  Answer("alice@localhost", "9", "the last one");
  Finish("complete='true'");

  ASSERT_TRUE(WaitForResult(result));
  ASSERT_TRUE((*result)->ok()) << (*result)->status();
  EXPECT_THAT((**result)->messages, IsEmpty());
}

TEST_F(ArchiveClientTest, AnEmptyPageBehindAMessageOfAnotherContactIsOne) {
  ArchiveSearch search;
  search.peer = "bob@localhost";
  search.behind = "9";
  const auto result = Search(search);

  Finish("complete='true'");
  ASSERT_TRUE(NextQuestion());
  EXPECT_FALSE(question_.xml.contains(QLatin1StringView("bob@localhost")));
  Answer("alice@localhost", "8", "of somebody else");
  Finish();

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_TRUE((*result)->ok()) << (*result)->status();
}

// As Prosody answers for a message that it does not have.
TEST_F(ArchiveClientTest, AnUnknownPlaceIsSaidSo) {
  ArchiveSearch search;
  search.behind = "never-was";
  const auto result = Search(search);

  for (int i = 0; i < 2; ++i) {
    Finish("complete='true'");
    ASSERT_TRUE(NextQuestion());
  }
  Answer("alice@localhost", "1", "the first one");
  Finish("complete='true'");

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_EQ(ReasonOf((*result)->status()), "XMPP_ITEM_NOT_FOUND");
}

TEST_F(ArchiveClientTest, APageKeepsIdsTimesAndContent) {
  ArchiveSearch search;
  search.with_xml = true;
  const auto result = Search(search);
  Answer("alice@localhost", "28482-98726-73623", "h\xc3\xa4llo &amp; &lt;bye&gt;",
         "<subject>greeting</subject><thread>t1</thread>"
         "<replace xmlns='urn:xmpp:message-correct:0' id='m0'/>"
         "<x:y xmlns:x='urn:example' a='1' xml:lang='en'><x:z/>text</x:y>");
  Finish("complete='true'", "<first index='0'>28482-98726-73623</first><count>20</count>");

  ASSERT_TRUE(WaitForResult(result));
  ASSERT_TRUE((*result)->ok()) << (*result)->status();
  const ArchiveSlice& slice = ***result;
  ASSERT_EQ(slice.messages.size(), 1U);
  const ArchivedMessage& message = slice.messages[0];
  EXPECT_EQ(message.archive_id, "28482-98726-73623");
  EXPECT_EQ(message.message_id, "m28482-98726-73623");
  EXPECT_EQ(message.type, ArchivedMessage::Type::kChat);
  EXPECT_EQ(message.from, "bob@localhost/phone");
  EXPECT_EQ(message.to, "alice@localhost");
  EXPECT_FALSE(message.outgoing);
  EXPECT_EQ(message.body, "hällo & <bye>");
  EXPECT_EQ(message.subject, "greeting");
  EXPECT_EQ(message.thread, "t1");
  EXPECT_EQ(message.replaces_id, "m0");
  EXPECT_EQ(absl::ToUnixMillis(*message.time), 1'278'803'305'500);
  EXPECT_THAT(message.xml, ::testing::HasSubstr("<body>hällo &amp; &lt;bye&gt;</body>"));
  EXPECT_THAT(message.xml, ::testing::HasSubstr("<y xmlns=\"urn:example\""));
  EXPECT_THAT(message.xml, ::testing::HasSubstr("xml:lang=\"en\""));
  EXPECT_THAT(message.xml, ::testing::HasSubstr("<z/>text</y>"));
  EXPECT_EQ(slice.total, 20);
  EXPECT_EQ(slice.next, "");
}

TEST_F(ArchiveClientTest, TheNewestPageComesNewestFirstAndGoesOnWithTheOlder) {
  const auto result = Search({});
  EXPECT_TRUE(question_.xml.contains(QStringLiteral("<before/>")) ||
              question_.xml.contains(QStringLiteral("<before></before>")))
      << qPrintable(question_.xml);
  for (const char* id : {"1", "2", "3"}) Answer("alice@localhost", id, id);
  Finish();

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_THAT(Bodies(***result), ElementsAre("3", "2", "1"));
  EXPECT_EQ((**result)->next, "1");

  ArchiveSearch older;
  older.behind = "1";
  const auto next = Search(older);
  EXPECT_TRUE(question_.xml.contains(QStringLiteral("<before>1</before>")));
  Finish();
  ASSERT_TRUE(NextQuestion());
  Finish();
  ASSERT_TRUE(NextQuestion());
  Answer("alice@localhost", "1", "1");
  Finish();
  ASSERT_TRUE(WaitForResult(next));
  EXPECT_THAT((**next)->messages, IsEmpty()) << "an empty page";
  EXPECT_EQ((**next)->next, "") << "and nothing to go on with";
}

TEST_F(ArchiveClientTest, ResultsOfOthersAreIgnored) {
  const auto result = Search({});
  Answer("eve@localhost", "1", "forged by a stranger");
  Answer("alice@localhost/other", "2", "forged by another client");
  Answer(kRoom, "3", "forged by a room");
  Answer("alice@localhost", "4", "true");
  Finish("complete='true'");

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_THAT(Bodies(***result), ElementsAre("true"));
  EXPECT_THAT(listener_.messages, IsEmpty());
}

TEST_F(ArchiveClientTest, ARoomSpeaksForItselfOnly) {
  ArchiveSearch search;
  search.archive = kRoom;
  const auto result = Search(search);
  EXPECT_EQ(question_.to, QString::fromLatin1(kRoom));
  Answer("alice@localhost", "1", "not the room");
  Answer("other@chat.localhost", "2", "another room");
  Answer("coven@chat.localhost/nick", "3", "somebody in it");
  server_.Inject("<message to='alice@localhost/test'><result xmlns='urn:xmpp:mam:2' queryid='" +
                 QueryId() + "' id='4'/></message>");
  Answer(kRoom, "5", "the room");
  Finish("complete='true'");

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_THAT(Bodies(***result), ElementsAre("the room"));
}

TEST_F(ArchiveClientTest, NoMoreIsTakenThanWasAskedForAndNothingIsLostByThat) {
  ArchiveSearch search;
  search.newest_first = false;
  search.limit = 2;
  const auto result = Search(search);
  for (const char* id : {"1", "2", "3"}) Answer("alice@localhost", id, id);
  Finish("complete='true'");

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_THAT(Bodies(***result), ElementsAre("1", "2"));
  EXPECT_EQ((**result)->next, "2");
}

TEST_F(ArchiveClientTest, WhatIsOutsideTheTimesThatWereAskedForIsLeftOut) {
  ArchiveSearch search;
  search.newest_first = false;
  search.start = absl::FromUnixMillis(1'278'803'305'500) + absl::Hours(1);
  const auto result = Search(search);
  Answer("alice@localhost", "1", "too old");
  Finish();

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_THAT(Bodies(***result), IsEmpty());
  EXPECT_EQ((**result)->next, "1") << "it goes on all the same";
}

TEST_F(ArchiveClientTest, LongMessagesMakeShortPages) {
  const auto result = Search({});
  const QByteArray body(60'000, 'x');
  for (int id = 1; id <= 30; ++id) Answer("alice@localhost", QByteArray::number(id), body);
  Finish("complete='true'");

  ASSERT_TRUE(WaitForResult(result));
  EXPECT_LT((**result)->messages.size(), 20U);
  EXPECT_EQ((**result)->messages.front().archive_id, "30");
  EXPECT_EQ((**result)->next, (**result)->messages.back().archive_id);
}

TEST_F(ArchiveClientTest, AServerWithoutArchiveIsSaidSo) {
  server_.script().errors["urn:xmpp:mam:2"] = "service-unavailable";
  const auto result = Search({});
  ASSERT_TRUE(WaitForResult(result));
  EXPECT_EQ(ReasonOf((*result)->status()), "NO_ARCHIVE");
  EXPECT_TRUE(absl::IsUnimplemented((*result)->status()));

  server_.script().errors["urn:xmpp:mam:2"] = "item-not-found";
  const auto lost = Search({});
  ASSERT_TRUE(WaitForResult(lost));
  EXPECT_EQ(ReasonOf((*lost)->status()), "XMPP_ITEM_NOT_FOUND");
}

TEST_F(ArchiveClientTest, TheCatchUpIsToldAPageThatWasCutIsNotTheLast) {
  auto [done, page] = Remember<ArchivePage>();
  ArchiveQuery query;
  query.maximum = 1;
  session_->QueryArchive(query, std::move(done));
  ASSERT_TRUE(testing::WaitUntil([&] {
    question_ = server_.LastReceived(QStringLiteral("iq"));
    return question_.xmlns == QStringLiteral("urn:xmpp:mam:2");
  }));
  for (const char* id : {"1", "2"}) Answer("alice@localhost", id, id);
  Finish("complete='true'");

  ASSERT_TRUE(WaitForResult(page));
  ASSERT_EQ((**page)->messages.size(), 1U);
  EXPECT_FALSE((**page)->complete);
}

TEST_F(ArchiveClientTest, PreferencesAreReadAndWritten) {
  server_.script().answers["urn:xmpp:mam:2"] =
      "<prefs xmlns='urn:xmpp:mam:2' "
      "default='roster'><always><jid>romeo@montague.lit</jid></always>"
      "<never><jid>montague@montague.lit</jid></never></prefs>";
  auto [get_done, got] = Remember<ArchivePreferences>();
  session_->ports().archive->GetPreferences(std::move(get_done));
  ASSERT_TRUE(WaitForResult(got));
  EXPECT_EQ((**got)->fallback, ArchivePreferences::Default::kRoster);
  EXPECT_THAT((**got)->always, ElementsAre("romeo@montague.lit"));
  EXPECT_THAT((**got)->never, ElementsAre("montague@montague.lit"));

  auto [set_done, set] = Remember<ArchivePreferences>();
  session_->ports().archive->SetPreferences(
      {ArchivePreferences::Default::kNever, {"a@b"}, {"c@d", "e"}}, std::move(set_done));
  ASSERT_TRUE(WaitForResult(set));
  EXPECT_TRUE(
      server_.LastReceived(QStringLiteral("iq"))
          .xml.contains(QStringLiteral("default=\"never\"><always><jid>a@b</jid></always>"
                                       "<never><jid>c@d</jid><jid>e</jid></never></prefs>")));

  server_.script().answers["urn:xmpp:mam:2"] = "<prefs xmlns='urn:xmpp:mam:2' default='maybe'/>";
  auto [bad_done, bad] = Remember<ArchivePreferences>();
  session_->ports().archive->GetPreferences(std::move(bad_done));
  ASSERT_TRUE(WaitForResult(bad));
  EXPECT_EQ(ReasonOf((*bad)->status()), "BAD_ANSWER");
}

}  // namespace
}  // namespace chatwire::xmpp
