"""Files both ways, over the upload service of each XMPP server, and what the web may not do to us."""

import hashlib
import os
import queue

import grpc
import pytest
from chatwire.xmpp.v1 import event_service_pb2 as event
from chatwire.xmpp.v1 import file_service_pb2 as file

from world.authority import Authority
from world.file_user import FileUser
from world.rpc import reason_of, request_id
from world.waiting import eventually
from world.web_server import CONTENT, WebServer
from world.xmpp_servers import MAXIMUM_FILE_BYTES

MIB = 1 << 20
CHUNK = MIB // 2
READY = file.SEND_FILE_STAGE_READY


class Sending:
    """One call of SendFile, of which the test is in control."""

    def __init__(self, api, size, **metadata):
        metadata.setdefault("request_id", request_id())
        metadata.setdefault("file_name", "picture.png")
        self._requests = queue.Queue()
        self._requests.put(
            file.SendFileRequest(metadata=file.SendFileMetadata(size_bytes=size, **metadata))
        )
        self.call = api.files.SendFile(iter(self._requests.get, None), timeout=60)
        self.responses = []

    def next(self):
        """The next response."""
        self.responses.append(next(self.call))
        return self.responses[-1]

    def chunk(self, content):
        """Sends a chunk."""
        self._requests.put(file.SendFileRequest(chunk=content))

    def end(self):
        """Closes the caller's side."""
        self._requests.put(None)

    def result(self):
        """Reads to the end; returns what was sent."""
        self.responses.extend(self.call)
        return self.responses[-1].file

    def failure(self):
        """Reads to the end; returns (code, reason)."""
        with pytest.raises(grpc.RpcError) as failure:
            self.responses.extend(self.call)
        self.end()
        return reason_of(failure.value)


def _send(api, content, **metadata):
    sending = Sending(api, len(content), **metadata)
    if sending.next().stage == READY:
        for start in range(0, len(content), CHUNK):
            sending.chunk(content[start : start + CHUNK])
    sending.end()
    return sending, sending.result()


def _download(api, url, **fields):
    responses = list(api.files.DownloadFile(file.DownloadFileRequest(url=url, **fields), timeout=60))
    assert responses[0].WhichOneof("part") == "info"
    assert responses[-1].WhichOneof("part") == "summary"
    content = b"".join(response.chunk for response in responses[1:-1])
    summary = responses[-1].summary
    assert summary.size_bytes == len(content)
    assert summary.sha256 == hashlib.sha256(content).digest()
    return responses[0].info, content


def _download_error(api, url, **fields):
    with pytest.raises(grpc.RpcError) as failure:
        list(api.files.DownloadFile(file.DownloadFileRequest(url=url, **fields), timeout=60))
    return reason_of(failure.value)


def _open_spools(process):
    links = [f"/proc/{process.pid}/fd/{fd}" for fd in os.listdir(f"/proc/{process.pid}/fd")]
    return [os.readlink(link) for link in links if os.path.lexists(link) and "spool-" in os.readlink(link)]


def _is_clean(service):
    """No bytes of a file are left, with a name or without one."""
    return not list(service.state.glob("spool-*")) and not _open_spools(service.process)


def _peak_kib(process):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1])


def _up(stack, **flags):
    """Starts the service so that it may use the servers of this machine; returns the bot's API."""
    stack.start_xmppd(file_allow_private_addresses="true", **flags)
    stack.bot_token = stack.login()
    return stack.xmppd.api(stack.bot_token)


@pytest.fixture(name="web")
def _web(authority):
    server = WebServer(*authority.issue("web", "DNS:localhost"))
    yield server
    server.close()


@pytest.fixture(name="friend")
def _friend(world):
    user = FileUser(world)
    yield user
    user.close()


