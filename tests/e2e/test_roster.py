"""Contacts, subscriptions and presences with other people's clients, on each XMPP server."""

import time

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import event_service_pb2 as events
from chatwire.xmpp.v1 import presence_service_pb2 as presence
from chatwire.xmpp.v1 import roster_service_pb2 as roster
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from world.presence_user import PresenceUser
from world.rpc import reason_of
from world.waiting import eventually

BOTH, NONE = roster.SUBSCRIPTION_BOTH, roster.SUBSCRIPTION_NONE
ONLINE = account.CONNECTION_STATE_ONLINE


class Pair:
    """The bot, signed in over the API, and a stranger with a client of her own."""

    def __init__(self, world):
        self.world = world
        world.start_xmppd()
        self.bot, self.token = world.bot, world.login()
        self.api = world.xmppd.api(self.token)
        self.carol, password = world.new_account("carol")
        self.client = PresenceUser(self.carol, password, world.authority, world.server.port)

    def contact(self):
        """Carol on the bot's roster, or None."""
        try:
            return self.api.roster.GetContact(roster.GetContactRequest(jid=self.carol)).contact
        except grpc.RpcError as error:
            assert reason_of(error) == ("NOT_FOUND", "CONTACT_NOT_FOUND")
            return None

    def waiting(self):
        """Who waits for an answer of the bot."""
        listed = self.api.roster.ListSubscriptionRequests(roster.ListSubscriptionRequestsRequest())
        return [(request.jid, request.message) for request in listed.subscription_requests]

    def event(self, kind):
        """The first event of KIND."""
        name = events.EventKind.Name(kind)[len("EVENT_KIND_") :].lower()
        request = events.WatchEventsRequest(from_beginning=True, kinds=[kind])
        for response in self.api.events.WatchEvents(request):
            if response.HasField("event"):
                return getattr(response.event, name)
        raise AssertionError("the stream ended")

    def restart(self):
        """kill -9 and back."""
        self.world.xmppd.kill_and_restart()
        self.api = self.world.xmppd.api(self.token)
        eventually(self.online, "the bot is online again", 60)

    def online(self):
        """Whether the bot is."""
        got = self.api.accounts.GetAccount(account.GetAccountRequest())
        return got.account.connection.state == ONLINE


@pytest.fixture(name="pair")
def _pair(world):
    pair = Pair(world)
    yield pair
    pair.client.close()


def test_a_contact_is_added_renamed_and_removed(pair):
    pair.api.roster.AddContact(
        roster.AddContactRequest(jid=pair.carol, name="Carol & co", groups=["Work", "Band"])
    )
    contact = pair.contact()
    assert (contact.name, list(contact.groups), contact.subscription) == (
        "Carol & co",
        ["Band", "Work"],
        NONE,
    )

    pair.api.roster.UpdateContact(
        roster.UpdateContactRequest(
            contact=roster.Contact(jid=pair.carol, name="Caro"), update_mask=FieldMask(paths=["name"])
        )
    )
    # The server has it, too: a fresh session reads it from there.
    pair.restart()
    contact = pair.contact()
    assert (contact.name, list(contact.groups)) == ("Caro", ["Band", "Work"])

    pair.api.roster.RemoveContact(roster.RemoveContactRequest(jid=pair.carol))
    assert pair.contact() is None
    pair.restart()
    assert pair.contact() is None


def test_the_account_asks_and_the_contact_accepts_then_both_see_each_other(pair):
    added = pair.api.roster.AddContact(
        roster.AddContactRequest(jid=pair.carol, request_subscription=True, message="it is the bot")
    )
    assert added.contact.subscription_requested
    pair.client.wait_presence(pair.bot, "subscribe", status="it is the bot")
    assert eventually(pair.contact, "the contact").subscription_requested

    pair.client.present(pair.bot, "subscribed")
    change = pair.event(events.EVENT_KIND_SUBSCRIPTION_CHANGED)
    assert (change.jid, change.change) == (pair.carol, 1)
    pair.client.present(pair.bot, "subscribe", "and you")
    eventually(lambda: pair.waiting() == [(pair.carol, "and you")], "her request")
    pair.api.roster.AcceptSubscription(roster.AcceptSubscriptionRequest(jid=pair.carol))

    eventually(lambda: pair.contact().subscription == BOTH, "both see each other")
    assert pair.waiting() == []
    pair.client.wait_presence(pair.bot, "available")
    eventually(lambda: pair.contact().resources, "her presence")
    shown = pair.api.presence.GetPresence(presence.GetPresenceRequest(jid=pair.carol))
    assert shown.known and shown.presence.availability == presence.AVAILABILITY_ONLINE


def test_a_request_waits_over_a_crash_until_it_is_accepted_with_reciprocity(pair):
    pair.client.present(pair.bot, "subscribe", "let me in")
    request = pair.event(events.EVENT_KIND_SUBSCRIPTION_REQUESTED).request
    assert (request.jid, request.message) == (pair.carol, "let me in")

    pair.restart()
    assert pair.waiting() == [(pair.carol, "let me in")]
    pair.api.roster.AcceptSubscription(
        roster.AcceptSubscriptionRequest(jid=pair.carol, reciprocate=True)
    )

    pair.client.wait_presence(pair.bot, "subscribed")
    pair.client.wait_presence(pair.bot, "subscribe")
    pair.client.present(pair.bot, "subscribed")
    eventually(lambda: pair.contact() and pair.contact().subscription == BOTH, "both")
    assert pair.waiting() == []
    pair.restart()
    assert pair.waiting() == []


