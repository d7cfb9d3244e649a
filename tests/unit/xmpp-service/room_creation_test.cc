// Creating rooms where everything is made up.
#include "xmpp-service/domain/room_creation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/fake_room_admin.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RoomCreationTest : public ::testing::Test {
 protected:
  RoomSite Site() {
    RoomSite site;
    site.look = [this](Completion<RoomInfo> done) { done(info_); };
    site.admin = [this](Completion<RoomAdminPort*> done) {
      if (online_.ok()) {
        done(&room_);
      } else {
        done(online_);
      }
    };
    site.enter = [this](const std::string& password, Completion<JoinedRoom> done) {
      passwords_.push_back(password);
      done(joined_);
    };
    site.opened = [this] { ++opened_; };
    site.leave = [this] { ++left_; };
    return site;
  }

  absl::StatusOr<CreatedRoom> Create(RoomCreation creation = {}) {
    creation.room = "coven@chat.shakespeare.lit";
    absl::StatusOr<CreatedRoom> result = absl::InternalError("not answered");
    CreateRoom(Site(), std::move(creation),
               Completion<CreatedRoom>([&result](auto value) { result = std::move(value); }));
    return result;
  }

  static RoomCreation With(const std::string& name, std::vector<std::string> values) {
    DataForm answer;
    answer.type = DataFormType::kSubmit;
    answer.Set(name, std::move(values));
    RoomCreation creation;
    creation.configuration = std::move(answer);
    return creation;
  }

  static JoinedRoom Made() {
    JoinedRoom joined;
    joined.nick = "firstwitch";
    joined.created = true;
    return joined;
  }

  FakeRoomAdmin room_;
  absl::StatusOr<RoomInfo> info_ = StanzaErrorStatus({"item-not-found", ""});
  absl::StatusOr<JoinedRoom> joined_ = Made();
  absl::Status online_;
  int opened_ = 0;
  int left_ = 0;
  std::vector<std::string> passwords_;
};

TEST_F(RoomCreationTest, AnInstantRoomIsOpenedWithAnEmptyForm) {
  const auto created = Create();

  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->nick, "firstwitch");
  ASSERT_THAT(room_.configurations, SizeIs(1));
  EXPECT_EQ(room_.configurations[0].type, DataFormType::kSubmit);
  EXPECT_THAT(room_.configurations[0].fields, IsEmpty());
  EXPECT_EQ(opened_, 1);
  EXPECT_EQ(left_, 0);
}

TEST_F(RoomCreationTest, ARoomThatExistsIsNotEntered) {
  info_ = RoomInfo{};
  info_->is_room = true;
  EXPECT_EQ(ReasonOf(Create().status()), "ROOM_EXISTS");
  info_ = StanzaErrorStatus({"forbidden", "You have been banned from this room"});
  EXPECT_EQ(ReasonOf(Create().status()), "ROOM_EXISTS");
  info_ = RoomInfo{};
  EXPECT_EQ(ReasonOf(Create().status()), "NOT_A_ROOM");
  info_ = StanzaErrorStatus({"remote-server-not-found", ""});
  EXPECT_EQ(ReasonOf(Create().status()), "XMPP_REMOTE_SERVER_NOT_FOUND");
  EXPECT_THAT(passwords_, IsEmpty());
}

TEST_F(RoomCreationTest, ARoomThatSomebodyElseMadeMeanwhileIsLeftAlone) {
  joined_->created = false;

  EXPECT_EQ(ReasonOf(Create().status()), "ROOM_EXISTS");
  EXPECT_EQ(left_, 1);
  EXPECT_THAT(room_.configurations, IsEmpty());
}

TEST_F(RoomCreationTest, ARoomThatIsSomebodyElsesMeanwhileAndLetsNobodyInExists) {
  for (const char* condition :
       {"item-not-found", "conflict", "registration-required", "not-authorized"}) {
    joined_ = RoomRefusal({condition, ""});
    EXPECT_EQ(ReasonOf(Create().status()), "ROOM_EXISTS") << condition;
  }
  EXPECT_EQ(left_, 0) << "nothing was entered";
}

TEST_F(RoomCreationTest, WhoMayNotMakeRoomsIsToldSo) {
  for (const char* condition : {"forbidden", "not-allowed"}) {
    joined_ = RoomRefusal({condition, "Room creation is denied by service policy"});
    const absl::Status status = Create().status();
    EXPECT_EQ(ReasonOf(status), "ROOM_PRIVILEGE_NEEDED");
    EXPECT_EQ(MetadataOf(status).at("needs"), "creator");
    EXPECT_EQ(MetadataOf(status).at("condition"), condition);
  }
  joined_ = RoomRefusal({"jid-malformed", ""});
  EXPECT_EQ(ReasonOf(Create().status()), "BAD_NICK");
  EXPECT_EQ(left_, 0);
}

TEST_F(RoomCreationTest, ThePasswordThatItGetsIsAlsoThatOfTheEntry) {
  ASSERT_TRUE(Create(With("muc#roomconfig_roomsecret", {"cauldronburn"})).ok());

  EXPECT_THAT(passwords_, ElementsAre("cauldronburn")) << "to come back with";
  ASSERT_THAT(room_.configurations, SizeIs(1));
  EXPECT_EQ(room_.configurations[0].Value("muc#roomconfig_roomsecret"), "cauldronburn");
  EXPECT_EQ(room_.configurations[0].Value("muc#roomconfig_roomname"), "coven") << "the default";
}

TEST_F(RoomCreationTest, ARoomThatCannotBeConfiguredIsGivenUp) {
  const auto created = Create(With("muc#roomconfig_typo", {"1"}));

  EXPECT_EQ(ReasonOf(created.status()), "UNKNOWN_FORM_FIELD");
  EXPECT_EQ(MetadataOf(created.status()).at("field"), "muc#roomconfig_typo");
  ASSERT_THAT(room_.configurations, SizeIs(1));
  EXPECT_EQ(room_.configurations[0].type, DataFormType::kCancel);
  EXPECT_EQ(left_, 1);
}

TEST_F(RoomCreationTest, WithoutASessionTheRoomIsLeftAllTheSame) {
  online_ = SessionOffline("bot@shakespeare.lit");

  EXPECT_EQ(ReasonOf(Create().status()), "SESSION_OFFLINE");
  EXPECT_THAT(room_.configurations, IsEmpty());
  EXPECT_EQ(left_, 1) << "else the account would try to come back for ever";
}

TEST_F(RoomCreationTest, AReservedRoomStaysClosedAndShowsItsForm) {
  RoomCreation creation;
  creation.reserve = true;

  const auto created = Create(creation);

  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_THAT(created->form.fields, SizeIs(3));
  EXPECT_THAT(room_.configurations, IsEmpty());
  EXPECT_EQ(opened_, 0);
  EXPECT_EQ(left_, 0);
}

}  // namespace
}  // namespace chatwire::xmpp
