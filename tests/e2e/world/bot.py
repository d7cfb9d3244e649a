"""The bot on the service, as the program behind it sees it."""

import uuid

from chatwire.xmpp.v1 import data_form_pb2 as forms

from world.event_follower import EventFollower
from world.waiting import eventually
from world.xmpp_servers import ROOMS

OPEN_ROOM = forms.DataForm(
    type=forms.DATA_FORM_TYPE_SUBMIT,
    fields=[forms.FormField(name="muc#roomconfig_changesubject", values=["1"])],
)


class Bot:
    """Logged in, on a service of its own unless STACK has one; its calls and its events."""

    def __init__(self, stack, **flags):
        if not stack.xmppd:
            stack.start_xmppd(**flags)
        self.stack, self.jid = stack, stack.bot
        self.token = stack.login()
        self.api = stack.xmppd.api(self.token)
        self.ask = self.api.ask
        self.events = EventFollower(stack, self.token)
        stack.on_close(self.events.close)

    def full_jid(self):
        """With its resource."""
        return f"{self.jid}/{self.ask('GetAccount').account.resource}"

    def say(self, body, **fields):
        """SendMessage to the stack's person; returns the message's id."""
        return self.ask("SendMessage", **{"to": self.stack.person, "body": body, **fields}).message_id

    def wait_sender(self, kind, **fields):
        """Waits for an event, and returns who caused it."""
        return getattr(self.events.wait(kind, **fields), "from")

    def room(self, nick="bot"):
        """Makes a room in which anybody may set the subject, and is there as NICK; returns its JID."""
        room = f"room{uuid.uuid4().hex[:8]}@{ROOMS}"
        self.ask("CreateRoom", room=room, nick=nick, configuration=OPEN_ROOM)
        return room

    def wait_nick(self, room, nick):
        """Waits until NICK is in ROOM."""

        def inside():
            participants = self.ask("ListParticipants", room=room).participants
            return any(participant.nick == nick for participant in participants)

        eventually(inside, f"{nick} is in {room}")
