"""Waiting for conditions. No test sleeps for a fixed time."""

import random
import socket
import tempfile
import time
from pathlib import Path

PATIENCE = 30.0


class TooLate(AssertionError):
    """A condition did not come true in time."""


def eventually(condition, what, seconds=PATIENCE, interval=0.02):
    """Returns the first true value of CONDITION(); raises TooLate with WHAT after SECONDS."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TooLate(f"not within {seconds:g} s: {what() if callable(what) else what}")
        time.sleep(interval)


# Below those that the system gives to outgoing connections: one of them could take the port meanwhile.
PORTS = range(12_000, 32_000)
# Test programs that run side by side take no port that another one has been given.
_GIVEN = Path(tempfile.gettempdir()) / "chatwire-given-ports"


def free_port():
    """A port of the loopback interface that nobody listens on, or has been given, or will get by chance."""
    _GIVEN.mkdir(exist_ok=True)
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                (_GIVEN / str(port)).touch(exist_ok=False)
            except OSError:
                continue
        return port


def accepts(port):
    """Whether somebody listens on PORT of the loopback interface."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
