"""The form "Checkboxes" in a chat client: ticked there, done by the device, told by the result; on each XMPP server."""

import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from slixmpp.exceptions import IqError

from world.adhoc import names, run
from world.waiting import eventually

PLUGINS = ("xep_0004", "xep_0030", "xep_0050")
NODE = "chatwire-checkboxes"
ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


@pytest.fixture(name="person")
def _person(world):
    """Everything up, a lamp and a fan with devices that obey, and a person whose client knows the form."""
    world.up(checkboxes=("fan", "lamp"), confirm_timeout="3s")
    world.lamp, world.fan = world.device("lamp"), world.device("fan")
    person = world.person_online(*PLUGINS)
    person.bot = _full_jid(world, person)
    return person


def _full_jid(world, person):
    """Where the bot's client is, once it offers the form."""
    def found():
        for resource in person.run(lambda client: list(client.client_roster[world.bot].resources)):
            jid = f"{world.bot}/{resource}"
            if (NODE, "Checkboxes") in names(person, jid):
                return jid
        return None

    return eventually(found, "the form is in the menu")


def _values(answer):
    return {name: field["value"] for name, field in answer["form"].get_fields().items()}


def test_what_is_ticked_is_done_and_told(world, person):
    shown = run(person, person.bot, NODE)
    assert shown["status"] == "executing" and _values(shown) == {"fan": False, "lamp": False}
    assert {f["type"] for f in shown["form"].get_fields().values()} == {"boolean"}

    done = run(person, person.bot, NODE, "complete", shown["sessionid"], lamp=True, fan=False)

    assert done["status"] == "completed" and _values(done) == {"lamp": "lamp is on"}
    assert world.lamp.commands() == ["ON"] and world.fan.commands() == []
    lamp = world.get("lamp")
    assert (lamp.reported, lamp.last_change.source) == (ON, checkbox.CHANGE_SOURCE_FORM)
    assert lamp.last_change.actor == world.person
    assert _values(run(person, person.bot, NODE)) == {"fan": False, "lamp": True}


def test_a_silent_device_is_not_called_done(world, person):
    world.lamp.silent = True
    shown = run(person, person.bot, NODE)

    done = run(person, person.bot, NODE, "complete", shown["sessionid"], lamp=True, fan=True)

    values = _values(done)
    assert values["fan"] == "fan is on"
    assert "not confirmed" in values["lamp"] and world.get("lamp").reported != ON


def test_what_is_wanted_and_what_is_reported_are_both_shown(world, person):
    world.lamp.silent = True
    world.fan.report("OFF")
    eventually(lambda: world.get("fan").reported == OFF, "the fan has reported")
    person.say(world.bot, "lamp on")
    eventually(lambda: world.get("lamp").pending, "the lamp is wanted on")

    fields = run(person, person.bot, NODE)["form"].get_fields()

    assert fields["lamp"]["value"] is True
    assert fields["lamp"]["label"] == "lamp: unknown (wanted: on, not confirmed)"
    assert fields["lamp"]["desc"] == "lamp is unknown (wanted: on, not confirmed)"
    assert (fields["fan"]["label"], fields["fan"]["desc"]) == ("fan", "fan is off")


def test_strangers_do_not_see_it(world, person):
    stranger = world.user_online(*world.new_account("stranger"), *PLUGINS)

    assert names(stranger, person.bot) == []
    with pytest.raises(IqError) as refused:
        run(stranger, person.bot, NODE)
    assert refused.value.condition == "forbidden"


def test_it_is_there_again_after_restarts(world, person):
    world.mqttd.kill_and_restart()
    world.wait_ready()
    jid = _full_jid(world, person)
    shown = run(person, jid, NODE)
    world.xmppd.kill_and_restart()
    world.wait_ready()

    jid = _full_jid(world, person)
    with pytest.raises(IqError):
        run(person, jid, NODE, "complete", shown["sessionid"], lamp=True)
    again = run(person, jid, NODE)
    done = run(person, jid, NODE, "complete", again["sessionid"], lamp=True)

    assert _values(done) == {"lamp": "lamp is on"}
