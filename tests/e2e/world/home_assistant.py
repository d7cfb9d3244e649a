"""Home Assistant's MQTT integration, as far as its documentation of device discovery says what it does."""

import json
import re
import ssl
import threading
from types import SimpleNamespace

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from world.broker import PASSWORDS
from world.waiting import eventually


def render(template, payload):
    """What Home Assistant makes of PAYLOAD with a `value_template`; the payload itself where there is none.

    Jinja reads our two kinds of expressions, an attribute and an inline `if`, as Python does, so Python evaluates them.
    """
    if template is None:
        return payload
    expression = re.fullmatch(r"\{\{ (.*) \}\}", template).group(1)
    assert re.fullmatch(r"[\w.'= ]+", expression), expression
    # What is no JSON is not defined.
    value_json = None
    if payload:
        value_json = json.loads(payload, object_hook=lambda fields: SimpleNamespace(**fields))
    expression = expression.replace(" is defined", " is not None")
    names = {"value_json": value_json, "value": payload, "true": True, "false": False}
    return str(eval(expression, {"__builtins__": {}}, names))  # pylint: disable=eval-used


class Switch:
    """One entity of the platform `switch`."""

    def __init__(self, config, qos):
        self.config, self.qos = config, qos
        # None: unknown, as at the start.
        self.state = None
        self.availability = {entry["topic"]: False for entry in config["availability"]}

    @property
    def available(self):
        """With `availability_mode: all`."""
        return all(self.availability.values())

    def topics(self):
        """What it listens to."""
        return {self.config["state_topic"], *self.availability}

    def hear(self, topic, payload):
        """A message on one of its topics."""
        if topic == self.config["state_topic"] and payload:
            value = render(self.config.get("value_template"), payload)
            states = {self.config["state_on"]: True, self.config["state_off"]: False, "None": None}
            self.state = states.get(value, self.state)
        for entry in self.config["availability"]:
            if entry["topic"] == topic:
                value = render(entry.get("value_template"), payload)
                words = {"online": True, "offline": False}
                self.availability[topic] = words.get(value, self.availability[topic])


class HomeAssistant:
    """A client that discovers our device and is its controller."""

    def __init__(self, broker, prefix):
        self._prefix = prefix
        self._lock = threading.RLock()
        self._subscribed = threading.Event()
        # By unique id; those of a discovery topic by the component's id.
        self.switches, self._components = {}, {}
        self.problems = []
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv311)
        self._client.username_pw_set("witness", PASSWORDS["witness"])
        self._client.tls_set_context(ssl.create_default_context(cafile=broker.authority.certificate))
        self._client.on_connect = lambda client, *_: client.subscribe(f"{prefix}/device/+/config", 0)
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_message = self._hear
        self._client.connect("localhost", broker.port)
        self._client.loop_start()
        assert self._subscribed.wait(20)

    def _hear(self, _client, _data, message):
        payload = message.payload.decode()
        with self._lock:
            try:
                if re.fullmatch(f"{self._prefix}/device/[a-zA-Z0-9_-]+/config", message.topic):
                    self._discover(message.topic, payload)
                for switch in self.switches.values():
                    switch.hear(message.topic, payload)
            except Exception as error:  # pylint: disable=broad-exception-caught
                self.problems.append(f"{message.topic}: {payload}: {error!r}")

    def _discover(self, topic, payload):
        config = json.loads(payload) if payload else {"cmps": {}}
        if payload:
            assert config["dev"]["ids"] and config["o"]["name"], payload
        known = self._components.setdefault(topic, {})
        for name, component in config["cmps"].items():
            assert component["p"] == "switch", component
            if set(component) == {"p"}:
                self.switches.pop(known.pop(name, None), None)
                continue
            unique_id = component["unique_id"]
            assert component["command_topic"] and "object_id" not in component
            known[name] = unique_id
            old = self.switches.get(unique_id)
            if old and old.config == component:
                continue
            self.switches[unique_id] = Switch(component, config.get("qos", 0))
            for wanted in self.switches[unique_id].topics():
                self._client.subscribe(wanted, self.switches[unique_id].qos)
        if not payload:
            for unique_id in known.values():
                self.switches.pop(unique_id, None)
            known.clear()

    def birth(self):
        """It has started."""
        self._client.publish(f"{self._prefix}/status", "online", 0, False).wait_for_publish(20)

    def entity(self, entity_id, *, state="any", available=True):
        """Waits for an entity with STATE (True, False, None or "any") that is AVAILABLE or not."""

        def found():
            with self._lock:
                for switch in self.switches.values():
                    fits = state == "any" or switch.state is state
                    named = switch.config["default_entity_id"] == entity_id
                    if named and fits and switch.available is available:
                        return switch
            return None

        return eventually(
            found,
            lambda: f"{entity_id} {state}: {[vars(s) for s in self.switches.values()]} {self.problems}",
        )

    def names(self):
        """Names of the entities that there are."""
        with self._lock:
            return sorted(switch.config["name"] for switch in self.switches.values())

    def turn(self, entity_id, on):
        """What a tap on the switch publishes."""
        switch = self.entity(entity_id)
        payload = switch.config["payload_on" if on else "payload_off"]
        self._client.publish(
            switch.config["command_topic"], payload, switch.qos, switch.config["retain"]
        ).wait_for_publish(20)

    def close(self):
        """Ends the client."""
        self._client.disconnect()
        self._client.loop_stop()
