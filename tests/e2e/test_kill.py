"""kill -9 in the middle of 200 commands: each takes effect exactly once and gets its one answer."""

from collections import Counter

import pytest

from world.waiting import eventually

LAMPS = [f"lamp{number}" for number in range(10)]
ROUNDS = 20
MESSAGES = len(LAMPS) * ROUNDS
# So many answers have come when the service is killed: twice, in the middle of the conversation.
KILL_AT = (60, 130)


def _wanted(round_number):
    return "on" if round_number % 2 == 0 else "off"


def _answered(person, lamp):
    """How many answers about LAMP have come."""
    return sum(text.startswith(f"{lamp} is ") for text in person.texts())


def _converse(stack, person, kill):
    """Operates every lamp ROUNDS times; the next command for a lamp waits for the answer to the last."""
    pending_kills = list(KILL_AT)
    said = Counter()
    while sum(said.values()) < MESSAGES:
        lamp = eventually(
            lambda: next(
                (x for x in LAMPS if said[x] < ROUNDS and said[x] == _answered(person, x)), None
            ),
            lambda: f"an answer after {len(person.texts())}:\n{stack.mqttd.process.tail()}",
            120,
        )
        person.say(stack.bot, f"{lamp} {_wanted(said[lamp])}")
        said[lamp] += 1
        if pending_kills and len(person.texts()) >= pending_kills[0]:
            pending_kills.pop(0)
            kill()
    assert not pending_kills, "the service was never killed"


@pytest.mark.parametrize("victim", ["xmppd", "mqttd"])
def test_each_command_takes_effect_once_and_is_answered_once(world, victim):
    world.up(checkboxes=LAMPS, confirm_timeout="100s", command_expiry="110s")
    person = world.person_online()
    devices = {lamp: world.device(lamp) for lamp in LAMPS}

    _converse(world, person, getattr(world, victim).kill_and_restart)
    eventually(
        lambda: len(person.texts()) >= MESSAGES,
        lambda: f"{MESSAGES} answers; there are {len(person.texts())}",
        120,
    )
    world.wait_ready()
    # Whatever would come twice has come by the time that one more question is answered.
    answers = person.texts()
    person.ask(world.bot, "lamp0?", "lamp0 is off")

    assert person.texts()[:-1] == answers
    assert Counter(answers) == Counter(
        {f"{lamp} is {state}": ROUNDS // 2 for lamp in LAMPS for state in ("on", "off")}
    )
    ids = [received.stanza_id for received in person.received()]
    assert len(ids) == len(set(ids)), "an answer was delivered twice"
    assert {lamp: world.get(lamp).version for lamp in LAMPS} == dict.fromkeys(LAMPS, ROUNDS)
    assert all(device.commands()[-1] == "OFF" for device in devices.values())


@pytest.mark.parametrize("victim", ["xmppd", "mqttd"])
def test_a_flood_on_one_lamp_is_counted_and_answered_command_by_command(small_world, victim):
    world = small_world.up(confirm_timeout="100s", command_expiry="110s")
    person, device = world.person_online(), world.device()

    # Nobody waits for an answer: commands overtake each other, and every one of them is told so.
    for number in range(MESSAGES):
        if number == MESSAGES // 2:
            eventually(lambda: len(person.texts()) > 10, "the conversation is under way")
            getattr(world, victim).kill_and_restart()
        person.say(world.bot, f"lamp {_wanted(number)}")
    eventually(
        lambda: len(person.texts()) >= MESSAGES,
        lambda: f"{MESSAGES} answers; there are {len(person.texts())}",
        120,
    )

    person.ask(world.bot, "lamp?", "lamp is off")
    answers = person.texts()[:-1]
    assert len(answers) == MESSAGES
    assert all(a.startswith("lamp is ") or "overtaken" in a for a in answers), answers
    assert world.get("lamp").version == MESSAGES
    assert device.commands()[-1] == "OFF"
