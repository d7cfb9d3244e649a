"""Messages of the past: the service's own list, and the archives that servers keep."""

import grpc
import pytest
from chatwire.xmpp.v1 import chat_history_pb2 as history
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import event_service_pb2 as event

from world.rpc import reason_of, request_id
from world.waiting import eventually
from world.xmpp_servers import Prosody

RECEIVED = event.EVENT_KIND_MESSAGE_RECEIVED
OLDEST_FIRST = history.HISTORY_ORDER_OLDEST_FIRST
NEWEST_FIRST = history.HISTORY_ORDER_NEWEST_FIRST


@pytest.fixture(name="talk")
def _talk(world):
    """The bot and a person, both online."""
    world.start_xmppd()
    world.bot_token = world.login()
    world.api = world.xmppd.api(world.bot_token)
    world.alice = world.person_online()
    return world


def _pages(call, request):
    """Every page, as a caller gets them."""
    pages = []
    while True:
        answer = call(request)
        pages.append(answer)
        if not answer.next_page_token:
            return pages
        request.page_token = answer.next_page_token


def _bodies(pages):
    return [message.body for page in pages for message in page.messages if message.body]


def _listed(world, **fields):
    return _bodies(_pages(world.api.chat.ListMessages, history.ListMessagesRequest(**fields)))


def _fetched(world, **fields):
    return _bodies(_pages(world.api.chat.FetchArchive, history.FetchArchiveRequest(**fields)))


def _say(world, count, prefix):
    texts = [f"{prefix} {number}" for number in range(count)]
    for text in texts:
        world.alice.say(world.bot, text)
    return texts


def _archived(world, texts):
    eventually(
        lambda: _fetched(world, order=OLDEST_FIRST, page_size=250)[-len(texts) :] == texts,
        "all is in the archive",
    )


def _error(call, request):
    with pytest.raises(grpc.RpcError) as failure:
        call(request)
    return reason_of(failure.value)


def test_an_absence_longer_than_a_page_is_caught_up_with_in_order_and_once(talk):
    talk.alice.ask(talk.bot, "before")
    eventually(lambda: _listed(talk) == ["before"], "the first message is journalled")

    talk.xmppd.process.kill()
    texts = ["before", *_say(talk, 130, "away")]
    talk.xmppd.start()
    # These arrive while the archive is being read: live, and in the archive.
    texts += _say(talk, 20, "meanwhile")
    talk.api = talk.xmppd.api(talk.bot_token)

    eventually(lambda: len(_listed(talk, page_size=1000)) >= len(texts), "all are journalled", 60)
    talk.alice.say(talk.bot, "last")
    eventually(lambda: "last" in _listed(talk, page_size=10), "the last one too")
    assert _listed(talk, page_size=1000, order=OLDEST_FIRST) == [*texts, "last"]


def test_the_journal_is_listed_by_contact_and_both_ways(talk):
    texts = _say(talk, 7, "text")
    eventually(lambda: len(_listed(talk)) == 7, "all are journalled")
    answer = chat.SendMessageRequest(to=talk.person, body="answer", request_id=request_id())
    talk.api.chat.SendMessage(answer)

    assert _listed(talk, peer=talk.person, page_size=3, order=OLDEST_FIRST) == [*texts, "answer"]
    assert _listed(talk, peer=talk.person, page_size=3) == ["answer", *reversed(texts)]
    assert not _listed(talk, peer="nobody@chatwire.test")


def test_the_archive_is_paged_both_ways_with_its_ids(talk):
    texts = _say(talk, 12, "text")
    _archived(talk, texts)

    assert _fetched(talk, order=OLDEST_FIRST, page_size=5) == texts
    pages = _pages(talk.api.chat.FetchArchive, history.FetchArchiveRequest(page_size=5))
    assert _bodies(pages) == list(reversed(texts))
    assert [page.complete for page in pages] == [False] * (len(pages) - 1) + [True]
    messages = [message for page in pages for message in page.messages]
    assert len({message.archive_id for message in messages}) == 12
    assert all(m.sent_time.seconds and not m.outgoing for m in messages)
    assert all(m.type == history.HISTORY_MESSAGE_TYPE_CHAT for m in messages)

    middle = messages[5].archive_id
    assert _fetched(talk, order=NEWEST_FIRST, before_id=middle) == list(reversed(texts))[6:]
    assert _fetched(talk, order=OLDEST_FIRST, after_id=middle) == texts[-5:]


