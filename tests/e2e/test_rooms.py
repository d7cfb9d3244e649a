"""Rooms, on each XMPP server: in, out, what is said there, and back after a loss."""

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import room_event_pb2 as room_event
from chatwire.xmpp.v1 import room_roles_pb2 as roles
from chatwire.xmpp.v1 import room_service_pb2 as room

from world.event_follower import EventFollower
from world.room_user import RoomUser, new_room
from world.rpc import reason_of, request_id
from world.waiting import eventually
from world.xmpp_servers import ROOMS

OPEN = {"persistentroom": 1, "publicroom": 1}
SHOWN = chat.DELIVERY_STAGE_SERVER_ACK


class _Club:
    """A room with its owner in it, and the bot's rooms."""

    def __init__(self, stack):
        self.stack = stack
        stack.start_xmppd()
        stack.bot_token = stack.login()
        self.room = new_room()
        user = stack.person_online("xep_0045", "xep_0249")
        self.owner = RoomUser(user, self.room, "Owner").enter(**OPEN)
        self.events = EventFollower(stack, stack.bot_token)
        stack.on_close(self.events.close)

    @property
    def rooms(self):
        """RoomService, for the bot."""
        return self.stack.xmppd.api(self.stack.bot_token).rooms

    def join(self, nick="Bot", **fields):
        """The bot enters."""
        request = room.JoinRoomRequest(room=self.room, nick=nick, request_id=request_id(), **fields)
        return self.rooms.JoinRoom(request).room

    def refusal(self, nick="Bot", **fields):
        """Why the bot does not get in."""
        with pytest.raises(grpc.RpcError) as failure:
            self.join(nick, **fields)
        return reason_of(failure.value)

    def send(self, body, stage=SHOWN, **fields):
        """The bot writes."""
        fields.setdefault("request_id", request_id())
        return self.rooms.SendRoomMessage(
            room.SendRoomMessageRequest(room=self.room, body=body, wait_for=stage, **fields)
        )

    def joined(self):
        """How the bot stands in its rooms."""
        return {r.room: r for r in self.rooms.ListJoinedRooms(room.ListJoinedRoomsRequest()).rooms}

    def state(self):
        """How the bot stands in the room."""
        found = self.joined().get(self.room)
        return found.state if found else None

    def nicks(self):
        """Who the bot sees in the room."""
        request = room.ListParticipantsRequest(room=self.room)
        return [p.nick for p in self.rooms.ListParticipants(request).participants]

    def bodies(self):
        """What the log has of what was said."""
        return [m.body for m in self.events.all("room_message_received", room=self.room)]


@pytest.fixture(name="club")
def _club(world):
    return _Club(world)


def test_what_is_said_in_a_room_goes_both_ways(club):
    joined = club.join()

    assert (joined.state, joined.nick) == (room.ROOM_STATE_JOINED, "Bot")
    assert joined.participant_count == 2 and joined.archived
    assert club.nicks() == ["Bot", "Owner"]
    club.owner.say("hello robots")
    heard = club.events.wait("room_message_received", body="hello robots")
    assert (heard.nick, heard.own, heard.delayed) == ("Owner", False, False)
    assert heard.stanza_id
    key = request_id()
    sent = club.send("hello people", request_id=key)
    assert sent.stage == SHOWN
    assert club.owner.wait_text("hello people") == ("Bot", "hello people")
    own = club.events.wait("room_message_received", body="hello people")
    assert own.own and own.message_id == sent.message_id
    assert club.send("hello people", request_id=key).replayed
    club.send("and again")
    club.owner.wait_text("and again")
    assert [text for _, text in club.owner.texts()].count("hello people") == 1
    assert not club.events.all("message_received")


