"""Thousands of checkboxes are listed, watched and discovered; an empty broker gets all of them again."""

import json

from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Broker
from world.many import import_all, names, pages, publish_retained, watch_until_complete
from world.mqtt_side import MqttSide
from world.waiting import eventually

# More than a page, more than a device of Home Assistant has parts, more than a queue of Mosquitto's by default.
COUNT = 3_000
# Some brokers take no larger packets than 1 MiB.
LARGEST_CONFIG = 512 * 1024
LAMPS = names(COUNT)


def _told(messages):
    """{topic: payload}, the newest of each."""
    return {topic: payload for topic, payload, _, _ in messages}


def _discovered(configs):
    found = []
    for topic, payload in _told(configs.messages()).items():
        assert len(payload) < LARGEST_CONFIG, topic
        found += [name for name, component in json.loads(payload)["cmps"].items() if len(component) > 1]
    return found


def test_thousands_are_listed_watched_and_told_again(mqtt_side):
    lone, prefix = mqtt_side, f"ha-{mqtt_side.base}"
    lone.up(checkboxes=(), home_assistant_prefix=prefix)
    api = lone.mqttd.api()

    import_all(api, LAMPS)

    listed = [box.name for page in pages(api) for box in page.checkboxes]
    assert listed == LAMPS
    stream, told, token = watch_until_complete(api)
    assert sorted(response.checkbox.name for response in told) == LAMPS
    stream.cancel()

    # A broker that has forgotten everything
    lone.broker.process.kill()
    lone.broker.start()
    lone.wait_ready()

    configs = lone.witness(f"{prefix}/device/+/config")
    eventually(lambda: len(_discovered(configs)) == COUNT, lambda: f"{len(_discovered(configs))}", 90)
    assert sorted(_discovered(configs)) == LAMPS
    states = lone.witness(f"{lone.base}/checkbox/+")
    eventually(lambda: len(_told(states.messages())) == COUNT, lambda: f"{len(states.messages())}", 90)
    assert all(json.loads(payload)["version"] == 0 for payload in _told(states.messages()).values())

    # It still does its work: one is operated, and a watch that goes on hears of that one alone.
    device = lone.device(LAMPS[7])
    confirmed = checkbox.CONFIRMATION_STAGE_CONFIRMED
    lone.set(LAMPS[7], checkbox.CHECKBOX_ACTION_ON, wait_for=confirmed)
    assert device.commands() == ["ON"]
    stream, told, _ = watch_until_complete(api, token)
    stream.cancel()
    assert {response.checkbox.name for response in told} == {LAMPS[7]}


def test_all_devices_are_known_to_be_there_where_the_broker_queues_fewer(tmp_path, authority):
    broker = Broker(tmp_path / "broker", authority)
    # As Mosquitto comes: what is beyond it is dropped in silence.
    broker.queue = 1000
    broker.start()
    side, lamps = MqttSide(tmp_path, authority, broker), LAMPS[:1500]
    try:
        side.up(checkboxes=())
        import_all(side.mqttd.api(), lamps)
        side.mqttd.stop()
        base = f"{side.base}/checkbox"
        publish_retained(broker, [(f"{base}/{lamp}/availability", "online") for lamp in lamps])

        side.mqttd.start()

        def online():
            boxes = [box for page in pages(side.mqttd.api()) for box in page.checkboxes]
            return sum(box.availability == checkbox.DEVICE_AVAILABILITY_ONLINE for box in boxes)

        eventually(lambda: online() == len(lamps), lambda: f"{online()} online", 120, 0.5)
        # What changes later is heard as before.
        broker.publish(f"{base}/{lamps[7]}/availability", "offline", "-r")
        offline = checkbox.DEVICE_AVAILABILITY_OFFLINE
        eventually(lambda: side.get(lamps[7]).availability == offline, "one goes")
    finally:
        side.close()
        broker.stop()
