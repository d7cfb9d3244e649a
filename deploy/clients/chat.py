#!/usr/bin/env python3
"""Plays a chat user: logs in, sends what it is told, and checks the answers.

Steps: `say:TEXT` sends TEXT; `expect:TEXT` waits until a message with TEXT in it arrives. Every message is
printed as it happens: unix time, sender, text, separated by tabs. Exits with 1 when something expected did
not come, with 2 when the login failed.
"""

import argparse
import asyncio
import logging
import sys
import time
from pathlib import Path

import slixmpp


class ChatUser(slixmpp.ClientXMPP):
    """One XMPP session whose incoming texts are kept in order."""

    def __init__(self, jid, password, authority):
        super().__init__(jid, password)
        self.ca_certs = authority
        self.enable_direct_tls = False
        self.online = asyncio.get_event_loop().create_future()
        self.texts = asyncio.Queue()
        self.add_event_handler("session_start", self._started)
        self.add_event_handler("message", self._received)
        self.add_event_handler("failed_all_auth", lambda _: self._failed("wrong password"))
        self.add_event_handler("connection_failed", lambda why: self._failed(str(why)))

    async def _started(self, _):
        self.send_presence()
        await self.get_roster()
        self.online.set_result(True)

    def _failed(self, why):
        if not self.online.done():
            self.online.set_exception(ConnectionError(why))

    def _received(self, message):
        if message["type"] in ("chat", "normal") and message["body"]:
            show(message["from"].user, message["body"])
            self.texts.put_nowait(message["body"])


def show(who, text):
    """Prints one line of the conversation."""
    print(f"{time.time():.3f}\t{who}\t{' / '.join(text.splitlines())}", flush=True)


async def expect(user, text, seconds):
    """Waits for a message that contains TEXT; others are passed over."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            received = await asyncio.wait_for(user.texts.get(), deadline - time.monotonic())
        except asyncio.TimeoutError:
            print(f"nobody said '{text}' within {seconds} s", file=sys.stderr)
            return False
        if text in received:
            return True


async def play(user, arguments):
    """Runs the steps; returns the exit code."""
    try:
        await asyncio.wait_for(user.online, arguments.timeout)
    except (ConnectionError, asyncio.TimeoutError) as failure:
        print(f"cannot log in as {arguments.jid}: {failure or 'no answer'}", file=sys.stderr)
        return 2
    for step in arguments.steps:
        action, _, text = step.partition(":")
        if action == "say":
            show(user.boundjid.user, text)
            user.send_message(mto=arguments.to, mbody=text, mtype="chat")
        elif not await expect(user, text, arguments.timeout):
            return 1
    return 0


def parse_arguments():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jid", required=True)
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--to", required=True)
    parser.add_argument("--ca", required=True)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, default=5222)
    parser.add_argument("--timeout", type=float, default=30)
    parser.add_argument("steps", nargs="+")
    return parser.parse_args()


async def main():
    """Logs in, plays the steps, logs out."""
    arguments = parse_arguments()
    logging.basicConfig(level=logging.ERROR)
    password = Path(arguments.password_file).read_text(encoding="utf-8").strip()
    user = ChatUser(arguments.jid, password, arguments.ca)
    user.connect(arguments.host, arguments.port)
    code = await play(user, arguments)
    await user.disconnect(wait=2)
    return code


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
