"""Finch on the other side, which is Pidgin without its windows, on each XMPP server."""

import pytest
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import file_service_pb2 as file
from chatwire.xmpp.v1 import room_admin_service_pb2 as admin
from chatwire.xmpp.v1 import room_event_pb2 as room_event
from chatwire.xmpp.v1 import roster_service_pb2 as roster
from chatwire.xmpp.v1 import subscription_event_pb2 as subscription

from world.bot import Bot
from world.finch import Finch
from world.rpc import request_id
from world.waiting import eventually

TEXT = "Olá, 你好 жñ 🙂"


@pytest.fixture(name="bot")
def _bot(world):
    return Bot(world, file_allow_private_addresses="true")


@pytest.fixture(name="finch")
def _finch(world, bot):
    """The person, at finch, in the bot's window."""
    finch = Finch(world, world.person, world.person_password)
    finch.talk_to(bot.jid)
    return finch


def test_lamp_on_is_typed_and_lamp_is_on_is_read(house):
    finch = Finch(house, house.person, house.person_password)
    device = house.device()
    finch.talk_to(house.bot)

    finch.enter("lamp on")

    finch.see("lamp is on")
    assert device.commands() == ["ON"]
    finch.enter("desligar lamp")
    finch.see("lamp está desligado")
    assert device.commands() == ["ON", "OFF"]


def test_texts_and_states_go_both_ways(bot, finch):
    me = f"{finch.jid}/finch"
    finch.type("O")
    assert bot.wait_sender("chat_state_received", state=chat.CHAT_STATE_COMPOSING) == me
    finch.enter(TEXT[1:])
    assert bot.wait_sender("message_received", body=TEXT) == me

    bot.ask("SendChatState", to=finch.jid, state=chat.CHAT_STATE_COMPOSING)
    finch.see(" is typing...")
    bot.say(f"{TEXT} & <b>")
    finch.see(f": {TEXT} & <b>")


def test_a_file_of_the_bot_is_offered_as_a_link(bot, finch):
    content = b"\0" * 1000
    metadata = file.SendFileMetadata(
        to=finch.jid, file_name="dot.png", size_bytes=len(content), request_id=request_id()
    )
    parts = [file.SendFileRequest(metadata=metadata), file.SendFileRequest(chunk=content)]

    url = list(bot.api.files.SendFile(iter(parts)))[-1].file.url

    finch.see(url[:40], "dot.png")


def test_a_subscription_is_asked_for_and_answered_on_both_sides(world, bot):
    finch = Finch(world, *world.new_account("bob"))
    bot.ask("AddContact", jid=finch.jid, request_subscription=True)

    finch.agree("Authorize buddy?")
    accepted = bot.events.wait("subscription_changed", jid=finch.jid)
    assert accepted.change == subscription.SUBSCRIPTION_CHANGE_ACCEPTED
    # Pidgin asks at once whether the other one is to be a buddy, too.
    finch.look_up("Please enter buddy information.")
    finch.press("Tab", "Tab", "Tab")
    finch.type("Friends")
    finch.press("Tab", "Tab", "Enter")
    assert bot.events.wait("subscription_requested").request.jid == finch.jid
    bot.ask("AcceptSubscription", jid=finch.jid)

    def both():
        contact = bot.ask("GetContact", jid=finch.jid).contact
        return contact.subscription == roster.SUBSCRIPTION_BOTH and contact.resources

    assert eventually(both, "both see each other")[0].resource == "finch"


def test_a_subscription_that_is_asked_for_is_refused(world, bot):
    finch = Finch(world, *world.new_account("carol"))

    bot.ask("AddContact", jid=finch.jid, request_subscription=True)
    finch.look_up("Authorize buddy?")
    finch.press("Tab", "Enter")

    refused = bot.events.wait("subscription_changed", jid=finch.jid)
    assert refused.change == subscription.SUBSCRIPTION_CHANGE_REFUSED


def test_a_room_from_the_first_word_to_the_kick(world, bot):
    room = bot.room()
    finch = Finch(world, world.person, world.person_password, room=room)
    bot.wait_nick(room, "alice")
    finch.look_up("The topic is:")

    finch.enter(TEXT)
    heard = bot.events.wait("room_message_received", body=TEXT)
    assert (heard.room, heard.nick) == (room, "alice")
    bot.ask("SendRoomMessage", room=room, body=f"{TEXT} all")
    finch.see(f"bot: {TEXT} all")
    finch.enter("/msg bot only you 🙂")
    whispered = bot.events.wait("room_private_message_received")
    assert (whispered.room, whispered.nick, whispered.body) == (room, "alice", "only you 🙂")
    finch.enter("/topic lamps & 灯")
    assert bot.events.wait("room_subject_changed", subject="lamps & 灯").nick == "alice"
    finch.enter("/nick wonder")
    changed = bot.events.wait("participant_changed", previous_nick="alice")
    assert changed.participant.nick == "wonder"
    bot.ask("SetSubject", room=room, subject="fans & жñ")
    finch.see("bot has set the topic to: fans & жñ")
    bot.ask("ChangeNick", room=room, nick="robot")
    finch.see("bot is now known as robot")

    bot.ask("KickParticipant", room=room, nick="wonder", reason="enough 🙂")

    left = bot.events.wait("participant_left")
    assert (left.participant.nick, left.reason) == ("wonder", room_event.ROOM_LEAVE_REASON_KICKED)
    finch.see("You have been kicked", "enough 🙂")


def test_a_private_message_of_the_bot_opens_a_window(world, bot):
    room = bot.room()
    finch = Finch(world, world.person, world.person_password, room=room)
    bot.wait_nick(room, "alice")

    bot.ask("SendPrivateMessage", room=room, nick="alice", body=f"{TEXT} you")

    finch.look_up(f"{TEXT} you")
    finch.enter("and you 🙂")
    answer = bot.events.wait("room_private_message_received")
    assert (answer.room, answer.nick, answer.body) == (room, "alice", "and you 🙂")


@pytest.mark.parametrize("route", ["MEDIATED", "DIRECT"])
def test_an_invitation_of_the_bot_is_accepted(bot, finch, route):
    room = bot.room()

    (result,) = bot.ask(
        "InviteToRoom",
        room=room,
        invitees=[finch.jid],
        reason="do come, 你好",
        route=admin.InvitationRoute.Value(f"INVITATION_ROUTE_{route}"),
    ).results

    assert result.done
    finch.agree("Accept chat invitation?")
    bot.wait_nick(room, finch.jid.split("@")[0])
