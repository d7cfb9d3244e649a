"""Mosquitto is killed and restarted under load: no change is lost, none takes effect twice, and all states are back."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from chatwire.mqtt.v1 import broker_service_pb2 as broker_api
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Broker, Subscriber
from world.paho_device import PahoDevice
from world.rpc import request_id
from world.stack import Stack
from world.waiting import eventually

LAMPS = [f"lamp{number}" for number in range(10)]
SETS = 1000
# So many changes have been accepted when the broker is killed.
KILL_AT = (250, 600)
CALLERS = 4
ON, OFF = checkbox.CHECKBOX_ACTION_ON, checkbox.CHECKBOX_ACTION_OFF
DISCOVERY = "ha-broker-kill"
PERSISTENT = "persistence true\nautosave_interval 1\nautosave_on_changes true\npersistence_location {folder}/\n"


@pytest.fixture(name="lone", params=["forgetful", "persistent"])
def _lone(request, tmp_path, authority, one_server):
    """Both services and ten lamps on a broker of their own, which keeps what it knows on the disk, or does not."""
    broker = Broker(tmp_path / "broker", authority)
    if request.param == "persistent":
        broker.more = PERSISTENT.format(folder=tmp_path / "broker")
    broker.start()
    stack = Stack(tmp_path, authority, one_server, broker)
    stack.up(
        checkboxes=LAMPS,
        command_expiry="110s",
        confirm_timeout="100s",
        home_assistant_prefix=DISCOVERY,
    )
    yield stack
    stack.close()
    broker.stop()


class Load:
    """SETS changes by CALLERS at once, each lamp on and off in turn; never waits for the broker."""

    def __init__(self, stack):
        self._stack = stack
        self._locks = {lamp: threading.Lock() for lamp in LAMPS}
        self._count = threading.Lock()
        self.accepted = 0

    def run(self):
        with ThreadPoolExecutor(CALLERS) as pool:
            list(pool.map(self._work, range(CALLERS)))

    def _work(self, caller):
        boxes = self._stack.mqttd.api().checkboxes
        for number in range(caller, SETS, CALLERS):
            lamp = LAMPS[number % len(LAMPS)]
            action = ON if number // len(LAMPS) % 2 == 0 else OFF
            with self._locks[lamp]:
                boxes.SetCheckbox(
                    checkbox.SetCheckboxRequest(name=lamp, action=action, request_id=request_id())
                )
            with self._count:
                self.accepted += 1


def _outbox_is_empty(stack):
    status = stack.mqttd.api().broker.GetStatus(broker_api.GetStatusRequest())
    return status.publisher.connected and status.outbox_count == 0


def _settled(stack, lamp):
    box = stack.get(lamp)
    # The last of each lamp's changes turned it off.
    return not box.pending and box.reported == checkbox.CHECKBOX_STATE_OFF


def test_no_change_is_lost_or_made_twice(lone):
    devices = [PahoDevice(lone.broker, lone.base, lamp) for lamp in LAMPS]
    for device in devices:
        lone.on_close(device.close)
    load = Load(lone)
    loading = threading.Thread(target=load.run)
    loading.start()
    for kill_at in KILL_AT:
        eventually(lambda at=kill_at: load.accepted >= at, "the load is under way", 60, 0.005)
        assert loading.is_alive(), "the broker is killed under load"
        lone.broker.process.kill()
        lone.broker.start()
    loading.join(120)
    assert load.accepted == SETS

    lone.wait_ready()
    for lamp in LAMPS:
        eventually(lambda x=lamp: _settled(lone, x), lambda x=lamp: str(lone.get(x)), 90)
        assert lone.get(lamp).version == SETS // len(LAMPS)
    eventually(lambda: _outbox_is_empty(lone), lone.mqttd.process.tail, 60)
    witness = lone.witness()
    for lamp in LAMPS:
        topic = f"{lone.base}/checkbox/{lamp}"
        state = witness.wait(topic, lambda p: json.loads(p)["state"] == "OFF")[-1]
        assert state[2], "retained"
    heard = sum(len(device.commands) for device in devices)
    print(f"{heard} commands heard, {sum(d.repeated for d in devices)} of them again")


def test_states_and_discovery_are_back_and_a_retained_set_changes_nothing(lone):
    device = PahoDevice(lone.broker, lone.base, LAMPS[0])
    lone.on_close(device.close)
    wish = f"{lone.base}/checkbox/{LAMPS[0]}/set"
    lone.broker.publish(wish, "ON", "-r")
    eventually(lambda: _outbox_is_empty(lone), lone.mqttd.process.tail, 60)

    lone.broker.process.kill()
    lone.broker.start()
    # One that keeps nothing has lost this, too.
    lone.broker.publish(wish, "ON", "-r")

    lone.wait_ready()
    eventually(lambda: _outbox_is_empty(lone), lone.mqttd.process.tail, 60)
    witness = Subscriber(lone.broker, "#")
    lone.on_close(witness.close)

    def discovered():
        told = "".join(payload for _, payload, *_ in witness.messages(f"{DISCOVERY}/device/.+/config"))
        return all(f'"{lone.base}/checkbox/{lamp}/set"' in told for lamp in LAMPS)

    eventually(discovered, "all lamps are discovered", 60)
    for lamp in LAMPS:
        eventually(lambda x=lamp: witness.messages(f"{lone.base}/checkbox/{x}"), f"the state of {lamp}")
    assert witness.messages(wish), "it is retained"
    assert lone.get(LAMPS[0]).version == 0 and device.commands == []
