"""Rooms with Profanity in them, on each XMPP server."""

import pytest
from chatwire.xmpp.v1 import room_admin_service_pb2 as admin
from chatwire.xmpp.v1 import room_event_pb2 as room_event
from chatwire.xmpp.v1 import room_roles_pb2 as roles

from world.bot import Bot
from world.profanity import Profanity
from world.waiting import eventually
from world.xmpp_servers import ROOMS

TEXT = "Olá, Grüße, 你好 жñ 🙂"


@pytest.fixture(name="bot")
def _bot(world):
    return Bot(world)


@pytest.fixture(name="profanity")
def _profanity(world, bot):
    """The person, at Profanity."""
    return Profanity(world, world.person, world.person_password)


@pytest.fixture(name="room")
def _room(bot, profanity):
    """The bot's room, in which the person is as `alice`."""
    room = bot.room()
    profanity.join(room, "alice")
    bot.wait_nick(room, "alice")
    return room


def test_who_is_in_a_room_talks_to_all_and_to_one(bot, profanity, room):
    profanity.enter(TEXT)
    heard = bot.events.wait("room_message_received", body=TEXT)
    assert (heard.room, heard.nick, heard.own) == (room, "alice", False)
    bot.ask("SendRoomMessage", room=room, body=f"{TEXT} all")
    profanity.see(f"{TEXT} all")

    bot.ask("SendPrivateMessage", room=room, nick="alice", body=f"{TEXT} you")
    profanity.console()
    profanity.see(f"private message: bot in {room}")
    profanity.enter(f"/win {room}/bot")
    profanity.see(f"{TEXT} you")
    profanity.enter("only you 🙂")
    answer = bot.events.wait("room_private_message_received")
    assert (answer.room, answer.nick, answer.body) == (room, "alice", "only you 🙂")


def test_a_message_in_a_room_is_corrected(bot, profanity, room):
    profanity.enter("lamb on")
    first = bot.events.wait("room_message_received", body="lamb on")
    profanity.enter("/correct lamp on 🙂")
    corrected = bot.events.wait("room_message_corrected", body="lamp on 🙂")
    assert corrected.corrected_message_id == first.message_id

    said = bot.ask("SendRoomMessage", room=room, body="lamb is on").message_id
    profanity.see("lamb is on")
    bot.events.wait("room_message_received", body="lamb is on")
    bot.ask("CorrectRoomMessage", room=room, message_id=said, body="lamp is on")
    profanity.see("lamp is on")
    assert "lamb is on" not in profanity.screen()


def test_nicks_and_the_subject_change_on_both_sides(bot, profanity, room):
    profanity.enter("/nick wonder")
    changed = bot.events.wait("participant_changed", previous_nick="alice")
    assert changed.participant.nick == "wonder"
    bot.ask("ChangeNick", room=room, nick="lampbot")
    profanity.see("bot is now known as lampbot")

    bot.ask("SetSubject", room=room, subject="lamps & 灯")
    profanity.see("lampbot has set the room subject: lamps & 灯")
    profanity.enter("/subject set fans & жñ")
    subject = bot.events.wait("room_subject_changed", subject="fans & жñ")
    assert (subject.room, subject.nick) == (room, "wonder")


def test_the_bot_gives_roles_and_kicks(bot, profanity, room):
    bot.ask("SetRole", room=room, nick="alice", role=roles.ROOM_ROLE_MODERATOR, reason="trust")
    profanity.see("Your role has been changed to: moderator", "trust")

    bot.ask("KickParticipant", room=room, nick="alice", reason="enough 🙂")

    left = bot.events.wait("participant_left")
    assert (left.participant.nick, left.reason) == ("alice", room_event.ROOM_LEAVE_REASON_KICKED)
    profanity.console()
    profanity.see(f"Kicked from {room}", "enough 🙂")


@pytest.mark.parametrize("route", ["MEDIATED", "DIRECT"])
def test_an_invitation_of_the_bot_is_accepted(bot, profanity, route):
    room = bot.room()

    (result,) = bot.ask(
        "InviteToRoom",
        room=room,
        invitees=[profanity.jid],
        reason="do come, 你好",
        route=admin.InvitationRoute.Value(f"INVITATION_ROUTE_{route}"),
    ).results

    assert result.done
    profanity.see("Chat room invite received:", room, "do come, 你好")
    profanity.join(room, "alice")
    bot.wait_nick(room, "alice")


def test_the_bot_accepts_an_invitation_of_profanity(bot, profanity):
    room = f"{profanity.jid.split('@')[0]}@{ROOMS}"
    profanity.join(room, "alice", opens=True)

    profanity.enter(f"/invite send {bot.jid} come here, 你好")

    invitation = bot.events.wait("invitation_received").invitation
    assert (invitation.room, invitation.text) == (room, "come here, 你好")
    bot.ask("JoinRoom", room=room, nick="bot")
    profanity.see("bot has joined the room")
    bot.ask("LeaveRoom", room=room)
    profanity.see("bot has left the room")
    eventually(lambda: bot.events.all("room_left", room=room), "the bot has left")
