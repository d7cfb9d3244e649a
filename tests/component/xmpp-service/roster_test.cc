// Contacts, subscriptions and presences over a real channel.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/component/xmpp-service/service_fixture.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RosterTest : public ServiceFixture {
 protected:
  RosterTest() {
    Contact alice;
    alice.jid = kAlice;
    alice.name = "Alice";
    alice.groups = {"Home"};
    alice.subscription = Subscription::kTo;
    xmpp_.SetRoster(kBot, {alice});
    token_ = Login();
    roster_ = v1::RosterService::NewStub(channel_);
    presence_ = v1::PresenceService::NewStub(channel_);
  }

  /// The reason of an error, "" of success.
  template <typename Request, typename Response>
  std::string Roster(grpc::Status (v1::RosterService::StubInterface::*method)(grpc::ClientContext*,
                                                                              const Request&,
                                                                              Response*),
                     const Request& request, Response* response = nullptr) {
    Response ignored;
    return ReasonOf(FromGrpcStatus((roster_.get()->*method)(
        Context(token_).get(), request, response == nullptr ? &ignored : response)));
  }
  template <typename Request, typename Response>
  std::string Presences(grpc::Status (v1::PresenceService::StubInterface::*method)(
                            grpc::ClientContext*, const Request&, Response*),
                        const Request& request, Response* response = nullptr) {
    Response ignored;
    return ReasonOf(FromGrpcStatus((presence_.get()->*method)(
        Context(token_).get(), request, response == nullptr ? &ignored : response)));
  }

  void Ask(const std::string& jid, const std::string& message = "hello") {
    ASSERT_TRUE(xmpp_.Subscribe(kBot, {SubscriptionStanza::kSubscribe, jid, message, "nick"}));
    ASSERT_TRUE(Eventually([&] { return Waiting().back() == jid; }));
  }
  std::vector<std::string> Waiting() {
    v1::ListSubscriptionRequestsResponse response;
    EXPECT_EQ(Roster(&v1::RosterService::StubInterface::ListSubscriptionRequests,
                     v1::ListSubscriptionRequestsRequest(), &response),
              "");
    std::vector<std::string> waiting;
    for (const auto& request : response.subscription_requests()) waiting.push_back(request.jid());
    if (waiting.empty()) waiting.push_back("nobody");
    return waiting;
  }

  template <typename Request>
  static Request For(const std::string& jid) {
    Request request;
    request.set_jid(jid);
    return request;
  }

  std::string token_;
  std::unique_ptr<v1::RosterService::Stub> roster_;
  std::unique_ptr<v1::PresenceService::Stub> presence_;
};

using R = v1::RosterService::StubInterface;
using P = v1::PresenceService::StubInterface;

TEST_F(RosterTest, AContactIsAddedWithASubscriptionRequestAndReadAtOnce) {
  auto request = For<v1::AddContactRequest>("Bob@Example.org");
  request.set_name("Bob");
  request.add_groups("Work");
  request.add_groups("Band");
  request.set_request_subscription(true);
  request.set_message("it is me");

  v1::AddContactResponse response;
  ASSERT_EQ(Roster(&R::AddContact, request, &response), "");

  EXPECT_EQ(response.contact().jid(), "bob@example.org");
  EXPECT_TRUE(response.contact().subscription_requested());
  EXPECT_THAT(xmpp_.roster().calls(), ElementsAre("put bob@example.org Bob #Band #Work",
                                                  "subscribe bob@example.org it is me"));
  v1::GetContactResponse read;
  EXPECT_EQ(Roster(&R::GetContact, For<v1::GetContactRequest>("bob@example.org"), &read), "");
  EXPECT_EQ(read.contact().name(), "Bob");
}

TEST_F(RosterTest, AddingTheSameAgainIsNoErrorAndAddingAnotherIs) {
  auto request = For<v1::AddContactRequest>(kAlice);
  request.set_name("Alice");
  request.add_groups("Home");
  request.set_request_subscription(true);
  EXPECT_EQ(Roster(&R::AddContact, request), "");
  EXPECT_THAT(xmpp_.roster().calls(), IsEmpty()) << "she is there, and seen";

  request.set_name("Alicia");
  EXPECT_EQ(Roster(&R::AddContact, request), "CONTACT_EXISTS");
}

