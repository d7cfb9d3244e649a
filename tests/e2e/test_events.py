"""The log of events: ordered, complete, and resumed where a follower left it."""

import itertools

import grpc
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import event_service_pb2 as event

from world.rpc import request_id

RECEIVED, ACKNOWLEDGED = event.EVENT_KIND_MESSAGE_RECEIVED, event.EVENT_KIND_MESSAGE_ACKNOWLEDGED


def _follow(stack, count, **request):
    """The next COUNT responses that carry an event."""
    stream = stack.xmppd.api(stack.bot_token).events.WatchEvents(event.WatchEventsRequest(**request))
    responses = list(itertools.islice((r for r in stream if r.HasField("event")), count))
    stream.cancel()
    return responses


def _bodies(responses):
    return [r.event.message_received.body for r in responses]


def test_a_follower_resumes_after_the_last_event_that_it_handled(world):
    world.start_xmppd()
    world.bot_token = world.login()
    person = world.person_online()
    for number in range(10):
        person.say(world.bot, f"message {number}")

    first = _follow(world, 4, from_beginning=True, kinds=[RECEIVED])
    world.xmppd.kill_and_restart()
    second = _follow(world, 6, resume_token=first[-1].resume_token, kinds=[RECEIVED])

    assert _bodies(first + second) == [f"message {number}" for number in range(10)]
    sequences = [r.event.sequence for r in first + second]
    assert sequences == sorted(set(sequences))
    assert all(r.event.message_received.from_contact for r in first)


def test_what_was_said_while_the_service_was_down_is_caught_up_with_once(world):
    world.start_xmppd()
    world.bot_token = world.login()
    person = world.person_online()
    person.say(world.bot, "before")
    _follow(world, 1, from_beginning=True, kinds=[RECEIVED])

    world.xmppd.process.kill()
    for number in range(5):
        person.say(world.bot, f"away {number}")
    world.xmppd.start()
    person.say(world.bot, "after")

    expected = ["before", *(f"away {number}" for number in range(5)), "after"]
    responses = _follow(world, len(expected), from_beginning=True, kinds=[RECEIVED])
    assert sorted(_bodies(responses)) == sorted(expected)
    # One more message is the next event: nothing came twice.
    person.say(world.bot, "last")
    following = _follow(world, 1, resume_token=responses[-1].resume_token, kinds=[RECEIVED])
    assert _bodies(following) == ["last"]


def test_a_sent_message_is_acknowledged_by_the_server(world):
    world.start_xmppd()
    world.bot_token = world.login()
    person = world.person_online()

    answer = world.xmppd.api(world.bot_token).chat.SendMessage(
        chat.SendMessageRequest(
            to=world.person,
            body="olá, 你好 🙂",
            request_id=request_id(),
            wait_for=chat.DELIVERY_STAGE_SERVER_ACK,
        )
    )

    assert answer.stage == chat.DELIVERY_STAGE_SERVER_ACK
    assert person.wait("olá") == ["olá, 你好 🙂"]
    response = _follow(world, 1, from_beginning=True, kinds=[ACKNOWLEDGED])[0]
    assert response.event.message_acknowledged.message_id == answer.message_id


def test_a_quiet_stream_sends_heartbeats(small_world):
    small_world.start_xmppd()
    api = small_world.xmppd.api(small_world.login())
    request = event.WatchEventsRequest(kinds=[RECEIVED])
    request.heartbeat_interval.FromSeconds(1)

    stream = api.events.WatchEvents(request)
    heartbeats = list(itertools.islice(stream, 3))

    assert all(h.resume_token and not h.HasField("event") for h in heartbeats)
    small_world.xmppd.stop()
    try:
        list(stream)
        raise AssertionError("the stream ended without an error")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.UNAVAILABLE
