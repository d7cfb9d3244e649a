"""Moderating rooms, on each XMPP server, with slixmpp and another Chatwire account on the other side."""

import pytest
from chatwire.xmpp.v1 import room_event_pb2 as room_event
from chatwire.xmpp.v1 import room_roles_pb2 as roles
from chatwire.xmpp.v1 import room_service_pb2 as membership

from world.room_world import RoomWorld, codes, submit
from world.roommate import USER, Refused
from world.rpc import request_id
from world.waiting import eventually
from world.xmpp_servers import DOMAIN

RETRACT = "{urn:xmpp:message-retract:1}retract"
STANZA_ID = "{urn:xmpp:sid:0}stanza-id"


@pytest.fixture(name="rooms")
def _rooms(world):
    return RoomWorld(world)


def test_a_kick_says_who_and_why_and_is_no_ban(rooms):
    rooms.bots_room()
    mallory = rooms.stranger()
    mallory.enter(rooms.room, "mallory")
    rooms.events.wait("participant_joined")
    kick = {"nick": "mallory", "reason": "Avaunt!", "request_id": request_id()}

    rooms.ask("KickParticipant", **kick)

    xml = mallory.wait_stanza("presence", lambda xml: {"110", "307"} <= codes(xml), "is kicked")
    assert xml.findtext(f"{USER}x/{USER}item/{USER}reason") == "Avaunt!"
    left = rooms.events.wait("participant_left")
    assert (left.participant.nick, left.text) == ("mallory", "Avaunt!")
    assert left.reason == room_event.ROOM_LEAVE_REASON_KICKED
    mallory.enter(rooms.room, "mallory")
    rooms.ask("KickParticipant", **kick)
    eventually(lambda: rooms.alice.role(rooms.room, "mallory") == "participant", "is not kicked twice")
    assert rooms.refusal("KickParticipant", nick="nobody") == ("NOT_FOUND", "OCCUPANT_NOT_FOUND")


def test_another_account_of_ours_is_kicked_and_banned(rooms):
    rooms.bots_room()
    second, token = rooms.second_bot()
    told = rooms.follow(token)
    rooms.join("second", token=token)

    rooms.ask("KickParticipant", nick="second", reason="Avaunt!")

    left = told.wait("room_left")
    assert (left.reason, left.text) == (room_event.ROOM_LEAVE_REASON_KICKED, "Avaunt!")
    assert left.actor in ("bot", rooms.stack.bot), "who did it"
    assert not left.will_rejoin
    rooms.join("second", token=token)
    rooms.affiliate(second, roles.ROOM_AFFILIATION_OUTCAST, reason="Treason")
    left = told.wait("room_left", count=2)
    assert (left.reason, left.text) == (room_event.ROOM_LEAVE_REASON_BANNED, "Treason")
    banned = rooms.refusal("JoinRoom", rooms.rooms, nick="second", token=token)
    assert banned == ("PERMISSION_DENIED", "ROOM_BANNED")
    rooms.stack.xmppd.kill_and_restart()
    rooms.wait_back()
    rooms.affiliate(second, roles.ROOM_AFFILIATION_NONE)
    rooms.wait_online(second, token)
    assert rooms.join("second", token=token).state == membership.ROOM_STATE_JOINED


def test_voice_is_given_taken_and_asked_for(rooms):
    rooms.bots_room(moderatedroom="1")
    rooms.affiliate(rooms.alice.jid, roles.ROOM_AFFILIATION_MEMBER)
    mallory = rooms.stranger()
    mallory.enter(rooms.room, "mallory")
    eventually(lambda: mallory.role(rooms.room, "mallory"), "mallory is in")
    rooms.ask("SetRole", nick="mallory", role=roles.ROOM_ROLE_VISITOR)
    eventually(lambda: mallory.role(rooms.room, "mallory") == "visitor", "mallory is silent")

    mallory.run(lambda client: client["xep_0045"].request_voice(rooms.room, "participant"))

    asked = rooms.events.wait("voice_requested")
    assert (asked.room, asked.nick) == (rooms.room, "mallory")
    assert asked.jid.startswith(mallory.jid)
    answer = {"jid": asked.jid, "nick": asked.nick}
    rooms.ask("AnswerVoiceRequest", grant=True, **answer)
    eventually(lambda: mallory.role(rooms.room, "mallory") == "participant", "mallory may speak")
    mallory.write(rooms.room, "at last")
    rooms.events.wait("room_message_received", body="at last")


def test_the_bot_asks_for_voice_and_gets_it(rooms):
    rooms.bots_room(moderatedroom="1")
    _, token = rooms.second_bot()
    told = rooms.follow(token)
    rooms.join("second", token=token)
    rooms.ask("SetRole", nick="second", role=roles.ROOM_ROLE_VISITOR)
    eventually(lambda: rooms.standing(token).role == roles.ROOM_ROLE_VISITOR, "is silent")
    rooms.rooms("SendRoomMessage", body="hmpf", token=token)
    assert told.wait("room_message_failed").condition == "forbidden"

    rooms.ask("RequestVoice", token=token)

    asked = rooms.events.wait("voice_requested")
    assert asked.nick == "second"
    rooms.ask("AnswerVoiceRequest", jid=asked.jid, nick=asked.nick, grant=True)
    changed = eventually(
        lambda: next(
            (c for c in told.all("participant_changed", previous_role=roles.ROOM_ROLE_VISITOR)), None
        ),
        "is told of it",
    )
    assert changed.participant.self and changed.participant.role == roles.ROOM_ROLE_PARTICIPANT
    rooms.rooms("SendRoomMessage", body="at last", token=token)
    rooms.events.wait("room_message_received", body="at last")


