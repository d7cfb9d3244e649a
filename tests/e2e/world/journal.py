"""What a service's journal says, read as any program would."""

from chatwire.xmpp.v1 import event_service_pb2 as event


class Journal:
    """The events of one account from the beginning, each read once."""

    def __init__(self, api):
        self._stream = api.events.WatchEvents(event.WatchEventsRequest(from_beginning=True), timeout=300)
        self.events = []

    def until(self, condition):
        """Reads on to the first event for which CONDITION holds; what was read before counts, too."""
        for seen in self.events:
            if condition(seen):
                return seen
        for response in self._stream:
            if response.HasField("event"):
                self.events.append(response.event)
                if condition(response.event):
                    return response.event
        raise AssertionError("the stream ended")

    def wait(self, kind, **fields):
        """The payload of the first event of KIND (`message_received`) with these FIELDS."""

        def matches(seen):
            payload = getattr(seen, kind)
            return seen.HasField(kind) and all(
                getattr(payload, name) == value for name, value in fields.items()
            )

        return getattr(self.until(matches), kind)

    def all(self, kind):
        """The payloads of every event of KIND that was read so far."""
        return [getattr(seen, kind) for seen in self.events if seen.HasField(kind)]

    def close(self):
        """Ends the stream."""
        self._stream.cancel()
