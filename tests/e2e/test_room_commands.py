"""Checkboxes operated in rooms, by people with slixmpp, on each XMPP server."""

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from chatwire.xmpp.v1 import room_service_pb2 as membership
from google.protobuf.field_mask_pb2 import FieldMask

from world.chat_user import ChatUser
from world.room_user import RoomUser, new_room
from world.rpc import request_id
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF
# Everybody in it sees who is who.
SHOWN = {"persistentroom": 1, "whois": "anyone"}
# Only moderators do.
HIDDEN = {"persistentroom": 1, "whois": "moderators"}


class Hall:
    """A lamp, a person, and the bot with the nick `lampbot`, in a room that the person has made."""

    def __init__(self, stack, configuration, **mqttd_flags):
        self.stack = stack.up(**mqttd_flags)
        self.room = new_room()
        self.alice = self.person("alice", stack.person, stack.person_password).enter(**configuration)
        self.join()
        self.device = stack.device()

    def person(self, nick, jid=None, password=None):
        """Somebody who is not in the room yet; a stranger where no JID is given."""
        stack = self.stack
        if jid is None:
            jid, password = stack.new_account(nick)
        user = ChatUser(jid, password, stack.authority, stack.server.port, ("xep_0045",))
        stack.on_close(user.close)
        return RoomUser(user, self.room, nick)

    def join(self):
        """The bot enters."""
        request = membership.JoinRoomRequest(room=self.room, nick="lampbot", request_id=request_id())
        self.stack.xmppd.api(self.stack.bot_token).rooms.JoinRoom(request)

    def allow(self, *entries):
        """Sets who may operate the lamp."""
        request = checkbox.UpdateCheckboxRequest(
            checkbox=checkbox.Checkbox(name="lamp", chat_allow=entries),
            update_mask=FieldMask(paths=["chat_allow"]),
            request_id=request_id(),
        )
        self.stack.mqttd.api().checkboxes.UpdateCheckbox(request)

    def answers(self, person):
        """What the bot has said to everybody, as PERSON has read it."""
        return [text for nick, text in person.texts() if nick == "lampbot"]


@pytest.fixture(name="hall")
def _hall(world):
    return Hall(world, SHOWN)


def test_everybody_reads_the_command_and_the_answer(hall):
    witness = hall.person("bob").enter()

    hall.alice.say("lamp on")
    hall.alice.say("what a nice day")
    hall.alice.say("lampbot: lamp on")
    hall.alice.wait_text("alice: lamp is on")
    hall.alice.say("@lampbot lamp off")
    hall.alice.wait_text("alice: lamp is off")
    hall.alice.say("LampBot, ligar lamp")
    for person in (witness, hall.alice):
        person.wait_text("alice: lamp está ligado")

    assert hall.device.commands() == ["ON", "OFF", "ON"]
    lamp = hall.stack.get("lamp")
    assert (lamp.reported, lamp.version) == (ON, 3)
    assert lamp.last_change.actor == hall.stack.person
    assert len(hall.answers(hall.alice)) == 3


def test_a_stranger_is_refused_once_and_a_private_word_is_answered_privately(hall):
    stranger = hall.person("mallory").enter()

    stranger.say("lampbot: lamp on")
    stranger.say("lampbot: lamp on")
    eventually(lambda: hall.answers(stranger), "a polite answer")
    hall.alice.whisper("lampbot", "lamp on")
    eventually(lambda: ("lampbot", "lamp is on") in hall.alice.private(), "a private answer")

    (answer,) = hall.answers(stranger)
    assert answer.startswith("mallory: Sorry")
    assert hall.device.commands() == ["ON"]
    assert hall.stack.get("lamp").version == 1


def test_a_rooms_moderators_may_operate_what_is_theirs(world):
    hall = Hall(world, HIDDEN)
    visitor, helper = hall.person("victor").enter(), hall.person("helen").enter()
    hall.allow(f"room:{hall.room}#moderator")
    hall.alice.admin(nick="helen", role="moderator")

    # The bot sees nobody's real JID here.
    visitor.say("lampbot: lamp on")
    eventually(lambda: hall.answers(visitor), "a polite answer")
    helper.say("lampbot: lamp on")
    helper.wait_text("helen: lamp is on")

    assert hall.device.commands() == ["ON"]
    assert hall.stack.get("lamp").last_change.actor == f"{hall.room}/helen"


def test_a_room_that_watches_is_told(hall):
    hall.alice.say("lampbot: watch lamp")
    eventually(lambda: "I tell this room" in str(hall.answers(hall.alice)), "the room watches")
    hall.device.report("ON")
    hall.alice.wait_text("lamp is on (the device)")

    hall.alice.say("lampbot: unwatch lamp")
    eventually(lambda: "no longer" in str(hall.answers(hall.alice)), "the room watches no more")
    heard = len(hall.answers(hall.alice))
    hall.device.report("OFF")
    eventually(lambda: hall.stack.get("lamp").reported == OFF, "the lamp has reported")
    hall.alice.say("lampbot: lamp?")
    hall.alice.wait_text("alice: lamp is off")
    assert len(hall.answers(hall.alice)) == heard + 1


def test_a_kill_between_command_and_report_costs_no_answer_and_makes_no_second(world):
    hall = Hall(world, SHOWN, confirm_timeout="100s", command_expiry="110s")
    hall.device.silent = True

    hall.alice.say("lampbot: lamp on")
    eventually(lambda: hall.device.commands() == ["ON"], "the device is asked")
    world.mqttd.kill_and_restart()
    hall.device.report("ON")
    hall.alice.wait_text("alice: lamp is on", 60)
    world.wait_ready()
    hall.alice.say("lampbot: lamp?")
    eventually(lambda: len(hall.answers(hall.alice)) >= 2, "one more answer")

    assert hall.answers(hall.alice) == ["alice: lamp is on"] * 2
    assert hall.device.commands() == ["ON"]
    assert world.get("lamp").version == 1


def test_what_was_said_while_nobody_listened_is_the_past(hall):
    hall.stack.xmppd.stop()
    hall.alice.say("lampbot: lamp on")
    hall.stack.xmppd.start()
    hall.stack.wait_ready()

    def back():
        rooms = hall.stack.xmppd.api(hall.stack.bot_token).rooms
        joined = rooms.ListJoinedRooms(membership.ListJoinedRoomsRequest()).rooms
        return joined and joined[0].state == membership.ROOM_STATE_JOINED

    eventually(back, "the bot is in the room again", 90)
    hall.alice.say("lampbot: lamp?")
    eventually(lambda: hall.answers(hall.alice), "an answer")

    assert hall.answers(hall.alice) == ["alice: lamp: unknown, the device has not reported yet"]
    assert hall.device.commands() == [] and hall.stack.get("lamp").version == 0
