"""What happens to messages of chats of two: corrections, retractions, reactions, markers."""

import grpc
import pytest
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import event_service_pb2 as event

from world.rpc import reason_of
from world.talk import XHTML, shown


def test_what_happens_to_messages_of_the_person(talk):
    person, bot, journal = talk.person, talk.world.bot, talk.journal()
    first = person.send(bot, "lamp onn")
    journal.wait("message_received", message_id=first)

    def replace(stanza):
        stanza["replace"]["id"] = first

    correction = person.send(bot, "lamp on", change=replace)
    corrected = journal.wait("message_corrected", message_id=correction)
    assert (corrected.corrected_message_id, corrected.body) == (first, "lamp on")
    assert corrected.from_contact and not corrected.own

    person.run(lambda client: client["xep_0444"].send_reactions(bot, first, {"👍", "🎉"}))
    reacted = journal.wait("message_reacted", target_message_id=first)
    assert sorted(reacted.reactions) == sorted(["👍", "🎉"])

    person.run(lambda client: client["xep_0424"].send_retraction(bot, first))
    retracted = journal.wait("message_retracted", retracted_message_id=first)
    assert getattr(retracted, "from").startswith(person.jid) and not retracted.own

    assert [m.body for m in journal.all("message_received")] == ["lamp onn"]


def test_what_happens_to_messages_of_the_bot(talk):
    person, journal = talk.person, talk.journal()
    theirs = person.send(talk.world.bot, "hello?")
    journal.wait("message_received", message_id=theirs)
    identity = talk.send(body="helo", markable=True)
    correction = talk.correct(identity, "hello, olá 🙂").message_id
    talk.react(theirs, "👍")
    talk.mark(theirs)
    talk.retract(correction)

    got = person.find("the correction", lambda s: s["id"] == correction)
    assert (got["replace"]["id"], got["body"]) == (identity, "hello, olá 🙂")
    reaction = person.find(
        "the reaction", lambda s: s.xml.find("{urn:xmpp:reactions:0}reactions") is not None
    )
    assert reaction["reactions"]["id"] == theirs
    assert reaction["reactions"].get_values(all_chars=True) == {"👍"}
    marker = person.find(
        "the marker", lambda s: s.xml.find("{urn:xmpp:chat-markers:0}displayed") is not None
    )
    assert marker["displayed"]["id"] == theirs
    retraction = person.find(
        "the retraction", lambda s: s.xml.find("{urn:xmpp:message-retract:1}retract") is not None
    )
    assert retraction["retract"]["id"] == identity, "of the original"
    assert retraction["body"], "a text for who cannot do it"

    person.run(
        lambda client: client["xep_0333"].send_marker(talk.world.bot, identity, "displayed")
    )
    marked = journal.wait("message_marked", marked_message_id=identity)
    assert marked.marker == event.MARKER_DISPLAYED and not marked.own
    assert [m.own for m in journal.all("message_retracted")] == [True]
    with pytest.raises(grpc.RpcError) as refused:
        talk.retract(theirs)
    assert reason_of(refused.value) == ("NOT_FOUND", "MESSAGE_NOT_FOUND")


def test_a_stranger_cannot_touch_what_others_have_written(talk):
    stranger = talk.user(*talk.world.new_account("eve"))
    journal = talk.journal()
    theirs = talk.person.send(talk.world.bot, "the truth")
    own = talk.send(body="my word")
    journal.wait("message_received", message_id=theirs)

    def replace(stanza):
        stanza["replace"]["id"] = theirs

    forged = stranger.send(talk.world.bot, "a lie", change=replace)
    for identity in (theirs, own):
        stranger.run(lambda c, i=identity: c["xep_0424"].send_retraction(talk.world.bot, i))
        stranger.run(lambda c, i=identity: c["xep_0333"].send_marker(talk.world.bot, i, "displayed"))
    last = stranger.send(talk.world.bot, "the end")
    journal.wait("message_received", message_id=last)

    assert [m.message_id for m in journal.all("message_received")] == [theirs, forged, last]
    for kind in ("message_corrected", "message_retracted", "message_marked", "message_delivered"):
        assert not journal.all(kind), kind


