// Profiles and avatars, as the stanzas of XEP-0054, XEP-0084 and XEP-0153 have them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCryptographicHash>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/profile_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kPubsub[] = "http://jabber.org/protocol/pubsub";
constexpr char kCard[] = "vcard-temp";
const QByteArray kPicture = "\x89PNG\r\n\x1a\n and so on";

QByteArray HashOf(const QByteArray& content) {
  return QCryptographicHash::hash(content, QCryptographicHash::Sha1).toHex();
}

class ProfileClientTest : public SessionFixture {
 protected:
  ProfileClientTest() {
    EXPECT_TRUE(LogIn());
    // What comes before the roster is forgotten with it.
    EXPECT_TRUE(testing::WaitUntil([&] { return listener_.rosters.size() == 1; }));
    // Whose presence the account sees.
    server_.Inject(
        "<iq type='set' id='r1'><query xmlns='jabber:iq:roster'>"
        "<item jid='bob@localhost' subscription='to'/></query></iq>");
    EXPECT_TRUE(testing::WaitUntil([&] { return listener_.changed.size() == 1; }));
  }

  template <typename T>
  absl::StatusOr<T> Await(const Result<T>& result) {
    if (!WaitForResult(result)) return absl::DeadlineExceededError("the test has waited long");
    return **result;
  }

  absl::StatusOr<Avatar> GetAvatar() {
    auto [done, result] = Remember<Avatar>();
    session_->ports().avatars->GetAvatar("bob@localhost", std::move(done));
    return Await<Avatar>(result);
  }

  absl::StatusOr<bool> SetProfile(const Profile& profile) {
    auto [done, result] = Remember<bool>();
    session_->ports().profiles->SetProfile(profile, std::move(done));
    return Await<bool>(result);
  }

  static QByteArray Items(const QByteArray& node, const QByteArray& content) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + node +
           "'><item id='x'>" + content + "</item></items></pubsub>";
  }

  static QByteArray Announcement(const QByteArray& from, const QByteArray& hash) {
    const QByteArray info = hash.isEmpty() ? "" : "<info id='" + hash + "' bytes='1'/>";
    return "<message from='" + from +
           "'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
           "<items node='urn:xmpp:avatar:metadata'><item id='x'>"
           "<metadata xmlns='urn:xmpp:avatar:metadata'>" +
           info + "</metadata></item></items></event></message>";
  }

  static QByteArray Shown(const QByteArray& from, const QByteArray& hash) {
    return "<presence from='" + from + "'><x xmlns='vcard-temp:x:update'><photo>" + hash +
           "</photo></x></presence>";
  }

  /// The hashes of the events, once the server's answer to a ping behind @p stanza is there.
  std::vector<std::string> TellAndSettle(const QByteArray& stanza) {
    server_.Inject(stanza);
    auto [done, result] = Remember<bool>();
    session_->Ping(std::move(done));
    EXPECT_TRUE(WaitForResult(result));
    std::vector<std::string> hashes;
    for (const EventPayload& event : listener_.events) {
      if (const auto* changed = std::get_if<AvatarChanged>(&event)) hashes.push_back(changed->hash);
    }
    return hashes;
  }
};

TEST_F(ProfileClientTest, AProfileHasFieldsAndTheRest) {
  // XEP-0054, example 2, shortened.
  server_.script().answers[kCard] =
      "<vCard xmlns='vcard-temp'><FN>Peter Saint-Andre</FN>"
      "<N><FAMILY>Saint-Andre</FAMILY><GIVEN>Peter</GIVEN><MIDDLE/></N><NICKNAME>stpeter</NICKNAME>"
      "<URL>http://www.xmpp.org/xsf/people/stpeter.shtml</URL><BDAY>1966-08-06</BDAY>"
      "<ORG><ORGNAME>XMPP Standards Foundation</ORGNAME><ORGUNIT/></ORG>"
      "<TEL><WORK/><VOICE/><NUMBER>303-308-3282</NUMBER></TEL><TEL><WORK/><FAX/><NUMBER/></TEL>"
      "<ADR><WORK/><EXTADD>Suite 600</EXTADD><LOCALITY>Denver</LOCALITY><PCODE>80202</PCODE></ADR>"
      "<EMAIL><INTERNET/><USERID>stpeter@jabber.org</USERID></EMAIL>"
      "<GEO><LAT>39</LAT><LON>104</LON></GEO><PHOTO><TYPE>image/png</TYPE><BINVAL>AA</BINVAL></"
      "PHOTO>"
      "</vCard>";
  auto [done, result] = Remember<Profile>();

  session_->ports().profiles->GetProfile("stpeter@jabber.org", std::move(done));

  const auto profile = Await<Profile>(result);
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_EQ(profile->full_name, "Peter Saint-Andre");
  EXPECT_EQ(profile->family_name, "Saint-Andre");
  EXPECT_EQ(profile->organization, "XMPP Standards Foundation");
  EXPECT_THAT(profile->phone_numbers, ElementsAre("303-308-3282"));
  EXPECT_THAT(profile->emails, ElementsAre("stpeter@jabber.org"));
  ASSERT_THAT(profile->addresses, SizeIs(1));
  EXPECT_EQ(profile->addresses[0].extended, "Suite 600");
  EXPECT_THAT(profile->other_xml, ::testing::HasSubstr("<LAT>39</LAT>"));
  EXPECT_THAT(profile->other_xml, ::testing::Not(::testing::HasSubstr("BINVAL")));
  EXPECT_TRUE(profile->has_photo);
}