def test_a_file_is_sent_once_and_shown_in_the_chat(world, friend):
    api = _up(world)
    content = os.urandom(3 * MIB + 17)
    identity = {"to": world.person, "request_id": request_id(), "caption": "a cat & <dog>"}

    sending, sent = _send(api, content, sha256=hashlib.sha256(content).digest(), **identity)

    assert friend.wait_file() == (sent.url, sent.url, "a cat & <dog>")
    assert friend.fetch(sent.url) == content
    assert (sent.size_bytes, sent.sha256) == (len(content), hashlib.sha256(content).digest())
    assert (sent.file_name, sent.media_type, sent.replayed) == ("picture.png", "image/png", False)
    stages = [response.stage for response in sending.responses]
    assert stages == sorted(stages) and set(stages) == {1, 2, 3, 4, 5}
    assert sending.responses[-1].uploaded_bytes == len(content)
    # The same request again: the same message, at once, and also after a restart.
    world.xmppd.kill_and_restart()
    api = world.xmppd.api(world.bot_token)
    again = Sending(api, len(content), **identity)
    replay = again.result()
    assert replay.replayed and (replay.url, replay.message_id) == (sent.url, sent.message_id)
    # Another file under the same id is refused.
    other = Sending(api, len(content) + 1, **identity)
    assert other.failure() == ("ALREADY_EXISTS", "REQUEST_ID_REUSED")
    assert len(friend.files()) == 1
    assert _is_clean(world.xmppd)


def test_a_file_that_somebody_offers_is_told_and_fetched(world, friend):
    api = _up(world)
    content = os.urandom(2 * MIB + 1)
    url = friend.upload("holiday photo.jpg", content)
    watching = api.events.WatchEvents(event.WatchEventsRequest(from_beginning=True), timeout=60)

    friend.offer(world.bot, url, description="the beach")
    friend.offer(world.bot, "https://example.org/x", body="lamp on")

    received = [r.event.message_received for r in _take(watching, 2)]
    assert received[0].body == url
    attachment = received[0].attachments[0]
    assert (attachment.url, attachment.description) == (url, "the beach")
    assert attachment.media_type == "image/jpeg" and attachment.file_name.endswith(".jpg")
    assert (received[1].body, received[1].attachments[0].url) == ("lamp on", "https://example.org/x")
    info, fetched = _download(api, attachment.url)
    assert fetched == content and info.total_bytes == len(content)


def _take(watching, number):
    messages = []
    for response in watching:
        if response.event.WhichOneof("payload") == "message_received":
            messages.append(response)
            if len(messages) == number:
                watching.cancel()
                return messages
    raise AssertionError("the stream ended")


def test_fifty_megabytes_take_little_memory_both_ways(world, friend):
    api = _up(world)
    block = os.urandom(CHUNK)
    hashed = hashlib.sha256()
    _send(api, block, to=world.person)
    before = _peak_kib(world.xmppd.process)

    sending = Sending(api, 50 * MIB, to=world.person, file_name="big.bin")
    sending.next()
    for _ in range(100):
        sending.chunk(block)
        hashed.update(block)
    sending.end()
    sent = sending.result()
    responses = api.files.DownloadFile(file.DownloadFileRequest(url=sent.url), timeout=60)
    size = sum(len(response.chunk) for response in responses)

    assert sent.sha256 == hashed.digest() and size == 50 * MIB
    assert friend.wait_file(2)[1] == sent.url
    # What gRPC itself keeps for a stream is part of it.
    assert _peak_kib(world.xmppd.process) - before < 24 * 1024
    assert _is_clean(world.xmppd)


def test_limits_are_told_and_kept_before_a_byte_is_sent(world):
    api = _up(world, file_max_upload_mb=100)

    limits = api.files.GetUploadLimits(file.GetUploadLimitsRequest())
    assert limits.service == "upload.chatwire.test" or limits.service == "chatwire.test"
    assert limits.maximum_bytes == limits.server_maximum_bytes == MAXIMUM_FILE_BYTES
    too_large = Sending(api, MAXIMUM_FILE_BYTES + 1, to=world.person)
    assert too_large.failure() == ("FAILED_PRECONDITION", "FILE_TOO_LARGE")
    assert not too_large.responses
    over_ours = Sending(api, 101 * MIB, to=world.person)
    assert over_ours.failure() == ("FAILED_PRECONDITION", "FILE_TOO_LARGE")


def test_what_is_cancelled_or_wrong_leaves_neither_file_nor_message(world, friend):
    api = _up(world)
    content = os.urandom(MIB)

    cancelled = Sending(api, len(content), to=world.person)
    cancelled.next()
    cancelled.chunk(content[:CHUNK])
    eventually(lambda: cancelled.next().received_bytes == CHUNK, "the first chunk is taken")
    assert _open_spools(world.xmppd.process)
    cancelled.call.cancel()
    cancelled.end()
    wrong_hash = Sending(api, CHUNK, to=world.person, sha256=bytes(32))
    wrong_hash.next()
    wrong_hash.chunk(content[:CHUNK])
    wrong_hash.end()
    assert wrong_hash.failure() == ("INVALID_ARGUMENT", "HASH_MISMATCH")
    for size, sent in ((CHUNK, CHUNK - 1), (CHUNK - 1, CHUNK)):
        wrong_size = Sending(api, size, to=world.person)
        wrong_size.next()
        wrong_size.chunk(content[:sent])
        wrong_size.end()
        assert wrong_size.failure() == ("INVALID_ARGUMENT", "SIZE_MISMATCH")

    eventually(lambda: _is_clean(world.xmppd), "nothing is left")
    _send(api, b"the only one", to=world.person)
    friend.wait_file()
    assert len(friend.files()) == 1


