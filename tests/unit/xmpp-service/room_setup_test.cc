// Configuring rooms with a room that is made up, and doing things one after the other.
#include "xmpp-service/domain/room_setup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/fake_room_admin.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/for_each_in_order.h"
#include "xmpp-service/domain/form_answer.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class RoomSetupTest : public ::testing::Test {
 protected:
  absl::Status Configure(const DataForm& answer) {
    absl::Status status = absl::InternalError("not answered");
    ConfigureRoom(room_, "coven@chat.shakespeare.lit", answer,
                  Completion<bool>([&status](auto value) { status = value.status(); }));
    return status;
  }

  static DataForm Answer(const std::string& name, std::vector<std::string> values) {
    DataForm answer;
    answer.type = DataFormType::kSubmit;
    answer.Set(name, std::move(values));
    return answer;
  }

  FakeRoomAdmin room_;
};

TEST_F(RoomSetupTest, TheGivenFieldsAreSetAndTheOthersKept) {
  ASSERT_TRUE(Configure(Answer("muc#roomconfig_roomsecret", {"cauldronburn"})).ok());

  ASSERT_THAT(room_.configurations, SizeIs(1));
  EXPECT_EQ(room_.configurations[0].Value("muc#roomconfig_roomsecret"), "cauldronburn");
  EXPECT_EQ(room_.configurations[0].Value("muc#roomconfig_roomname"), "coven");
}

TEST_F(RoomSetupTest, ACancellationGoesOutAsItIs) {
  DataForm cancel;
  cancel.type = DataFormType::kCancel;

  ASSERT_TRUE(Configure(cancel).ok());

  ASSERT_THAT(room_.configurations, SizeIs(1));
  EXPECT_EQ(room_.configurations[0].type, DataFormType::kCancel);
  EXPECT_THAT(room_.configurations[0].fields, IsEmpty());
}

TEST_F(RoomSetupTest, AWrongFieldOrValueChangesNothing) {
  EXPECT_EQ(ReasonOf(Configure(Answer("typo", {"x"}))), "UNKNOWN_FORM_FIELD");
  EXPECT_EQ(ReasonOf(Configure(Answer("muc#roomconfig_moderatedroom", {"maybe"}))),
            "BAD_FORM_VALUE");
  EXPECT_EQ(ReasonOf(Configure(Answer("muc#roomconfig_roomname", {"two", "names"}))),
            "BAD_FORM_VALUE");
  EXPECT_THAT(room_.configurations, IsEmpty());

  EXPECT_TRUE(Configure(Answer("muc#roomconfig_moderatedroom", {"true"})).ok());
  EXPECT_THAT(room_.configurations, SizeIs(1));
}

TEST_F(RoomSetupTest, APasswordIsSetChangedOrTakenAway) {
  DataForm answer = Answer("muc#roomconfig_roomname", {"coven"});
  EXPECT_EQ(PasswordSetBy(answer), std::nullopt);
  answer.Set("muc#roomconfig_roomsecret", {"cauldronburn"});
  EXPECT_EQ(PasswordSetBy(answer), "cauldronburn");
  answer.Set("muc#roomconfig_passwordprotectedroom", {"0"});
  EXPECT_EQ(PasswordSetBy(answer), "");
  EXPECT_EQ(PasswordSetBy(Answer("muc#roomconfig_roomsecret", {})), "");
  answer.type = DataFormType::kCancel;
  EXPECT_EQ(PasswordSetBy(answer), std::nullopt);
}

TEST(FormAnswer, OptionsAndJidsAreChecked) {
  DataForm form;
  form.Set("whois", {"anyone"}, FormFieldType::kListSingle);
  form.fields[0].options = {{"anyone", ""}, {"moderators", ""}};
  form.Set("admins", {}, FormFieldType::kJidMulti);
  DataForm answer;
  answer.Set("whois", {"nobody"});
  EXPECT_EQ(ReasonOf(CheckFormAnswer(form, answer)), "BAD_FORM_VALUE");
  answer.Set("whois", {"moderators"});
  answer.Set("admins", {"wiccarocks@shakespeare.lit", "a b"});
  EXPECT_EQ(MetadataOf(CheckFormAnswer(form, answer)).at("field"), "admins");
  answer.Set("admins", {"wiccarocks@shakespeare.lit", "hecate@shakespeare.lit"});
  EXPECT_TRUE(CheckFormAnswer(form, answer).ok());
  form.fields[0].validation = FormValidation{"xs:string", "", "", "", true};
  answer.Set("whois", {"nobody"});
  EXPECT_TRUE(CheckFormAnswer(form, answer).ok()) << "an open list";
}

absl::StatusOr<std::vector<ItemResult>> ForEach(const std::vector<absl::Status>& outcomes,
                                                size_t& asked) {
  absl::StatusOr<std::vector<ItemResult>> results = absl::InternalError("not answered");
  ForEachInOrder(
      std::vector<std::string>(outcomes.size(), "a@b"),
      [&](size_t index, Completion<bool> done) {
        ++asked;
        if (outcomes[index].ok()) {
          done(true);
        } else {
          done(outcomes[index]);
        }
      },
      Completion<std::vector<ItemResult>>([&results](auto value) { results = std::move(value); }));
  return results;
}

TEST(ForEachInOrder, ARefusalIsThatOnesAloneAndASilentRoomEndsAll) {
  const absl::Status refused = StanzaErrorStatus({"not-allowed", ""});
  size_t asked = 0;
  const auto results = ForEach({absl::OkStatus(), refused, absl::OkStatus()}, asked);
  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_THAT(*results, SizeIs(3));
  EXPECT_TRUE((*results)[0].status.ok());
  EXPECT_EQ((*results)[1].status, refused);
  EXPECT_TRUE((*results)[2].status.ok());

  for (const absl::Status& end :
       {NoAnswer(), SessionOffline("a@b"), absl::UnavailableError("dropped")}) {
    asked = 0;
    EXPECT_EQ(ForEach({absl::OkStatus(), end, absl::OkStatus()}, asked).status(), end);
    EXPECT_EQ(asked, 2u);
  }
}

}  // namespace
}  // namespace chatwire::xmpp
