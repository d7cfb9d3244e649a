"""Registering, changing the password of and deleting accounts, and the ways to sign in, on each XMPP server."""

import base64
import threading
import uuid

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import data_form_pb2 as forms
from chatwire.xmpp.v1 import event_service_pb2 as events

from world.cable import Cable
from world.rpc import reason_of
from world.services import Xmppd
from world.stack import Stack
from world.waiting import eventually
from world.xmpp_servers import DOMAIN, CaptchaEjabberd, PlainOnlyProsody

ONLINE = account.CONNECTION_STATE_ONLINE
FAILED = account.CONNECTION_STATE_FAILED


def _fails(method, request, **kwargs):
    with pytest.raises(grpc.RpcError) as failure:
        method(request, **kwargs)
    return reason_of(failure.value)


def _name():
    return f"new{uuid.uuid4().hex[:8]}"


def _login(api, jid, password):
    return api.accounts.Login(account.LoginRequest(jid=jid, password=password))


def _state(api, jid):
    got = api.accounts.GetAccount(account.GetAccountRequest(account=jid)).account
    return got.connection.state, got.connection.failure.reason


def test_a_new_account_is_registered_and_signed_in(world):
    api = world.start_xmppd().api("")
    name, password = _name(), uuid.uuid4().hex
    request = account.RegisterRequest(server=DOMAIN, username=name, password=password, login=True)

    registered = api.accounts.Register(request)

    assert registered.jid == f"{name}@{DOMAIN}" == registered.account.account
    assert _state(world.xmppd.api(registered.token), registered.jid)[0] == ONLINE
    assert _fails(api.accounts.Register, request) == ("ALREADY_EXISTS", "USERNAME_TAKEN")


def test_a_form_says_what_is_asked_and_is_answered_once(world):
    api = world.start_xmppd().api("")
    form = api.accounts.GetRegistrationForm(account.GetRegistrationFormRequest(server=DOMAIN))
    fields = form.form.fields if form.HasField("form") else form.fields
    assert {"username", "password"} <= {field.name for field in fields}
    name, password = _name(), uuid.uuid4().hex
    request = account.RegisterRequest(
        registration_id=form.registration_id, username=name, password=password
    )

    assert api.accounts.Register(request).jid == f"{name}@{DOMAIN}"

    assert _fails(api.accounts.Register, request) == ("FAILED_PRECONDITION", "REGISTRATION_EXPIRED")
    assert _login(api, f"{name}@{DOMAIN}", password).account.connection.state == ONLINE


def test_a_changed_password_is_the_servers_and_survives_a_crash(world):
    world.start_xmppd()
    api = world.xmppd.api(world.login())
    changed = uuid.uuid4().hex

    api.accounts.ChangePassword(account.ChangePasswordRequest(new_password=changed))

    refused = account.LoginRequest(jid=world.bot, password=world.password)
    assert _fails(api.accounts.Login, refused) == ("UNAUTHENTICATED", "WRONG_PASSWORD")
    world.xmppd.kill_and_restart()
    admin = world.xmppd.api()
    eventually(lambda: _state(admin, world.bot)[0] == ONLINE, "the new password works", 60)
    assert _login(admin, world.bot, changed).token


def test_a_deleted_account_is_gone_on_the_server_and_here(world):
    world.start_xmppd()
    token = world.login()
    api = world.xmppd.api(token)

    api.accounts.DeleteAccount(account.DeleteAccountRequest(account=world.bot), timeout=60)

    assert _fails(api.accounts.GetAccount, account.GetAccountRequest()) == (
        "UNAUTHENTICATED",
        "TOKEN_INVALID",
    )
    admin = world.xmppd.api()
    assert not admin.accounts.ListAccounts(account.ListAccountsRequest()).accounts
    refused = account.LoginRequest(jid=world.bot, password=world.password)
    assert _fails(admin.accounts.Login, refused) == ("UNAUTHENTICATED", "WRONG_PASSWORD")


def test_a_pulled_cable_deletes_nothing_until_the_server_is_seen_to_have_done_it(world):
    cable = Cable(world.server.port)
    world.start_xmppd(xmpp_route=f"{DOMAIN}=127.0.0.1:{cable.port}")
    token = world.login()
    api = world.xmppd.api(token)
    request = account.DeleteAccountRequest(account=world.bot)
    reasons = []
    cable.swallow_answers()
    caller = threading.Thread(
        target=lambda: reasons.append(_fails(api.accounts.DeleteAccount, request, timeout=60))
    )
    caller.start()
    direct = Xmppd(world.folder / "other", world.authority, world.server).start()
    try:
        refused = account.LoginRequest(jid=world.bot, password=world.password)

        def gone():
            try:
                direct.api("").accounts.Login(refused)
            except grpc.RpcError as error:
                return reason_of(error)[1] == "WRONG_PASSWORD"
            return False

        eventually(gone, "the server has deleted it", 30, 0.2)
    finally:
        direct.stop()
    cable.pull()
    caller.join(60)
    assert reasons == [("UNAVAILABLE", "DELETION_UNCONFIRMED")]
    assert api.accounts.GetAccount(account.GetAccountRequest()).account.account == world.bot

    cable.plug()
    api.accounts.DeleteAccount(request, timeout=60)
    assert not world.xmppd.api().accounts.ListAccounts(account.ListAccountsRequest()).accounts
    cable.close()


