"""Passwords and tokens are in no log, no state file and no process list."""

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account

from world.broker import PASSWORDS


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def _holders(folder, secret, allowed=()):
    encoded = secret.encode()
    return [
        str(path) for path in _files(folder) if path.name not in allowed and encoded in path.read_bytes()
    ]


def test_no_secret_is_written_down(house):
    person = house.person_online()
    device = house.device()
    person.ask(house.bot, "lamp on", "lamp is on")
    with pytest.raises(grpc.RpcError) as failure:
        house.xmppd.api("").accounts.Login(account.LoginRequest(jid=house.bot, password="wrong-pässwort"))
    assert "wrong-pässwort" not in failure.value.details()
    admin_tokens = [house.xmppd.token(), house.mqttd.token()]
    house.mqttd.stop()
    house.xmppd.stop()

    given = {
        house.password: (),
        "wrong-pässwort": (),
        house.bot_token: ("bot.token",),
        PASSWORDS["mqttd"]: ("broker.password",),
        **{token: ("admin.token",) for token in admin_tokens},
    }
    for secret, allowed in given.items():
        assert _holders(house.folder, secret, allowed) == []
    assert device.commands() == ["ON"]


def test_message_texts_are_not_logged(house):
    person = house.person_online()
    house.device()
    person.ask(house.bot, "lamp on", "lamp is on")
    person.ask(house.bot, "psst, do not write this down", "")

    for service in (house.xmppd, house.mqttd):
        assert "do not write this down" not in service.process.text()


def test_state_files_are_private(small_house):
    for service in (small_house.xmppd, small_house.mqttd):
        for path in _files(service.state):
            assert path.stat().st_mode & 0o077 == 0, f"{path} is open to others"


def test_no_secret_is_in_the_process_list(small_house):
    secrets = [small_house.password, small_house.bot_token, PASSWORDS["mqttd"]]
    for service in (small_house.xmppd, small_house.mqttd):
        for name in ("cmdline", "environ"):
            with open(f"/proc/{service.process.pid}/{name}", encoding="utf-8") as file:
                text = file.read()
            assert not any(secret in text for secret in secrets)