TEST_F(RosterTest, AnUpdateChangesWhatItsMaskSays) {
  v1::UpdateContactRequest request;
  request.mutable_contact()->set_jid(kAlice);
  request.mutable_contact()->set_name("Al");
  EXPECT_EQ(Roster(&R::UpdateContact, request), "");
  request.mutable_contact()->set_name("ignored");
  request.mutable_update_mask()->add_paths("groups");
  EXPECT_EQ(Roster(&R::UpdateContact, request), "");

  EXPECT_THAT(xmpp_.roster().calls(),
              ElementsAre("put alice@example.org Al #Home", "put alice@example.org Al"));
  request.mutable_update_mask()->add_paths("subscription");
  EXPECT_EQ(Roster(&R::UpdateContact, request), "BAD_UPDATE_MASK");
}

TEST_F(RosterTest, ARemovedContactIsGone) {
  EXPECT_EQ(Roster(&R::RemoveContact, For<v1::RemoveContactRequest>(kAlice)), "");
  EXPECT_THAT(xmpp_.roster().calls(), ElementsAre("remove alice@example.org"));

  auto again = For<v1::RemoveContactRequest>(kAlice);
  EXPECT_EQ(Roster(&R::RemoveContact, again), "CONTACT_NOT_FOUND");
  again.set_allow_missing(true);
  EXPECT_EQ(Roster(&R::RemoveContact, again), "");
  EXPECT_EQ(Roster(&R::GetContact, For<v1::GetContactRequest>(kAlice)), "CONTACT_NOT_FOUND");
}

TEST_F(RosterTest, BadInputIsRefusedWithItsReason) {
  EXPECT_EQ(Roster(&R::AddContact, For<v1::AddContactRequest>("bob@example.org/phone")), "BAD_JID");
  EXPECT_EQ(Roster(&R::AddContact, For<v1::AddContactRequest>(kBot)), "BAD_JID") << "itself";
  auto request = For<v1::AddContactRequest>("bob@example.org");
  request.set_name(std::string(1025, 'x'));
  EXPECT_EQ(Roster(&R::AddContact, request), "BAD_CONTACT");
  request.set_name("");
  request.add_groups("");
  EXPECT_EQ(Roster(&R::AddContact, request), "BAD_CONTACT");
  request.clear_groups();
  request.set_request_id("no uuid");
  EXPECT_EQ(Roster(&R::AddContact, request), "BAD_REQUEST_ID");
  EXPECT_EQ(Roster(&R::CancelSubscription, For<v1::CancelSubscriptionRequest>(kAlice)),
            "BAD_DIRECTION");
  token_ = "";
  EXPECT_EQ(Roster(&R::GetContact, For<v1::GetContactRequest>(kAlice)), "TOKEN_MISSING");
  EXPECT_THAT(xmpp_.roster().calls(), IsEmpty());
}

TEST_F(RosterTest, WhatTheServerRefusesIsSaidAndChangesNothing) {
  xmpp_.roster().SetAnswer(StanzaErrorStatus({"not-allowed", "no"}));
  EXPECT_EQ(Roster(&R::AddContact, For<v1::AddContactRequest>("bob@example.org")),
            "XMPP_NOT_ALLOWED");
  EXPECT_EQ(Roster(&R::GetContact, For<v1::GetContactRequest>("bob@example.org")),
            "CONTACT_NOT_FOUND");

  xmpp_.SetFailure(ConnectionFailure{FailureReason::kServerUnreachable, "down", false});
  xmpp_.Break(kBot, {FailureReason::kServerUnreachable, "cut", false});
  EXPECT_TRUE(Eventually([&] {
    return Roster(&R::RemoveContact, For<v1::RemoveContactRequest>(kAlice)) == "SESSION_OFFLINE";
  }));
}

