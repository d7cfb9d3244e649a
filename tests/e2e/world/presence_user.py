"""A person whose client decides about subscriptions only when it is told to, and keeps every presence."""

from collections import namedtuple

from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

from world.chat_user import ChatUser
from world.waiting import eventually

Presence = namedtuple("Presence", "sender kind status idle")

IDLE = "{urn:xmpp:idle:1}idle"


class PresenceUser(ChatUser):
    """As ChatUser; the answers to subscription requests are the test's."""

    def _prepare(self, client):
        self.presences = []
        client.roster.auto_authorize = None
        client.roster.auto_subscribe = False
        client.register_handler(Callback("presences", MatchXPath("{jabber:client}presence"), self._saw))

    def _saw(self, stanza):
        idle = stanza.xml.find(IDLE)
        since = idle.get("since") if idle is not None else None
        kind = stanza.xml.get("type") or stanza.xml.findtext("{jabber:client}show") or "available"
        self.presences.append(Presence(stanza["from"].full, kind, stanza["status"], since))

    def full_jid(self):
        """With the resource that the server has given."""
        return self._client.boundjid.full

    def present(self, to, kind=None, status=None):
        """Sends a presence stanza: about a subscription, or directed."""
        self._loop.call_soon_threadsafe(
            lambda: self._client.send_presence(pto=to, ptype=kind, pstatus=status)
        )

    def wait_presence(self, sender, kind, start=0, status=None, seconds=30):
        """Waits for a presence of SENDER (bare) from number START on; returns it."""

        def found():
            for presence in self.presences[start:]:
                same = presence.sender.split("/")[0] == sender and presence.kind == kind
                if same and (status is None or presence.status == status):
                    return presence
            return None

        return eventually(found, lambda: f"{kind} of {sender}; got {self.presences[start:]}", seconds)
