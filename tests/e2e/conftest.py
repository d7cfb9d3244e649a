"""Fixtures: servers once for a test run, services and accounts afresh for every test."""

import pytest

from world.authority import Authority
from world.broker import Broker
from world.mqtt_proxy import MqttProxy
from world.mqtt_side import MqttSide
from world.panel import open_browser
from world.stack import Stack
from world.talk import Talk
from world.xmpp_servers import SERVERS


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """The certificate authority that everybody trusts."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def broker(tmp_path_factory, authority):
    """Mosquitto."""
    broker = Broker(tmp_path_factory.mktemp("broker"), authority)
    broker.start()
    yield broker
    broker.stop()


def _running_server(name, tmp_path_factory, authority):
    server = SERVERS[name](tmp_path_factory.mktemp(name), authority)
    server.start()
    return server


@pytest.fixture(scope="session", params=sorted(SERVERS))
def any_server(request, tmp_path_factory, authority):
    """Each XMPP server in turn: for what depends on the server."""
    server = _running_server(request.param, tmp_path_factory, authority)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def one_server(tmp_path_factory, authority):
    """One XMPP server: for what does not depend on which it is."""
    server = _running_server("prosody", tmp_path_factory, authority)
    yield server
    server.stop()


@pytest.fixture
def world(tmp_path, authority, any_server, broker):
    """Nothing started yet, on each XMPP server in turn."""
    stack = Stack(tmp_path, authority, any_server, broker)
    yield stack
    stack.close()


@pytest.fixture
def small_world(tmp_path, authority, one_server, broker):
    """Nothing started yet, on one XMPP server."""
    stack = Stack(tmp_path, authority, one_server, broker)
    yield stack
    stack.close()


@pytest.fixture
def house(world):
    """Both services up, the bot logged in, a lamp; on each XMPP server in turn."""
    return world.up()


@pytest.fixture
def small_house(small_world):
    """As `house`, on one XMPP server."""
    return small_world.up()


@pytest.fixture
def browser(tmp_path):
    """Chromium."""
    chromium = open_browser(tmp_path / "chromium")
    yield chromium
    chromium.quit()


@pytest.fixture
def mqtt_side(tmp_path, authority):
    """chatwire-mqttd alone, not started, and a broker of the test's own."""
    own = Broker(tmp_path / "broker", authority)
    own.start()
    side = MqttSide(tmp_path, authority, own)
    yield side
    side.close()
    own.stop()


@pytest.fixture
def proxied(mqtt_side):
    """chatwire-mqttd and a lamp; a proxy between it and the broker."""
    mqtt_side.broker.proxy = mqtt_side.proxy = MqttProxy(mqtt_side.broker.plain_port)
    mqtt_side.up(command_expiry="110s", confirm_timeout="100s")
    yield mqtt_side
    mqtt_side.proxy.close()


@pytest.fixture
def talk(world):
    """The bot on the service behind a cable, and a person whose client can do everything."""
    talk = Talk(world)
    yield talk
    talk.close()


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Shows the services' last lines with a failure."""
    outcome = yield
    report = outcome.get_result()
    if not report.failed:
        return
    for name in ("world", "small_world", "mqtt_side"):
        stack = item.funcargs.get(name)
        for service in (getattr(stack, "xmppd", None), stack.mqttd) if stack else ():
            if service and service.process:
                report.sections.append((f"end of {service.program}'s log", service.process.tail()))
