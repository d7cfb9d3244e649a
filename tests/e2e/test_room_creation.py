"""Rooms that the bot makes, on each XMPP server: created, configured, kept, given up."""

from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from chatwire.xmpp.v1 import room_service_pb2 as membership

from world.room_world import CANCEL, RoomWorld, setting, submit
from world.roommate import Refused
from world.rpc import reason_of, request_id
from world.waiting import eventually


@pytest.fixture(name="rooms")
def _rooms(world):
    return RoomWorld(world)


def test_an_instant_room_is_open_and_joined(rooms):
    request = {"nick": "bot", "request_id": request_id()}

    assert rooms.ask("CreateRoom", **request).nick == "bot"

    rooms.alice.enter(rooms.room, "alice")
    eventually(lambda: rooms.alice.role(rooms.room, "bot") == "moderator", "the bot is inside")
    rooms.rooms("SendRoomMessage", body="welcome")
    rooms.alice.wait_room_message(rooms.room, "welcome")
    assert rooms.standing().state == membership.ROOM_STATE_JOINED
    assert rooms.refusal("CreateRoom", nick="bot") == ("ALREADY_EXISTS", "ROOM_EXISTS")
    _, other = rooms.second_bot()
    assert rooms.refusal("CreateRoom", nick="me", token=other) == ("ALREADY_EXISTS", "ROOM_EXISTS")
    assert rooms.ask("CreateRoom", **request).nick == "bot", "the answer of the first call"
    assert rooms.refusal("CreateRoom", **{**request, "nick": "other"})[1] == "REQUEST_ID_REUSED"


def test_of_two_who_make_the_same_room_at_once_one_does(rooms):
    _, other = rooms.second_bot()
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(_create, rooms, token) for token in (rooms.token, other)]
    outcomes = {call.result() for call in calls}
    assert outcomes == {None, ("ALREADY_EXISTS", "ROOM_EXISTS")}

    def inside():
        return [token for token in (rooms.token, other) if rooms.standing(token)]

    # The slower one may have been inside for a moment, too.
    eventually(lambda: len(inside()) == 1, "one of them is inside")


def _create(rooms, token):
    """Why the room cannot be made; nothing where it was."""
    try:
        rooms.ask("CreateRoom", nick="me", token=token)
    except grpc.RpcError as error:
        return reason_of(error)
    return None


def test_a_configured_room_is_as_it_was_wanted_and_entered_again(rooms):
    wanted = submit(roomname="Cave", persistentroom="1", membersonly="1", moderatedroom="1")

    rooms.ask("CreateRoom", nick="bot", configuration=wanted)

    form = rooms.ask("GetRoomConfiguration").configuration
    assert setting(form, "roomname") == ["Cave"]
    assert setting(form, "membersonly") == ["true"]
    with pytest.raises(Refused, match="registration-required"):
        rooms.alice.enter(rooms.room, "alice")
    info = rooms.rooms("GetRoomInfo").info
    assert info.members_only and info.moderated and info.persistent
    rooms.lose_connection()
    rooms.stack.xmppd.kill_and_restart()
    assert rooms.events.wait("room_joined", rejoined=True, seconds=60).nick == "bot"
    rooms.wait_back()
    assert setting(rooms.ask("GetRoomConfiguration").configuration, "roomname") == ["Cave"]


def test_a_room_that_cannot_be_configured_is_not_left_behind(rooms):
    typo = rooms.refusal("CreateRoom", nick="bot", configuration=submit(typo="1"))

    assert typo == ("INVALID_ARGUMENT", "UNKNOWN_FORM_FIELD")
    eventually(rooms.is_gone, "the room is gone")
    eventually(lambda: rooms.standing() is None, "the bot wants it no more")
    rooms.bots_room(roomname="Cave")


def test_a_reserved_room_is_closed_until_it_is_opened_or_given_up(rooms):
    form = rooms.ask("CreateRoom", nick="bot", reserve=True).configuration
    assert {"muc#roomconfig_roomname", "muc#roomconfig_moderatedroom"} <= {f.name for f in form.fields}
    if type(rooms.stack.server).__name__ == "Prosody":
        # ejabberd does not lock new rooms.
        with pytest.raises(Refused, match="item-not-found"):
            rooms.alice.enter(rooms.room, "alice")
    rooms.ask("ConfigureRoom", configuration=CANCEL)
    eventually(lambda: rooms.standing() is None, "the bot is out")
    eventually(rooms.is_gone, "the room is gone")

    rooms.ask("CreateRoom", nick="bot", reserve=True)
    rooms.ask("ConfigureRoom", configuration=submit(roomname="Cave"))
    rooms.ask("ConfigureRoom", configuration=CANCEL)
    rooms.alice.enter(rooms.room, "alice")
    assert rooms.standing().state == membership.ROOM_STATE_JOINED, "it is open"


def test_who_may_not_make_rooms_is_told_so(rooms):
    account, rooms.room = rooms.stack.server.forbidden_room()
    jid, password = rooms.stack.new_account(account)
    token = rooms.stack.login(jid, password)

    refused = rooms.refusal("CreateRoom", nick="me", token=token)

    assert refused == ("PERMISSION_DENIED", "ROOM_PRIVILEGE_NEEDED")
    assert rooms.standing(token) is None


def test_what_is_no_room_is_not_taken_for_one(rooms):
    rooms.room = rooms.alice.jid
    code, reason = rooms.refusal("CreateRoom", nick="me")
    assert reason in ("NOT_A_ROOM", "XMPP_SERVICE_UNAVAILABLE", "XMPP_SUBSCRIPTION_REQUIRED"), code
    assert rooms.standing() is None


def test_a_changed_password_is_what_the_bot_comes_back_with(rooms):
    locked = {"passwordprotectedroom": "1", "roomsecret": "open sesame", "persistentroom": "1"}
    if type(rooms.stack.server).__name__ == "Prosody":
        # There a password alone protects a room.
        del locked["passwordprotectedroom"]
    rooms.ask("CreateRoom", nick="bot", configuration=submit(**locked))
    _, other = rooms.second_bot()
    no_password = rooms.refusal("JoinRoom", rooms.rooms, nick="me", token=other)
    assert no_password == ("PERMISSION_DENIED", "ROOM_PASSWORD")
    rooms.join("second", password="open sesame", token=other)

    locked["roomsecret"] = "changed"
    rooms.ask("ConfigureRoom", configuration=submit(**locked))
    rooms.stack.xmppd.kill_and_restart()

    rooms.events.wait("room_joined", rejoined=True, seconds=60)
    rooms.wait_back()
    # The other account was told nothing of it.
    eventually(lambda: rooms.standing(other).failure_reason == "ROOM_PASSWORD", "it is locked out", 60)
    assert rooms.join("second", password="changed", token=other).nick == "second"
