"""A person with an XMPP client: slixmpp in a thread of its own."""

import asyncio
import threading
from collections import namedtuple

import slixmpp

from world.waiting import eventually

Received = namedtuple("Received", "sender body stanza_id")


class ChatUser:
    """Logs in, sends texts, keeps every text that comes. Reconnects by itself."""

    def __init__(self, jid, password, authority, port, plugins=()):
        self.jid = jid
        self._plugins = plugins
        self._received = []
        self._lock = threading.Lock()
        self.sessions = 0
        self._loop = asyncio.new_event_loop()
        self._client = None
        self._closing = False
        self._port = port
        self._thread = threading.Thread(
            target=self._run, args=(jid, password, str(authority.certificate)), daemon=True
        )
        self._thread.start()
        self.wait_session(1)

    def _run(self, jid, password, certificate):
        asyncio.set_event_loop(self._loop)
        client = slixmpp.ClientXMPP(jid, password)
        client.ca_certs = certificate
        client.enable_direct_tls = False
        for plugin in ("xep_0199", *self._plugins):
            client.register_plugin(plugin)
        client.add_event_handler("session_start", self._started)
        client.add_event_handler("message", self._heard)
        client.add_event_handler("disconnected", self._lost)
        self._client = client
        self._prepare(client)
        client.connect("127.0.0.1", self._port)
        self._loop.run_forever()
        # Nothing may be left for the collector, which would complain into the test's output.
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))

    def _prepare(self, client):
        """For sub-classes: CLIENT before it connects."""

    async def _started(self, _):
        self._client.send_presence()
        await self._client.get_roster()
        self.sessions += 1

    def _lost(self, _):
        if not self._closing:
            self._client.connect("127.0.0.1", self._port)

    def _heard(self, message):
        if message["type"] in ("chat", "normal") and message["body"]:
            with self._lock:
                self._received.append(Received(message["from"].bare, message["body"], message["id"]))

    def run(self, function, seconds=30):
        """Runs FUNCTION(client) on the client's own thread; waits for what it returns or awaits."""

        async def call():
            result = function(self._client)
            return await result if asyncio.iscoroutine(result) or asyncio.isfuture(result) else result

        return asyncio.run_coroutine_threadsafe(call(), self._loop).result(seconds)

    def wait_session(self, number):
        """Waits until this user has logged in for the NUMBERth time."""
        eventually(lambda: self.sessions >= number, f"{self.jid} is online ({number})", 60)

    def do(self, action, seconds=30):
        """Runs ACTION(client), which may return something to wait for, in the client's thread."""

        async def run():
            result = action(self._client)
            return await result if hasattr(result, "__await__") else result

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(seconds)

    def say(self, recipient, text):
        """Sends TEXT."""
        self._loop.call_soon_threadsafe(
            lambda: self._client.send_message(mto=recipient, mbody=text, mtype="chat")
        )

    def texts(self, start=0):
        """What has come so far."""
        with self._lock:
            return [received.body for received in self._received[start:]]

    def received(self):
        """What has come so far, with senders and stanza ids."""
        with self._lock:
            return list(self._received)

    def ask(self, recipient, text, *answers, seconds=30):
        """Says TEXT and waits until the texts that follow contain ANSWERS, in this order."""
        start = len(self.texts())
        self.say(recipient, text)
        return self.wait(*answers, start=start, seconds=seconds)

    def wait(self, *answers, start=0, seconds=30):
        """Waits until the texts from START on contain ANSWERS in this order; returns those texts."""

        if not answers:
            return []

        def matched():
            texts, expected = self.texts(start), list(answers)
            for text in texts:
                if expected and expected[0] in text:
                    expected.pop(0)
            return texts if not expected else None

        return eventually(matched, lambda: f"{answers}; {self.jid} got {self.texts(start)}", seconds)

    def close(self):
        """Logs out."""

        def end():
            self._closing = True
            self._client.disconnect()
            self._loop.call_later(0.3, self._loop.stop)

        self._loop.call_soon_threadsafe(end)
        self._thread.join(10)
