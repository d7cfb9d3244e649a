"""gRPC as any program would use it: channels with TLS and a bearer token, stubs, error reasons."""

import uuid

import grpc
from chatwire.mqtt.v1 import (
    broker_service_pb2_grpc,
    checkbox_group_service_pb2_grpc,
    checkbox_service_pb2_grpc,
)
from chatwire.xmpp.v1 import (
    account_service_pb2_grpc,
    blocking_service_pb2_grpc,
    bookmark_service_pb2_grpc,
    chat_service_pb2_grpc,
    command_service_pb2_grpc,
    discovery_service_pb2_grpc,
    event_service_pb2_grpc,
    file_service_pb2_grpc,
    presence_service_pb2_grpc,
    profile_service_pb2_grpc,
    room_service_pb2_grpc,
    room_admin_service_pb2_grpc,
    roster_service_pb2_grpc,
    stanza_service_pb2_grpc,
)
from google.protobuf import descriptor_pool
from google.rpc import error_details_pb2, status_pb2

DEADLINE = 30


class Stub:
    """A generated stub whose calls carry the token and a deadline unless told otherwise."""

    def __init__(self, stub, token):
        self._stub = stub
        self._metadata = [("authorization", f"Bearer {token}")] if token else []

    def __getattr__(self, name):
        method = getattr(self._stub, name)

        def call(request, timeout=DEADLINE):
            return method(request, timeout=timeout, metadata=self._metadata)

        return call

    def has(self, name):
        """Whether the service has the RPC NAME."""
        return hasattr(self._stub, name)


class Api:
    """Every service of one program, for one token."""

    def __init__(self, address, certificate, token=""):
        credentials = grpc.ssl_channel_credentials(certificate.read_bytes())
        self.channel = grpc.secure_channel(address, credentials)
        self.accounts = Stub(account_service_pb2_grpc.AccountServiceStub(self.channel), token)
        self.chat = Stub(chat_service_pb2_grpc.ChatServiceStub(self.channel), token)
        self.commands = Stub(command_service_pb2_grpc.CommandServiceStub(self.channel), token)
        self.discovery = Stub(discovery_service_pb2_grpc.DiscoveryServiceStub(self.channel), token)
        self.events = Stub(event_service_pb2_grpc.EventServiceStub(self.channel), token)
        self.files = Stub(file_service_pb2_grpc.FileServiceStub(self.channel), token)
        self.presence = Stub(presence_service_pb2_grpc.PresenceServiceStub(self.channel), token)
        self.profiles = Stub(profile_service_pb2_grpc.ProfileServiceStub(self.channel), token)
        self.rooms = Stub(room_service_pb2_grpc.RoomServiceStub(self.channel), token)
        self.room_admin = Stub(room_admin_service_pb2_grpc.RoomAdminServiceStub(self.channel), token)
        self.roster = Stub(roster_service_pb2_grpc.RosterServiceStub(self.channel), token)
        self.blocking = Stub(blocking_service_pb2_grpc.BlockingServiceStub(self.channel), token)
        self.bookmarks = Stub(bookmark_service_pb2_grpc.BookmarkServiceStub(self.channel), token)
        self.stanzas = Stub(stanza_service_pb2_grpc.StanzaServiceStub(self.channel), token)
        self.checkboxes = Stub(checkbox_service_pb2_grpc.CheckboxServiceStub(self.channel), token)
        self.groups = Stub(
            checkbox_group_service_pb2_grpc.CheckboxGroupServiceStub(self.channel), token
        )
        self.broker = Stub(broker_service_pb2_grpc.BrokerServiceStub(self.channel), token)

    def ask(self, name, timeout=DEADLINE, **fields):
        """Calls the RPC NAME of whichever service of chatwire.xmpp.v1 has it. Has a request id made up."""
        known = descriptor_pool.Default().FindMessageTypeByName(f"chatwire.xmpp.v1.{name}Request")
        if "request_id" in known.fields_by_name:
            fields.setdefault("request_id", request_id())
        stub = next(s for s in vars(self).values() if isinstance(s, Stub) and s.has(name))
        return getattr(stub, name)(known._concrete_class(**fields), timeout)


def request_id():
    """A fresh UUID."""
    return str(uuid.uuid4())


def reason_of(error):
    """(code, reason) of a failed call: the one ErrorInfo that every error carries."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = status_pb2.Status.FromString(value)
            infos = [d for d in status.details if d.Is(error_details_pb2.ErrorInfo.DESCRIPTOR)]
            assert len(infos) == 1, f"{len(infos)} ErrorInfo in {status}"
            info = error_details_pb2.ErrorInfo()
            infos[0].Unpack(info)
            return error.code().name, info.reason
    return error.code().name, None
