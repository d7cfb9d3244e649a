"""Connections that are lost badly: nothing is lost with them, and nothing comes twice."""

import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import event_service_pb2 as event

from world.rpc import request_id
from world.tcp_proxy import TcpProxy
from world.waiting import eventually

ONLINE = account.CONNECTION_STATE_ONLINE


class Line:
    """The bot behind a proxy, and a person who is online."""

    def __init__(self, stack):
        self.stack = stack
        self.proxy = TcpProxy(stack.server.port)
        stack._closing.append(self.proxy.close)
        stack.start_xmppd(xmpp_route=f"chatwire.test=127.0.0.1:{self.proxy.port}")
        self.api = stack.xmppd.api(stack.login())
        self.person = stack.person_online()

    def connection(self):
        """How the bot's session stands."""
        return self.api.accounts.GetAccount(account.GetAccountRequest()).account.connection

    def send(self, *texts):
        """The bot says TEXTS; they are only accepted."""
        for text in texts:
            self.api.chat.SendMessage(
                chat.SendMessageRequest(to=self.stack.person, body=text, request_id=request_id())
            )

    def send_unacknowledged(self, *texts):
        """The person gets TEXTS, and the bot never hears that the server has them."""
        self.proxy.deafen()
        self.send(*texts)
        self.person.wait(*texts)

    def acknowledged(self, count):
        """Waits until COUNT messages have been acknowledged."""
        stream = self.api.events.WatchEvents(
            event.WatchEventsRequest(
                from_beginning=True, kinds=[event.EVENT_KIND_MESSAGE_ACKNOWLEDGED]
            )
        )
        ids = set()
        for response in stream:
            if response.HasField("event"):
                ids.add(response.event.message_acknowledged.message_id)
            if len(ids) == count:
                stream.cancel()
                return

    def heard_once(self, *texts):
        """One more message is the next one: nothing came twice."""
        self.send("last")
        self.person.wait("last", seconds=60)
        assert sorted(self.person.texts()) == sorted([*texts, "last"])


@pytest.fixture
def line(world):
    """On each XMPP server in turn."""
    return Line(world)


def test_a_reset_with_messages_on_their_way_is_resumed(line):
    line.send_unacknowledged("one", "two", "three")

    line.proxy.reset()

    eventually(lambda: line.proxy.connections == 2, "the bot comes back")
    line.acknowledged(3)
    assert line.connection().resumed
    line.heard_once("one", "two", "three")


def test_when_the_server_forgot_the_stream_the_archive_tells_what_got_through(line):
    line.send_unacknowledged("one", "two", "three")

    line.stack.server.stop()
    line.proxy.reset()
    line.send("four")
    line.stack.server.start()

    line.person.wait("four", seconds=90)
    line.acknowledged(4)
    assert not line.connection().resumed
    line.heard_once("one", "two", "three", "four")


def test_a_black_hole_is_noticed_and_the_stream_resumed(small_world):
    line = Line(small_world)
    line.proxy.black_hole()
    line.send("into the hole")
    line.person.say(line.stack.bot, "from the other side")

    # Nobody says that the connection is gone: it is noticed when a ping stays unanswered.
    eventually(lambda: line.proxy.connections == 2, "the bot comes back", 90)

    line.person.wait("into the hole", seconds=60)
    eventually(lambda: line.connection().state == ONLINE, "the bot is online")
    assert line.connection().resumed
    received = event.WatchEventsRequest(
        from_beginning=True, kinds=[event.EVENT_KIND_MESSAGE_RECEIVED]
    )
    stream = line.api.events.WatchEvents(received)
    bodies = (r.event.message_received.body for r in stream if r.HasField("event"))
    assert next(bodies) == "from the other side"
    stream.cancel()
    line.heard_once("into the hole")
