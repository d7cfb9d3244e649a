// What is asked of a scripted room with IQs, with the examples of XEP-0045.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/room_admin_fixture.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using RoomAdminTest = RoomAdminFixture;

// XEP-0045, section 10.2.
TEST_F(RoomAdminTest, TheConfigurationIsAForm) {
  ASSERT_TRUE(LogIn());
  Answer(kOwnerNs,
         "<query xmlns='http://jabber.org/protocol/muc#owner'>"
         "<x xmlns='jabber:x:data' type='form'>"
         "<title>Configuration for &quot;coven&quot; Room</title>"
         "<field type='hidden' var='FORM_TYPE'>"
         "<value>http://jabber.org/protocol/muc#roomconfig</value></field>"
         "<field label='Make Room Moderated?' type='boolean' var='muc#roomconfig_moderatedroom'>"
         "<value>0</value></field></x></query>");
  auto [done, result] = Remember<DataForm>();

  admin().GetConfiguration(kCoven, std::move(done));

  const auto form = Wait(result);
  ASSERT_TRUE(form.ok()) << form.status();
  EXPECT_EQ(form->Value("muc#roomconfig_moderatedroom"), "false");
  EXPECT_THAT(Sent("muc#owner"), HasSubstr(kCoven));
}

TEST_F(RoomAdminTest, ARoomWithoutOptionsHasAFormWithoutFields) {
  ASSERT_TRUE(LogIn());
  Answer(kOwnerNs, "<query xmlns='http://jabber.org/protocol/muc#owner'/>");
  auto [done, result] = Remember<DataForm>();

  admin().GetConfiguration(kCoven, std::move(done));

  const auto form = Wait(result);
  ASSERT_TRUE(form.ok()) << form.status();
  EXPECT_THAT(form->fields, IsEmpty());
}

// XEP-0045, example 175.
TEST_F(RoomAdminTest, ARefusalSaysWhoMay) {
  ASSERT_TRUE(LogIn());
  Refuse(kOwnerNs, "forbidden");
  auto [done, result] = Remember<DataForm>();

  admin().GetConfiguration(kCoven, std::move(done));

  const auto form = Wait(result);
  EXPECT_EQ(form.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(form.status()), "ROOM_PRIVILEGE_NEEDED");
  EXPECT_EQ(MetadataOf(form.status()).at("needs"), "owner");
  EXPECT_EQ(MetadataOf(form.status()).at("condition"), "forbidden");
}

// XEP-0045, section 10.9.
TEST_F(RoomAdminTest, ARoomIsDestroyedWithReasonAndAlternative) {
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();

  admin().Destroy("heath@chat.shakespeare.lit", kCoven, "Macbeth doth come.", std::move(done));

  EXPECT_TRUE(Wait(result).ok());
  const std::string xml = Sent("<destroy");
  EXPECT_THAT(xml, HasSubstr("type=\"set\""));
  EXPECT_THAT(xml, HasSubstr("<destroy jid=\"coven@chat.shakespeare.lit\">"
                             "<reason>Macbeth doth come.</reason></destroy>"));
}

// XEP-0045, section 8.2.
TEST_F(RoomAdminTest, AKickIsTheRoleNone) {
  ASSERT_TRUE(LogIn());
  auto [done, result] = Remember<bool>();

  admin().SetRole(kCoven, "pistol", RoomRole::kNone, "Avaunt, you cullion!", std::move(done));

  EXPECT_TRUE(Wait(result).ok());
  EXPECT_THAT(Sent("pistol"), HasSubstr("<item nick=\"pistol\" role=\"none\">"
                                        "<reason>Avaunt, you cullion!</reason></item>"));
}

TEST_F(RoomAdminTest, ANickThatIsNotThereIsToldFromARoomThatIsNotThere) {
  ASSERT_TRUE(LogIn());
  Refuse(kAdminNs, "item-not-found");
  auto [done, nobody] = Remember<bool>();
  admin().SetRole(kCoven, "pistol", RoomRole::kVisitor, "", std::move(done));
  EXPECT_EQ(ReasonOf(Wait(nobody).status()), "OCCUPANT_NOT_FOUND");

  Refuse(kDiscoNs, "item-not-found");
  auto [again, nowhere] = Remember<bool>();
  admin().SetRole(kCoven, "pistol", RoomRole::kVisitor, "", std::move(again));
  EXPECT_TRUE(IsStanzaError(Wait(nowhere).status(), "item-not-found"));
}

