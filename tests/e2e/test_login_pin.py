"""Nobody talks an account into a weaker way to sign in than it has used before."""

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account

from world.stack import Stack
from world.waiting import eventually
from world.xmpp_servers import PlainOnlyProsody, Prosody

ONLINE = account.CONNECTION_STATE_ONLINE


@pytest.fixture(name="fallen")
def _fallen(tmp_path, authority, broker):
    """An account that has signed in with SCRAM, while its server now knows PLAIN only."""
    server = Prosody(tmp_path / "server", authority)
    server.start()
    stack = Stack(tmp_path, authority, server, broker)
    stack.start_xmppd(xmpp_allow_plain="true")
    stack.token = stack.login()
    server.stop()
    server.disabled_mechanisms = PlainOnlyProsody.disabled_mechanisms
    server.start()
    yield stack
    stack.close()
    server.stop()


def _connection(stack):
    """None while the service cannot be asked."""
    try:
        request = account.GetAccountRequest(account=stack.bot)
        return stack.xmppd.api(stack.token).accounts.GetAccount(request).account.connection
    except grpc.RpcError:
        return None


def _refuses(stack):
    return _connection(stack).failure.reason == "SASL_DOWNGRADE"


def test_a_weaker_mechanism_needs_a_new_login(fallen):
    eventually(lambda: _refuses(fallen), lambda: f"it is refused; {_connection(fallen)}", 60)
    assert "call Login" in _connection(fallen).failure.message
    fallen.xmppd.kill_and_restart()
    eventually(lambda: _refuses(fallen), lambda: f"also after a restart; {_connection(fallen)}", 60)

    fallen.login()

    assert _connection(fallen).state == ONLINE
    fallen.xmppd.kill_and_restart()
    eventually(lambda: _connection(fallen).state == ONLINE, "it comes back with that by itself", 60)


def test_the_account_comes_back_with_the_mechanism(fallen):
    eventually(lambda: _refuses(fallen), lambda: f"it is refused; {_connection(fallen)}", 60)

    fallen.server.stop()
    fallen.server.disabled_mechanisms = Prosody.disabled_mechanisms
    fallen.server.start()

    eventually(lambda: _connection(fallen).state == ONLINE, "it is online again", 60)
