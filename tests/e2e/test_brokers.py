"""The main job with each broker and each way to it; docs/brokers.md is the table of what is seen here."""

import json

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Broker, Subscriber
from world.other_brokers import EjabberdMqtt, RabbitMq, StrictMosquitto, WebSocketMosquitto
from world.rpc import request_id
from world.services import wait_serving
from world.stack import Stack
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF
V311 = {"broker_protocol": "3.1.1"}
# Name: the broker, how the service speaks to it.
WAYS = {
    "mosquitto": (Broker, {}),
    "mosquitto-3.1.1": (Broker, V311),
    "mosquitto-websocket": (WebSocketMosquitto, {}),
    "mosquitto-mutual-tls": (StrictMosquitto, {}),
    "rabbitmq": (RabbitMq, {}),
    "rabbitmq-3.1.1": (RabbitMq, V311),
    "ejabberd": (EjabberdMqtt, {}),
    "ejabberd-3.1.1": (EjabberdMqtt, V311),
}
BURST = 20


@pytest.fixture(name="brokers", scope="module")
def _brokers(tmp_path_factory, authority):
    """Brokers by class, each started when it is first asked for."""
    running = {}

    def get(kind):
        if kind not in running:
            running[kind] = kind(tmp_path_factory.mktemp(kind.__name__), authority)
            running[kind].start()
        return running[kind]

    yield get
    for broker in running.values():
        broker.stop()


@pytest.fixture(name="house", params=list(WAYS))
def _house(request, tmp_path, authority, one_server, brokers):
    kind, flags = WAYS[request.param]
    stack = Stack(tmp_path, authority, one_server, brokers(kind))
    stack.speaks_mqtt5 = not flags
    stack.up(**flags)
    yield stack
    stack.close()


def _retained_state(stack, expected):
    """Whether a client that comes now is told EXPECTED at once. RabbitMQ repeats nothing to filters with wildcards."""
    topic = f"{stack.base}/checkbox/lamp"
    late = Subscriber(stack.broker, topic)
    stack.on_close(late.close)
    return late.wait(topic, lambda payload: json.loads(payload)["state"] == expected)[-1][2]


def _set(stack, action):
    request = checkbox.SetCheckboxRequest(name="lamp", action=action, request_id=request_id())
    return stack.mqttd.api().checkboxes.SetCheckbox(request).checkbox


def test_the_lamp_by_chat_and_after_an_absence(house):
    person, device = house.person_online(), house.device()

    person.ask(house.bot, "lamp on", "lamp is on")

    assert device.commands() == ["ON"]
    assert house.get("lamp").reported == ON
    # What is retained is there for who comes later.
    assert _retained_state(house, "ON")
    # What the device says while the service is away is kept for it by the broker.
    house.mqttd.process.kill()
    device.report("OFF")
    house.mqttd.start()
    wait_serving(house.mqttd, "chatwire.mqtt.v1")
    eventually(lambda: house.get("lamp").reported == OFF, lambda: str(house.get("lamp")))


def test_a_command_is_told_once_over_a_kill(house):
    if not house.speaks_mqtt5:
        pytest.skip("MQTT 3.1.1 cannot promise it")
    device = house.device()
    for _ in range(BURST):
        _set(house, checkbox.CHECKBOX_ACTION_TOGGLE)

    house.mqttd.process.kill()
    house.mqttd.start()

    wait_serving(house.mqttd, "chatwire.mqtt.v1")
    eventually(lambda: len(device.commands()) >= BURST, lambda: f"{len(device.commands())} commands")
    _set(house, checkbox.CHECKBOX_ACTION_ON)
    eventually(lambda: house.get("lamp").reported == ON, lambda: str(house.get("lamp")))
    assert device.commands() == ["ON", "OFF"] * (BURST // 2) + ["ON"]


def test_a_retained_command_of_others_changes_nothing_later(house):
    witness = house.witness()
    house.broker.publish(f"{house.base}/checkbox/lamp/set", "ON", "-r")
    # The messages of one connection come in order; of two they need not.
    before = _settled(house, witness)

    house.mqttd.stop()
    house.mqttd.start()
    wait_serving(house.mqttd, "chatwire.mqtt.v1")

    house.broker.publish(f"{house.base}/checkbox/lamp/get", "")
    eventually(lambda: house.get("lamp").version == before, lambda: str(house.get("lamp")))


def _settled(house, witness):
    """The version once the service has certainly heard what was published before."""
    count = len(witness.messages(f"{house.base}/checkbox/lamp"))
    house.broker.publish(f"{house.base}/checkbox/lamp/get", "")
    witness.wait(f"{house.base}/checkbox/lamp", count=count + 1)
    return house.get("lamp").version


def test_a_broker_that_restarts_gets_the_states_again(house):
    device = house.device()
    _set(house, checkbox.CHECKBOX_ACTION_ON)
    eventually(lambda: house.get("lamp").reported == ON, lambda: str(house.get("lamp")))
    device.close()

    house.broker.stop()
    wait_serving(house.mqttd, "chatwire.mqtt.v1", expected=False)
    house.broker.start()

    wait_serving(house.mqttd, "chatwire.mqtt.v1", seconds=90)
    assert _retained_state(house, "ON")


def test_every_chat_message_is_copied_to_its_topic(house):
    topic = f"{house.base}/chat/{house.bot}/in"
    copies = Subscriber(house.broker, topic)
    house.on_close(copies.close)
    person = house.person_online()

    person.ask(house.bot, "lamp?", "lamp")

    copy = eventually(copies.messages, "a copy")[0]
    assert json.loads(copy[1])["body"] == "lamp?"
    assert copy[0] == house.broker.as_delivered(topic)