TEST_F(RosterTest, ARequestIsToldOnceAndSurvivesARestartUntilItIsAnswered) {
  Ask("carol@example.org");
  xmpp_.Subscribe(kBot, {SubscriptionStanza::kSubscribe, "carol@example.org", "again", ""});

  Restart();
  roster_ = v1::RosterService::NewStub(channel_);
  EXPECT_THAT(Waiting(), ElementsAre("carol@example.org"));
  ASSERT_TRUE(Eventually([&] { return xmpp_.IsOnline(kBot); }));
  auto accept = For<v1::AcceptSubscriptionRequest>("carol@example.org");
  accept.set_reciprocate(true);
  ASSERT_TRUE(Eventually([&] { return Roster(&R::AcceptSubscription, accept).empty(); }));

  EXPECT_THAT(xmpp_.roster().calls(),
              ElementsAre("subscribed carol@example.org ", "subscribe carol@example.org "));
  EXPECT_THAT(Waiting(), ElementsAre("nobody"));
  EXPECT_EQ(Roster(&R::AcceptSubscription, accept), "SUBSCRIPTION_REQUEST_NOT_FOUND");
  int told = 0;
  for (const auto& event : journal_.Events()) told += event.has_subscription_requested() ? 1 : 0;
  EXPECT_EQ(told, 1);
}

TEST_F(RosterTest, ADeniedRequestIsForgottenOnlyOnceTheServerHasHadTheAnswer) {
  Ask("carol@example.org");
  const auto deny = For<v1::DenySubscriptionRequest>("carol@example.org");

  xmpp_.roster().SetAnswer(NoAnswer());
  EXPECT_EQ(Roster(&R::DenySubscription, deny), "NO_ANSWER");
  EXPECT_THAT(Waiting(), ElementsAre("carol@example.org"));
  xmpp_.roster().SetAnswer(true);
  EXPECT_EQ(Roster(&R::DenySubscription, deny), "");

  EXPECT_THAT(Waiting(), ElementsAre("nobody"));
}

TEST_F(RosterTest, AWithdrawnRequestIsGoneAndAStrangersAnswersAreNoNews) {
  Ask("carol@example.org");
  xmpp_.Subscribe(kBot, {SubscriptionStanza::kUnsubscribe, "carol@example.org", "", ""});
  xmpp_.Subscribe(kBot, {SubscriptionStanza::kSubscribed, "eve@example.org", "", ""});
  xmpp_.Subscribe(kBot, {SubscriptionStanza::kUnsubscribe, "eve@example.org", "", ""});
  xmpp_.Subscribe(kBot, {SubscriptionStanza::kUnsubscribed, kAlice, "no more", ""});

  ASSERT_TRUE(Eventually([&] {
    const auto events = journal_.Events();
    return !events.empty() && events.back().has_subscription_changed() &&
           events.back().subscription_changed().jid() == kAlice;
  }));
  EXPECT_THAT(Waiting(), ElementsAre("nobody"));
  std::vector<std::string> changed;
  for (const auto& event : journal_.Events()) {
    if (event.has_subscription_changed()) changed.push_back(event.subscription_changed().jid());
  }
  EXPECT_THAT(changed, ElementsAre("carol@example.org", kAlice));
}

TEST_F(RosterTest, SubscriptionsAreAskedForAndCancelled) {
  auto cancel = For<v1::CancelSubscriptionRequest>(kAlice);
  cancel.set_direction(v1::SUBSCRIPTION_DIRECTION_TO);
  EXPECT_EQ(Roster(&R::CancelSubscription, cancel), "");
  cancel.set_direction(v1::SUBSCRIPTION_DIRECTION_FROM);
  EXPECT_EQ(Roster(&R::CancelSubscription, cancel), "");
  EXPECT_EQ(Roster(&R::RequestSubscription, For<v1::RequestSubscriptionRequest>(kAlice)), "");

  EXPECT_THAT(xmpp_.roster().calls(),
              ElementsAre("unsubscribe alice@example.org ", "unsubscribed alice@example.org ",
                          "subscribe alice@example.org "));
  EXPECT_EQ(Roster(&R::RequestSubscription, For<v1::RequestSubscriptionRequest>("eve@example.org")),
            "CONTACT_NOT_FOUND");
}