def test_rooms_are_found_and_told_apart(club):
    info = club.rooms.GetRoomInfo(room.GetRoomInfoRequest(room=club.room)).info
    assert info.persistent and info.archived and not info.password_protected
    listed, token = [], ""
    while True:
        page = club.rooms.ListRooms(room.ListRoomsRequest(service=ROOMS, page_size=1, page_token=token))
        listed += [entry.room for entry in page.rooms]
        token = page.next_page_token
        if not token:
            break
    assert listed.count(club.room) == 1 and len(set(listed)) == len(listed)

    club.room, there = f"no-such-{club.room}", club.room
    assert club.refusal() == ("NOT_FOUND", "ROOM_NOT_FOUND")
    with pytest.raises(grpc.RpcError) as failure:
        club.rooms.GetRoomInfo(room.GetRoomInfoRequest(room=club.room))
    assert reason_of(failure.value) == ("NOT_FOUND", "XMPP_ITEM_NOT_FOUND")
    club.room = club.stack.person
    assert club.refusal()[1] in ("NOT_A_ROOM", "XMPP_SERVICE_UNAVAILABLE", "XMPP_SUBSCRIPTION_REQUIRED")
    assert not club.joined()
    club.room = there


def test_a_refusal_says_why(club):
    assert club.refusal(nick="Owner") == ("ALREADY_EXISTS", "NICK_TAKEN")
    club.owner.configure(passwordprotectedroom=1, roomsecret="open sesame", **OPEN)
    assert club.refusal() == ("PERMISSION_DENIED", "ROOM_PASSWORD")
    assert club.join(password="open sesame").state == room.ROOM_STATE_JOINED
    club.rooms.LeaveRoom(room.LeaveRoomRequest(room=club.room, request_id=request_id()))
    club.owner.configure(passwordprotectedroom=0, roomsecret="", membersonly=1, **OPEN)
    assert club.refusal() == ("PERMISSION_DENIED", "ROOM_MEMBERS_ONLY")
    club.owner.configure(membersonly=0, **OPEN)
    club.owner.admin(jid=club.stack.bot, affiliation="outcast")
    assert club.refusal() == ("PERMISSION_DENIED", "ROOM_BANNED")
    assert not club.joined()


def test_as_much_of_the_past_is_told_as_is_wanted(club):
    for number in range(4):
        club.owner.say(f"text {number}")
    club.owner.wait_text("text 3")

    club.join(history=room.RoomHistory(maximum_messages=2))
    club.owner.say("now")

    club.events.wait("room_message_received", body="now")
    told = [(m.body, m.delayed) for m in club.events.all("room_message_received")]
    assert told == [("text 2", True), ("text 3", True), ("now", False)]
    club.rooms.LeaveRoom(room.LeaveRoomRequest(room=club.room, request_id=request_id()))
    club.owner.say("without you")
    club.owner.wait_text("without you")
    club.join()
    club.owner.say("again")
    club.events.wait("room_message_received", body="again")
    assert club.bodies() == ["text 2", "text 3", "now", "again"]


def test_who_comes_goes_and_changes_is_told(club):
    club.join()
    other, password = club.stack.new_account("guest")
    guest = RoomUser(club.stack.user_online(other, password, "xep_0045"), club.room, "Guest").enter()
    assert club.events.wait("participant_joined").participant.nick == "Guest"
    club.owner.admin(nick="Guest", role="moderator")
    changed = club.events.wait("participant_changed")
    assert changed.participant.role == roles.ROOM_ROLE_MODERATOR
    guest.move("Visitor")
    renamed = club.events.wait("participant_changed", previous_nick="Guest", count=2)
    assert renamed.participant.nick == "Visitor"
    club.owner.admin(nick="Visitor", role="none", reason="too loud")
    left = club.events.wait("participant_left")
    assert (left.participant.nick, left.text) == ("Visitor", "too loud")
    assert left.reason == room_event.ROOM_LEAVE_REASON_KICKED
    club.owner.subject("Everything about lamps")
    assert club.events.wait("room_subject_changed", subject="Everything about lamps").nick == "Owner"
    assert club.joined()[club.room].subject == "Everything about lamps"


