"""A lamp that comes back by itself and knows what it has done, as a good device does: paho's client."""

import json
import threading

import paho.mqtt.client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from world.broker import PASSWORDS


class PahoDevice:
    """Obeys each command once, by its correlation data; follows the retained wish where it missed the command."""

    def __init__(self, broker, base, name):
        self._topic = f"{base}/checkbox/{name}"
        self._done = set()
        self._lock = threading.Lock()
        self.commands = []
        self.repeated = 0
        self._client = paho.Client(
            paho.CallbackAPIVersion.VERSION2, f"device-{base}-{name}", protocol=paho.MQTTv5
        )
        self._client.tls_set(str(broker.authority.certificate))
        self._client.username_pw_set("device", PASSWORDS["device"])
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = self._connected
        self._client.on_message = self._heard
        session = Properties(PacketTypes.CONNECT)
        session.SessionExpiryInterval = 600
        self._client.connect("localhost", broker.port, 20, clean_start=False, properties=session)
        self._client.loop_start()

    def _connected(self, client, _userdata, _flags, _reason, _properties):
        client.subscribe([(f"{self._topic}/command", paho.SubscribeOptions(1)), (self._topic, paho.SubscribeOptions(1))])

    def _heard(self, _client, _userdata, message):
        if message.topic.endswith("/command"):
            correlation = getattr(message.properties, "CorrelationData", b"").decode()
            self._obey(message.payload.decode(), correlation, command=True)
        elif message.payload:
            state = json.loads(message.payload)
            if state["pending"] and state["correlation_id"]:
                self._obey(state["desired"], state["correlation_id"])

    def _obey(self, wanted, correlation, command=False):
        with self._lock:
            again = correlation in self._done
            self._done.add(correlation)
            if command:
                self.repeated += again
                self.commands.append(wanted)
        # Also a repetition is answered: the first answer may have been lost.
        report = {"state": wanted, "correlation_id": correlation}
        self._client.publish(f"{self._topic}/report", json.dumps(report), qos=1)

    def close(self):
        """Ends it."""
        self._client.disconnect()
        self._client.loop_stop()
