"""Chats of two: everything that a message can carry."""

import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import chat_service_pb2 as chat

from world.journal import Journal
from world.rich_user import RichUser
from world.rpc import request_id
from world.talk import XHTML, shown
from world.waiting import eventually
from world.xmpp_servers import DOMAIN

ONLINE = account.CONNECTION_STATE_ONLINE


def test_a_message_keeps_all_that_it_carries(talk):
    identity = talk.send(
        body="yes, olá 🙂",
        type=chat.MESSAGE_TYPE_NORMAL,
        subject="subject ü",
        thread="t2",
        parent_thread="t1",
        xhtml=XHTML,
        reply=chat.Reply(message_id="m0", quote="sure,\nolá?"),
        request_receipt=True,
        markable=True,
    )

    got = talk.person.find("the message", lambda s: s["id"] == identity)
    assert got["type"] == "normal"
    assert (got["subject"], got["thread"], got["parent_thread"]) == ("subject ü", "t2", "t1")
    assert got["body"] == "> sure,\n> olá?\nyes, olá 🙂"
    assert (got["reply"]["id"], got["reply"]["to"]) == ("m0", talk.world.person)
    assert got["reply"].strip_fallback_content() == "yes, olá 🙂"
    assert shown(got) == "olá & 🙂"
    assert got["request_receipt"] and got["origin_id"]["id"] == identity
    assert got.xml.find("{urn:xmpp:chat-markers:0}markable") is not None
    # slixmpp answers by itself.
    delivered = talk.journal().wait("message_delivered", message_id=identity)
    assert getattr(delivered, "from").startswith(talk.world.person + "/")


def test_a_message_that_comes_keeps_all_that_it_carries(talk):
    def dress(stanza):
        stanza["subject"], stanza["thread"], stanza["parent_thread"] = "subject ü", "t2", "t1"
        stanza["html"]["body"] = XHTML
        stanza["reply"]["id"], stanza["reply"]["to"] = "m0", talk.world.bot
        stanza["reply"].add_quoted_fallback("sure,\nolá? 😀")
        stanza["request_receipt"] = True
        stanza.enable("markable")
        stanza["origin_id"]["id"] = "o-1"

    identity = talk.person.send(talk.world.bot, "yes, olá 🙂", "normal", dress)

    got = talk.journal().wait("message_received", message_id=identity)
    assert (got.body, got.subject, got.thread, got.parent_thread) == (
        *("yes, olá 🙂", "subject ü", "t2", "t1"),
    )
    assert got.type == chat.MESSAGE_TYPE_NORMAL and not got.delayed
    assert (got.reply.message_id, got.reply.author) == ("m0", talk.world.bot)
    assert got.reply.quote == "> sure,\n> olá? 😀\n"
    assert "ol<b>á</b> &amp; 🙂" in got.xhtml
    assert got.receipt_requested and got.markable and got.origin_id == "o-1" and got.archive_id
    talk.person.find("the receipt", lambda s: s["receipt"] == identity)


def test_a_receipt_is_for_contacts_and_for_each_message_once(talk):
    stranger = talk.user(*talk.world.new_account("eve"))
    journal = talk.journal()

    def ask(stanza):
        stanza["request_receipt"] = True

    unanswered = stranger.send(talk.world.bot, "who are you?", change=ask)
    journal.wait("message_received", message_id=unanswered)
    answered = [talk.person.send(talk.world.bot, f"text {n}", change=ask) for n in range(3)]
    plain = talk.person.send(talk.world.bot, "no receipt, please")
    journal.wait("message_received", message_id=plain)
    # The bot's answers come behind whatever receipts it had sent.
    talk.send(body="the end")
    talk.send(to=stranger.jid, body="the end")
    talk.person.wait("the end")
    stranger.wait("the end")

    assert [s["receipt"] for s in talk.person.stanzas() if s["receipt"]] == answered
    assert not [s for s in stranger.stanzas() if s["receipt"]]


def test_all_chat_states_go_both_ways(talk):
    journal = talk.journal()
    names = ["active", "composing", "paused", "inactive", "gone"]
    for name in names:
        talk.person.send(talk.world.bot, change=lambda s, n=name: s.__setitem__("chat_state", n))
        journal.wait("chat_state_received", state=chat.ChatState.Value(f"CHAT_STATE_{name.upper()}"))

    for name in names:
        talk.chat.SendChatState(
            chat.SendChatStateRequest(
                to=talk.world.person, state=chat.ChatState.Value(f"CHAT_STATE_{name.upper()}")
            )
        )
    last = talk.send(body="the end")
    assert talk.person.find("the text", lambda s: s["id"] == last)["chat_state"] == "active"
    eventually(
        lambda: [s["chat_state"] for s in talk.person.stanzas() if s["chat_state"]] == [*names, "active"],
        lambda: f"the states; there are {[str(s) for s in talk.person.stanzas()]}",
    )