def test_the_account_changes_its_nick(club):
    club.join()

    def change(nick):
        request = room.ChangeNickRequest(room=club.room, nick=nick, request_id=request_id())
        return club.rooms.ChangeNick(request).nick

    assert change("Robot") == "Robot"
    assert sorted(club.nicks()) == ["Owner", "Robot"]
    with pytest.raises(grpc.RpcError) as failure:
        change("Owner")
    assert reason_of(failure.value) == ("ALREADY_EXISTS", "NICK_TAKEN")
    assert club.join("Robot").nick == "Robot"


def test_a_private_message_is_nobodys_contact(club):
    club.join()
    club.owner.whisper("Bot", "lamp on")
    heard = club.events.wait("room_private_message_received")
    assert (heard.room, heard.nick, heard.body) == (club.room, "Owner", "lamp on")
    request = room.SendPrivateMessageRequest(
        room=club.room, nick="Owner", body="not so loud", request_id=request_id(), wait_for=SHOWN
    )
    assert club.rooms.SendPrivateMessage(request).stage == SHOWN
    eventually(lambda: ("Bot", "not so loud") in club.owner.private(), "the whisper")
    request.nick, request.request_id = "Nobody", request_id()
    club.rooms.SendPrivateMessage(request)
    assert club.events.wait("room_message_failed").nick == "Nobody"
    assert not club.events.all("message_received")


def test_after_a_kill_nothing_is_missed_and_nothing_comes_twice(club):
    club.join()
    club.owner.say("before")
    club.send("mine before")
    club.events.wait("room_message_received", body="mine before")

    club.stack.xmppd.process.kill()
    for number in range(5):
        club.owner.say(f"away {number}")
    club.stack.xmppd.start()

    club.events.wait("room_joined", rejoined=True, seconds=60)
    club.owner.say("after")
    club.send("mine after")
    expected = ["before", "mine before", *(f"away {n}" for n in range(5)), "after", "mine after"]
    club.events.wait("room_message_received", body="mine after")
    eventually(lambda: set(expected) <= set(club.bodies()), lambda: f"all of it; {club.bodies()}")
    assert sorted(club.bodies()) == sorted(expected)
    assert [m.delayed for m in club.events.all("room_message_received", body="away 0")] == [True]
    club.owner.wait_text("mine after")
    said = [text for nick, text in club.owner.texts() if nick == "Bot"]
    assert said == ["mine before", "mine after"]


def test_a_message_accepted_while_away_is_said_once_back(club):
    club.join()
    club.stack.server.stop()
    eventually(lambda: club.state() == room.ROOM_STATE_JOINING, "the loss is noticed")
    accepted = club.send("kept for the room", stage=chat.DELIVERY_STAGE_ACCEPTED)
    assert accepted.stage == chat.DELIVERY_STAGE_ACCEPTED

    club.stack.server.start()

    club.events.wait("room_joined", count=2, seconds=120)
    own = club.events.wait("room_message_received", body="kept for the room", seconds=60)
    assert own.own and own.message_id == accepted.message_id
    assert club.state() == room.ROOM_STATE_JOINED
    club.owner.user.wait_session(2)
    club.owner.enter()
    club.send("still here")
    club.owner.wait_text("still here")
    assert club.bodies().count("kept for the room") == 1


def test_a_room_service_that_restarts_is_entered_again(club):
    if not hasattr(club.stack.server, "restart_rooms"):
        pytest.skip("this server ends its rooms only together with all sessions")
    club.join()

    club.stack.server.restart_rooms()

    left = club.events.wait("room_left")
    assert left.will_rejoin
    assert club.events.wait("room_joined", count=2, seconds=90).rejoined
    assert len(club.events.all("connection_changed")) == 1, "the account's own session went on"
    club.owner.enter()
    club.owner.say("we are back")
    club.events.wait("room_message_received", body="we are back")