def test_a_denied_request_is_answered_and_gone(pair):
    pair.client.present(pair.bot, "subscribe")
    eventually(pair.waiting, "her request")

    pair.api.roster.DenySubscription(roster.DenySubscriptionRequest(jid=pair.carol))

    pair.client.wait_presence(pair.bot, "unsubscribed")
    assert pair.waiting() == []
    with pytest.raises(grpc.RpcError) as failure:
        pair.api.roster.AcceptSubscription(roster.AcceptSubscriptionRequest(jid=pair.carol))
    assert reason_of(failure.value) == ("NOT_FOUND", "SUBSCRIPTION_REQUEST_NOT_FOUND")


def _befriend(pair):
    pair.client.present(pair.bot, "subscribe")
    eventually(pair.waiting, "her request")
    pair.api.roster.AcceptSubscription(
        roster.AcceptSubscriptionRequest(jid=pair.carol, reciprocate=True)
    )
    pair.client.wait_presence(pair.bot, "subscribe")
    pair.client.present(pair.bot, "subscribed")
    eventually(lambda: pair.contact() and pair.contact().subscription == BOTH, "both")
    pair.client.wait_presence(pair.bot, "available")


def test_each_direction_is_cancelled_by_itself_and_a_contact_may_leave(pair):
    _befriend(pair)
    revoke = roster.CancelSubscriptionRequest(
        jid=pair.carol, direction=roster.SUBSCRIPTION_DIRECTION_FROM
    )
    pair.api.roster.CancelSubscription(revoke)
    eventually(lambda: pair.contact().subscription == roster.SUBSCRIPTION_TO, "only the bot sees her")
    pair.client.wait_presence(pair.bot, "unsubscribed")

    pair.api.roster.CancelSubscription(
        roster.CancelSubscriptionRequest(
            jid=pair.carol, direction=roster.SUBSCRIPTION_DIRECTION_TO
        )
    )
    eventually(lambda: pair.contact().subscription == NONE, "nobody sees anybody")
    pair.client.wait_presence(pair.bot, "unsubscribe")


def test_presence_with_its_idle_time_and_invisibility_reach_a_contact(pair):
    _befriend(pair)
    start = len(pair.client.presences)
    since = Timestamp(seconds=int(time.time()) - 600)
    away = presence.Presence(
        availability=presence.AVAILABILITY_AWAY, status="lunch", priority=5, idle_since=since
    )
    pair.api.presence.SetPresence(presence.SetPresenceRequest(presence=away))
    seen = pair.client.wait_presence(pair.bot, "away", start, "lunch")
    assert seen.idle.startswith(time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(since.seconds)))

    pair.restart()
    own = pair.api.presence.GetPresence(presence.GetPresenceRequest())
    assert own.presence == away and len(own.resources) == 1
    start = len(pair.client.presences)
    offline = presence.Presence(availability=presence.AVAILABILITY_OFFLINE)
    pair.api.presence.SetPresence(presence.SetPresenceRequest(presence=offline))
    pair.client.wait_presence(pair.bot, "unavailable", start)
    assert pair.online()


def test_a_directed_presence_reaches_a_stranger_and_comes_again_after_every_loss(pair):
    to = pair.client.full_jid()
    shown = presence.Presence(availability=presence.AVAILABILITY_CHAT, status="for you")
    request = presence.SendDirectedPresenceRequest(to=to, presence=shown)
    pair.api.presence.SendDirectedPresence(request)
    pair.client.wait_presence(pair.bot, "chat", status="for you")

    # Whoever is told that the account is gone is not the one who was told something else.
    start = len(pair.client.presences)
    pair.api.presence.SetPresence(
        presence.SetPresenceRequest(
            presence=presence.Presence(availability=presence.AVAILABILITY_OFFLINE)
        )
    )
    pair.client.wait_presence(pair.bot, "chat", start, "for you")
    start = len(pair.client.presences)
    pair.restart()
    pair.client.wait_presence(pair.bot, "chat", start, "for you")
    listed = pair.api.presence.ListDirectedPresences(presence.ListDirectedPresencesRequest())
    assert [(entry.to, entry.presence) for entry in listed.directed_presences] == [(to, shown)]

    start = len(pair.client.presences)
    request.presence.availability = presence.AVAILABILITY_OFFLINE
    pair.api.presence.SendDirectedPresence(request)
    pair.client.wait_presence(pair.bot, "unavailable", start)


def test_two_accounts_of_one_service_befriend_each_other(world):
    world.start_xmppd()
    (one, first), (other, second) = world.new_account("one"), world.new_account("other")
    one_api, other_api = (
        world.xmppd.api(world.login(jid, password)) for jid, password in ((one, first), (other, second))
    )
    one_api.roster.AddContact(roster.AddContactRequest(jid=other, request_subscription=True))
    waiting = roster.ListSubscriptionRequestsRequest()
    eventually(
        lambda: other_api.roster.ListSubscriptionRequests(waiting).subscription_requests, "the request"
    )
    other_api.roster.AcceptSubscription(roster.AcceptSubscriptionRequest(jid=one, reciprocate=True))
    eventually(
        lambda: one_api.roster.ListSubscriptionRequests(waiting).subscription_requests, "the other one"
    )
    one_api.roster.AcceptSubscription(roster.AcceptSubscriptionRequest(jid=other))

    for api, contact in ((one_api, other), (other_api, one)):
        request = roster.GetContactRequest(jid=contact)
        eventually(
            lambda api=api, request=request: api.roster.GetContact(request).contact.subscription == BOTH,
            "both see each other",
        )
