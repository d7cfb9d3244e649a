"""A burst of messages that are not ASCII arrives whole, in order and once."""

import os
import time

from world.journal import Journal
from world.rich_user import RichUser

# More than the 10,000 that one archive holds on a Prosody as it comes. CHATWIRE_FLOOD_MESSAGES=20000, on two
# busy cores: 48 s with ejabberd, 17 to 38 s with Prosody. With ejabberd's archive on a disk: 138 s.
MESSAGES = int(os.environ.get("CHATWIRE_FLOOD_MESSAGES", "12000"))
LETTERS = "aäß你好🙂🎉жñ€"


def _text(number):
    # Of all lengths, so that characters are cut by every kind of border on the way.
    return f"{number} {LETTERS[number % 10]}{LETTERS * (number % 13)}olá 🙂"


def test_a_burst_arrives_whole_in_order_and_once(world):
    world.start_xmppd()
    token = world.login()
    person = RichUser(world.person, world.person_password, world.authority, world.server.port)
    world._closing.append(person.close)
    journal = Journal(world.xmppd.api(token))

    def burst(client):
        for number in range(MESSAGES):
            client.make_message(mto=world.bot, mbody=_text(number), mtype="chat").send()

    start = time.monotonic()
    person.run(burst)
    journal.wait("message_received", body=_text(MESSAGES - 1))
    seconds = time.monotonic() - start
    last = person.send(world.bot, "the end")
    journal.wait("message_received", message_id=last)
    journal.close()

    bodies = [m.body for m in journal.all("message_received")]
    assert bodies[:-1] == [_text(number) for number in range(MESSAGES)]
    print(f"{type(world.server).__name__}: {MESSAGES} messages in {seconds:.1f} s")
