// Bookmarks that are followed into rooms (XEP-0402, "Bookmark Notifications").
#include "xmpp-service/domain/bookmark_keeper.h"

#include "tests/unit/xmpp-service/room_keeper_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

/// The server's list, as the test has it.
class FakeBookmarks final : public BookmarkPort {
 public:
  void SetListener(BookmarkListener* new_listener) override { listener = new_listener; }
  void List(Completion<std::vector<SecretBookmark>> done) override {
    ++lists;
    done(list);
  }
  void Set(BookmarkWish, Completion<bool>) override {}
  void Remove(const std::string&, Completion<bool>) override {}

  BookmarkListener* listener = nullptr;
  absl::StatusOr<std::vector<SecretBookmark>> list = std::vector<SecretBookmark>{};
  int lists = 0;
};

class FakeBookmarkStore final : public BookmarkStore {
 public:
  void Load(const std::string&, Completion<BookmarkPlan> done) override { done(plan); }
  void Save(const std::string&, BookmarkPlan new_plan, Completion<bool> done) override {
    plan = std::move(new_plan);
    done(true);
  }

  BookmarkPlan plan;
};

class BookmarkKeeperTest : public RoomKeeperFixture {
 protected:
  BookmarkKeeperTest() { Start(); }

  /// As after a restart.
  void Start() {
    bookmarks_ = std::make_unique<BookmarkKeeper>(
        "bot@example.org", plans_, *keeper_, executor_,
        [this](EventPayload payload) { events_.push_back(std::move(payload)); });
    bookmarks_->Load(Completion<bool>());
    executor_.Run();
  }

  void GoUp(bool resumed = false) {
    Up(resumed);
    bookmarks_->OnUp(&server_, resumed);
    executor_.Run();
  }

  void SetAutojoin(bool autojoin) {
    bookmarks_->SetAutojoin(autojoin, Completion<bool>());
    executor_.Run();
  }

  static SecretBookmark Of(const std::string& room, bool autojoin = true) {
    SecretBookmark bookmark;
    bookmark.bookmark.room = room;
    bookmark.bookmark.nick = "Robot";
    bookmark.bookmark.autojoin = autojoin;
    return bookmark;
  }

  void ServerTells(const SecretBookmark& bookmark) {
    server_.listener->OnBookmarkSet(bookmark);
    executor_.Run();
  }

  void ServerTellsRemoved(const std::string& room) {
    server_.listener->OnBookmarkRemoved(room);
    executor_.Run();
  }

  FakeBookmarks server_;
  FakeBookmarkStore plans_;
  std::unique_ptr<BookmarkKeeper> bookmarks_;
};

TEST_F(BookmarkKeeperTest, NothingIsEnteredUnlessThatIsWanted) {
  server_.list = {Of(kRoom)};
  GoUp();
  ServerTells(Of("other@rooms.example.org"));

  EXPECT_THAT(port_.entries, IsEmpty());
  EXPECT_THAT(Events<BookmarkChanged>(), SizeIs(1)) << "what was there already is no news";
}

TEST_F(BookmarkKeeperTest, WhatIsBookmarkedForItIsEnteredAtLoginWithItsNickAndPassword) {
  plans_.plan.autojoin = true;
  Start();
  auto secret = Of(kRoom);
  secret.password = "cauldronburn";
  server_.list = {secret, Of("quiet@rooms.example.org", false)};
  GoUp();

  ASSERT_THAT(port_.entries, SizeIs(1));
  EXPECT_EQ(port_.entries[0].nick, "Robot");
  EXPECT_EQ(port_.entries[0].password, "cauldronburn");
  EXPECT_EQ(store_.rooms[kRoom].sealed_password, "nrubnordluac") << "sealed, as every password";
  EXPECT_THAT(plans_.plan.rooms, ElementsAre(Pair(kRoom, true)));
}

TEST_F(BookmarkKeeperTest, ARoomGoesWithItsBookmarkOrItsAutojoin) {
  SetAutojoin(true);
  GoUp();
  ServerTells(Of(kRoom));
  ServerTells(Of("b@rooms.example.org"));
  ASSERT_THAT(port_.entries, SizeIs(2));

  ServerTellsRemoved(kRoom);
  ServerTells(Of("b@rooms.example.org", false));

  EXPECT_THAT(port_.exits, ElementsAre(kRoom, "b@rooms.example.org"));
  EXPECT_THAT(keeper_->List("", 10), IsEmpty());
  EXPECT_THAT(plans_.plan.rooms, IsEmpty());
}