TEST_F(ProfileClientTest, ANewProfileKeepsTheAvatar) {
  server_.script().answers[kCard] =
      "<vCard xmlns='vcard-temp'><FN>Old</FN><PHOTO><TYPE>image/png</TYPE><BINVAL>AA==</BINVAL>"
      "</PHOTO></vCard>";
  Profile profile;
  profile.full_name = "A <b> & c";
  profile.other_xml = "<GEO><LAT>1</LAT></GEO>";

  ASSERT_TRUE(SetProfile(profile).ok());

  const QString sent = server_.LastReceived("iq").xml;
  EXPECT_TRUE(sent.contains(QStringLiteral("<FN>A &lt;b&gt; &amp; c</FN>"))) << sent.toStdString();
  EXPECT_TRUE(sent.contains(QStringLiteral("<GEO><LAT>1</LAT></GEO>"))) << sent.toStdString();
  EXPECT_TRUE(sent.contains(QStringLiteral("<BINVAL>AA==</BINVAL>")));
  EXPECT_FALSE(sent.contains(QStringLiteral("Old")));
}

TEST_F(ProfileClientTest, WhatIsNoPartOfAProfileIsRefused) {
  std::string deep;
  for (int i = 0; i < 50; ++i) deep += "<A>";
  for (int i = 0; i < 50; ++i) deep += "</A>";
  for (const std::string& xml :
       {std::string("<A>"), std::string("</vCard><vCard>"), std::string("<FN>x</FN>"),
        std::string("<A xmlns='other'/>"), std::string("<!DOCTYPE a><A/>"), deep}) {
    Profile profile;
    profile.other_xml = xml;
    EXPECT_EQ(ReasonOf(SetProfile(profile).status()), "BAD_PROFILE") << xml;
  }
}

TEST_F(ProfileClientTest, AnAvatarIsTakenOnlyWhenItIsWhatIsAnnounced) {
  server_.script().answers[kPubsub] =
      Items("urn:xmpp:avatar:metadata", "<metadata xmlns='urn:xmpp:avatar:metadata'><info id='" +
                                            HashOf(kPicture) + "' bytes='1'/></metadata>");
  // The scripted server answers both questions the same: there is no data.
  server_.script().answers[kCard] = "<vCard xmlns='vcard-temp'><PHOTO><BINVAL>" +
                                    kPicture.toBase64() + "</BINVAL></PHOTO></vCard>";

  const auto avatar = GetAvatar();

  ASSERT_TRUE(avatar.ok()) << avatar.status();
  EXPECT_EQ(avatar->source, AvatarSource::kProfile);
  EXPECT_EQ(avatar->content, kPicture.toStdString());
  EXPECT_EQ(avatar->mime_type, "image/png") << "found out from the bytes";
  EXPECT_EQ(avatar->hash, HashOf(kPicture).toStdString());
}

TEST_F(ProfileClientTest, WithoutAnAvatarOrAPictureThereIsNone) {
  server_.script().errors[kPubsub] = "item-not-found";
  server_.script().errors[kCard] = "service-unavailable";
  EXPECT_EQ(ReasonOf(GetAvatar().status()), "NO_AVATAR");

  server_.script().errors.clear();
  server_.script().answers[kCard] =
      "<vCard xmlns='vcard-temp'><PHOTO><BINVAL>aGVsbG8=</BINVAL></PHOTO></vCard>";
  EXPECT_EQ(ReasonOf(GetAvatar().status()), "BAD_ANSWER");
}

