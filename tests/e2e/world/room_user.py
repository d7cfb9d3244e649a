"""A person in a room: slixmpp's XEP-0045 on a ChatUser."""

import threading
import uuid
from xml.etree import ElementTree

from world.waiting import eventually
from world.xmpp_servers import ROOMS

OWNER = "http://jabber.org/protocol/muc#owner"
FORM = "jabber:x:data"


def new_room():
    """The JID of a room that does not exist."""
    return f"room{uuid.uuid4().hex[:8]}@{ROOMS}"


class RoomUser:
    """One ChatUser (with xep_0045) in one room."""

    def __init__(self, user, room, nick):
        self.user, self.room, self.nick = user, room, nick
        self._lock = threading.Lock()
        self._texts = []
        self._private = []
        self._present = set()
        user.do(lambda client: client.add_event_handler("groupchat_message", self._heard))
        user.do(lambda client: client.add_event_handler("groupchat_presence", self._seen))
        user.do(lambda client: client.add_event_handler("message", self._heard_privately))

    def _seen(self, presence):
        if presence["from"].bare == self.room:
            with self._lock:
                change = self._present.discard if presence["type"] == "unavailable" else self._present.add
                change(presence["from"].resource)

    def _heard(self, message):
        if message["from"].bare == self.room and message["body"]:
            with self._lock:
                self._texts.append((message["from"].resource, message["body"]))

    def _heard_privately(self, message):
        if message["from"].bare == self.room and message["type"] == "chat" and message["body"]:
            with self._lock:
                self._private.append((message["from"].resource, message["body"]))

    def enter(self, **configuration):
        """Enters; a room that this makes is opened with CONFIGURATION (muc#roomconfig_...)."""
        self._present.clear()
        self.move(self.nick, join=True)
        if configuration:
            self.configure(**configuration)
        return self

    def move(self, nick, join=False):
        """Takes NICK, and waits until the room says so."""

        def send(client):
            presence = client.make_presence(pto=f"{self.room}/{nick}")
            if join:
                muc = ElementTree.SubElement(presence.xml, "{http://jabber.org/protocol/muc}x")
                ElementTree.SubElement(muc, "{http://jabber.org/protocol/muc}history", maxstanzas="0")
            presence.send()

        self.user.do(send)
        eventually(lambda: nick in self._present, lambda: f"{nick} in {self.room}: {self._present}")
        self.nick = nick

    def configure(self, **fields):
        """Sends the owner's form."""
        query = ElementTree.Element(f"{{{OWNER}}}query")
        form = ElementTree.SubElement(query, f"{{{FORM}}}x", type="submit")
        fields = {f"muc#roomconfig_{name}": value for name, value in fields.items()}
        for name, value in {"FORM_TYPE": "http://jabber.org/protocol/muc#roomconfig", **fields}.items():
            field = ElementTree.SubElement(form, f"{{{FORM}}}field", var=name)
            ElementTree.SubElement(field, f"{{{FORM}}}value").text = str(value)

        def send(client):
            iq = client.make_iq_set(ito=self.room)
            iq.append(query)
            return iq.send()

        self.user.do(send)
        return self

    def say(self, text):
        """Writes to everybody."""
        self.user.do(lambda client: client.send_message(self.room, text, mtype="groupchat"))

    def whisper(self, nick, text):
        """Writes to one participant."""
        self.user.do(lambda client: client.send_message(f"{self.room}/{nick}", text, mtype="chat"))

    def subject(self, text):
        """Sets the subject."""
        self.user.do(
            lambda client: client.send_message(self.room, mbody=None, msubject=text, mtype="groupchat")
        )

    def admin(self, **item):
        """Changes a role (nick=..., role=...) or an affiliation (jid=..., affiliation=...)."""
        reason = item.pop("reason", "")
        admin = "http://jabber.org/protocol/muc#admin"
        query = ElementTree.Element(f"{{{admin}}}query")
        element = ElementTree.SubElement(query, f"{{{admin}}}item", **item)
        if reason:
            ElementTree.SubElement(element, f"{{{admin}}}reason").text = reason

        def send(client):
            iq = client.make_iq_set(ito=self.room)
            iq.append(query)
            return iq.send()

        self.user.do(send)

    def destroy(self, reason, alternative):
        """Destroys the room."""
        self.user.do(
            lambda client: client["xep_0045"].destroy(self.room, reason=reason, altroom=alternative)
        )

    def texts(self):
        """(nick, text) of what was said to everybody."""
        with self._lock:
            return list(self._texts)

    def private(self):
        """(nick, text) of what was said to this person alone."""
        with self._lock:
            return list(self._private)

    def wait_text(self, text, seconds=30):
        """Waits until somebody has said TEXT."""
        return eventually(
            lambda: next((entry for entry in self.texts() if entry[1] == text), None),
            lambda: f"{text} in {self.texts()}",
            seconds,
        )
