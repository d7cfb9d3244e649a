"""Home Assistant discovers the checkboxes, shows and sets them, and forgets those that go."""

import json

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Subscriber
from world.home_assistant import HomeAssistant, render
from world.rpc import request_id
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


@pytest.fixture(name="home")
def _home(small_world):
    """A house whose service tells a Home Assistant of its own."""
    prefix = f"ha-{small_world.base}"
    small_world.up(home_assistant_prefix=prefix)
    small_world.prefix = prefix
    small_world.config_topic = f"{prefix}/device/chatwire-{small_world.base}/config"
    return small_world


def _home_assistant(home):
    assistant = HomeAssistant(home.broker, home.prefix)
    home.on_close(assistant.close)
    return assistant


def _witness(home, topic):
    witness = Subscriber(home.broker, topic)
    home.on_close(witness.close)
    return witness


def _delete(home, name):
    home.mqttd.api().checkboxes.DeleteCheckbox(
        checkbox.DeleteCheckboxRequest(name=name, request_id=request_id())
    )


def _compared(home, times):
    log = home.mqttd.folder / "chatwire-mqttd.log"
    said = "compared with what the broker has retained"
    eventually(lambda: log.read_text(encoding="utf-8").count(said) >= times, said)


def test_templates_are_rendered_as_jinja_does():
    state = "{{ value_json.state }}"
    there = (
        "{{ 'offline' if value_json is defined and value_json.available == false else 'online' }}"
    )
    assert render(state, '{"state":"ON"}') == "ON"
    assert render(state, '{"state":null}') == "None"
    assert [render(there, f'{{"available":{word}}}') for word in ("true", "false", "null")] == [
        "online",
        "offline",
        "online",
    ]
    assert render(there, "") == "online"


def test_a_switch_shows_what_the_device_reports_and_sets_it(home):
    person, device = home.person_online(), home.device()
    assistant = _home_assistant(home)
    lamp = assistant.entity("switch.lamp", state=None)
    assert lamp.config["unique_id"] == f"chatwire-{home.base}_lamp"

    assistant.turn("switch.lamp", True)
    assistant.entity("switch.lamp", state=True)
    assert device.commands() == ["ON"] and home.get("lamp").reported == ON
    assert home.get("lamp").last_change.source == checkbox.CHANGE_SOURCE_MQTT

    person.ask(home.bot, "lamp off", "lamp is off")
    assistant.entity("switch.lamp", state=False)
    device.report("ON")
    assistant.entity("switch.lamp", state=True)

    home.broker.publish(f"{home.base}/checkbox/lamp/availability", "offline")
    assistant.entity("switch.lamp", state=True, available=False)
    home.broker.publish(f"{home.base}/checkbox/lamp/availability", "online")
    assistant.entity("switch.lamp", state=True)
    # The service dies: its will says so.
    home.mqttd.process.kill()
    assistant.entity("switch.lamp", available=False)
    home.mqttd.start()
    assistant.entity("switch.lamp", state=True)
    assert not assistant.problems


def test_what_comes_goes_and_is_renamed_is_told_and_nothing_else(home):
    assistant = _home_assistant(home)
    assistant.entity("switch.lamp")
    _compared(home, 1)
    witness = _witness(home, home.config_topic)
    witness.wait(home.config_topic)

    home.mqttd.kill_and_restart()
    home.wait_ready()
    _compared(home, 2)
    # What the broker has retained was as it should be: nothing was told again.
    home.create("fan", title="Fan")
    eventually(lambda: assistant.names() == ["Fan", "lamp"], assistant.names)
    told = [message for message in witness.messages() if not message[2]]
    assert len(told) == 1, told

    _delete(home, "lamp")
    eventually(lambda: assistant.names() == ["Fan"], assistant.names)
    last = f'"unique_id":"chatwire-{home.base}_lamp"'
    witness.wait(home.config_topic, lambda payload: last not in payload and '"lamp"' not in payload)
    steps = [sorted(json.loads(m[1])["cmps"]) for m in witness.messages() if not m[2]][1:]
    assert steps == [["fan", "lamp"], ["fan"]]
    removed = json.loads([m for m in witness.messages() if not m[2]][1][1])["cmps"]["lamp"]
    assert removed == {"p": "switch"}

    _delete(home, "fan")
    eventually(lambda: assistant.names() == [], assistant.names)
    witness.wait(home.config_topic, lambda payload: payload == "")
    assert not assistant.problems


def test_a_birth_brings_discovery_then_states(home):
    device = home.device()
    device.report("ON")
    eventually(lambda: home.get("lamp").reported == ON, "the report")
    _compared(home, 1)
    discovery, states = _witness(home, home.config_topic), _witness(home, f"{home.base}/#")
    assistant = _home_assistant(home)

    assistant.birth()

    eventually(lambda: [m for m in discovery.messages() if not m[2]], "discovery once more")
    for topic, text in (("bridge/state", "online"), ("checkbox/lamp", '"state":"ON"')):
        wanted = f"{home.base}/{topic}"
        eventually(
            lambda w=wanted, t=text: [m for m in states.messages(w) if not m[2] and t in m[1]],
            wanted,
        )
    assistant.entity("switch.lamp", state=True)


def test_what_an_earlier_life_has_left_behind_is_cleared(home):
    assistant = _home_assistant(home)
    home.create("fan")
    eventually(lambda: assistant.names() == ["fan", "lamp"], assistant.names)
    home.mqttd.stop()
    # Given a state folder that is lost, and checkboxes of which one is new
    home.mqttd.state = home.mqttd.folder / "another"
    home.mqttd.state.mkdir()
    home.mqttd.flags["state_dir"] = home.mqttd.state
    home.mqttd.start()
    home.create("heater")
    home.wait_ready()

    eventually(lambda: assistant.names() == ["heater"], assistant.names)
    assert not assistant.problems


def test_without_the_prefix_everything_is_taken_back(home):
    assistant = _home_assistant(home)
    assistant.entity("switch.lamp")

    home.mqttd.stop()
    home.mqttd.flags["home_assistant_prefix"] = ""
    home.mqttd.start()

    eventually(lambda: assistant.names() == [], assistant.names)