TEST_F(ProfileClientTest, ASetAvatarIsPublishedAndShown) {
  auto [done, result] = Remember<std::string>();

  session_->ports().avatars->SetAvatar(kPicture.toStdString(), std::move(done));

  ASSERT_EQ(*Await<std::string>(result), HashOf(kPicture).toStdString());
  std::vector<std::string> steps;
  for (const auto& element : server_.received()) {
    if (element.xml.contains(QStringLiteral("urn:xmpp:avatar:data"))) steps.push_back("data");
    if (element.xml.contains(QStringLiteral("<info id="))) steps.push_back("metadata");
    if (element.xml.contains(QStringLiteral("<BINVAL>"))) steps.push_back("profile");
  }
  EXPECT_THAT(steps, ElementsAre("data", "metadata", "profile"));
  ASSERT_TRUE(testing::WaitUntil([&] {
    return server_.LastReceived("presence").xml.contains(QString::fromLatin1(HashOf(kPicture)));
  }));
  session_->SendPresence({Availability::kAway, "", 0});
  ASSERT_TRUE(testing::WaitUntil(
      [&] { return server_.LastReceived("presence").xml.contains(QStringLiteral("away")); }));
  EXPECT_TRUE(server_.LastReceived("presence").xml.contains(QString::fromLatin1(HashOf(kPicture))));
}

TEST_F(ProfileClientTest, AChangeIsToldOnceAndOnlyOfContacts) {
  const QByteArray one = HashOf("1");
  const QByteArray two = HashOf("2");
  EXPECT_THAT(TellAndSettle(Announcement("eve@localhost", one)), IsEmpty());
  EXPECT_THAT(TellAndSettle(Announcement("bob@localhost/x", one)), IsEmpty());
  EXPECT_THAT(TellAndSettle(Announcement("bob@localhost", "")), IsEmpty()) << "had none before";
  EXPECT_THAT(TellAndSettle(Announcement("bob@localhost", one)), SizeIs(1));
  EXPECT_THAT(TellAndSettle(Announcement("bob@localhost", one)), SizeIs(1));
  EXPECT_THAT(TellAndSettle(Shown("bob@localhost/x", two)), SizeIs(1)) << "PEP knows better";
  EXPECT_THAT(TellAndSettle(Announcement("bob@localhost", two)),
              ElementsAre(one.toStdString(), two.toStdString()));
  EXPECT_THAT(TellAndSettle(Announcement("bob@localhost", "")), SizeIs(3));
}

TEST_F(ProfileClientTest, PresenceTellsWhereThereIsNoPep) {
  const QByteArray one = HashOf("1");
  EXPECT_THAT(TellAndSettle(Shown("eve@localhost/x", one)), IsEmpty());
  EXPECT_THAT(TellAndSettle(Shown("bob@localhost/x", "nonsense")), IsEmpty());
  EXPECT_THAT(TellAndSettle(Shown("bob@localhost/x", one)), ElementsAre(one.toStdString()));
  EXPECT_THAT(TellAndSettle(Shown("bob@localhost/y", one)), SizeIs(1));
  EXPECT_THAT(TellAndSettle("<presence from='bob@localhost/z'/>"), SizeIs(1));
  EXPECT_THAT(TellAndSettle(Shown("bob@localhost/x", "")), ElementsAre(one.toStdString(), ""));
}

TEST(AvatarTest, PicturesAreKnownByTheirFirstBytes) {
  EXPECT_EQ(PictureType("\x89PNG\r\n\x1a\n"), "image/png");
  EXPECT_EQ(PictureType("\xff\xd8\xff\xe0"), "image/jpeg");
  EXPECT_EQ(PictureType("GIF89a"), "image/gif");
  EXPECT_EQ(PictureType("RIFF1234WEBPVP8 "), "image/webp");
  EXPECT_EQ(PictureType("RIFF1234WAVE"), "");
  EXPECT_EQ(PictureType("<svg/>"), "");
  EXPECT_EQ(PictureType(""), "");
}

}  // namespace
}  // namespace chatwire::xmpp
