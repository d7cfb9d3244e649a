"""The bot on the service, and a person with a client that can do everything."""

from chatwire.xmpp.v1 import chat_service_pb2 as chat

from world.cable import Cable
from world.journal import Journal
from world.rich_user import RichUser
from world.rpc import request_id
from world.xmpp_servers import DOMAIN

XHTML = '<p style="color: red">ol<b>á</b> &amp; 🙂</p>'


def shown(stanza):
    """The text of what has marks."""
    body = stanza.xml.find(".//{http://www.w3.org/1999/xhtml}body")
    assert body.find(".//{http://www.w3.org/1999/xhtml}b").text == "á"
    return "".join(body.itertext())


class Talk:
    """The bot on the service, and the person with a client that can do everything."""

    def __init__(self, world):
        self.world = world
        self.cable = Cable(world.server.port)
        world._closing.append(self.cable.close)
        world.start_xmppd(xmpp_route=f"{DOMAIN}=127.0.0.1:{self.cable.port}")
        self.token = world.login()
        self.person = self.user(world.person, world.person_password)
        self._journals = []

    def user(self, jid, password):
        """A client of JID."""
        user = RichUser(jid, password, self.world.authority, self.world.server.port)
        self.world._closing.append(user.close)
        return user

    @property
    def chat(self):
        """The bot's chat service."""
        return self.world.xmppd.api(self.token).chat

    def journal(self):
        """A new reader of the bot's events."""
        journal = Journal(self.world.xmppd.api(self.token))
        self._journals.append(journal)
        return journal

    def send(self, **fields):
        """SendMessage to the person; returns the message's id."""
        fields = {"to": self.world.person, "body": "hello", "request_id": request_id(), **fields}
        return self.chat.SendMessage(chat.SendMessageRequest(**fields)).message_id

    def correct(self, identity, body):
        """CorrectMessage."""
        return self.chat.CorrectMessage(
            chat.CorrectMessageRequest(
                to=self.world.person, message_id=identity, body=body, request_id=request_id()
            )
        )

    def retract(self, identity):
        """RetractMessage."""
        return self.chat.RetractMessage(
            chat.RetractMessageRequest(
                to=self.world.person, message_id=identity, request_id=request_id()
            )
        )

    def react(self, identity, *reactions):
        """React."""
        return self.chat.React(
            chat.ReactRequest(
                to=self.world.person,
                message_id=identity,
                reactions=reactions,
                request_id=request_id(),
            )
        )

    def mark(self, identity):
        """MarkDisplayed."""
        return self.chat.MarkDisplayed(
            chat.MarkDisplayedRequest(
                to=self.world.person, message_id=identity, request_id=request_id()
            )
        )

    def close(self):
        """Ends the readers."""
        for journal in self._journals:
            journal.close()