def test_kicked_and_destroyed_are_the_end_until_somebody_joins(club):
    club.join()
    club.owner.admin(nick="Bot", role="none", reason="out")
    left = club.events.wait("room_left")
    assert left.reason == room_event.ROOM_LEAVE_REASON_KICKED and not left.will_rejoin
    assert left.text == "out"
    club.stack.xmppd.kill_and_restart()
    eventually(lambda: club.state() == room.ROOM_STATE_FAILED, "it is remembered")
    assert club.joined()[club.room].failure_reason == "KICKED"
    eventually(lambda: _online(club.stack), "the bot is online")
    assert club.join().state == room.ROOM_STATE_JOINED

    club.owner.destroy("moved", new := new_room())
    left = club.events.wait("room_left", count=2)
    assert left.reason == room_event.ROOM_LEAVE_REASON_DESTROYED
    assert (left.text, left.alternative) == ("moved", new)
    club.rooms.LeaveRoom(room.LeaveRoomRequest(room=club.room, request_id=request_id()))
    assert not club.joined()


def _online(stack):
    request = account.GetAccountRequest(account=stack.bot)
    state = stack.xmppd.api(stack.bot_token).accounts.GetAccount(request).account.connection.state
    return state == account.CONNECTION_STATE_ONLINE


def test_invitations_wait_until_they_are_answered(club):
    bare = club.stack.bot
    club.owner.user.do(lambda c: c["xep_0045"].invite(club.room, bare, reason="come in"))
    invited = club.events.wait("invitation_received").invitation
    assert (invited.room, invited.text, invited.direct) == (club.room, "come in", False)
    club.stack.xmppd.kill_and_restart()

    def listed():
        return [i.room for i in club.rooms.ListInvitations(room.ListInvitationsRequest()).invitations]

    assert listed() == [club.room]
    eventually(lambda: _online(club.stack), "the bot is online")
    request = room.DeclineInvitationRequest(room=club.room, reason="no time", request_id=request_id())
    club.rooms.DeclineInvitation(request)
    assert not listed()
    with pytest.raises(grpc.RpcError) as failure:
        club.rooms.DeclineInvitation(request)
    assert reason_of(failure.value) == ("NOT_FOUND", "INVITATION_NOT_FOUND")

    club.owner.user.do(lambda c: c["xep_0249"].send_invitation(bare, club.room, reason="do come"))
    again = club.events.wait("invitation_received", count=2).invitation
    assert again.direct and again.text == "do come"
    assert again.__getattribute__("from").startswith(club.stack.person)
    club.join()
    assert not listed()
    assert not club.events.all("message_received")


def test_two_accounts_share_a_room(club):
    club.join()
    second, password = club.stack.new_account("second")
    token = club.stack.login(second, password)
    rooms = club.stack.xmppd.api(token).rooms
    rooms.JoinRoom(room.JoinRoomRequest(room=club.room, nick="Second", request_id=request_id()))
    club.events.wait("participant_joined")
    club.send("for both")
    other = EventFollower(club.stack, token)
    club.stack.on_close(other.close)
    heard = other.wait("room_message_received", body="for both")
    assert (heard.nick, heard.own) == ("Bot", False)
    assert club.events.wait("room_message_received", body="for both").own


def test_what_is_said_to_nobody_in_a_room_operates_no_lamp(house):
    device = house.device()
    person = house.person_online("xep_0045")
    there = new_room()
    owner = RoomUser(person, there, "Owner").enter(**OPEN)
    api = house.xmppd.api(house.bot_token)
    api.rooms.JoinRoom(room.JoinRoomRequest(room=there, nick="Bot", request_id=request_id()))
    events = EventFollower(house, house.bot_token)
    house.on_close(events.close)

    owner.whisper("Bot", "lamp off")
    owner.say("lamp off")
    events.wait("room_private_message_received")
    events.wait("room_message_received")
    person.ask(house.bot, "lamp on", "lamp is on")

    assert device.commands() == ["ON"]
    # The room hides who whispers.
    ((nick, refusal),) = owner.private()
    assert nick == "Bot" and "only from people whom my owner has allowed" in refusal
