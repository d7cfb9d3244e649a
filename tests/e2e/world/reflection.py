"""A client that knows of a service what the service itself says: gRPC server reflection, no generated code."""

import importlib.util
import threading
from pathlib import Path

import grpc

from world.rpc import DEADLINE, request_id
from world.waiting import eventually

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "reflected.py"
OURS = "chatwire."


def _example():
    spec = importlib.util.spec_from_file_location("reflected", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reflected = _example()


class Reflection:
    """Every RPC of one program, by its name alone, with the administrator's token. Remembers what was called."""

    def __init__(self, program):
        credentials = grpc.ssl_channel_credentials(program.authority.certificate.read_bytes())
        self._channel = grpc.secure_channel(program.address, credentials)
        names = reflected.ReflectionDatabase(self._channel).services()
        self._services = {
            name: reflected.Service(self._channel, name, program.token())
            for name in names
            if name.startswith(OURS)
        }
        self.known = {method for service in self._services.values() for method in service.methods}
        self.called = set()

    def _find(self, method):
        self.called.add(method)
        service = next(s for s in self._services.values() if method in s.methods)
        return service, service.methods[method].input_type.fields_by_name

    def call(self, method, **fields):
        """The answer. Has a request id made up."""
        service, takes = self._find(method)
        if "request_id" in takes:
            fields.setdefault("request_id", request_id())
        return service.call(method, DEADLINE, **fields)

    def stream(self, method, **fields):
        """The answers, as they come."""
        return self._find(method)[0].stream(method, 120, **fields)

    def exchange(self, method, *requests):
        """The answers to several requests (dicts of fields)."""
        return self._find(method)[0].exchange(method, requests, 120)


class Account:
    """One account on the service."""

    def __init__(self, reflection, jid):
        self._reflection, self.jid = reflection, jid

    def ask(self, method, **fields):
        """Calls METHOD for the account."""
        return self._reflection.call(method, account=self.jid, **fields)

    def stream(self, method, **fields):
        """Calls METHOD, which streams, for the account."""
        return self._reflection.stream(method, account=self.jid, **fields)

    def event(self, kind, **fields):
        """The account's first event of KIND with FIELDS, as soon as there is one."""
        wanted = f"EVENT_KIND_{kind.upper()}"
        stream = self.stream("WatchEvents", from_beginning=True, kinds=[wanted])
        for answer in stream:
            payload = getattr(answer.event, kind)
            if answer.HasField("event") and all(getattr(payload, f) == v for f, v in fields.items()):
                stream.cancel()
                return payload
        raise AssertionError(f"no {kind} with {fields}")

    def wait_online(self):
        """Waits until the session is up."""
        eventually(
            lambda: self.ask("GetAccount").account.connection.state == ONLINE, f"{self.jid} is online", 90
        )


# The contract's CONNECTION_STATE_ONLINE: enumerators come as numbers.
ONLINE = 3


def at_once(*actions):
    """Runs ACTIONS at the same time; raises what one of them raised."""
    failures = []

    def run(action):
        try:
            action()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in failures:
        raise failure
