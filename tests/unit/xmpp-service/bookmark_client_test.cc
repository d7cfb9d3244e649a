// Bookmarks on the account's node (XEP-0402), with the examples of the XEP.
#include "xmpp-service/session/bookmark_client.h"

#include <gmock/gmock.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kPubSub[] = "http://jabber.org/protocol/pubsub";
constexpr char kInfo[] = "http://jabber.org/protocol/disco#info";
constexpr char kOptions[] =
    "<query xmlns='http://jabber.org/protocol/disco#info'>"
    "<feature var='http://jabber.org/protocol/pubsub#publish-options'/></query>";
constexpr char kPlay[] =
    "<item id='theplay@conference.shakespeare.lit'>"
    "<conference xmlns='urn:xmpp:bookmarks:1' name='The Play&apos;s the Thing' autojoin='true'>"
    "<nick>JC</nick><password>secret</password><extensions>"
    "<state xmlns='http://myclient.example/bookmark/state' minimized='true'><a>b</a></state>"
    "</extensions></conference></item>";

class Changes final : public BookmarkListener {
 public:
  void OnBookmarkSet(SecretBookmark bookmark) override {
    changes.push_back("+" + bookmark.bookmark.room);
  }
  void OnBookmarkRemoved(const std::string& room) override { changes.push_back("-" + room); }
  void OnBookmarksCleared() override { changes.emplace_back("-"); }

  std::vector<std::string> changes;
};

class BookmarkClientTest : public SessionFixture {
 protected:
  void SetUp() override {
    server_.script().answers[kInfo] = kOptions;
    ASSERT_TRUE(LogIn());
    bookmarks().SetListener(&changes_);
  }

  BookmarkPort& bookmarks() { return *session_->ports().bookmarks; }

  static QByteArray Items(const QByteArray& items) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
           "<items node='urn:xmpp:bookmarks:1'>" +
           items + "</items></pubsub>";
  }

  absl::Status Set(const BookmarkWish& wish) {
    auto [done, set] = Remember<bool>();
    bookmarks().Set(wish, std::move(done));
    EXPECT_TRUE(WaitForResult(set));
    return (*set)->status();
  }

  static BookmarkWish Play() {
    BookmarkWish wish;
    wish.bookmark.room = "theplay@conference.shakespeare.lit";
    wish.bookmark.name = "The Play";
    wish.bookmark.nick = "Caesar";
    return wish;
  }

  std::string LastIq() const {
    return server_.LastReceived(QStringLiteral("iq")).xml.toStdString();
  }

  void Notify(const QByteArray& from, const QByteArray& inside) {
    server_.Inject("<message type='headline' to='alice@localhost/test'" + from +
                   "><event xmlns='http://jabber.org/protocol/pubsub#event'>" + inside +
                   "</event></message>");
    auto [done, result] = Remember<bool>();
    session_->Ping(std::move(done));
    ASSERT_TRUE(WaitForResult(result));
  }

  Changes changes_;
};

TEST_F(BookmarkClientTest, TheListIsOrderedAndWithoutNonsense) {
  server_.script().answers[kPubSub] =
      Items(QByteArray(kPlay) +
            "<item id='Orchard@conference.shakespeare.lit'>"
            "<conference xmlns='urn:xmpp:bookmarks:1' autojoin='1'/></item>"
            "<item id='a b'><conference xmlns='urn:xmpp:bookmarks:1'/></item>"
            "<item id='empty@conference.shakespeare.lit'/>");
  auto [done, list] = Remember<std::vector<SecretBookmark>>();
  bookmarks().List(std::move(done));
  ASSERT_TRUE(WaitForResult(list));

  const auto& found = ***list;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].bookmark.room, "orchard@conference.shakespeare.lit");
  EXPECT_TRUE(found[0].bookmark.autojoin);
  EXPECT_EQ(found[1].bookmark, (Bookmark{"theplay@conference.shakespeare.lit",
                                         "The Play's the Thing", "JC", true, true}));
  EXPECT_EQ(found[1].password, "secret");
}

TEST_F(BookmarkClientTest, WithoutANodeTheListIsEmpty) {
  server_.script().errors[kPubSub] = "item-not-found";
  auto [done, list] = Remember<std::vector<SecretBookmark>>();
  bookmarks().List(std::move(done));
  ASSERT_TRUE(WaitForResult(list));
  EXPECT_THAT(***list, IsEmpty());

  server_.script().errors[kPubSub] = "feature-not-implemented";
  auto [again, unsupported] = Remember<std::vector<SecretBookmark>>();
  bookmarks().List(std::move(again));
  ASSERT_TRUE(WaitForResult(unsupported));
  EXPECT_EQ(ReasonOf((*unsupported)->status()), "BOOKMARKS_UNSUPPORTED");
}

