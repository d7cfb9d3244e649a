"""What is away comes back by itself, and nothing is lost meanwhile."""

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Broker
from world.rpc import request_id
from world.services import wait_serving
from world.stack import Stack
from world.waiting import eventually

ON = checkbox.CHECKBOX_STATE_ON


@pytest.fixture(name="lone")
def _lone(tmp_path, authority, one_server):
    """A stack with a broker of its own, not started."""
    broker = Broker(tmp_path / "broker", authority)
    stack = Stack(tmp_path, authority, one_server, broker)
    yield stack
    stack.close()
    if broker.process:
        broker.stop()


def _set(stack, action=checkbox.CHECKBOX_ACTION_ON):
    request = checkbox.SetCheckboxRequest(name="lamp", action=action, request_id=request_id())
    return stack.mqttd.api().checkboxes.SetCheckbox(request).checkbox


def test_a_service_starts_without_its_broker_and_catches_up(lone):
    lone.start_xmppd()
    lone.start_mqttd(lone.login())
    lone.create("lamp")
    wait_serving(lone.mqttd, "")
    wait_serving(lone.mqttd, "chatwire.mqtt.v1", expected=False)

    assert _set(lone).pending
    lone.broker.start()
    device = lone.device()

    wait_serving(lone.mqttd, "chatwire.mqtt.v1")
    lone.witness().wait(f"{lone.base}/checkbox/lamp", lambda p: '"desired":"ON"' in p)
    # Where the command was there before the device, that follows the retained wish, as devices should.
    if not device.commands():
        device.report("ON")
    eventually(lambda: lone.get("lamp").reported == ON, "the waiting command arrived")
    assert not lone.get("lamp").pending
    assert device.commands() in ([], ["ON"])


def test_a_broker_that_lost_everything_gets_the_states_again(lone):
    lone.broker.start()
    lone.up()
    device = lone.device()
    _set(lone)
    eventually(lambda: lone.get("lamp").reported == ON, "the lamp is on")
    device.close()

    lone.broker.stop()
    wait_serving(lone.mqttd, "chatwire.mqtt.v1", expected=False)
    lone.broker.start()

    wait_serving(lone.mqttd, "chatwire.mqtt.v1")
    state = lone.witness().wait(f"{lone.base}/checkbox/lamp", lambda p: '"ON"' in p)[-1]
    assert state[2], "retained"
    bridge = lone.witness().wait(f"{lone.base}/bridge/state", lambda p: p == "online")[-1]
    assert bridge[2], "retained"


def test_a_chat_command_waits_for_mqttd(small_house):
    person, device = small_house.person_online(), small_house.device()
    small_house.mqttd.process.kill()

    person.say(small_house.bot, "lamp on")
    small_house.mqttd.start()

    person.wait("lamp is on")
    assert device.commands() == ["ON"] and small_house.get("lamp").version == 1


def test_mqttd_waits_for_xmppd(small_house):
    person, device = small_house.person_online(), small_house.device()
    small_house.xmppd.process.kill()
    wait_serving(small_house.mqttd, "chatwire.mqtt.v1", expected=False)

    small_house.xmppd.start()
    wait_serving(small_house.mqttd, "chatwire.mqtt.v1")

    person.ask(small_house.bot, "lamp on", "lamp is on")
    assert device.commands() == ["ON"]


def test_an_answer_still_owed_survives_a_kill(small_house):
    person, device = small_house.person_online(), small_house.device()
    device.silent = True
    person.say(small_house.bot, "lamp on")
    eventually(device.commands, "the command")

    small_house.mqttd.process.kill()
    small_house.mqttd.start()
    small_house.wait_ready()
    device.report("ON")

    person.wait("lamp is on")
    assert small_house.get("lamp").version == 1


def test_the_will_tells_that_the_service_is_gone(small_house):
    witness = small_house.witness()
    witness.wait(f"{small_house.base}/bridge/state", lambda p: p == "online")

    small_house.mqttd.process.kill()

    witness.wait(f"{small_house.base}/bridge/state", lambda p: p == "offline")
