"""Waiting for conditions. No test sleeps for a fixed time."""

import socket
import time

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


_given_ports = set()


def free_port():
    """A port of the loopback interface that nobody listens on. Never the same twice: the system gives a port again
    that was asked for and is not used yet."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port not in _given_ports:
            _given_ports.add(port)
            return port


def accepts(port):
    """Whether somebody listens on PORT of the loopback interface."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
