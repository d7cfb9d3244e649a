"""A checkbox is operated by MQTT clients that are not ours: request, answer, conflict, refusal."""

import json

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.requesters import REQUESTERS, Requester
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


@pytest.fixture(name="house")
def _house(mqtt_side):
    return mqtt_side.up()


@pytest.fixture(name="ask", params=list(REQUESTERS))
def _ask(request, house):
    """Asks about the lamp of `house`, as each client in turn."""
    requester = Requester(request.param, house.broker, house.base)

    def ask(action, payload, name="lamp"):
        return json.loads(requester.ask(name, action, payload))

    return ask


def test_a_checkbox_is_set_and_read(house, ask):
    device = house.device()

    answer = ask("set", '{"state":"ON","by":"hall"}')

    assert answer == {"ok": True, "name": "lamp", "desired": "ON", "version": 1}
    eventually(lambda: house.get("lamp").reported == ON, "the device has done it")
    assert device.commands() == ["ON"]
    assert house.get("lamp").last_change.actor == "hall"
    state = ask("get", "")
    assert (state["state"], state["desired"], state["version"]) == ("ON", "ON", 1)
    history = ask("get", '{"history":5}')["history"]
    assert [entry["what"] for entry in history] == ["reported", "set", "created"]


def test_who_has_not_seen_the_newest_version_changes_nothing(house, ask):
    house.device()
    assert ask("set", '{"state":"ON","expected_version":0}')["version"] == 1
    eventually(lambda: house.get("lamp").reported == ON, "the device has done it")

    late = ask("set", '{"state":"OFF","expected_version":7}')

    assert (late["ok"], late["reason"], late["version"]) == (False, "VERSION_MISMATCH", "1")
    assert house.get("lamp").reported == ON
    assert ask("set", '{"state":"OFF","expected_version":1}')["version"] == 2
    eventually(lambda: house.get("lamp").reported == OFF, "the device has done it")


def test_what_cannot_be_done_is_answered(house, ask):
    refused = [
        ask("set", "PERHAPS"),
        ask("set", '{"state":"ON","expected_version":"x"}'),
        ask("set", "ON", name="lmap"),
        ask("get", "", name="lmap"),
        ask("get", '{"history":1000}'),
    ]

    assert [answer["ok"] for answer in refused] == [False] * 5
    reasons = [answer["reason"] for answer in refused]
    assert reasons == ["BAD_PAYLOAD", "BAD_PAYLOAD", *["CHECKBOX_NOT_FOUND"] * 2, "BAD_PAYLOAD"]
    assert "lamp" in refused[2]["message"], "the nearest name"
    assert house.get("lamp").version == 0