def test_what_another_client_of_the_account_does_is_told_as_own(talk):
    other = talk.user(talk.world.bot, talk.world.password)
    journal = talk.journal()
    theirs = talk.person.send(talk.world.bot, "hello?")
    journal.wait("message_received", message_id=theirs)

    first = other.send(talk.world.person, "from my phone")
    sent = journal.wait("message_sent", message_id=first)
    assert (sent.body, sent.source) == ("from my phone", event.MESSAGE_SOURCE_CARBON)

    def replace(stanza):
        stanza["replace"]["id"] = first

    correction = other.send(talk.world.person, "from my telephone", change=replace)
    corrected = journal.wait("message_corrected", message_id=correction)
    assert corrected.own and corrected.corrected_message_id == first
    # What the other client sent can be corrected here, too.
    again = talk.correct(first, "from here").message_id
    talk.person.find("the correction", lambda s: s["id"] == again)

    def react(stanza):
        stanza["reactions"]["id"] = theirs
        stanza["reactions"].set_values(["👍"], all_chars=True)

    # A text beside it, so that every server makes a carbon of it.
    other.send(talk.world.person, "👍", change=react)
    assert journal.wait("message_reacted", target_message_id=theirs).own
    assert [m.message_id for m in journal.all("message_sent")] == [first]


def test_what_was_sent_meanwhile_is_caught_up_with_and_receipted(talk):
    bot = talk.world.bot
    first = talk.person.send(bot, "before")
    talk.journal().wait("message_received", message_id=first)
    talk.world.xmppd.process.kill()

    def ask(stanza):
        stanza["request_receipt"] = True

    def replace(stanza):
        stanza["replace"]["id"] = first

    second = talk.person.send(bot, "while you were away", change=ask)
    correction = talk.person.send(bot, "before, corrected", change=replace)
    talk.person.run(lambda client: client["xep_0424"].send_retraction(bot, first))
    talk.world.xmppd.start()

    journal = talk.journal()
    journal.wait("message_received", message_id=second)
    talk.person.find("the receipt", lambda s: s["receipt"] == second, 60)
    corrected = journal.wait("message_corrected", message_id=correction)
    assert corrected.corrected_message_id == first
    journal.wait("message_retracted", retracted_message_id=first)
    last = talk.person.send(bot, "the end")
    journal.wait("message_received", message_id=last)
    assert [m.message_id for m in journal.all("message_received")] == [first, second, last]
    for kind in ("message_corrected", "message_retracted"):
        assert len(journal.all(kind)) == 1, kind


@pytest.mark.parametrize("killed", [False, True], ids=["reconnect", "kill"])
def test_what_was_accepted_offline_goes_out_once_and_whole(talk, killed):
    theirs = talk.person.send(talk.world.bot, "hello?")
    journal = talk.journal()
    journal.wait("message_received", message_id=theirs)
    identity = talk.send(body="helo")
    talk.person.find("the message", lambda s: s["id"] == identity)
    talk.cable.pull()
    journal.until(
        lambda e: e.HasField("connection_changed")
        and e.connection_changed.connection.HasField("failure")
    )

    reply = talk.send(
        body="olá", subject="s", xhtml=XHTML, reply=chat.Reply(message_id=theirs, quote="hello?")
    )
    ids = [
        reply,
        talk.correct(identity, "hello").message_id,
        talk.react(theirs, "👍").message_id,
        talk.mark(theirs).message_id,
        talk.retract(identity).message_id,
    ]
    if killed:
        talk.world.xmppd.kill_and_restart()
    talk.cable.plug()

    got = talk.person.find("the reply", lambda s: s["id"] == reply, 90)
    assert got["body"] == "> hello?\nolá" and got["reply"]["id"] == theirs
    assert shown(got) == "olá & 🙂" and got["subject"] == "s"
    last = talk.send(body="the end")
    talk.person.find("the end", lambda s: s["id"] == last, 60)
    arrived = [s["id"] for s in talk.person.stanzas() if s["id"] in ids]
    assert arrived == ids
