"""Aliases, labels, many at once, and import and export, with chat and devices on the other side."""

import json

from chatwire.mqtt.v1 import checkbox_group_service_pb2 as group
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from google.protobuf import field_mask_pb2

from world.rpc import request_id

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


def _call(house, name, aliases=(), labels=()):
    """Gives the checkbox NAME other words: ALIASES are (language, text)."""
    changed = checkbox.Checkbox(
        name=name,
        aliases=[checkbox.Alias(language=language, text=text) for language, text in aliases],
        labels=labels,
    )
    house.mqttd.api().checkboxes.UpdateCheckbox(
        checkbox.UpdateCheckboxRequest(
            checkbox=changed,
            update_mask=field_mask_pb2.FieldMask(paths=["aliases", "labels"]),
            request_id=request_id(),
        )
    )


def test_chat_knows_the_aliases_also_after_a_crash(house):
    person, device = house.person_online(), house.device()
    _call(house, "lamp", [("pt", "candeeiro"), ("en", "salt and pepper")])

    person.ask(house.bot, "ligar candeeiro", "lamp está ligado")
    person.ask(house.bot, 'turn off "salt and pepper"', "lamp is off")
    person.ask(house.bot, "ligar candeiro", "Quis dizer candeeiro?")
    house.mqttd.kill_and_restart()
    house.wait_ready()

    person.ask(house.bot, "LIGAR O CANDEEIRO", "lamp está ligado")
    assert device.commands() == ["ON", "OFF", "ON"]


def test_all_with_a_label_are_set_by_chat_and_by_a_program(house):
    house.create("fan")
    house.create("heater")
    person = house.person_online()
    devices = [house.device(name) for name in ("lamp", "fan", "heater")]
    for name in ("lamp", "fan"):
        _call(house, name, labels=["kitchen", "cozinha"])

    person.ask(house.bot, "all kitchen on", "Asked to be on: fan, lamp.")
    for device in devices[:2]:
        device.wait(".*/command", lambda payload: payload == "ON")
    person.ask(house.bot, "desligar tudo na cozinha", "fan, lamp")
    for device in devices[:2]:
        device.wait(".*/command", lambda payload: payload == "OFF")
    request = group.SetCheckboxesRequest(
        label="kitchen", action=checkbox.CHECKBOX_ACTION_TOGGLE, request_id=request_id()
    )
    results = house.mqttd.api().groups.SetCheckboxes(request).results
    again = house.mqttd.api().groups.SetCheckboxes(request)

    assert [(result.name, result.error_reason) for result in results] == [("fan", ""), ("lamp", "")]
    assert again.replayed
    for device in devices[:2]:
        device.wait(".*/command", lambda payload: payload == "ON", count=2)
        assert device.commands() == ["ON", "OFF", "ON"]
    assert devices[2].commands() == []


def test_what_is_exported_can_be_imported_again(small_house):
    house = small_house
    _call(house, "lamp", [("pt", "candeeiro")], ["kitchen"])
    groups = house.mqttd.api().groups
    document = groups.ExportCheckboxes(group.ExportCheckboxesRequest()).document
    line = json.loads(document)
    assert line == {
        "name": "lamp",
        "aliases": [{"language": "pt", "text": "candeeiro"}],
        "labels": ["kitchen"],
    }
    wanted = json.dumps([{**line, "title": "Lamp"}, {"name": "fan", "virtual": True}])

    dry = groups.ImportCheckboxes(
        group.ImportCheckboxesRequest(document=wanted, dry_run=True, request_id=request_id())
    )
    done = groups.ImportCheckboxes(
        group.ImportCheckboxesRequest(document=wanted, request_id=request_id())
    )
    wrong = groups.ImportCheckboxes(
        group.ImportCheckboxesRequest(
            document='{"name": "new"}\n{"name": "fan", "titel": "x"}', request_id=request_id()
        )
    )

    outcomes = [group.IMPORT_OUTCOME_UPDATED, group.IMPORT_OUTCOME_CREATED]
    assert [r.outcome for r in dry.results] == [r.outcome for r in done.results] == outcomes
    assert (dry.applied, done.applied, wrong.applied) == (False, True, False)
    assert house.get("lamp").title == "Lamp" and house.get("fan").virtual_device
    assert (wrong.results[1].line, wrong.results[1].error_reason) == (2, "BAD_LINE")
    assert "titel" in wrong.results[1].error_message
