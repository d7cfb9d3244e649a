"""Every RPC of the contracts is served, asks for a token, and tells of an account that it does not know."""

import importlib
import pkgutil

import chatwire.auth.v1
import chatwire.mqtt.v1
import chatwire.xmpp.v1
import grpc
import pytest

from world.rpc import reason_of
from world.stack import Stack

# There is no token yet when these are called.
OPEN = {"Login", "Register", "GetRegistrationForm"}


def _methods(package):
    """The descriptor of every RPC of a package of contracts."""
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.endswith("_pb2"):
            file = importlib.import_module(f"{package.__name__}.{module.name}").DESCRIPTOR
            for service in file.services_by_name.values():
                yield from service.methods


PARTS = {
    "xmppd": (chatwire.xmpp.v1, chatwire.auth.v1),
    "mqttd": (chatwire.mqtt.v1, chatwire.auth.v1),
}
METHODS = [
    (part, method)
    for part, packages in PARTS.items()
    for package in packages
    for method in _methods(package)
]


@pytest.fixture(name="apis", scope="module")
def _apis(tmp_path_factory, authority, one_server, broker):
    stack = Stack(tmp_path_factory.mktemp("rpcs"), authority, one_server, broker).up()
    yield stack
    stack.close()


def _error(service, method, token, **fields):
    """(code, reason) with which a call of `method` ends; None when it gives an answer."""
    request = method.input_type._concrete_class(**fields)
    shape = "_".join(
        "stream" if streams else "unary"
        for streams in (method.client_streaming, method.server_streaming)
    )
    call = getattr(service.api("").channel, shape)(
        f"/{method.containing_service.full_name}/{method.name}",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=method.output_type._concrete_class.FromString,
    )
    metadata = [("authorization", f"Bearer {token}")] if token else []
    try:
        answer = call(
            iter([request]) if method.client_streaming else request, timeout=10, metadata=metadata
        )
        if method.server_streaming:
            next(iter(answer), None)
            answer.cancel()
    except grpc.RpcError as error:
        return reason_of(error)
    return None


def _name(value):
    return getattr(value, "full_name", value)


@pytest.mark.parametrize("part, method", METHODS, ids=_name)
def test_an_rpc_asks_for_a_token(apis, part, method):
    # Given no token; when it is called; then it says so, and nothing else. Those for newcomers look at the input.
    outcome = _error(getattr(apis, part), method, token="")
    if method.name in OPEN:
        assert outcome is not None and outcome[0] == "INVALID_ARGUMENT" and outcome[1]
    else:
        assert outcome == ("UNAUTHENTICATED", "TOKEN_MISSING")


@pytest.mark.parametrize("part, method", METHODS, ids=_name)
def test_an_rpc_that_acts_on_an_account_knows_when_there_is_none(apis, part, method):
    if "account" not in method.input_type.fields_by_name or method.name in OPEN:
        pytest.skip("it names no account")
    # Given the right to everything; when it is called for an account that is not here
    outcome = _error(
        getattr(apis, part), method, getattr(apis, part).token(), account="nobody@example.org"
    )
    # Then it says so, or that something else is wrong with so empty a request; it is never an answer
    assert outcome is not None
    code, reason = outcome
    assert reason, f"{code} without a reason"
    assert code in ("INVALID_ARGUMENT", "NOT_FOUND"), f"{code} {reason}"