TEST_F(RosterTest, PresenceIsReadForTheAccountAndForContacts) {
  v1::SetPresenceRequest own;
  own.mutable_presence()->set_availability(v1::AVAILABILITY_AWAY);
  own.mutable_presence()->mutable_idle_since()->set_seconds(1'700'000'000);
  ASSERT_EQ(Presences(&P::SetPresence, own), "");

  v1::GetPresenceResponse response;
  ASSERT_EQ(Presences(&P::GetPresence, v1::GetPresenceRequest(), &response), "");
  EXPECT_EQ(response.presence().idle_since().seconds(), 1'700'000'000);
  EXPECT_TRUE(response.known());
  ASSERT_EQ(Presences(&P::GetPresence, For<v1::GetPresenceRequest>(kAlice), &response), "");
  EXPECT_EQ(response.presence().availability(), v1::AVAILABILITY_OFFLINE);
  EXPECT_TRUE(response.known());
  EXPECT_EQ(Presences(&P::GetPresence, For<v1::GetPresenceRequest>("eve@example.org")),
            "CONTACT_NOT_FOUND");
  own.mutable_presence()->mutable_idle_since()->set_seconds(-1);
  EXPECT_EQ(Presences(&P::SetPresence, own), "BAD_PRESENCE");
}

TEST_F(RosterTest, ADirectedPresenceIsShownAgainAfterALossUntilItIsTakenBack) {
  v1::SendDirectedPresenceRequest show;
  show.set_to("carol@example.org/phone");
  show.mutable_presence()->set_availability(v1::AVAILABILITY_CHAT);
  show.mutable_presence()->set_status("for you");
  ASSERT_EQ(Presences(&P::SendDirectedPresence, show), "");
  const std::string shown = "show carol@example.org/phone for you 2";
  ASSERT_TRUE(Eventually([&] { return xmpp_.roster().calls() == std::vector{shown}; }));

  Restart();
  presence_ = v1::PresenceService::NewStub(channel_);
  ASSERT_TRUE(Eventually([&] { return xmpp_.roster().calls() == std::vector{shown, shown}; }));
  v1::ListDirectedPresencesResponse list;
  ASSERT_EQ(Presences(&P::ListDirectedPresences, v1::ListDirectedPresencesRequest(), &list), "");
  ASSERT_EQ(list.directed_presences_size(), 1);
  EXPECT_EQ(list.directed_presences(0).presence().status(), "for you");

  show.mutable_presence()->set_availability(v1::AVAILABILITY_OFFLINE);
  ASSERT_EQ(Presences(&P::SendDirectedPresence, show), "");
  EXPECT_TRUE(Eventually([&] { return xmpp_.roster().calls().size() == 3; }));
  ASSERT_EQ(Presences(&P::SendDirectedPresence, show), "");
  EXPECT_EQ(xmpp_.roster().calls().size(), 3U) << "nothing to take back";
}

TEST_F(RosterTest, ThereIsALimitToDirectedPresences) {
  v1::SendDirectedPresenceRequest show;
  show.mutable_presence()->set_availability(v1::AVAILABILITY_ONLINE);
  for (size_t i = 0; i < DirectedPresenceStore::kMaximumDirected; ++i) {
    show.set_to("user" + std::to_string(i) + "@example.org");
    ASSERT_EQ(Presences(&P::SendDirectedPresence, show), "");
  }
  EXPECT_EQ(Presences(&P::SendDirectedPresence, show), "") << "the last one again";
  show.set_to("one-more@example.org");
  EXPECT_EQ(Presences(&P::SendDirectedPresence, show), "TOO_MANY_DIRECTED_PRESENCES");
}

}  // namespace
}  // namespace chatwire::xmpp
