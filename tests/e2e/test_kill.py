"""kill -9 in the middle of 200 commands: each takes effect exactly once and gets its one answer."""

import pytest

from world.waiting import eventually

MESSAGES = 200
# Sent and not answered at any moment; more would only test how fast a chat client can talk.
WINDOW = 20
KILL_AT = (60, 130)


def _converse(stack, person, kill):
    """Sends MESSAGES commands, on and off in turn; calls KILL when KILL_AT answers have come."""
    pending_kills = list(KILL_AT)
    for number in range(MESSAGES):
        eventually(
            lambda sent=number: len(person.texts()) > sent - WINDOW,
            lambda: f"answers go on after {len(person.texts())}:\n{stack.mqttd.process.tail()}",
            120,
        )
        if pending_kills and len(person.texts()) >= pending_kills[0]:
            pending_kills.pop(0)
            kill()
        person.say(stack.bot, f"lamp {'on' if number % 2 == 0 else 'off'}")
    assert not pending_kills, "the service was never killed"


@pytest.mark.parametrize("victim", ["xmppd", "mqttd"])
def test_each_command_takes_effect_once_and_is_answered_once(world, victim):
    world.up(confirm_timeout="100s", command_expiry="100s")
    person, device = world.person_online(), world.device()

    _converse(world, person, getattr(world, victim).kill_and_restart)
    eventually(
        lambda: len(person.texts()) >= MESSAGES,
        lambda: f"{MESSAGES} answers; there are {len(person.texts())}",
        120,
    )
    world.wait_ready()
    # Whatever would come twice has come by the time that one more question is answered.
    person.ask(world.bot, "lamp?", "lamp is off")

    answers = [text for text in person.texts() if text.startswith("lamp is")][:-1]
    assert len(answers) == MESSAGES
    assert answers.count("lamp is on") == MESSAGES // 2
    ids = [received.stanza_id for received in person.received()]
    assert len(ids) == len(set(ids)), "an answer was delivered twice"
    assert world.get("lamp").version == MESSAGES
    assert device.commands()[-1] == "OFF"
