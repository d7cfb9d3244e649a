"""Profiles of the command line, and the certificate that it shows to a service that asks for one."""

import pytest

from world.shell import OK, UNAVAILABLE, USAGE, Shell
from world.stack import Stack


@pytest.fixture(name="stack", scope="module")
def _stack(tmp_path_factory, authority, one_server, broker):
    stack = Stack(tmp_path_factory.mktemp("profiles"), authority, one_server, broker)
    stack.start_xmppd(tls_client_ca=authority.certificate)
    yield stack
    stack.close()


@pytest.fixture(name="shell")
def _shell(stack, tmp_path):
    """A shell that knows nothing but its home."""
    shell = Shell.__new__(Shell)
    shell.home, shell.environment = tmp_path, {"HOME": str(tmp_path), "LANG": "C.UTF-8"}
    shell.ok("config", "set", "profile.home.server", stack.xmppd.address)
    shell.ok("config", "set", "profile.home.ca", str(stack.authority.certificate))
    shell.ok("config", "set", "profile.home.token-file", str(stack.xmppd.state / "admin.token"))
    return shell


def test_a_profile_with_a_certificate_reaches_a_service_that_asks_for_one(shell, stack):
    certificate, key = stack.authority.issue("person", "DNS:person", usage="clientAuth")
    shell.fails(UNAVAILABLE, "accounts", "--profile", "home", "--timeout", "2s")

    shell.ok("config", "set", "profile.home.cert", str(certificate))
    shell.fails(USAGE, "accounts", "--profile", "home")
    shell.ok("config", "set", "profile.home.key", str(key))
    shell.ok("config", "use", "home")

    assert shell.run("accounts").returncode == OK
    assert "yes" in shell.ok("health", "xmpp")
    shell.fails(USAGE, "accounts", "--profile", "work")
