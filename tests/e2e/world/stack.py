"""Everything that one test needs, with names of its own so that tests do not meet."""

import uuid

from chatwire.xmpp.v1 import account_service_pb2 as account

from world.chat_user import ChatUser
from world.mqtt_side import MqttSide
from world.services import Xmppd, wait_serving
from world.xmpp_servers import DOMAIN


class Stack(MqttSide):
    """A bot, a person, both services, and what talks to them."""

    def __init__(self, folder, authority, server, broker):
        super().__init__(folder, authority, broker)
        self.server = server
        self.bot, self.password = self.new_account("bot")
        self.person, self.person_password = self.new_account("alice")
        server.befriend(self.bot.split("@")[0], self.person.split("@")[0])
        self.xmppd = None

    def new_account(self, name):
        """Registers a fresh account; returns (JID, password)."""
        local, password = f"{name}{uuid.uuid4().hex[:8]}", uuid.uuid4().hex
        self.server.register(local, password)
        return f"{local}@{DOMAIN}", password

    def start_xmppd(self, **flags):
        """Starts chatwire-xmppd."""
        self.xmppd = Xmppd(self.folder / "xmppd", self.authority, self.server, **flags).start()
        self._closing.append(self.xmppd.stop)
        return self.xmppd

    def login(self, jid=None, password=None):
        """Logs an account in (the bot); returns its token."""
        request = account.LoginRequest(jid=jid or self.bot, password=password or self.password)
        return self.xmppd.api("").accounts.Login(request).token

    def start_mqttd(self, token="none", **flags):
        """Starts chatwire-mqttd on TOKEN's account."""
        flags.setdefault("xmpp_service", self.xmppd.address)
        return super().start_mqttd(token, **flags)

    def up(self, checkboxes=("lamp",), **mqttd_flags):
        """Starts both services, logs the bot in, makes CHECKBOXES, waits until all is ready."""
        self.start_xmppd()
        self.bot_token = self.login()
        self.start_mqttd(self.bot_token, **mqttd_flags)
        for name in checkboxes:
            self.create(name)
        self.wait_ready()
        return self

    def wait_ready(self):
        """Waits until both services say that they are ready."""
        wait_serving(self.xmppd, "chatwire.xmpp.v1")
        wait_serving(self.mqttd, "chatwire.mqtt.v1")

    def person_online(self, *plugins):
        """The person's client, with slixmpp's PLUGINS."""
        return self.user_online(self.person, self.person_password, *plugins)

    def user_online(self, jid, password, *plugins):
        """A client of any account, with slixmpp's PLUGINS."""
        user = ChatUser(jid, password, self.authority, self.server.port, plugins)
        self._closing.append(user.close)
        return user
