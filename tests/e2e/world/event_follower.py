"""Follows the log of events in a thread of its own."""

import threading
from collections import deque

import grpc
from chatwire.xmpp.v1 import event_service_pb2 as event

from world.waiting import eventually


class EventFollower:
    """Every event of one account from the beginning of its log, over restarts of the service."""

    def __init__(self, stack, token, account=""):
        self._stack, self._token, self._account = stack, token, account
        self._events = deque()
        self._resume = ""
        self._stream = None
        self._closing = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._closing:
            request = event.WatchEventsRequest(
                account=self._account, resume_token=self._resume, from_beginning=True
            )
            try:
                self._stream = self._stack.xmppd.api(self._token).events.WatchEvents(request, timeout=600)
                for response in self._stream:
                    self._resume = response.resume_token
                    if response.HasField("event"):
                        self._events.append(response.event)
            except grpc.RpcError:
                continue

    def all(self, kind, **fields):
        """The payloads of KIND so far whose FIELDS have these values."""
        found = []
        for entry in list(self._events):
            if entry.WhichOneof("payload") != kind:
                continue
            payload = getattr(entry, kind)
            if all(getattr(payload, name) == value for name, value in fields.items()):
                found.append(payload)
        return found

    def wait(self, kind, count=1, seconds=30, **fields):
        """Waits for the COUNTth of them, and returns that."""

        def kinds():
            return [entry.WhichOneof("payload") for entry in list(self._events)][-20:]

        def found():
            matching = self.all(kind, **fields)
            return matching[count - 1] if len(matching) >= count else None

        return eventually(found, lambda: f"{count}. {kind} {fields}; came: {kinds()}", seconds)

    def close(self):
        """Stops following."""
        self._closing = True
        if self._stream:
            self._stream.cancel()
        self._thread.join(10)