def test_the_bot_moderates_administers_and_owns_what_it_is_given(rooms):
    rooms.alice.create(rooms.room, "alice")
    rooms.join()
    mallory = rooms.stranger()
    mallory.enter(rooms.room, "mallory")
    needs = ("PERMISSION_DENIED", "ROOM_PRIVILEGE_NEEDED")
    assert rooms.refusal("KickParticipant", nick="mallory") == needs

    rooms.alice.run(lambda c: c["xep_0045"].set_role(rooms.room, "bot", "moderator"))
    eventually(lambda: rooms.standing().role == roles.ROOM_ROLE_MODERATOR, "the bot moderates")
    rooms.ask("SetRole", nick="mallory", role=roles.ROOM_ROLE_VISITOR)
    assert rooms.refusal("SetRole", nick="mallory", role=roles.ROOM_ROLE_MODERATOR) == needs
    for affiliation in ("admin", "owner"):
        rooms.alice.run(
            lambda c, what=affiliation: c["xep_0045"].set_affiliation(
                rooms.room, affiliation=what, jid=rooms.stack.bot
            )
        )
        expected = getattr(roles, f"ROOM_AFFILIATION_{affiliation.upper()}")
        eventually(lambda what=expected: rooms.standing().affiliation == what, affiliation)
        rooms.ask("SetRole", nick="mallory", role=roles.ROOM_ROLE_MODERATOR)
        eventually(lambda: rooms.alice.role(rooms.room, "mallory") == "moderator", "mallory moderates")
        rooms.ask("SetRole", nick="mallory", role=roles.ROOM_ROLE_PARTICIPANT)
        eventually(lambda: rooms.alice.role(rooms.room, "mallory") == "participant", "no more")
    rooms.ask("ConfigureRoom", configuration=submit(roomname="Ours"))


def test_only_members_get_into_a_room_for_members(rooms):
    rooms.bots_room(membersonly="0")
    mallory = rooms.stranger()
    mallory.enter(rooms.room, "mallory")
    rooms.affiliate(rooms.alice.jid, roles.ROOM_AFFILIATION_MEMBER)

    rooms.ask("ConfigureRoom", configuration=submit(membersonly="1"))

    mallory.wait_stanza("presence", lambda xml: "322" in codes(xml), "is sent out")
    with pytest.raises(Refused, match="registration-required"):
        mallory.enter(rooms.room, "mallory")
    assert rooms.alice.role(rooms.room, "alice")
    second, token = rooms.second_bot()
    members_only = rooms.refusal("JoinRoom", rooms.rooms, nick="second", token=token)
    assert members_only == ("PERMISSION_DENIED", "ROOM_MEMBERS_ONLY")
    rooms.affiliate(second, roles.ROOM_AFFILIATION_MEMBER)
    rooms.join("second", token=token)
    told = rooms.follow(token)
    rooms.affiliate(second, roles.ROOM_AFFILIATION_NONE)
    assert told.wait("room_left").reason == room_event.ROOM_LEAVE_REASON_NOT_MEMBER


def test_a_message_is_retracted_for_everybody(rooms):
    rooms.bots_room()
    rooms.alice.write(rooms.room, "DM me for free magic potions!")
    said = rooms.alice.wait_room_message(rooms.room, "DM me for free magic potions!")
    stanza_id = said.find(STANZA_ID).get("id")
    heard = rooms.events.wait("room_message_received", body="DM me for free magic potions!")
    assert heard.stanza_id == stanza_id
    moderate = {"stanza_id": stanza_id, "reason": "Spam", "request_id": request_id()}
    _, token = rooms.second_bot()
    rooms.join("second", token=token)
    not_ours = rooms.refusal("ModerateMessage", stanza_id=stanza_id, token=token)
    assert not_ours == ("PERMISSION_DENIED", "ROOM_PRIVILEGE_NEEDED")

    rooms.ask("ModerateMessage", **moderate)
    rooms.ask("ModerateMessage", **moderate)

    def retracted(xml):
        found = xml.find(RETRACT)
        return found is not None and found.get("id") == stanza_id

    rooms.alice.wait_stanza("message", retracted, "sees it go")
    for events in (rooms.events, rooms.follow(token)):
        told = events.wait("message_moderated")
        assert (told.room, told.stanza_id, told.reason) == (rooms.room, stanza_id, "Spam")
        assert told.moderator == f"{rooms.room}/bot"
    assert len([xml for xml in rooms.alice.stanzas("message") if retracted(xml)]) == 1
    nothing = rooms.refusal("ModerateMessage", stanza_id="no-such-message")
    assert nothing in (("NOT_FOUND", "XMPP_ITEM_NOT_FOUND"), ("INVALID_ARGUMENT", "XMPP_BAD_REQUEST"))


def test_a_room_service_that_knows_no_moderation_is_named_so(rooms):
    if type(rooms.stack.server).__name__ != "Prosody":
        pytest.skip("ejabberd's has it built in")
    rooms.room = f"{rooms.room.split('@')[0]}@unmoderated.{DOMAIN}"
    rooms.bots_room()

    refused = rooms.refusal("ModerateMessage", stanza_id="any")

    assert refused == ("UNIMPLEMENTED", "MODERATION_NOT_SUPPORTED")
