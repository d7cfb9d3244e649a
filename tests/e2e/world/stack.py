"""Everything that one test needs, with names of its own so that tests do not meet."""

import itertools
import uuid

from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from chatwire.xmpp.v1 import account_service_pb2 as account

from world.broker import Device, Subscriber
from world.chat_user import ChatUser
from world.rpc import request_id
from world.services import Mqttd, Xmppd, wait_serving
from world.xmpp_servers import DOMAIN

_numbers = itertools.count(1)


class Stack:
    """A bot, a person, both services, and what talks to them."""

    def __init__(self, folder, authority, server, broker):
        self.folder, self.authority = folder, authority
        self.server, self.broker = server, broker
        self.base = f"house{next(_numbers)}"
        self.bot, self.password = self.new_account("bot")
        self.person, self.person_password = self.new_account("alice")
        server.befriend(self.bot.split("@")[0], self.person.split("@")[0])
        self.xmppd = self.mqttd = None
        self._closing = []

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

    def start_mqttd(self, token, **flags):
        """Starts chatwire-mqttd on TOKEN's account."""
        folder = self.folder / "mqttd"
        folder.mkdir(parents=True, exist_ok=True)
        token_file = folder / "bot.token"
        token_file.write_text(token + "\n", encoding="utf-8")
        token_file.chmod(0o600)
        flags = {"base_topic": self.base, "xmpp_service_token_file": token_file, **flags}
        flags.setdefault("xmpp_service", self.xmppd.address)
        self.mqttd = Mqttd(folder, self.authority, self.broker, **flags).start()
        self._closing.append(self.mqttd.stop)
        return self.mqttd

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

    def create(self, name, **fields):
        """Creates a checkbox."""
        request = checkbox.CreateCheckboxRequest(name=name, request_id=request_id(), **fields)
        return self.mqttd.api().checkboxes.CreateCheckbox(request).checkbox

    def get(self, name):
        """Reads a checkbox."""
        return self.mqttd.api().checkboxes.GetCheckbox(checkbox.GetCheckboxRequest(name=name)).checkbox

    def person_online(self, *plugins):
        """The person's client, with slixmpp's PLUGINS."""
        return self.user_online(self.person, self.person_password, *plugins)

    def user_online(self, jid, password, *plugins):
        """A client of any account, with slixmpp's PLUGINS."""
        user = ChatUser(jid, password, self.authority, self.server.port, plugins)
        self._closing.append(user.close)
        return user

    def device(self, name="lamp"):
        """A device that obeys."""
        device = Device(self.broker, self.base, name)
        self._closing.append(device.close)
        return device

    def witness(self):
        """mosquitto_sub on everything below the base topic."""
        witness = Subscriber(self.broker, f"{self.base}/#")
        self._closing.append(witness.close)
        return witness

    def on_close(self, close):
        """Has CLOSE called at the end, before what was started earlier is ended."""
        self._closing.append(close)

    def close(self):
        """Ends all, last started first."""
        for close in reversed(self._closing):
            close()