def test_transfers_of_one_account_are_limited_and_a_silent_caller_is_cut_off(small_world):
    api = _up(small_world, file_transfers_per_account=1, file_stall_timeout="2s")

    silent = Sending(api, MIB, to=small_world.person)
    silent.next()
    second = Sending(api, MIB, to=small_world.person)

    assert second.failure() == ("RESOURCE_EXHAUSTED", "TOO_MANY_TRANSFERS")
    assert silent.failure() == ("DEADLINE_EXCEEDED", "TRANSFER_STALLED")
    assert _is_clean(small_world.xmppd)


def test_bad_answers_of_the_web_are_told_apart(small_world, web):
    api = _up(small_world, file_stall_timeout="2s")

    info, content = _download(api, f"{web.url}/a%20b.png?x=1")
    assert (content, info.file_name, info.media_type) == (CONTENT, "a b.png", "image/png")
    assert _download(api, f"{web.url}/redirect/{web.url}/end.txt")[1] == CONTENT
    assert _download(api, f"{web.url}/unknown-size")[0].total_bytes == 0
    for path, expected in (
        ("status/404", ("NOT_FOUND", "HTTP_NOT_FOUND")),
        ("status/403", ("FAILED_PRECONDITION", "HTTP_REFUSED")),
        ("status/503", ("UNAVAILABLE", "HTTP_OVERLOADED")),
        ("loop", ("FAILED_PRECONDITION", "HTTP_REDIRECTS")),
        ("cut", ("UNAVAILABLE", "HTTP_BROKEN")),
        ("stall", ("DEADLINE_EXCEEDED", "TRANSFER_STALLED")),
        ("redirect/http://localhost:1/", ("PERMISSION_DENIED", "URL_NOT_ALLOWED")),
    ):
        assert _download_error(api, f"{web.url}/{path}") == expected, path
    for path in ("known-size", "unknown-size"):
        error = _download_error(api, f"{web.url}/{path}", maximum_bytes=len(CONTENT) - 1)
        assert error == ("FAILED_PRECONDITION", "FILE_TOO_LARGE"), path


def test_a_certificate_that_does_not_hold_and_plain_http_are_refused(small_world, tmp_path, authority):
    api = _up(small_world)
    stranger = Authority(tmp_path)
    servers = {
        "stranger": WebServer(*stranger.issue("stranger", "DNS:localhost")),
        "other name": WebServer(*authority.issue("other", "DNS:example.org")),
        "http": WebServer(),
    }

    errors = {name: _download_error(api, f"{server.url}/x") for name, server in servers.items()}
    for server in servers.values():
        server.close()

    assert errors["stranger"] == ("FAILED_PRECONDITION", "HTTP_TLS_FAILED")
    assert errors["other name"] == ("FAILED_PRECONDITION", "HTTP_TLS_FAILED")
    assert errors["http"] == ("PERMISSION_DENIED", "URL_NOT_ALLOWED")
    assert not any(server.asked() for server in servers.values())


def test_addresses_of_this_network_are_refused_unless_allowed(world, web):
    world.start_xmppd()
    api = world.xmppd.api(world.login())
    port = web.url.rpartition(":")[2]

    for host in ("localhost", "127.0.0.1", "[::1]", "2130706433", "[::ffff:127.0.0.1]", "10.0.0.1"):
        error = _download_error(api, f"https://{host}:{port}/x")
        assert error == ("PERMISSION_DENIED", "ADDRESS_NOT_ALLOWED"), host
    assert not web.asked()
    # Also where the own server says that a file should go there.
    sending = Sending(api, 3, to=world.person)
    sending.next()
    sending.chunk(b"abc")
    sending.end()
    assert sending.failure() == ("PERMISSION_DENIED", "ADDRESS_NOT_ALLOWED")
