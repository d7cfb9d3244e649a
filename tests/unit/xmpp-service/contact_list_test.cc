#include "xmpp-service/domain/contact_list.h"

#include <gtest/gtest.h>

namespace chatwire::xmpp {
namespace {

Contact Named(const std::string& jid, const std::string& name,
              Subscription subscription = Subscription::kBoth) {
  Contact contact;
  contact.jid = jid;
  contact.name = name;
  contact.subscription = subscription;
  return contact;
}

class ContactListTest : public ::testing::Test {
 protected:
  ContactList list_;
};

TEST_F(ContactListTest, ANewRosterTellsOnlyWhatIsDifferent) {
  list_.Load({Named("a@x", "A"), Named("b@x", "B"), Named("c@x", "C")});

  const auto difference =
      list_.Replace({Named("a@x", "A"), Named("b@x", "Bee"), Named("d@x", "D")});

  ASSERT_EQ(difference.changed.size(), 2U);
  EXPECT_EQ(difference.changed[0].jid, "b@x");
  EXPECT_EQ(difference.changed[1].jid, "d@x");
  EXPECT_EQ(difference.removed, (std::vector<std::string>{"c@x"}));
}

TEST_F(ContactListTest, OnlyWhoSeesTheAccountIsAContactForMessages) {
  list_.Load({Named("from@x", "", Subscription::kFrom), Named("to@x", "", Subscription::kTo)});

  EXPECT_TRUE(list_.MaySeeAccount("from@x"));
  EXPECT_FALSE(list_.MaySeeAccount("to@x"));
  EXPECT_FALSE(list_.MaySeeAccount("stranger@x"));
}

TEST_F(ContactListTest, PresencesAreSortedByPriorityAndEndWithOffline) {
  list_.Load({Named("a@x", "A")});
  EXPECT_TRUE(list_.SetPresence("a@x/low", {Availability::kAway, "", 1}));
  EXPECT_TRUE(list_.SetPresence("a@x/high", {Availability::kOnline, "", 5}));
  EXPECT_FALSE(list_.SetPresence("a@x/high", {Availability::kOnline, "", 5})) << "no news";

  auto contacts = list_.List("", 10, true);
  ASSERT_EQ(contacts[0].resources.size(), 2U);
  EXPECT_EQ(contacts[0].resources[0].resource, "high");

  EXPECT_TRUE(list_.SetPresence("a@x/high", {Availability::kOffline, "", 0}));
  EXPECT_EQ(list_.List("", 10, true)[0].resources.size(), 1U);
}

TEST_F(ContactListTest, AStrangersPresenceIsNoNews) {
  EXPECT_FALSE(list_.SetPresence("stranger@x/r", {}));
}

TEST_F(ContactListTest, AfterANewStreamPresencesHaveToComeAgain) {
  list_.Load({Named("a@x", "A")});
  list_.SetPresence("a@x/r", {Availability::kAway, "", 0});

  list_.ForgetPresences();
  EXPECT_TRUE(list_.List("", 10, true)[0].resources.empty());

  EXPECT_FALSE(list_.SetPresence("a@x/r", {Availability::kAway, "", 0})) << "the same as before";
  EXPECT_EQ(list_.List("", 10, true)[0].resources.size(), 1U);
}

TEST_F(ContactListTest, PagesFollowTheOrderOfJids) {
  list_.Load({Named("c@x", ""), Named("a@x", ""), Named("b@x", "")});

  const auto page = list_.List("a@x", 1, false);

  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].jid, "b@x");
}

}  // namespace
}  // namespace chatwire::xmpp