def test_a_note_to_self_comes_once(talk):
    other = talk.user(talk.world.bot, talk.world.password)
    journal = talk.journal()

    identity = talk.send(to=talk.world.bot, body="note from here")
    received = journal.wait("message_received", message_id=identity)
    assert received.body == "note from here"
    other.find("the note, maybe as a carbon", lambda s: identity in str(s))
    theirs = other.send(talk.world.bot, "note from there")
    journal.wait("message_received", message_id=theirs)
    last = talk.person.send(talk.world.bot, "the end")
    journal.wait("message_received", message_id=last)

    received = journal.all("message_received")
    assert [m.message_id for m in received] == [identity, theirs, last], received
    assert [m.message_id for m in journal.all("message_sent")] == [identity]


def test_a_message_that_cannot_be_delivered_fails(talk):
    identity = talk.send(to=f"nobody-here@{talk.world.person.split('@')[1]}")
    failed = talk.journal().wait("message_failed", message_id=identity)
    assert failed.condition == "service-unavailable"


def test_two_accounts_of_one_service_talk_to_each_other(world):
    one, other = world.new_account("one"), world.new_account("other")
    world.server.befriend(one[0].split("@")[0], other[0].split("@")[0])
    world.start_xmppd()
    apis = [world.xmppd.api(world.login(*account)) for account in (one, other)]
    journals = [Journal(api) for api in apis]

    sent = apis[0].chat.SendMessage(
        chat.SendMessageRequest(
            to=other[0], body="olá 🙂", request_id=request_id(), request_receipt=True
        )
    )

    received = journals[1].wait("message_received", message_id=sent.message_id)
    assert received.body == "olá 🙂"
    delivered = journals[0].wait("message_delivered", message_id=sent.message_id)
    assert getattr(delivered, "from").startswith(other[0] + "/")
    assert not journals[0].all("message_received") and not journals[1].all("message_sent")
    for journal in journals:
        journal.close()


def test_only_a_text_is_a_command(house):
    person = RichUser(house.person, house.person_password, house.authority, house.server.port)
    house._closing.append(person.close)
    device = house.device()
    first = person.send(house.bot, "good morning")
    person.wait("help")

    def replace(stanza):
        stanza["replace"]["id"] = first

    person.send(house.bot, "lamp on", change=replace)
    person.send(house.bot, "lamp on", "headline")
    person.run(lambda client: client["xep_0424"].send_retraction(house.bot, first, fallback_text="lamp on"))
    answers = person.ask(house.bot, "lamp?", "lamp")

    assert len(answers) == 1 and not device.commands()
    assert house.get("lamp").version == 0


def test_a_message_of_a_thousand_levels_keeps_nobody_away(talk):
    stranger = talk.user(*talk.world.new_account("eve"))
    journal = talk.journal()
    levels = "<a xmlns='urn:example:deep'>" + "<a>" * 1000 + "</a>" * 1001

    # Servers pass it on, and store it.
    stranger.run(
        lambda client: client.send_raw(
            f"<message to='{talk.world.bot}' type='chat'><body>deep</body>{levels}</message>"
        )
    )
    first = stranger.send(talk.world.bot, "is anybody there?")

    journal.wait("message_received", message_id=first)
    online = [c for c in journal.all("connection_changed") if c.connection.state == ONLINE]
    assert len(online) == 1
    # It is in the archive, too.
    talk.world.xmppd.kill_and_restart()
    second = stranger.send(talk.world.bot, "and now?")
    talk.journal().wait("message_received", message_id=second)


def test_what_the_server_kept_comes_with_its_time(talk):
    if type(talk.world.server).__name__ != "Ejabberd":
        pytest.skip("this Prosody keeps messages in the archive alone")
    talk.world.xmppd.api(talk.token).accounts.Logout(account.LogoutRequest())
    sent = talk.person.send(talk.world.bot, "kept for you, 你好")
    # The server has it once it answers what came behind it.
    talk.person.run(lambda client: client["xep_0030"].get_info(jid=DOMAIN))

    talk.token = talk.world.login()

    received = talk.journal().wait("message_received", message_id=sent)
    assert (received.body, received.delayed) == ("kept for you, 你好", True)
    assert received.sent_time.ToSeconds()
