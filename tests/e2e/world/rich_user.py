"""A person whose client can do more than texts: receipts, corrections, reactions and so on."""

import asyncio
import uuid

from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import StanzaPath

from world.chat_user import ChatUser
from world.waiting import eventually

PLUGINS = (
    *("xep_0030", "xep_0071", "xep_0085", "xep_0184", "xep_0280", "xep_0308", "xep_0333"),
    *("xep_0334", "xep_0359", "xep_0424", "xep_0428", "xep_0444", "xep_0461"),
)


class RichUser(ChatUser):
    """Keeps every message stanza as it came. Answers requests for receipts, as slixmpp does."""

    def __init__(self, *arguments):
        self._stanzas = []
        super().__init__(*arguments)

    def _prepare(self, client):
        for plugin in PLUGINS:
            client.register_plugin(plugin)
        client.register_handler(Callback("every message", StanzaPath("message"), self._keep))

    async def _started(self, event):
        await self._client["xep_0280"].enable()
        await super()._started(event)

    def _keep(self, stanza):
        with self._lock:
            self._stanzas.append(stanza)

    def stanzas(self):
        """All messages so far, whatever is in them."""
        with self._lock:
            return list(self._stanzas)

    def find(self, what, condition, seconds=30):
        """The first message for which CONDITION holds, as soon as there is one."""
        return eventually(
            lambda: next((s for s in self.stanzas() if condition(s)), None),
            lambda: f"{what}; {self.jid} got {[str(s) for s in self.stanzas()]}",
            seconds,
        )

    def run(self, action):
        """ACTION(client) on the client's own thread; returns its result."""

        async def act():
            result = action(self._client)
            return await result if asyncio.iscoroutine(result) or asyncio.isfuture(result) else result

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result(30)

    def send(self, recipient, body="", mtype="chat", change=None):
        """Sends a message that CHANGE(stanza) may add to; returns its id."""
        identity = str(uuid.uuid4())

        def act(client):
            stanza = client.make_message(mto=recipient, mbody=body or None, mtype=mtype)
            stanza["id"] = identity
            if change:
                change(stanza)
            stanza.send()

        self.run(act)
        return identity
