"""chatwire-mqttd alone, whose chat side is away: for what has nothing to do with chat."""

import itertools

from chatwire.mqtt.v1 import broker_service_pb2 as broker_api
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Device, Subscriber
from world.rpc import request_id
from world.services import Mqttd
from world.waiting import eventually, free_port

_numbers = itertools.count(1)


class MqttSide:
    """The service on a broker, and what talks to them."""

    def __init__(self, folder, authority, broker):
        self.folder, self.authority, self.broker = folder, authority, broker
        self.base = f"house{next(_numbers)}"
        self.mqttd = None
        self._closing = []

    def start_mqttd(self, token="none", **flags):
        """Starts chatwire-mqttd on TOKEN's account of chatwire-xmppd; without one there is nobody at that address."""
        folder = self.folder / "mqttd"
        folder.mkdir(parents=True, exist_ok=True)
        token_file = folder / "bot.token"
        token_file.write_text(token + "\n", encoding="utf-8")
        token_file.chmod(0o600)
        flags = {"base_topic": self.base, "xmpp_service_token_file": token_file, **flags}
        flags.setdefault("xmpp_service", f"localhost:{free_port()}")
        self.mqttd = Mqttd(folder, self.authority, self.broker, **flags).start()
        self._closing.append(self.mqttd.stop)
        return self.mqttd

    def up(self, checkboxes=("lamp",), **mqttd_flags):
        """Starts the service, makes CHECKBOXES, waits until the broker is there."""
        self.start_mqttd(**mqttd_flags)
        for name in checkboxes:
            self.create(name)
        self.wait_ready()
        return self

    def status(self):
        """How its links are."""
        return self.mqttd.api().broker.GetStatus(broker_api.GetStatusRequest())

    def wait_ready(self):
        """Waits until the service publishes to the broker and hears it."""

        def linked():
            status = self.status()
            return status.publisher.connected and status.subscriber.connected

        eventually(linked, self.mqttd.process.tail, 45, 0.1)

    def is_told(self):
        """Whether the broker has all that it is owed."""
        status = self.status()
        return status.publisher.connected and status.outbox_count == 0

    def create(self, name, **fields):
        """Creates a checkbox."""
        request = checkbox.CreateCheckboxRequest(name=name, request_id=request_id(), **fields)
        return self.mqttd.api().checkboxes.CreateCheckbox(request).checkbox

    def get(self, name):
        """Reads a checkbox."""
        return self.mqttd.api().checkboxes.GetCheckbox(checkbox.GetCheckboxRequest(name=name)).checkbox

    def set(self, name, action, **fields):
        """Sets a checkbox."""
        request = checkbox.SetCheckboxRequest(name=name, action=action, request_id=request_id(), **fields)
        return self.mqttd.api().checkboxes.SetCheckbox(request).checkbox

    def device(self, name="lamp"):
        """A device that obeys."""
        device = Device(self.broker, self.base, name)
        self._closing.append(device.close)
        return device

    def witness(self, *topics):
        """mosquitto_sub on TOPICS; on everything below the base topic where there are none."""
        witness = Subscriber(self.broker, *(topics or (f"{self.base}/#",)))
        self._closing.append(witness.close)
        return witness

    def on_close(self, close):
        """Has CLOSE called at the end, before what was started earlier is ended."""
        self._closing.append(close)

    def close(self):
        """Ends all, last started first."""
        for close in reversed(self._closing):
            close()
