"""Starting under bad conditions: a clear message and exit code, or a start that heals later."""

import socket

import pytest

from world.services import Mqttd, Xmppd, wait_serving


@pytest.fixture(name="programs")
def _programs(tmp_path, authority, one_server, broker):
    """Both programs, not started."""
    token = tmp_path / "token"
    token.write_text("no-such-token\n", encoding="utf-8")
    token.chmod(0o600)
    both = {
        "xmppd": Xmppd(tmp_path / "x", authority, one_server),
        "mqttd": Mqttd(
            tmp_path / "m",
            authority,
            broker,
            base_topic="startup",
            xmpp_service="127.0.0.1:9",
            xmpp_service_token_file=token,
        ),
    }
    yield both
    for program in both.values():
        program.stop()


both_programs = pytest.mark.parametrize("name", ["xmppd", "mqttd"])


@both_programs
def test_a_port_in_use_is_named(programs, name):
    service = programs[name]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        service.flags["listen"] = f"127.0.0.1:{port}"

        code = service.launch().wait_exit()

    assert code not in (0, None) and code > 0, f"ended by a signal: {code}"
    assert str(port) in service.process.text()


@both_programs
def test_an_unwritable_state_folder_is_named(programs, name, tmp_path):
    service = programs[name]
    # A file where a folder should be: not even root can write there.
    blocker = tmp_path / "blocker"
    blocker.write_text("", encoding="utf-8")
    service.flags["state_dir"] = blocker / "state"

    code = service.launch().wait_exit()

    assert code > 0
    assert str(blocker) in service.process.text()


@both_programs
def test_a_public_address_needs_tls(programs, name):
    service = programs[name]
    service.flags.pop("tls_cert")
    service.flags.pop("tls_key")
    service.flags["listen"] = "0.0.0.0:0"

    code = service.launch().wait_exit()

    assert code > 0
    assert "insecure_listen" in service.process.text()


def test_words_that_cannot_be_told_apart_are_named(programs, tmp_path):
    service, words = programs["mqttd"], tmp_path / "words.json"
    words.write_text('{"en": {"on": ["kill"], "off": ["kill"]}}', encoding="utf-8")
    service.flags["chat_words"] = words

    code = service.launch().wait_exit()

    assert code > 0
    text = service.process.text()
    assert str(words) in text and "kill" in text and "in en" in text


@both_programs
def test_an_unknown_flag_is_named(programs, name):
    service = programs[name]
    service.flags["no_such_flag"] = "1"

    assert service.launch().wait_exit() > 0
    assert "no_such_flag" in service.process.text()


@both_programs
def test_a_stop_is_clean_and_the_token_file_is_private(programs, name):
    service = programs[name].start()
    wait_serving(service, "")

    assert (service.state / "admin.token").stat().st_mode & 0o777 == 0o600
    assert service.stop() == 0


def test_mqttd_starts_without_xmppd_and_says_so(programs):
    service = programs["mqttd"].start()

    wait_serving(service, "")
    wait_serving(service, "chatwire.mqtt.v1", expected=False)
    assert "127.0.0.1:9" in service.process.text()
