"""Chats of two with Profanity on the other side, on each XMPP server."""

import pytest
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import subscription_event_pb2 as subscription

from world.bot import Bot
from world.profanity import Profanity
from world.waiting import eventually

TEXT = "Olá, Grüße, 你好 жñ 🙂"


@pytest.fixture(name="bot")
def _bot(world):
    return Bot(world, file_allow_private_addresses="true")


@pytest.fixture(name="profanity")
def _profanity(world, bot):
    """The person, at Profanity."""
    return Profanity(world, world.person, world.person_password)


def test_lamp_on_is_typed_and_lamp_is_on_is_read(house):
    profanity = Profanity(house, house.person, house.person_password)
    device = house.device()
    profanity.talk_to(house.bot)

    profanity.enter("lamp on")

    profanity.see("lamp is on")
    assert device.commands() == ["ON"]
    profanity.enter("apaga la lamp")
    profanity.see("lamp está apagado")
    assert device.commands() == ["ON", "OFF"]


def test_texts_states_and_receipts_go_both_ways(bot, profanity):
    me = f"{profanity.jid}/profanity"
    profanity.talk_to(bot.jid)

    profanity.type(TEXT)
    assert bot.wait_sender("chat_state_received", state=chat.CHAT_STATE_COMPOSING) == me
    profanity.press("Enter")
    assert bot.wait_sender("message_received", body=TEXT, receipt_requested=True) == me
    # What nobody has confirmed is red.
    eventually(lambda: not profanity.is_red(TEXT), "the receipt is there")

    bot.ask("SendChatState", to=profanity.jid, state=chat.CHAT_STATE_COMPOSING)
    profanity.see("(typing...)")
    said = bot.say(f"{TEXT} & <b>", request_receipt=True)
    profanity.see(f"{TEXT} & <b>")
    assert bot.wait_sender("message_delivered", message_id=said) == me
    profanity.enter("/close")
    bot.events.wait("chat_state_received", state=chat.CHAT_STATE_GONE)


def test_nobody_but_a_contact_gets_a_receipt(world, bot):
    stranger = Profanity(world, *world.new_account("eve"))
    stranger.talk_to(bot.jid)

    stranger.enter("who are you?")
    bot.events.wait("message_received", body="who are you?")
    bot.say("guess", to=stranger.jid)

    stranger.see("guess")
    assert stranger.is_red("who are you?")


def test_corrections_go_both_ways(bot, profanity):
    profanity.talk_to(bot.jid)
    profanity.enter("lamb on")
    first = bot.events.wait("message_received", body="lamb on")

    profanity.enter("/correct lamp on 🙂")

    corrected = bot.events.wait("message_corrected", body="lamp on 🙂")
    assert corrected.corrected_message_id == first.message_id and not corrected.own
    said = bot.say("lamb is on")
    profanity.see("lamb is on")
    bot.ask("CorrectMessage", to=profanity.jid, message_id=said, body="lamp is on")
    profanity.see("lamp is on")
    assert "lamb is on" not in profanity.screen()


def test_a_subscription_that_is_asked_for_is_refused(world, bot):
    profanity = Profanity(world, *world.new_account("carol"))

    bot.ask("AddContact", jid=profanity.jid, request_subscription=True)
    profanity.see(f"Received authorization request from {bot.jid}")
    profanity.enter(f"/sub deny {bot.jid}")

    refused = bot.events.wait("subscription_changed", jid=profanity.jid)
    assert refused.change == subscription.SUBSCRIPTION_CHANGE_REFUSED
