"""Bookmarks that all clients of an account share, and rooms that are entered by them, on each XMPP server."""

from xml.etree import ElementTree

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import bookmark_service_pb2 as bookmark
from chatwire.xmpp.v1 import room_service_pb2 as room

from world.bookmark_user import NODE, PUBSUB, BookmarkUser
from world.cable import Cable
from world.event_follower import EventFollower
from world.room_user import RoomUser, new_room
from world.rpc import reason_of, request_id
from world.waiting import eventually
from world.xmpp_servers import DOMAIN

OPEN = {"persistentroom": 1, "publicroom": 1}
SECRET = "cauldronburn-" + request_id()


class _Account:
    """An account in the service, and another client of it."""

    def __init__(self, stack, jid, password):
        self.stack, self.jid = stack, jid
        self.token = stack.login(jid, password)
        self.events = EventFollower(stack, self.token)
        stack.on_close(self.events.close)
        self.other = BookmarkUser(stack.user_online(jid, password))

    @property
    def api(self):
        """Every service, also after a restart."""
        return self.stack.xmppd.api(self.token)

    def put(self, where, password=None, **fields):
        """SetBookmark."""
        self.api.bookmarks.SetBookmark(
            bookmark.SetBookmarkRequest(
                bookmark={"room": where, **fields}, password=password, request_id=request_id()
            )
        )

    def take(self, where):
        """RemoveBookmark."""
        self.api.bookmarks.RemoveBookmark(
            bookmark.RemoveBookmarkRequest(room=where, request_id=request_id())
        )

    def list(self):
        """The bookmarks, by room."""
        return {b.room: b for b in self.api.bookmarks.ListBookmarks(bookmark.ListBookmarksRequest()).bookmarks}

    def follow(self, autojoin=True):
        """SetBookmarkPolicy."""
        self.api.bookmarks.SetBookmarkPolicy(
            bookmark.SetBookmarkPolicyRequest(policy={"autojoin": autojoin}, request_id=request_id())
        )

    def states(self):
        """How the account stands in its rooms."""
        rooms = self.api.rooms.ListJoinedRooms(room.ListJoinedRoomsRequest()).rooms
        return {r.room: r.state for r in rooms}

    def wait_in(self, *rooms):
        """Until these are the rooms in which the account is."""
        wanted = {where: room.ROOM_STATE_JOINED for where in rooms}
        eventually(lambda: self.states() == wanted, lambda: f"{self.jid} in {rooms}: {self.states()}")

    def online(self):
        """Whether there is a session."""
        request = account.GetAccountRequest(account=self.jid)
        state = self.api.accounts.GetAccount(request).account.connection.state
        return state == account.CONNECTION_STATE_ONLINE


@pytest.fixture(name="bot")
def _bot(world):
    world.cable = Cable(world.server.port)
    world.on_close(world.cable.close)
    world.start_xmppd(xmpp_route=f"{DOMAIN}=127.0.0.1:{world.cable.port}")
    return _Account(world, world.bot, world.password)


@pytest.fixture(name="rooms")
def _rooms(bot):
    """Two rooms with somebody in them."""
    alice = bot.stack.person_online("xep_0045")
    there = [new_room(), new_room()]
    for where in there:
        RoomUser(alice, where, "Owner").enter(**OPEN)
    return there


def _error(call):
    with pytest.raises(grpc.RpcError) as failure:
        call()
    return reason_of(failure.value)


def test_both_sides_see_what_the_other_keeps(bot):
    there, mine = new_room(), new_room()
    assert not bot.list()
    bot.other.put(there, name="Über uns", nick="Robot", password=SECRET)
    changed = bot.events.wait("bookmark_changed").bookmark
    assert (changed.room, changed.name, changed.nick) == (there, "Über uns", "Robot")
    assert changed.autojoin and changed.has_password
    assert bot.list() == {there: changed}

    bot.put(mine, password=SECRET, name="Mine", nick="Bot")
    kept = bot.other.list()[mine]
    assert (kept.get("name"), kept.get("autojoin")) == ("Mine", "false")
    assert kept.findtext(f"{{{NODE}}}nick") == "Bot"
    assert kept.findtext(f"{{{NODE}}}password") == SECRET
    assert bot.other.access_model() == "whitelist"
    assert bot.events.wait("bookmark_changed", count=2).bookmark.room == mine

    bot.take(there)
    assert set(bot.other.list()) == {mine}
    gone = bot.events.wait("bookmark_changed", removed=True)
    assert gone.bookmark.room == there
    assert _error(lambda: bot.take(there)) == ("NOT_FOUND", "XMPP_ITEM_NOT_FOUND")
    assert not bot.states(), "nothing is entered unless that is wanted"
    assert SECRET not in bot.stack.xmppd.process.text()


