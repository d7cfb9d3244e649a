"""Devices with topics of their own: the main job with one, and every line of docs/devices.md."""

import json
import re
import shlex
from pathlib import Path

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from chatwire.mqtt.v1 import device_binding_pb2 as binding

from world.broker import Broker, Subscriber
from world.mqtt_proxy import FROM_BROKER, PUBACK, PUBLISH, MqttProxy
from world.rpc import request_id
from world.shell import CONFLICT, USAGE, Shell
from world.stack import Stack
from world.waiting import eventually

PAGE = Path(__file__).parents[2] / "docs" / "devices.md"
ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF
THERE = checkbox.DEVICE_AVAILABILITY_ONLINE
AWAY = checkbox.DEVICE_AVAILABILITY_OFFLINE


def _rows(heading):
    """The cells of the first table below HEADING of the page; of a cell in code spans, the spans."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1]
    table = re.search(r"^\|---.*\n((?:\|.*\n)+)", section, re.MULTILINE).group(1)
    for line in table.splitlines():
        yield [re.findall(r"`([^`]+)`", cell) or cell.strip() for cell in line.strip("|").split(" | ")]


PRESETS = list(_rows("Presets"))
PAYLOADS = list(_rows("Payloads"))


class Plug(Subscriber):
    """A Tasmota of an independent client: mosquitto_sub hears, mosquitto_pub answers."""

    def __init__(self, broker, topic):
        self._broker, self.topic = broker, topic
        self.silent = False
        super().__init__(broker, f"cmnd/{topic}/POWER", user="device")

    def heard(self, topic, payload, correlation):
        if not self.silent:
            self._broker.publish(f"stat/{self.topic}/POWER", payload)

    def commands(self):
        """Payloads heard so far."""
        return [payload for _, payload, _, _ in self.messages()]


def _tasmota(topic):
    return binding.DeviceBinding(preset=binding.DEVICE_PRESET_TASMOTA, topic=topic)


def test_chat_turns_a_tasmota_on_and_is_told_when_it_is(world):
    world.up(checkboxes=())
    lamp = Plug(world.broker, f"{world.base}-lamp")
    world.on_close(lamp.close)
    world.create("lamp", device=_tasmota(lamp.topic))
    person, witness = world.person_online(), world.witness()

    person.ask(world.bot, "lamp on", "lamp is on")
    person.ask(world.bot, "toggle lamp", "lamp is off")

    assert lamp.commands() == ["ON", "OFF"]
    assert not any(retained for _, _, retained, _ in lamp.messages())
    assert witness.messages(f"{world.base}/checkbox/lamp/command") == []
    state = f"{world.base}/checkbox/lamp"
    witness.wait(state, lambda payload: json.loads(payload)["state"] == "OFF")
    # Whether it is there is what its will says.
    will = f"tele/{lamp.topic}/LWT"
    world.broker.publish(will, "Offline", "-r")
    witness.wait(state, lambda payload: json.loads(payload)["available"] is False)
    world.broker.publish(will, "Online", "-r")
    eventually(lambda: world.get("lamp").availability == THERE, "it is there again")
    # What nobody has confirmed is not said.
    lamp.silent = True
    person.ask(world.bot, "lamp on", "not confirmed")
    heard = len(person.texts())
    world.broker.publish(f"tele/{lamp.topic}/STATE", '{"Uptime":"0T00:10:11","POWER":"ON"}')
    person.wait("lamp is on", start=heard)


@pytest.fixture(name="shell", scope="module")
def _shell(tmp_path_factory, authority, one_server, broker):
    stack = Stack(tmp_path_factory.mktemp("devices"), authority, one_server, broker).up(checkboxes=())
    shell = Shell(stack, tmp_path_factory.mktemp("home"))
    shell.stack = stack
    yield shell
    stack.close()


def _bound(shell, options):
    """A new checkbox that is bound with OPTIONS; its name."""
    name = f"plug-{request_id()[:8]}"
    shell.ok("checkbox", "create", name, *shlex.split(options))
    return name


def _readings(readings):
    return [f"{r.topic} ({r.value_path})" if r.value_path else r.topic for r in readings]


@pytest.mark.parametrize("row", PRESETS, ids=lambda row: row[0][0])
def test_a_preset_is_what_the_page_says_and_does_the_job(shell, row):
    (options,), (asked,), commands, states, values, availability, words = row
    name = _bound(shell, options)
    device = shell.stack.get(name).device
    witness = Subscriber(shell.stack.broker, asked)
    try:
        assert device.command_topic == asked
        assert [device.payload_on, device.payload_off] == commands
        assert _readings(device.states) == states
        assert [*device.state_on, *device.state_off] == values
        assert _readings(device.availability) == availability
        assert [*device.online, *device.offline] == words
        topic, path = device.states[0].topic, device.states[0].value_path
        for action, payload, value in zip(("on", "off"), commands, values):
            shell.ok("checkbox", "set", name, action)
            assert witness.wait(re.escape(asked), lambda p, wanted=payload: p == wanted)[-1][2] is False
            word = {"true": True, "false": False}.get(value, value) if path else value
            said = json.dumps({path: word}) if path else word
            shell.stack.broker.publish(topic, said)
            wanted = ON if action == "on" else OFF
            eventually(lambda: shell.stack.get(name).reported == wanted, f"{name} is {action}")
            assert not shell.stack.get(name).pending
    finally:
        witness.close()
        shell.ok("checkbox", "delete", name)


@pytest.mark.parametrize("row", PAYLOADS, ids=lambda row: f"{row[1][0]} {row[2][0][:20]}")
def test_a_payload_is_read_as_the_page_says(shell, row):
    (options,), (topic,), (payload,), meaning = row
    name = _bound(shell, options)
    asked = shell.stack.get(name).device.command_topic
    witness = Subscriber(shell.stack.broker, asked)
    # Only what is listened to is heard: a command waits for the subscriptions.
    shell.ok("checkbox", "set", name, "on" if meaning != "off" else "off")
    witness.wait(re.escape(asked))
    shell.stack.broker.publish(topic, payload)
    wanted = {"on": (ON, None), "off": (OFF, None), "there": (None, THERE), "not there": (None, AWAY)}
    state, availability = wanted[meaning]

    def as_said():
        now = shell.stack.get(name)
        return now.reported == state if state else now.availability == availability

    try:
        eventually(as_said, lambda: f"{meaning}: {shell.stack.get(name)}")
    finally:
        witness.close()
        shell.ok("checkbox", "delete", name)


def test_a_shell_binds_shows_exports_and_unbinds(shell, tmp_path):
    name = _bound(shell, "--preset tasmota --topic hall --qos 0")
    shown = shell.ok("checkbox", "get", name)
    assert "asked on cmnd/hall/POWER: ON / OFF" in shown
    assert "tele/hall/STATE (POWER)" in shown and "tele/hall/LWT: Online / Offline" in shown
    assert json.loads(shell.ok("checkbox", "get", name, "--json"))["device"]["qos"] == "at_most_once"
    shell.fails(CONFLICT, "checkbox", "create", "twin", "--preset", "tasmota", "--topic", "hall")
    shell.fails(USAGE, "checkbox", "create", "wild", "--preset", "tasmota", "--topic", "#")

    document = tmp_path / "checkboxes.json"
    document.write_text(shell.ok("checkbox", "export"), encoding="utf-8")
    before = shell.stack.get(name).device
    shell.ok("checkbox", "unbind", name)
    assert not shell.stack.get(name).HasField("device")
    assert shell.ok("checkbox", "get", name).count("\n") == 1
    assert "updated" in shell.ok("checkbox", "import", str(document))
    assert shell.stack.get(name).device == before

    config = tmp_path / "switch.json"
    config.write_text(
        '{"cmd_t":"~/set","stat_t":"~/state","val_tpl":"{{ value_json.power }}","~":"home/plug"}',
        encoding="utf-8",
    )
    options = ["--preset", "home_assistant", "--home-assistant-config", str(config)]
    assert "home/plug/set" in shell.ok("checkbox", "device", name, *options)
    assert shell.stack.get(name).device.states[0].value_path == "power"
    shell.ok("checkbox", "delete", name)


def test_a_killed_service_asks_a_bound_device_once(tmp_path, authority, one_server):
    """As `e2e.exactly_once` has it for devices that know our topics: the echo is heard on the device's topic, too."""
    broker = Broker(tmp_path / "broker", authority)
    broker.start()
    stack = Stack(tmp_path, authority, one_server, broker)
    broker.proxy = MqttProxy(broker.plain_port)
    deaf = (("pub", FROM_BROKER, PUBACK), ("echo", FROM_BROKER, PUBLISH))
    try:
        stack.up(checkboxes=(), command_expiry="110s", confirm_timeout="100s")
        lamp = Plug(broker, "lamp")
        lamp.silent = True
        stack.on_close(lamp.close)
        stack.create("lamp", device=_tasmota("lamp"))
        broker.publish("stat/lamp/POWER", "OFF", "-r")
        eventually(lambda: stack.get("lamp").reported == OFF, "it is bound")
        broker.proxy.lose(*deaf)
        _set(stack, checkbox.CHECKBOX_ACTION_ON)
        eventually(lambda: lamp.commands() == ["ON"], lambda: f"{lamp.commands()}")
        eventually(lambda: set(deaf) <= set(broker.proxy.lost), lambda: f"{broker.proxy.lost}")

        stack.mqttd.process.kill()
        broker.proxy.lose()
        stack.mqttd.start()

        eventually(lambda: stack.get("lamp").pending, "it is up again")
        _set(stack, checkbox.CHECKBOX_ACTION_OFF)
        eventually(lambda: lamp.commands()[-1:] == ["OFF"], lambda: f"{lamp.commands()}", 60)
        assert lamp.commands() == ["ON", "OFF"]
    finally:
        stack.close()
        broker.proxy.close()
        broker.stop()


def _set(stack, action):
    request = checkbox.SetCheckboxRequest(name="lamp", action=action, request_id=request_id())
    stack.mqttd.api().checkboxes.SetCheckbox(request)