def test_the_archive_is_searched_by_contact_and_time(talk):
    texts = _say(talk, 2, "text")
    _archived(talk, texts)
    sent = chat.SendMessageRequest(
        to="nobody@chatwire.test",
        body="to somebody else",
        request_id=request_id(),
        wait_for=chat.DELIVERY_STAGE_SERVER_ACK,
    )
    talk.api.chat.SendMessage(sent)
    _archived(talk, ["to somebody else"])

    assert _fetched(talk, order=OLDEST_FIRST, peer=talk.person) == texts
    assert _fetched(talk, peer="nobody@chatwire.test") == ["to somebody else"]
    request = history.FetchArchiveRequest(order=OLDEST_FIRST, include_xml=True)
    newest = talk.api.chat.FetchArchive(request).messages[-1]
    assert newest.outgoing and newest.to == "nobody@chatwire.test"
    assert "<body>to somebody else</body>" in newest.xml

    request = history.FetchArchiveRequest(order=OLDEST_FIRST)
    request.start_time.FromSeconds(newest.sent_time.seconds + 3600)
    answer = talk.api.chat.FetchArchive(request)
    assert not answer.messages and answer.complete, "an empty page"


def test_an_unknown_place_in_the_archive_is_an_error_and_the_last_one_is_not(talk):
    texts = _say(talk, 2, "text")
    _archived(talk, texts)
    fetch = talk.api.chat.FetchArchive
    newest = fetch(history.FetchArchiveRequest(order=NEWEST_FIRST)).messages[0].archive_id
    oldest = fetch(history.FetchArchiveRequest(order=OLDEST_FIRST)).messages[0].archive_id

    # ejabberd's ids are times: it goes on from any, and does not look at what is none.
    if isinstance(talk.server, Prosody):
        for request in (
            history.FetchArchiveRequest(order=OLDEST_FIRST, after_id="never-was"),
            history.FetchArchiveRequest(order=NEWEST_FIRST, before_id="never-was"),
        ):
            assert _error(fetch, request) == ("NOT_FOUND", "XMPP_ITEM_NOT_FOUND")
    for request in (
        history.FetchArchiveRequest(order=OLDEST_FIRST, after_id=newest),
        history.FetchArchiveRequest(order=NEWEST_FIRST, before_id=oldest),
        history.FetchArchiveRequest(order=OLDEST_FIRST, peer="nobody@chatwire.test", after_id=oldest),
    ):
        answer = fetch(request)
        assert not answer.messages and answer.complete


def test_messages_behind_a_place_that_has_expired_are_caught_up_with(small_world):
    small_world.start_xmppd()
    small_world.bot_token = small_world.login()
    small_world.api = small_world.xmppd.api(small_world.bot_token)
    small_world.alice = small_world.person_online()
    small_world.alice.say(small_world.bot, "before")
    eventually(lambda: _listed(small_world) == ["before"], "the first message is journalled")

    small_world.xmppd.process.kill()
    small_world.server.expire_archive(small_world.bot)
    texts = _say(small_world, 3, "away")
    small_world.xmppd.start()
    small_world.api = small_world.xmppd.api(small_world.bot_token)

    expected = ["before", *texts]
    eventually(lambda: _listed(small_world, order=OLDEST_FIRST) == expected, "nothing is missing")


def test_what_is_archived_can_be_chosen(talk):
    wanted = history.ArchivePreferences(
        default_behavior=history.ARCHIVE_DEFAULT_ROSTER, never=["eve@chatwire.test"]
    )
    request = history.UpdateArchivePreferencesRequest(preferences=wanted, request_id=request_id())

    assert talk.api.chat.UpdateArchivePreferences(request).preferences == wanted

    get = history.GetArchivePreferencesRequest()
    assert talk.api.chat.GetArchivePreferences(get).preferences == wanted
    talk.xmppd.kill_and_restart()
    api = talk.xmppd.api(talk.bot_token)
    again = eventually(lambda: _preferences(api), "the preferences after a restart")
    assert again == wanted


def _preferences(api):
    try:
        return api.chat.GetArchivePreferences(history.GetArchivePreferencesRequest()).preferences
    except grpc.RpcError as error:
        assert reason_of(error)[1] == "SESSION_OFFLINE", error
        return None
