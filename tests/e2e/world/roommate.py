"""A person who shares rooms with an XMPP client: slixmpp's own implementation of XEP-0045."""

from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

from world.chat_user import ChatUser
from world.waiting import eventually

USER = "{http://jabber.org/protocol/muc#user}"
CLIENT = "{jabber:client}"


class Refused(Exception):
    """A room does not let somebody in."""


class Roommate(ChatUser):
    """A ChatUser that can enter rooms. Keeps the XML of every message and presence that comes."""

    def _prepare(self, client):
        self._stanzas = []
        for plugin in ("xep_0004", "xep_0030", "xep_0045", "xep_0249"):
            client.register_plugin(plugin)
        for name in ("message", "presence"):
            matcher = MatchXPath(CLIENT + name)
            client.register_handler(Callback(f"every {name}", matcher, self._keep))

    def _keep(self, stanza):
        with self._lock:
            self._stanzas.append(stanza.xml)

    def stanzas(self, name):
        """The XML of every stanza NAME (message, presence) that has come."""
        with self._lock:
            return [xml for xml in self._stanzas if xml.tag == CLIENT + name]

    def wait_stanza(self, name, matches, what):
        """Waits for a stanza NAME whose XML MATCHES accepts; returns that XML."""
        return eventually(lambda: next(filter(matches, self.stanzas(name)), None), f"{self.jid}: {what}")

    def enter(self, room, nick):
        """Enters ROOM as NICK; raises Refused with the condition where it may not."""
        start = len(self.stanzas("presence"))

        def join(client):
            presence = client.make_presence(pto=f"{room}/{nick}")
            presence.enable("muc_join")
            presence.send()

        self.run(join)

        def answered(xml):
            own = any(status.get("code") == "110" for status in xml.iterfind(f"{USER}x/{USER}status"))
            return xml.get("from", "").startswith(room) and (own or xml.get("type") == "error")

        def answer():
            return next(filter(answered, self.stanzas("presence")[start:]), None)

        error = eventually(answer, f"{room} answers {self.jid}").find(f"{CLIENT}error")
        if error is not None:
            raise Refused(error[0].tag.partition("}")[2])

    def create(self, room, nick, owners=()):
        """Creates an instant room and makes OWNERS its owners, too."""
        self.enter(room, nick)

        async def open_it(client):
            muc = client["xep_0045"]
            await muc.set_room_config(room, client["xep_0004"].make_form("submit"))
            for owner in owners:
                await muc.set_affiliation(room, affiliation="owner", jid=owner)

        self.run(open_it)

    def role(self, room, nick):
        """The role of NICK in ROOM, as this user was last told; None for nobody."""
        told = [xml for xml in self.stanzas("presence") if xml.get("from") == f"{room}/{nick}"]
        if not told or told[-1].get("type") == "unavailable":
            return None
        return told[-1].find(f"{USER}x/{USER}item").get("role")

    def write(self, room, text):
        """Writes to everybody in ROOM."""
        self.run(lambda client: client.send_message(mto=room, mbody=text, mtype="groupchat"))

    def wait_room_message(self, room, text):
        """Waits for a message of ROOM with the body TEXT; returns its XML."""

        def matches(xml):
            return xml.get("from", "").startswith(f"{room}/") and xml.findtext(f"{CLIENT}body") == text

        return self.wait_stanza("message", matches, f"{text} in {room}")
