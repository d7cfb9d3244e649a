"""What Paho's client makes easy to get wrong, seen on the wire; the table in tests/README.md names the rest."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from chatwire.mqtt.v1 import broker_service_pb2 as broker_api
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.broker import Broker
from world.many import import_all, names
from world.mqtt_packet import RECEIVE_MAXIMUM, SESSION_EXPIRY, Connect
from world.mqtt_proxy import FROM_BROKER, PUBACK, PUBLISH, TO_BROKER
from world.mqtt_side import MqttSide
from world.rpc import request_id
from world.waiting import eventually

ON = checkbox.CHECKBOX_STATE_ON
DAY = 24 * 60 * 60


def test_each_connection_asks_for_the_session_that_it_needs(proxied):
    connects = {role: Connect(packet) for role, packet in proxied.proxy.connects.items()}
    assert {"pub", "sub", "echo", "api"} <= set(connects)
    ids = {role: one.client_id for role, one in connects.items()}

    # MQTT 5 ends a session with its connection unless it is given a life.
    for role in ("sub", "echo"):
        assert not connects[role].clean_start
        assert connects[role].properties == {SESSION_EXPIRY: DAY, RECEIVE_MAXIMUM: 32}
    # What was not acknowledged is in our outbox; Paho and the broker keep nothing.
    assert connects["pub"].clean_start and connects["pub"].has_will
    assert {one.version for one in connects.values()} == {5}

    proxied.mqttd.kill_and_restart()
    proxied.wait_ready()
    # Another id would be another session.
    assert {role: Connect(packet).client_id for role, packet in proxied.proxy.connects.items()} == ids


def test_no_connection_both_publishes_and_receives(proxied):
    device, confirmed = proxied.device(), checkbox.CONFIRMATION_STAGE_CONFIRMED

    proxied.set("lamp", checkbox.CHECKBOX_ACTION_ON, wait_for=confirmed)

    assert device.commands() == ["ON"]
    passed = proxied.proxy.passed
    assert passed["pub", TO_BROKER, PUBLISH] > 0 and passed["sub", FROM_BROKER, PUBLISH] > 0
    # Without TCP_NODELAY, which Paho does not set, one that does both waits 40 ms for each publish.
    for role in ("pub", "api"):
        assert passed[role, FROM_BROKER, PUBLISH] == 0
    for role in ("sub", "echo"):
        assert passed[role, TO_BROKER, PUBLISH] == 0


def test_nothing_is_acknowledged_before_it_is_committed(proxied):
    before = proxied.proxy.passed["sub", TO_BROKER, PUBACK]
    heard = proxied.proxy.passed["sub", FROM_BROKER, PUBLISH]
    # Nobody can commit now.
    database = sqlite3.connect(proxied.mqttd.state / "mqtt.db", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")

    proxied.broker.publish(f"{proxied.base}/checkbox/lamp/report", "ON")
    eventually(lambda: proxied.proxy.passed["sub", FROM_BROKER, PUBLISH] > heard, "the report is there")
    proxied.mqttd.process.kill()
    database.execute("ROLLBACK")
    database.close()

    assert proxied.proxy.passed["sub", TO_BROKER, PUBACK] == before
    proxied.mqttd.start()
    proxied.wait_ready()
    # The broker still had it.
    eventually(lambda: proxied.get("lamp").reported == ON, lambda: str(proxied.get("lamp")))


def test_what_was_committed_and_not_acknowledged_has_one_effect(proxied):
    lost = ("sub", TO_BROKER, PUBACK)
    proxied.proxy.lose(lost)
    proxied.broker.publish(f"{proxied.base}/checkbox/lamp/set", "TOGGLE")
    eventually(lambda: proxied.get("lamp").version == 1, lambda: str(proxied.get("lamp")))
    eventually(lambda: lost in proxied.proxy.lost, lambda: f"losses: {proxied.proxy.lost}")
    heard = proxied.proxy.passed["sub", FROM_BROKER, PUBLISH]

    proxied.mqttd.process.kill()
    proxied.proxy.lose()
    proxied.mqttd.start()

    eventually(lambda: proxied.proxy.passed["sub", FROM_BROKER, PUBLISH] > heard, "it is repeated")
    proxied.broker.publish(f"{proxied.base}/checkbox/lamp/set", "TOGGLE")
    eventually(lambda: proxied.get("lamp").version == 2, lambda: str(proxied.get("lamp")))
    assert proxied.get("lamp").desired == checkbox.CHECKBOX_STATE_OFF


@pytest.fixture(name="narrow")
def _narrow(tmp_path, authority):
    """A broker that takes two messages at once (MQTT 5, 3.2.2.3.3); what is beyond them waits in Paho, if at all."""
    broker = Broker(tmp_path / "broker", authority)
    broker.in_flight = 2
    broker.start()
    side = MqttSide(tmp_path, authority, broker).up()
    yield side
    side.close()
    broker.stop()


def test_a_broker_that_takes_few_at_once_is_told_all(narrow):
    lamps = names(300)

    import_all(narrow.mqttd.api(), lamps)

    eventually(narrow.is_told, lambda: str(narrow.status()))
    witness = narrow.witness(f"{narrow.base}/checkbox/+")
    eventually(lambda: len({m[0] for m in witness.messages()}) == len(lamps) + 1, "all states", 60)


def test_a_burst_of_many_callers_is_published_whole(narrow):
    # Paho refuses what is beyond 100 waiting messages.
    api, callers = narrow.mqttd.api(), 300

    def publish(number):
        message = broker_api.MqttMessage(
            topic=f"burst/{number}", payload=b"x", qos=broker_api.QUALITY_OF_SERVICE_AT_LEAST_ONCE
        )
        return api.broker.Publish(broker_api.PublishRequest(message=message, request_id=request_id()))

    with ThreadPoolExecutor(callers) as pool:
        assert len(list(pool.map(publish, range(callers)))) == callers
