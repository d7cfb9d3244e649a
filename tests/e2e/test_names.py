"""Finding the XMPP server of a domain by its SRV records (RFC 6120, section 3.2; XEP-0368)."""

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account

from world.name_server import TYPE_SRV, NameServer, in_container
from world.rpc import reason_of
from world.waiting import free_port
from world.xmpp_servers import DOMAIN

pytestmark = pytest.mark.skipif(not in_container(), reason="changes /etc/resolv.conf: only in a container")

HOST = f"xmpp.{DOMAIN}"
STARTTLS, DIRECT = f"_xmpp-client._tcp.{DOMAIN}", f"_xmpps-client._tcp.{DOMAIN}"


@pytest.fixture(name="name_server")
def _name_server():
    servers = []

    def start(records):
        servers.append(NameServer(HOST, records))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.mark.parametrize("record", [STARTTLS, DIRECT])
def test_a_server_is_found_by_its_record(small_world, name_server, record):
    server = small_world.server
    names = name_server({record: server.port if record == STARTTLS else server.direct_port})
    small_world.start_xmppd(xmpp_route="")

    assert small_world.login()

    assert (record, TYPE_SRV) in names.asked


def test_a_record_that_leads_nowhere_is_named_in_the_error(small_world, name_server):
    port = free_port()
    name_server({STARTTLS: port})
    small_world.start_xmppd(xmpp_route="")

    request = account.LoginRequest(jid=small_world.bot, password=small_world.password)
    with pytest.raises(grpc.RpcError) as failure:
        small_world.xmppd.api("").accounts.Login(request)

    assert reason_of(failure.value) == ("UNAVAILABLE", "SERVER_UNREACHABLE")
    assert f"{HOST}:{port}" in failure.value.details()
