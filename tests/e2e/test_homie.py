"""Checkboxes as devices of the Homie convention, version 5, as mosquitto_sub and mosquitto_pub see them."""

import json

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Subscriber
from world.rpc import request_id
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


class Controller(Subscriber):
    """A Homie controller: what is on the broker below its domain, in order, and how it stands."""

    def __init__(self, home):
        self._home = home
        self._root = f"{home.domain}/5"
        super().__init__(home.broker, f"{self._root}/#")
        home.on_close(self.close)

    def now(self, topic):
        """The newest payload of TOPIC; "" where it was cleared, None where there was none."""
        found = [payload for heard, payload, _, _ in self.messages() if heard == f"{self._root}/{topic}"]
        return found[-1] if found else None

    def until(self, topic, payload):
        """Waits until TOPIC is PAYLOAD."""
        eventually(lambda: self.now(topic) == payload, lambda: f"{topic} {payload}: {self.now(topic)}")

    def order(self, *topics):
        """What came on TOPICS, in order: (topic, payload)."""
        wanted = [f"{self._root}/{topic}" for topic in topics]
        return [
            (heard[len(self._root) + 1 :], payload)
            for heard, payload, _, _ in self.messages()
            if heard in wanted
        ]

    def set(self, device, payload, *more):
        """A controller's command; not retained."""
        self._home.broker.publish(f"{self._root}/{device}/checkbox/state/set", payload, *more)

    def description(self, device):
        """The description, once it is there."""
        eventually(lambda: self.now(f"{device}/$description"), f"a description of {device}")
        return json.loads(self.now(f"{device}/$description"))


@pytest.fixture(name="home")
def _home(mqtt_side):
    """A house on a broker of its own, whose checkboxes are Homie devices."""
    mqtt_side.domain = "homie"
    mqtt_side.up(homie_domain="homie")
    mqtt_side.lamp = f"{mqtt_side.base}-lamp"
    return mqtt_side


def test_a_set_is_accepted_and_then_done(home):
    controller, device = Controller(home), home.device()
    lamp = f"{home.lamp}/checkbox/state"
    controller.until(f"{home.base}/$state", "ready")
    controller.until(f"{home.lamp}/$state", "ready")
    device.silent = True

    controller.set(home.lamp, "true")

    controller.until(f"{lamp}/$target", "true")
    eventually(lambda: device.commands() == ["ON"], "the command")
    assert controller.now(lamp) in (None, ""), "nothing is reported yet"
    device.report("ON")
    controller.until(lamp, "true")
    assert home.get("lamp").reported == ON
    # What others want shows as the target, too, and what the device does by itself.
    device.silent = False
    home.set("lamp", checkbox.CHECKBOX_ACTION_OFF)
    controller.until(lamp, "false")
    assert controller.now(f"{lamp}/$target") == "false"
    device.report("ON")
    controller.until(lamp, "true")
    controller.until(f"{lamp}/$target", "true")
    # Who comes later finds all of it.
    late = Controller(home)
    late.until(lamp, "true")
    assert all(retained for _, _, retained, _ in late.messages(f"{home.domain}/5/{lamp}"))


def test_what_is_no_command_changes_nothing(home):
    controller = Controller(home)
    controller.until(f"{home.lamp}/$state", "ready")

    controller.set(home.lamp, "true", "-r")
    for payload in ("TRUE", "ON", "toggle"):
        controller.set(home.lamp, payload)
    controller.set(home.lamp, "false")

    controller.until(f"{home.lamp}/checkbox/state/$target", "false")
    assert home.get("lamp").version == 1
    # Nor when the broker repeats what is retained.
    home.mqttd.kill_and_restart()
    home.wait_ready()
    controller.until(f"{home.base}/$state", "ready")
    controller.set(home.lamp, "false")
    eventually(lambda: home.get("lamp").version == 2, "the second command")
    assert home.get("lamp").desired == OFF


def test_devices_come_change_and_go_in_order(home):
    controller = Controller(home)
    controller.until(f"{home.base}/$state", "ready")
    desk = f"{home.base}-desk--ulamp"

    home.create("desk_lamp", title="Desk")

    controller.until(f"{desk}/$state", "ready")
    eventually(lambda: desk in controller.description(home.base)["children"], "a child")
    description = controller.description(desk)
    assert (description["name"], description["root"], description["homie"]) == ("Desk", home.base, "5.0")
    state = description["nodes"]["checkbox"]["properties"]["state"]
    assert state["datatype"] == "boolean" and state["settable"] and state["retained"]
    states = [payload for topic, payload in controller.order(f"{desk}/$state", f"{desk}/$description")]
    assert states[0] == "init" and states[1][0] == "{" and states[-1] == "ready"
    controller.set(desk, "true")
    controller.until(f"{desk}/checkbox/state/$target", "true")

    home.mqttd.api().checkboxes.DeleteCheckbox(
        checkbox.DeleteCheckboxRequest(name="desk_lamp", request_id=request_id())
    )

    controller.until(f"{desk}/checkbox/state/$target", "")
    assert desk not in controller.description(home.base)["children"]
    cleared = [topic for topic, payload in controller.order(f"{desk}/$state", f"{desk}/$description") if not payload]
    assert cleared == [f"{desk}/$state", f"{desk}/$description"]
    late = Controller(home)
    late.until(f"{home.base}/$state", "ready")
    late.until(f"{home.lamp}/$state", "ready")
    assert desk not in {topic.split("/")[2] for topic, _, _, _ in late.messages()}


def test_the_root_is_lost_with_a_crash_and_disconnected_after_a_stop(home):
    controller = Controller(home)
    controller.until(f"{home.base}/$state", "ready")
    version = controller.description(home.lamp)["version"]

    home.mqttd.process.kill()
    controller.until(f"{home.base}/$state", "lost")
    home.mqttd.start()
    controller.until(f"{home.base}/$state", "ready")
    home.mqttd.stop()
    controller.until(f"{home.base}/$state", "disconnected")
    # A broker that has forgotten everything is told all of it again.
    home.broker.process.kill()
    home.broker.start()
    home.mqttd.start()
    late = Controller(home)
    late.until(f"{home.base}/$state", "ready")
    late.until(f"{home.lamp}/$state", "ready")
    assert late.description(home.lamp)["version"] == version
    # The device's own absence is that of its child, no more.
    home.broker.publish(f"{home.base}/checkbox/lamp/availability", "offline")
    late.until(f"{home.lamp}/$state", "lost")
    assert late.now(f"{home.base}/$state") == "ready"


def test_without_the_domain_everything_is_taken_back(home):
    controller = Controller(home)
    controller.until(f"{home.base}/$state", "ready")
    home.mqttd.stop()
    home.mqttd.flags["homie_domain"] = ""

    home.mqttd.start()

    controller.until(f"{home.lamp}/$description", "")
    controller.until(f"{home.base}/$description", "")
    home.wait_ready()
