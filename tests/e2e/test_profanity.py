"""Chats of two with Profanity on the other side, on each XMPP server."""

import hashlib

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import file_service_pb2 as file
from chatwire.xmpp.v1 import profile_service_pb2 as profile
from chatwire.xmpp.v1 import roster_service_pb2 as roster
from chatwire.xmpp.v1 import subscription_event_pb2 as subscription

from world.bot import Bot
from world.file_user import FileUser
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
    device, bot = house.device(), Bot(house)

    def offered():
        profanity.enter(f"/cmd list {bot.full_jid()}")
        return "chatwire-checkboxes" in profanity.screen()

    eventually(offered, "the form is in the menu", interval=0.5)
    profanity.enter(f"/cmd exec chatwire-checkboxes {bot.full_jid()}")
    profanity.see("Form title: Checkboxes", "lamp", "FALSE", "/form submit")
    profanity.enter("/field1 on")
    profanity.see("TRUE")
    profanity.enter("/form submit")

    eventually(lambda: device.commands() == ["ON"], "the device was asked")
    profanity.console()
    profanity.see("lamp is on")
    assert house.get("lamp").last_change.source == checkbox.CHANGE_SOURCE_FORM


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
    me = f"{profanity.jid}/profanity"
    bot.ask("SetProfile", profile=profile.Profile(full_name="Lampbot Ünïcode"))

    profanity.enter(f"/ping {bot.full_jid()}")
    profanity.see(f"Ping response from {bot.full_jid()}")
    profanity.enter(f"/software {bot.full_jid()}")
    profanity.see("Software: Chatwire")
    profanity.enter(f"/lastactivity get {bot.full_jid()}")
    profanity.see(f"{bot.full_jid()} ", "active")
    profanity.enter(f"/vcard get {bot.jid}")
    profanity.see("Full name: Lampbot Ünïcode")

    assert bot.ask("Ping", jid=me).HasField("round_trip_time")
    assert bot.ask("GetSoftwareVersion", jid=me).software.name == "Profanity"
    assert bot.ask("GetLastActivity", jid=me).duration.seconds < 60
    info = bot.ask("GetInfo", jid=me).info
    assert "urn:xmpp:receipts" in info.features
    profanity.enter("/vcard set fullname Álice")
    profanity.enter("/vcard save")
    eventually(
        lambda: bot.ask("GetProfile", jid=profanity.jid).profile.full_name == "Álice",
        "the profile is there",
    )


def test_a_file_goes_both_ways(world, bot, profanity):
    content = bytes(range(256)) * 500
    parts = [
        file.SendFileRequest(
            metadata=file.SendFileMetadata(
                to=profanity.jid,
                file_name="picture.png",
                size_bytes=len(content),
                sha256=hashlib.sha256(content).digest(),
                request_id=request_id(),
            )
        ),
        file.SendFileRequest(chunk=content),
    ]
    url = list(bot.api.files.SendFile(iter(parts)))[-1].file.url
    profanity.talk_to(bot.jid)
    profanity.see(url.rpartition("/")[2])
    saved = world.folder / "saved.png"
    profanity.enter(f"/url save {url} {saved}")
    eventually(lambda: saved.exists() and saved.read_bytes() == content, profanity.screen)

    sent = world.folder / "notes.txt"
    sent.write_text(TEXT, encoding="utf-8")
    profanity.enter(f"/sendfile {sent}")
    offered = eventually(
        lambda: next((m for m in bot.events.all("message_received") if m.attachments), None),
        profanity.screen,
    )
    answers = bot.api.files.DownloadFile(file.DownloadFileRequest(url=offered.attachments[0].url))
    assert b"".join(answer.chunk for answer in answers).decode() == TEXT


def test_a_subscription_is_asked_for_and_answered_on_both_sides(world, bot):
    profanity = Profanity(world, *world.new_account("bob"))

    profanity.enter(f"/sub request {bot.jid}")
    asked = bot.events.wait("subscription_requested").request
    assert asked.jid == profanity.jid
    bot.ask("AcceptSubscription", jid=profanity.jid, reciprocate=True)
    profanity.see(f"Received authorization request from {bot.jid}")
    profanity.enter(f"/sub allow {bot.jid}")
    accepted = bot.events.wait("subscription_changed", jid=profanity.jid)
    assert accepted.change == subscription.SUBSCRIPTION_CHANGE_ACCEPTED
    both = roster.SUBSCRIPTION_BOTH
    eventually(
        lambda: bot.ask("GetContact", jid=profanity.jid).contact.subscription == both, "both ways"
    )
    contact = eventually(
        lambda: bot.ask("GetContact", jid=profanity.jid).contact.resources, "Profanity is online"
    )[0]
    assert contact.resource == "profanity"
    profanity.enter("/away out to 午餐")
    bot.events.wait("presence_received", **{"from": f"{profanity.jid}/profanity"}, count=2)


def test_a_subscription_that_is_asked_for_is_refused(world, bot):
    profanity = Profanity(world, *world.new_account("carol"))

    bot.ask("RequestSubscription", jid=profanity.jid)
    profanity.see(f"Received authorization request from {bot.jid}")
    profanity.enter(f"/sub deny {bot.jid}")

    refused = bot.events.wait("subscription_changed", jid=profanity.jid)
    assert refused.change == subscription.SUBSCRIPTION_CHANGE_REFUSED