TEST_F(BookmarkKeeperTest, ARoomThatTheAccountWasInByItselfIsNotLeft) {
  GoUp();
  Join();
  Enter();
  SetAutojoin(true);
  ServerTells(Of(kRoom));
  ServerTellsRemoved(kRoom);

  EXPECT_TRUE(keeper_->Knows(kRoom));
  EXPECT_THAT(port_.exits, IsEmpty());
}

TEST_F(BookmarkKeeperTest, WhoHasLeftARoomIsNotBroughtBackUntilAskedAnew) {
  SetAutojoin(true);
  GoUp();
  ServerTells(Of(kRoom));
  keeper_->Leave(kRoom, Completion<bool>());
  executor_.Run();
  // Given the same after a restart
  server_.list = {Of(kRoom)};
  Start();
  GoUp();
  auto renamed = Of(kRoom);
  renamed.bookmark.name = "The coven";
  ServerTells(renamed);
  EXPECT_FALSE(keeper_->Knows(kRoom));

  ServerTells(Of(kRoom, false));
  ServerTells(Of(kRoom));
  EXPECT_TRUE(keeper_->Knows(kRoom));

  keeper_->Leave(kRoom, Completion<bool>());
  SetAutojoin(true);
  EXPECT_TRUE(keeper_->Knows(kRoom)) << "said anew";
}

TEST_F(BookmarkKeeperTest, WhatChangedBetweenTwoStreamsIsToldAndFollowed) {
  SetAutojoin(true);
  server_.list = {Of("a@rooms.example.org"), Of("b@rooms.example.org")};
  GoUp();
  bookmarks_->OnDown();
  keeper_->OnDown();
  server_.list = {Of("b@rooms.example.org"), Of("c@rooms.example.org")};
  GoUp();

  const auto changes = Events<BookmarkChanged>();
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[0].bookmark.room, "a@rooms.example.org");
  EXPECT_TRUE(changes[0].removed);
  EXPECT_EQ(changes[1].bookmark.room, "c@rooms.example.org");
  EXPECT_FALSE(keeper_->Knows("a@rooms.example.org"));
  EXPECT_TRUE(keeper_->Knows("c@rooms.example.org"));
}

TEST_F(BookmarkKeeperTest, AResumedStreamIsNotAskedAgainAndRepetitionsAreNoNews) {
  GoUp();
  bookmarks_->OnDown();
  GoUp(/*resumed=*/true);
  ServerTells(Of(kRoom));
  ServerTells(Of(kRoom));

  EXPECT_EQ(server_.lists, 1);
  EXPECT_THAT(Events<BookmarkChanged>(), SizeIs(1));
}

TEST_F(BookmarkKeeperTest, AListThatCannotBeReadIsReadAgainExceptWhereThereIsNone) {
  server_.list = absl::UnavailableError("not now");
  GoUp();
  executor_.Advance(absl::Seconds(59));
  const int before = server_.lists;
  server_.list = absl::FailedPreconditionError("no bookmarks here");
  executor_.Advance(absl::Seconds(1));
  EXPECT_EQ(server_.lists, before + 1);
  executor_.Advance(absl::Minutes(1));
  const int last = server_.lists;
  executor_.Advance(absl::Minutes(10));
  EXPECT_EQ(server_.lists, last);
}

TEST_F(BookmarkKeeperTest, WhatIsSetBeforeTheServerTellsThisSessionIsFound) {
  SetAutojoin(true);
  GoUp();
  server_.list = {Of(kRoom)};
  executor_.Advance(absl::Seconds(10));

  EXPECT_TRUE(keeper_->Knows(kRoom));
  EXPECT_THAT(Events<BookmarkChanged>(), SizeIs(1));
}

TEST_F(BookmarkKeeperTest, AClearedNodeIsEveryBookmarkRemoved) {
  SetAutojoin(true);
  server_.list = {Of(kRoom)};
  GoUp();
  server_.listener->OnBookmarksCleared();
  executor_.Run();

  EXPECT_FALSE(keeper_->Knows(kRoom));
  ASSERT_THAT(Events<BookmarkChanged>(), SizeIs(1));
  EXPECT_TRUE(Events<BookmarkChanged>()[0].removed);
}

TEST_F(BookmarkKeeperTest, ARoomThatRefusesStaysInTheListWithItsReason) {
  SetAutojoin(true);
  GoUp();
  ServerTells(Of(kRoom));
  Refuse("registration-required");

  EXPECT_EQ(State(), RoomState::kFailed);
  EXPECT_EQ(keeper_->List("", 10)[0].failure->reason, "ROOM_MEMBERS_ONLY");
}

}  // namespace
}  // namespace chatwire::xmpp
