"""WatchCheckboxes over kill -9: what is, what changes, what is gone; nothing is lost and nothing goes back."""

import threading
from collections import defaultdict

import grpc
import pytest
from chatwire.mqtt.v1 import checkbox_service_pb2 as checkbox
from google.protobuf import duration_pb2

from world.many import watch_until_complete
from world.rpc import reason_of, request_id
from world.waiting import eventually

LAMPS = [f"lamp{number}" for number in range(10)]
SETS = 300
KILL_AT = (80, 200)


class Follower:
    """Follows as a program should: with the last token that it has handled, over restarts of the service."""

    def __init__(self, stack):
        self._stack = stack
        self._token, self._stream, self._closing = "", None, False
        self.versions = defaultdict(list)
        self.deleted, self.listings, self.heartbeats = [], 0, 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        stack.on_close(self.close)

    def _run(self):
        while not self._closing:
            request = checkbox.WatchCheckboxesRequest(
                resume_token=self._token, heartbeat_interval=duration_pb2.Duration(seconds=1)
            )
            try:
                self._stream = self._stack.mqttd.api().checkboxes.WatchCheckboxes(request, timeout=600)
                for response in self._stream:
                    self._handle(response)
            except grpc.RpcError:
                continue

    def _handle(self, response):
        assert response.resume_token
        self._token = response.resume_token
        if response.HasField("checkbox"):
            self.versions[response.checkbox.name].append(response.checkbox.version)
        elif response.deleted_name:
            self.deleted.append(response.deleted_name)
        elif response.initial_complete:
            self.listings += 1
        else:
            self.heartbeats += 1

    def close(self):
        """Stops following."""
        self._closing = True
        if self._stream:
            self._stream.cancel()
        self._thread.join(10)


def _set(stack, lamp):
    """Sets it, as a program that retries does."""
    request = checkbox.SetCheckboxRequest(
        name=lamp, action=checkbox.CHECKBOX_ACTION_TOGGLE, request_id=request_id()
    )

    def tried():
        try:
            return stack.mqttd.api().checkboxes.SetCheckbox(request, timeout=10)
        except grpc.RpcError as error:
            assert error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
            return None

    return eventually(tried, "the service takes it", 60)


def test_a_follower_misses_nothing_over_kills_under_load(mqtt_side):
    world = mqtt_side.up(checkboxes=LAMPS)
    follower = Follower(world)
    eventually(lambda: follower.listings == 1, "the listing")
    assert sorted(follower.versions) == LAMPS

    for number in range(SETS):
        if number in KILL_AT:
            world.mqttd.kill_and_restart()
        _set(world, LAMPS[number % len(LAMPS)])

    last = {lamp: world.get(lamp).version for lamp in LAMPS}
    # Of quick changes only the newest is sure to be told, and that always.
    eventually(
        lambda: {lamp: versions[-1] for lamp, versions in follower.versions.items()} == last,
        lambda: f"{last}: {dict(follower.versions)}",
    )
    assert last == dict.fromkeys(LAMPS, SETS // len(LAMPS))
    assert all(versions == sorted(versions) for versions in follower.versions.values())
    assert follower.listings == 1 + len(KILL_AT)


def test_what_goes_and_comes_while_nobody_watches_is_told_later(mqtt_side):
    world = mqtt_side.up(checkboxes=LAMPS)
    stream, _, token = watch_until_complete(world.mqttd.api())
    stream.cancel()
    delete = checkbox.DeleteCheckboxRequest(name=LAMPS[0], request_id=request_id())
    world.mqttd.api().checkboxes.DeleteCheckbox(delete)
    _set(world, LAMPS[1])
    world.create("new")
    world.mqttd.kill_and_restart()

    stream, told, later = watch_until_complete(world.mqttd.api(), token)
    stream.cancel()

    assert [response.deleted_name for response in told if response.deleted_name] == [LAMPS[0]]
    assert sorted(r.checkbox.name for r in told if r.HasField("checkbox")) == sorted([LAMPS[1], "new"])
    # Who has handled all of it is told nothing twice.
    stream, told, _ = watch_until_complete(world.mqttd.api(), later)
    stream.cancel()
    assert not told


def test_heartbeats_come_while_it_is_quiet_and_a_stop_is_told(mqtt_side):
    follower = Follower(mqtt_side.up())
    eventually(lambda: follower.heartbeats >= 2, "two heartbeats")
    request = checkbox.WatchCheckboxesRequest()
    stream = mqtt_side.mqttd.api().checkboxes.WatchCheckboxes(request, timeout=60)
    next(stream)

    mqtt_side.mqttd.stop()

    with pytest.raises(grpc.RpcError) as ended:
        for _ in stream:
            pass
    assert reason_of(ended.value) == ("UNAVAILABLE", "SHUTTING_DOWN")
    mqtt_side.mqttd.start()
    eventually(lambda: follower.listings == 2, "it goes on")
