"""Whom the server keeps away, and stanzas as XML, on each XMPP server."""

import itertools

import grpc
import pytest
from chatwire.xmpp.v1 import blocking_service_pb2 as blocking
from chatwire.xmpp.v1 import event_service_pb2 as event
from chatwire.xmpp.v1 import roster_service_pb2 as roster
from chatwire.xmpp.v1 import stanza_service_pb2 as stanza

from world.rpc import reason_of, request_id
from world.waiting import eventually

CHANGED = event.EVENT_KIND_BLOCK_LIST_CHANGED
RECEIVED = event.EVENT_KIND_MESSAGE_RECEIVED


@pytest.fixture(name="talk")
def _talk(world):
    """The bot and a person, both online."""
    world.start_xmppd()
    world.bot_token = world.login()
    world.api = world.xmppd.api(world.bot_token)
    world.admin = world.xmppd.api()
    world.alice = world.person_online()
    return world


def _events(api, count, *kinds):
    request = event.WatchEventsRequest(from_beginning=True, kinds=kinds)
    stream = api.events.WatchEvents(request)
    events = list(itertools.islice((r.event for r in stream if r.HasField("event")), count))
    stream.cancel()
    return events


def _blocked(api):
    return list(api.blocking.ListBlocked(blocking.ListBlockedRequest()).jids)


def _block(api, *jids):
    api.blocking.Block(blocking.BlockRequest(jids=jids, request_id=request_id()))


def _unblock(api, *jids, **fields):
    api.blocking.Unblock(blocking.UnblockRequest(jids=jids, request_id=request_id(), **fields))


def _error(call, request):
    with pytest.raises(grpc.RpcError) as failure:
        call(request)
    return reason_of(failure.value)


def test_who_is_blocked_is_not_heard_until_unblocked(talk):
    talk.alice.say(talk.bot, "one")
    _events(talk.api, 1, RECEIVED)

    _block(talk.api, talk.person, "evil.example")
    assert _blocked(talk.api) == sorted([talk.person, "evil.example"])
    talk.alice.say(talk.bot, "not heard")
    # Her server answers in order: it has had the message before the block is lifted.
    talk.alice.run(lambda client: client["xep_0199"].ping(client.boundjid.domain))
    _unblock(talk.api, talk.person)
    assert _blocked(talk.api) == ["evil.example"]
    _unblock(talk.api, all=True)
    assert not _blocked(talk.api)
    talk.alice.say(talk.bot, "two")

    bodies = [e.message_received.body for e in _events(talk.api, 2, RECEIVED)]
    assert bodies == ["one", "two"]
    changes = [e.block_list_changed for e in _events(talk.api, 3, CHANGED)]
    assert sorted(changes[0].blocked) == sorted([talk.person, "evil.example"])
    assert list(changes[1].unblocked) == [talk.person]
    assert changes[2].all_unblocked


def test_the_list_outlives_a_restart_and_is_pushed_again(talk):
    _block(talk.api, "evil.example")
    _events(talk.api, 1, CHANGED)
    talk.xmppd.kill_and_restart()
    api = talk.xmppd.api(talk.bot_token)

    def listed():
        try:
            return _blocked(api)
        except grpc.RpcError as error:
            assert reason_of(error)[1] == "SESSION_OFFLINE", error
            return None

    assert eventually(listed, "the list after a restart") == ["evil.example"]
    _unblock(api, "evil.example")
    assert list(_events(api, 2, CHANGED)[1].block_list_changed.unblocked) == ["evil.example"]


def _message(talk, body, **fields):
    xml = f"<message to='{talk.person}' type='chat'><body>{body}</body></message>"
    return stanza.SendStanzaRequest(account=talk.bot, xml=xml, request_id=request_id(), **fields)


def test_a_raw_message_goes_out_once_in_the_accounts_name(talk):
    request = _message(talk, "raw &amp; ready")

    assert _error(talk.api.stanzas.SendStanza, request) == ("PERMISSION_DENIED", "SCOPE_MISSING")
    sent = talk.admin.stanzas.SendStanza(request)
    again = talk.admin.stanzas.SendStanza(request)

    assert sent.stanza_id and not sent.replayed and again.replayed
    talk.admin.stanzas.SendStanza(_message(talk, "behind it"))
    talk.alice.wait("raw & ready", "behind it")
    received = talk.alice.received()
    assert [r.body for r in received] == ["raw & ready", "behind it"]
    assert received[0].sender == talk.bot and received[0].stanza_id == sent.stanza_id


def test_a_raw_iq_returns_its_answer_or_its_error(talk):
    def ask(xml, identifier=None):
        return stanza.SendIqRequest(
            account=talk.bot, xml=xml, request_id=identifier or request_id()
        )

    version = "<iq type='get' to='chatwire.test'><query xmlns='jabber:iq:version'/></iq>"
    answer = talk.admin.stanzas.SendIq(ask(version)).xml
    assert "<name>" in answer and "jabber:iq:version" in answer

    unknown = "<iq type='get' to='chatwire.test'><query xmlns='urn:example:nothing'/></iq>"
    code, reason = _error(talk.admin.stanzas.SendIq, ask(unknown))
    assert code == "UNIMPLEMENTED" and reason.startswith("XMPP_")

    private = (
        "<iq type='set'><query xmlns='jabber:iq:roster'>"
        "<item jid='carol@chatwire.test' name='Carol'/></query></iq>"
    )
    request = ask(private)
    assert "result" in talk.admin.stanzas.SendIq(request).xml
    assert _error(talk.admin.stanzas.SendIq, request) == ("ABORTED", "ANSWER_UNKNOWN")
    # The server's push reaches the service's own list.
    eventually(
        lambda: "Carol"
        in [c.name for c in talk.api.roster.ListContacts(roster.ListContactsRequest()).contacts],
        "the contact",
    )


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<presence/>", "STANZA_NOT_ALLOWED"),
        ("<message/></stream:stream>", "BAD_STANZA"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><message><body>&a;</body></message>", "BAD_STANZA"),
    ],
)
def test_what_would_harm_the_stream_is_refused_and_the_session_lives(talk, xml, reason):
    request = stanza.SendStanzaRequest(account=talk.bot, xml=xml, request_id=request_id())

    assert _error(talk.admin.stanzas.SendStanza, request) == ("INVALID_ARGUMENT", reason)

    request.xml = f"<message to='{talk.person}'><body>well</body></message>"
    talk.admin.stanzas.SendStanza(request)
    talk.alice.wait("well")
