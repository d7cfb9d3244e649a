"""The main job: chat to checkbox to device and back, on each XMPP server."""

import json
from pathlib import Path

from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox

from world.chat_user import ChatUser
from world.waiting import eventually

ON, OFF = checkbox.CHECKBOX_STATE_ON, checkbox.CHECKBOX_STATE_OFF


def test_the_lamp_turns_on_and_the_chat_is_told(house):
    person, device, witness = house.person_online(), house.device(), house.witness()

    person.ask(house.bot, "lamp on", "lamp is on")

    command = witness.wait(f"{house.base}/checkbox/lamp/command")[0]
    assert command[1] == "ON" and not command[2] and command[3], command
    assert device.commands() == ["ON"]
    lamp = house.get("lamp")
    assert (lamp.desired, lamp.reported, lamp.version, lamp.pending) == (ON, ON, 1, False)
    assert lamp.last_change.actor == house.person
    assert lamp.last_change.source == checkbox.CHANGE_SOURCE_CHAT


def test_the_retained_state_tells_what_was_reported(house):
    person, device = house.person_online(), house.device()
    person.ask(house.bot, "lamp on", "lamp is on")

    # Only now does the witness subscribe: what it hears is retained.
    late_witness = house.witness()

    topic = f"{house.base}/checkbox/lamp"
    _, payload, retained, _ = late_witness.wait(topic, lambda p: json.loads(p)["state"] == "ON")[-1]
    assert retained
    state = json.loads(payload)
    assert state["desired"] == "ON" and state["version"] == 1 and state["changed_by"], state
    assert late_witness.messages(f"{topic}/command") == []
    device.close()


def test_a_silent_device_is_not_confirmed_and_then_late(world):
    world.up(confirm_timeout="1s")
    person, device = world.person_online(), world.device()
    device.silent = True

    person.ask(world.bot, "lamp on", "not confirmed")
    assert world.get("lamp").reported != ON and world.get("lamp").pending
    heard = len(person.texts())
    device.report("ON")

    person.wait("lamp is on", start=heard)
    assert world.get("lamp").reported == ON
    assert sum("not confirmed" in text for text in person.texts()) == 1


def test_questions_lists_and_typing_errors_are_answered(house):
    person = house.person_online()
    device = house.device()

    person.ask(house.bot, "lamp?", "unknown")
    person.ask(house.bot, "lamp on", "lamp is on")
    person.ask(house.bot, "lamp?", "lamp is on")
    person.ask(house.bot, "lmap on", "lamp")
    person.ask(house.bot, "list", "lamp")
    person.ask(house.bot, "help", "lamp")
    person.ask(house.bot, "lamp toggle", "lamp is off")

    assert device.commands() == ["ON", "OFF"]
    assert house.get("lamp").version == 2


def test_several_at_once_in_another_language_and_a_watch(house):
    person, lamp = house.person_online(), house.device()
    house.create("fan")
    fan = house.device("fan")

    person.ask(house.bot, "Ligar lamp e ligar fan", "está ligado", "está ligado")
    assert (lamp.commands(), fan.commands()) == (["ON"], ["ON"])
    person.ask(house.bot, "vigiar fan", "fan mudar")
    heard = len(person.texts())
    fan.report("OFF")
    person.wait("fan está desligado (o dispositivo)", start=heard)
    person.ask(house.bot, "desligar tudo", "desligado: lamp. Aviso quais não confirmarem. Já desligado: fan.")
    eventually(lambda: lamp.commands() == ["ON", "OFF"], "the lamp was asked")
    person.ask(house.bot, "histórico lamp", house.person)


def test_the_words_are_the_operators(small_world):
    small_world.up(chat_words=Path(__file__).parents[2] / "docs" / "examples" / "chat-words.json")
    person, device = small_world.person_online(), small_world.device()

    person.ask(small_world.bot, "light up the lamp", "lamp is on")
    person.ask(small_world.bot, "Schalte die Lamp aus", "lamp is off")
    person.ask(small_world.bot, "Hilfe", "Ich schalte")
    person.ask(small_world.bot, "toggle lamp", "did not understand")
    person.ask(small_world.bot, "flip lamp", "lamp is on")

    assert device.commands() == ["ON", "OFF", "ON"]


def test_an_unknown_name_changes_nothing(house):
    person, witness = house.person_online(), house.witness()

    texts = person.ask(house.bot, "lmap on", "lmap")

    assert "Did you mean lamp?" in texts[0]
    assert house.get("lamp").version == 0
    assert witness.messages(f"{house.base}/checkbox/.*/command") == []


def test_a_stranger_is_refused_politely(house):
    jid, password = house.new_account("mallory")
    stranger = ChatUser(jid, password, house.authority, house.server.port)
    device = house.device()
    try:
        answers = stranger.ask(house.bot, "lamp on", "")
    finally:
        stranger.close()

    assert "lamp is on" not in answers[0]
    assert device.commands() == [] and house.get("lamp").version == 0


def test_chat_is_mirrored_on_mqtt_and_not_retained(house):
    person, witness = house.person_online(), house.witness()
    house.device()

    person.ask(house.bot, "lamp on", "lamp is on")

    incoming = witness.wait(f"{house.base}/chat/{house.bot}/in", lambda p: "lamp on" in p)[0]
    outgoing = witness.wait(f"{house.base}/chat/{house.bot}/out", lambda p: "lamp is on" in p)[0]
    for _, payload, retained, _ in (incoming, outgoing):
        assert isinstance(json.loads(payload), dict) and not retained
    late = house.witness()
    late.wait(f"{house.base}/checkbox/lamp")
    assert late.messages(f"{house.base}/chat/.*") == []


def test_a_retained_set_is_ignored_and_a_live_one_is_not(small_house):
    device, topic = small_house.device(), f"{small_house.base}/checkbox/lamp/set"

    # Retained before the service subscribes again: this is how lamps turn on by themselves a day later.
    small_house.mqttd.stop()
    small_house.broker.publish(topic, "ON", "-r")
    small_house.mqttd.start()
    small_house.wait_ready()
    small_house.broker.publish(topic, "OFF")
    eventually(lambda: small_house.get("lamp").reported == OFF, "the live `set` took effect")

    assert device.commands() == ["OFF"]
    assert small_house.get("lamp").version == 1


def test_a_controller_sets_with_json_and_a_version(small_house):
    device, topic = small_house.device(), f"{small_house.base}/checkbox/lamp/set"

    small_house.broker.publish(topic, '{"state":"ON","expected_version":7}')
    small_house.broker.publish(topic, "TOGGLE")
    eventually(lambda: small_house.get("lamp").version == 1, "only the toggle took effect")

    eventually(lambda: len(device.commands()) == 1, "one command")