def test_direct_tls_signs_in_and_says_when_there_is_none(world):
    world.start_xmppd(
        xmpp_tls="direct", xmpp_route=f"{DOMAIN}=127.0.0.1:{world.server.direct_port}"
    )
    token = world.login()
    assert _state(world.xmppd.api(token), world.bot)[0] == ONLINE

    other = Xmppd(
        world.folder / "other", world.authority, world.server, xmpp_tls="direct", login_timeout="5s"
    ).start()
    try:
        request = account.LoginRequest(jid=world.bot, password=world.password)
        code, _ = _fails(other.api("").accounts.Login, request)
        assert code in ("FAILED_PRECONDITION", "DEADLINE_EXCEEDED", "UNAVAILABLE")
    finally:
        other.stop()


def test_two_services_on_one_account_and_resource_do_not_fight(world):
    first = world.start_xmppd()
    other = Xmppd(world.folder / "other", world.authority, world.server).start()
    try:
        request = account.LoginRequest(jid=world.bot, password=world.password, resource="one-of-us")
        first.api("").accounts.Login(request)
        other.api("").accounts.Login(request)

        eventually(
            lambda: _state(first.api(), world.bot) == (FAILED, "CONFLICT"), "the first one gives up"
        )
        assert _state(other.api(), world.bot)[0] == ONLINE
        kinds = [events.EVENT_KIND_CONNECTION_CHANGED]
        watch = events.WatchEventsRequest(from_beginning=True, kinds=kinds)
        watch.heartbeat_interval.FromSeconds(3)
        states = []
        for response in other.api().events.WatchEvents(watch):
            if not response.HasField("event"):
                if states:
                    break
                continue
            states.append(response.event.connection_changed.connection.state)
        assert states == [ONLINE], "and the second one was left alone"
    finally:
        other.stop()


def test_passwords_of_registration_and_change_are_written_nowhere(world):
    world.start_xmppd()
    name, password, changed = _name(), f"first-{uuid.uuid4().hex}", f"second-{uuid.uuid4().hex}"
    registered = world.xmppd.api("").accounts.Register(
        account.RegisterRequest(server=DOMAIN, username=name, password=password, login=True)
    )
    api = world.xmppd.api(registered.token)
    api.accounts.ChangePassword(account.ChangePasswordRequest(new_password=changed))
    taken = account.RegisterRequest(server=DOMAIN, username=name, password=password)
    assert _fails(api.accounts.Register, taken)[1] == "USERNAME_TAKEN"
    world.xmppd.stop()

    secrets = []
    for secret in (password, changed):
        secrets.append(secret.encode())
        secrets.append(base64.b64encode(f"\0{name}\0{secret}".encode()))
    for path in (world.folder / "xmppd").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(secret in content for secret in secrets), path


@pytest.fixture(name="plain")
def _plain(tmp_path, authority, broker):
    server = PlainOnlyProsody(tmp_path / "server", authority)
    server.start()
    stack = Stack(tmp_path, authority, server, broker)
    yield stack
    stack.close()
    server.stop()


def test_plain_is_for_those_who_have_allowed_it(plain):
    api = plain.start_xmppd().api("")
    request = account.LoginRequest(jid=plain.bot, password=plain.password)
    assert _fails(api.accounts.Login, request) == ("FAILED_PRECONDITION", "NO_SAFE_LOGIN")
    plain.xmppd.stop()

    plain.start_xmppd(xmpp_allow_plain="true")
    assert _login(plain.xmppd.api(""), plain.bot, plain.password).account.connection.state == ONLINE


@pytest.fixture(name="guarded")
def _guarded(tmp_path, authority, broker):
    server = CaptchaEjabberd(tmp_path / "server", authority)
    server.start()
    stack = Stack(tmp_path, authority, server, broker)
    yield stack
    stack.close()
    server.stop()


def test_a_captcha_is_shown_and_solved(guarded):
    api = guarded.start_xmppd(registrations_per_minute=100).api("")
    get = account.GetRegistrationFormRequest(server=DOMAIN)

    def register(form, answer, name):
        answers = [forms.FormField(name="ocr", values=[answer])]
        return account.RegisterRequest(
            registration_id=form.registration_id, username=name, password="geheim-0", answers=answers
        )

    form = api.accounts.GetRegistrationForm(get)
    ocr = [field for field in form.form.fields if field.name == "ocr"][0]
    pictures = [media for media in ocr.media if media.uri.startswith("cid:")]
    assert pictures and pictures[0].content == guarded.server.picture
    name = _name()
    wrong = _fails(api.accounts.Register, register(form, "wrong", name))
    assert wrong == ("PERMISSION_DENIED", "REGISTRATION_NOT_ALLOWED")

    form = api.accounts.GetRegistrationForm(get)
    assert api.accounts.Register(register(form, guarded.server.solution(), name)).jid
    assert _login(api, f"{name}@{DOMAIN}", "geheim-0").account.connection.state == ONLINE

    form = api.accounts.GetRegistrationForm(get)
    soon = _fails(api.accounts.Register, register(form, guarded.server.solution(), _name()))
    assert soon == ("RESOURCE_EXHAUSTED", "REGISTRATION_THROTTLED")