// XEP-0045, section 9.2; a second entry of a JID, one of another list and one without a JID are the
// room's mistakes.
TEST_F(RoomAdminTest, ABanListIsSortedAndCleaned) {
  ASSERT_TRUE(LogIn());
  Answer(kAdminNs,
         "<query xmlns='http://jabber.org/protocol/muc#admin'>"
         "<item affiliation='outcast' jid='lordscroop@shakespeare.lit'/>"
         "<item affiliation='outcast' jid='earlofcambridge@shakespeare.lit'>"
         "<reason>Treason</reason></item>"
         "<item affiliation='outcast' jid='LordScroop@shakespeare.lit'/>"
         "<item affiliation='member' jid='hecate@shakespeare.lit'/>"
         "<item affiliation='outcast'/></query>");
  auto [done, result] = Remember<std::vector<RoomAffiliate>>();

  admin().ListAffiliates(kCoven, RoomAffiliation::kOutcast, std::move(done));

  const auto banned = Wait(result);
  ASSERT_TRUE(banned.ok()) << banned.status();
  ASSERT_THAT(*banned, SizeIs(2));
  EXPECT_EQ((*banned)[0].jid, "earlofcambridge@shakespeare.lit");
  EXPECT_EQ((*banned)[0].reason, "Treason");
  EXPECT_EQ((*banned)[1].jid, "lordscroop@shakespeare.lit");
}

TEST_F(RoomAdminTest, AnOwnerIsNeededToMakeOne) {
  ASSERT_TRUE(LogIn());
  Refuse(kAdminNs, "not-allowed");
  auto [ban, banned] = Remember<bool>();
  admin().SetAffiliation(kCoven, {"a@b.lit", RoomAffiliation::kOutcast, "", "Treason"},
                         std::move(ban));
  EXPECT_EQ(MetadataOf(Wait(banned).status()).at("needs"), "admin");
  EXPECT_THAT(Sent("a@b.lit"), HasSubstr("<item jid=\"a@b.lit\" affiliation=\"outcast\">"
                                         "<reason>Treason</reason></item>"));

  auto [crown, crowned] = Remember<bool>();
  admin().SetAffiliation(kCoven, {"c@b.lit", RoomAffiliation::kOwner, "", ""}, std::move(crown));
  EXPECT_EQ(MetadataOf(Wait(crowned).status()).at("needs"), "owner");
}

// XEP-0045, section 7.10: the form is answered with the nick, and the room is asked what it made of
// it.
TEST_F(RoomAdminTest, ANickIsRegisteredOrWaitsForApproval) {
  ASSERT_TRUE(LogIn());
  Answer(kRegisterNs,
         "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='form'>"
         "<field type='hidden' var='FORM_TYPE'>"
         "<value>http://jabber.org/protocol/muc#register</value></field>"
         "<field type='text-single' var='muc#register_roomnick'><required/></field></x></query>");
  auto [done, result] = Remember<std::string>();

  admin().RegisterNick(kCoven, "thirdwitch", std::move(done));

  const auto nick = Wait(result);
  ASSERT_TRUE(nick.ok()) << nick.status();
  EXPECT_EQ(*nick, "") << "the room did not say that it is registered";
  EXPECT_THAT(Sent("thirdwitch"), HasSubstr("<value>thirdwitch</value>"));

  Answer(kRegisterNs,
         "<query xmlns='jabber:iq:register'><registered/><username>thirdwitch</username></query>");
  auto [again, known] = Remember<std::string>();
  admin().RegisterNick(kCoven, "thirdwitch", std::move(again));
  EXPECT_EQ(*Wait(known), "thirdwitch");
}

TEST_F(RoomAdminTest, ARoomThatWantsMoreThanANickIsNotGuessedAt) {
  ASSERT_TRUE(LogIn());
  Answer(kRegisterNs,
         "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='form'>"
         "<field type='text-single' var='muc#register_first'><required/></field>"
         "<field type='text-single' var='muc#register_roomnick'><required/></field></x></query>");
  auto [done, result] = Remember<std::string>();

  admin().RegisterNick(kCoven, "thirdwitch", std::move(done));

  const auto nick = Wait(result);
  EXPECT_EQ(ReasonOf(nick.status()), "REGISTRATION_FORM_UNKNOWN");
  EXPECT_EQ(MetadataOf(nick.status()).at("field"), "muc#register_first");
}

}  // namespace
}  // namespace chatwire::xmpp