def test_what_other_clients_keep_with_a_bookmark_stays(bot):
    there = new_room()
    state = ElementTree.Element("{urn:example:client}state", minimized="true")
    ElementTree.SubElement(state, "{urn:example:inner}note").text = "do <not> lose me"
    bot.other.put(there, nick="Robot", password=SECRET, extensions=[state])
    bot.put(there, name="Renamed", nick="Robot", autojoin=True)

    kept = bot.other.list()[there]
    assert kept.get("name") == "Renamed"
    assert kept.findtext(f"{{{NODE}}}password") == SECRET, "not told, so not changed"
    found = kept.find(f"{{{NODE}}}extensions/{{urn:example:client}}state")
    assert found.get("minimized") == "true"
    assert found.findtext("{urn:example:inner}note") == "do <not> lose me"

    bot.put(there, password="", name="Renamed", nick="Robot", autojoin=True)
    kept = bot.other.list()[there]
    assert kept.find(f"{{{NODE}}}password") is None
    assert kept.find(f"{{{NODE}}}extensions/{{urn:example:client}}state") is not None


def test_a_node_that_others_may_read_is_closed_first(bot):
    # Given a node that some client has made for everybody
    there = new_room()
    options = {"FORM_TYPE": f"{PUBSUB}#publish-options", "pubsub#access_model": "open"}
    bot.other.put(new_room(), options=options)
    assert bot.other.access_model() == "open"

    bot.put(there, password=SECRET)

    assert bot.other.access_model() == "whitelist"
    assert bot.other.list()[there].findtext(f"{{{NODE}}}password") == SECRET


def test_rooms_are_entered_and_left_as_the_bookmarks_say(bot, rooms):
    first, second = rooms
    bot.other.put(first, nick="Early")
    bot.follow()
    bot.wait_in(first)
    assert bot.events.wait("room_joined", room=first).nick == "Early"
    bot.other.put(second)
    bot.wait_in(first, second)

    bot.other.put(first, autojoin=False)
    bot.wait_in(second)
    assert bot.events.wait("room_left", room=first)
    bot.other.take(second)
    bot.wait_in()


def test_the_policy_and_the_rooms_outlive_a_restart(bot, rooms):
    first, second = rooms
    bot.follow()
    bot.other.put(first)
    bot.wait_in(first)
    # When the service is away while another client changes its mind
    bot.stack.xmppd.stop()
    bot.other.put(second)
    bot.other.take(first)
    bot.stack.xmppd.start()

    bot.wait_in(second)
    policy = bot.api.bookmarks.GetBookmarkPolicy(bookmark.GetBookmarkPolicyRequest()).policy
    assert policy.autojoin
    # Given that somebody leaves by hand; then a login brings nobody back
    bot.api.rooms.LeaveRoom(room.LeaveRoomRequest(room=second, request_id=request_id()))
    bot.stack.xmppd.kill_and_restart()
    eventually(bot.online, "the session")
    bot.other.put(first)
    bot.wait_in(first)


def test_a_lost_session_comes_back_with_its_rooms_and_what_it_missed(bot, rooms):
    first, second = rooms
    bot.follow()
    bot.other.put(first)
    bot.wait_in(first)

    bot.stack.cable.pull()
    eventually(lambda: not bot.online(), "the loss is noticed")
    bot.other.put(second)
    bot.stack.cable.plug()

    bot.wait_in(first, second)


def test_two_accounts_have_bookmarks_of_their_own(bot, rooms):
    other = _Account(bot.stack, *bot.stack.new_account("second"))
    first, second = rooms
    bot.follow()
    other.follow()
    bot.other.put(first)
    other.other.put(first)
    other.other.put(second)

    bot.wait_in(first)
    other.wait_in(first, second)
    bot.other.take(first)
    bot.wait_in()
    assert set(other.list()) == {first, second} and not bot.list()
    other.wait_in(first, second)