TEST_F(BookmarkClientTest, WhatOtherClientsKeepWithABookmarkStays) {
  server_.script().answers[kPubSub] = Items(kPlay);

  ASSERT_TRUE(Set(Play()).ok());

  EXPECT_THAT(LastIq(), HasSubstr("<publish node=\"urn:xmpp:bookmarks:1\">"
                                  "<item id=\"theplay@conference.shakespeare.lit\">"));
  EXPECT_THAT(LastIq(), HasSubstr("name=\"The Play\" autojoin=\"false\""));
  EXPECT_THAT(LastIq(), HasSubstr("<nick>Caesar</nick><password>secret</password><extensions>"));
  EXPECT_THAT(LastIq(), HasSubstr("http://myclient.example/bookmark/state"));
  EXPECT_THAT(LastIq(), HasSubstr("<a>b</a>"));
}

TEST_F(BookmarkClientTest, AnotherPasswordOrNoneReplacesTheOneThatIsThere) {
  server_.script().answers[kPubSub] = Items(kPlay);
  auto wish = Play();
  wish.password = "other";
  ASSERT_TRUE(Set(wish).ok());
  EXPECT_THAT(LastIq(), HasSubstr("<password>other</password>"));

  wish.password = "";
  ASSERT_TRUE(Set(wish).ok());
  EXPECT_THAT(LastIq(), Not(HasSubstr("password")));
}

TEST_F(BookmarkClientTest, TheOptionsKeepItFromOthers) {
  ASSERT_TRUE(Set(Play()).ok());

  for (const char* option :
       {"<field var=\"pubsub#access_model\"><value>whitelist</value>",
        "<field var=\"pubsub#persist_items\"><value>true</value>",
        "<field var=\"pubsub#max_items\"><value>max</value>",
        "<field var=\"pubsub#send_last_published_item\"><value>never</value>"}) {
    EXPECT_THAT(LastIq(), HasSubstr(option));
  }
}

TEST_F(BookmarkClientTest, WithoutOptionsNothingIsPublished) {
  server_.script().answers[kInfo] = "<query xmlns='http://jabber.org/protocol/disco#info'/>";

  EXPECT_EQ(ReasonOf(Set(Play())), "BOOKMARKS_UNSUPPORTED");

  EXPECT_THAT(LastIq(), Not(HasSubstr("publish")));
}

TEST_F(BookmarkClientTest, ARefusalOfTheNodeIsNotTriedForEver) {
  server_.script().errors[kPubSub] = "item-not-found";
  EXPECT_EQ(ReasonOf(Set(Play())), "XMPP_ITEM_NOT_FOUND");
  server_.script().errors[kPubSub] = "conflict";
  EXPECT_EQ(ReasonOf(Set(Play())), "XMPP_CONFLICT");
}

TEST_F(BookmarkClientTest, RemovingTellsTheOthers) {
  auto [done, removed] = Remember<bool>();
  bookmarks().Remove("theplay@conference.shakespeare.lit", std::move(done));
  ASSERT_TRUE(WaitForResult(removed));

  EXPECT_THAT(LastIq(), HasSubstr("<retract node=\"urn:xmpp:bookmarks:1\" notify=\"true\">"
                                  "<item id=\"theplay@conference.shakespeare.lit\"/>"));
}

TEST_F(BookmarkClientTest, OnlyTheAccountsOwnNodeIsHeard) {
  const QByteArray set = "<items node='urn:xmpp:bookmarks:1'>" + QByteArray(kPlay) + "</items>";
  const QByteArray gone =
      "<items node='urn:xmpp:bookmarks:1'><retract id='theplay@conference.shakespeare.lit'/>"
      "</items>";
  Notify(" from='eve@localhost'", set);
  Notify(" from='eve@localhost/x'", set);
  Notify(" from='alice@localhost/other'", set);
  EXPECT_THAT(changes_.changes, IsEmpty());

  Notify(" from='alice@localhost'", set);
  Notify("", gone);
  Notify("", "<purge node='urn:xmpp:bookmarks:1'/>");
  Notify("", "<items node='urn:example:else'/>");

  EXPECT_THAT(changes_.changes, ElementsAre("+theplay@conference.shakespeare.lit",
                                            "-theplay@conference.shakespeare.lit", "-"));
}

}  // namespace
}  // namespace chatwire::xmpp
