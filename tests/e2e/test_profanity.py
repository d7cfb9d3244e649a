"""Chats of two with Profanity on the other side, on each XMPP server."""

import hashlib

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import file_service_pb2 as file
from chatwire.xmpp.v1 import presence_service_pb2 as presence
from chatwire.xmpp.v1 import profile_service_pb2 as profile
from chatwire.xmpp.v1 import roster_service_pb2 as roster
from chatwire.xmpp.v1 import subscription_event_pb2 as subscription

from world.bot import Bot
from world.profanity import Profanity
from world.rpc import request_id
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


def test_a_box_is_ticked_in_a_form(house):
    profanity = Profanity(house, house.person, house.person_password)
    device, bot = house.device(), Bot(house).full_jid()

    profanity.enter_until(f"/cmd list {bot}", "chatwire-checkboxes")
    profanity.enter(f"/cmd exec chatwire-checkboxes {bot}")
    profanity.see("Form title: Checkboxes", "lamp: FALSE")
    profanity.enter("/field1 on")
    profanity.see("lamp: TRUE")
    profanity.enter("/form submit")

    profanity.see("lamp: lamp is on")
    assert device.commands() == ["ON"]
    lamp = house.get("lamp")
    assert (lamp.reported, lamp.last_change.source) == (
        checkbox.CHECKBOX_STATE_ON,
        checkbox.CHANGE_SOURCE_FORM,
    )
    assert lamp.last_change.actor == house.person


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


def test_each_asks_the_other_what_it_is(bot, profanity):
    me, robot = f"{profanity.jid}/profanity", bot.full_jid()
    bot.ask("SetProfile", profile=profile.Profile(full_name="Lampbot Ünïcode"))

    profanity.enter_until(f"/ping {robot}", f"Ping response from {robot}")
    profanity.enter(f"/software {robot}")
    profanity.see("Name    : Chatwire")
    profanity.enter(f"/lastactivity get {robot}")
    # "last active" and when, or "currently active".
    profanity.see(f"{robot} ", " active")
    profanity.talk_to(bot.jid)
    # With an address, it looks for a contact with such a name.
    profanity.enter("/vcard get")
    profanity.see("Full name: Lampbot Ünïcode")

    assert bot.ask("Ping", jid=me).HasField("round_trip_time")
    assert bot.ask("GetSoftwareVersion", jid=me).software.name == "Profanity"
    assert bot.ask("GetLastActivity", jid=me).duration.seconds < 60
    assert "urn:xmpp:receipts" in bot.ask("GetInfo", jid=me).info.features
    profanity.enter("/vcard set fullname Álice")
    profanity.enter("/vcard save")
    eventually(
        lambda: bot.ask("GetProfile", jid=profanity.jid).profile.full_name == "Álice",
        "the profile is there",
    )


def test_a_file_of_the_bot_is_saved(world, bot, profanity):
    content = bytes(range(256)) * 500
    metadata = file.SendFileMetadata(
        to=profanity.jid,
        file_name="picture.png",
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
        request_id=request_id(),
    )
    parts = [file.SendFileRequest(metadata=metadata), file.SendFileRequest(chunk=content)]

    url = list(bot.api.files.SendFile(iter(parts)))[-1].file.url

    profanity.talk_to(bot.jid)
    profanity.see("/picture.png")
    profanity.enter(f"/url save {url} {world.folder / 'saved'}")
    profanity.see("Saved to ")
    assert (world.folder / "saved" / "picture.png").read_bytes() == content


def test_a_file_of_profanity_is_fetched(world, bot, profanity):
    notes = world.folder / "notes.txt"
    notes.write_text(TEXT * 1000, encoding="utf-8")
    profanity.talk_to(bot.jid)

    profanity.enter(f"/sendfile {notes}")

    (attachment,) = bot.events.wait("message_received").attachments
    assert (attachment.file_name, attachment.media_type) == ("notes.txt", "text/plain")
    answers = bot.api.files.DownloadFile(file.DownloadFileRequest(url=attachment.url))
    assert b"".join(answer.chunk for answer in answers) == notes.read_bytes()


def test_each_sees_how_the_other_is(bot, profanity):
    away = presence.Presence(availability=presence.AVAILABILITY_AWAY, status="back at 5 点")
    bot.ask("SetPresence", presence=away)
    profanity.see('is away, "back at 5 点"')

    profanity.enter('/status set away "out to 午餐"')

    eventually(
        lambda: [p for p in bot.events.all("presence_received") if p.presence.status == "out to 午餐"],
        "the status is told",
    )
    shown = bot.ask("GetPresence", jid=profanity.jid).presence
    assert (shown.availability, shown.status) == (presence.AVAILABILITY_AWAY, "out to 午餐")


def test_who_is_blocked_is_not_heard_until_unblocked(bot, profanity):
    profanity.enter(f"/blocked add {bot.jid}")
    profanity.see("successfully blocked")
    bot.say("are you there?")
    profanity.enter(f"/blocked remove {bot.jid}")
    profanity.see("successfully unblocked")

    bot.say("and now?")

    profanity.talk_to(bot.jid)
    assert "are you there?" not in profanity.see("and now?")


def test_a_subscription_is_asked_for_and_answered_on_both_sides(world, bot):
    profanity = Profanity(world, *world.new_account("bob"))

    profanity.enter(f"/sub request {bot.jid}")
    assert bot.events.wait("subscription_requested").request.jid == profanity.jid
    bot.ask("AcceptSubscription", jid=profanity.jid, reciprocate=True)
    profanity.see(f"Received authorization request from {bot.jid}")
    profanity.enter(f"/sub allow {bot.jid}")

    accepted = bot.events.wait("subscription_changed", jid=profanity.jid)
    assert accepted.change == subscription.SUBSCRIPTION_CHANGE_ACCEPTED

    def both():
        contact = bot.ask("GetContact", jid=profanity.jid).contact
        return contact.subscription == roster.SUBSCRIPTION_BOTH and contact.resources

    assert eventually(both, "both see each other")[0].resource == "profanity"


def test_a_subscription_that_is_asked_for_is_refused(world, bot):
    profanity = Profanity(world, *world.new_account("carol"))

    bot.ask("AddContact", jid=profanity.jid, request_subscription=True)
    profanity.see(f"Received authorization request from {bot.jid}")
    profanity.enter(f"/sub deny {bot.jid}")

    refused = bot.events.wait("subscription_changed", jid=profanity.jid)
    assert refused.change == subscription.SUBSCRIPTION_CHANGE_REFUSED
