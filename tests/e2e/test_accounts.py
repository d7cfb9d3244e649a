"""Logging in and staying online, on each XMPP server."""

import grpc
import pytest
from chatwire.xmpp.v1 import account_service_pb2 as account
from chatwire.xmpp.v1 import chat_service_pb2 as chat
from chatwire.xmpp.v1 import roster_service_pb2 as roster

from world.authority import Authority
from world.rpc import reason_of, request_id
from world.services import wait_serving
from world.waiting import eventually, free_port

ONLINE = account.CONNECTION_STATE_ONLINE


def _state(stack, jid):
    request = account.GetAccountRequest(account=jid)
    return stack.xmppd.api().accounts.GetAccount(request).account.connection.state


def _login_error(api, jid, password):
    with pytest.raises(grpc.RpcError) as failure:
        api.accounts.Login(account.LoginRequest(jid=jid, password=password))
    return reason_of(failure.value)


def test_wrong_password_unknown_account_and_bad_input_are_told_apart(world):
    api = world.start_xmppd().api("")

    assert _login_error(api, world.bot, "no") == ("UNAUTHENTICATED", "WRONG_PASSWORD")
    assert _login_error(api, "nobody@chatwire.test", "no") == ("UNAUTHENTICATED", "WRONG_PASSWORD")
    assert _login_error(api, "not a jid", "x") == ("INVALID_ARGUMENT", "BAD_JID")
    assert _login_error(api, world.bot, "") == ("INVALID_ARGUMENT", "EMPTY_PASSWORD")
    assert not world.xmppd.api().accounts.ListAccounts(account.ListAccountsRequest()).accounts


def test_an_unreachable_server_is_said_so(small_world):
    port = free_port()
    small_world.start_xmppd(xmpp_route=f"chatwire.test=127.0.0.1:{port}")

    request = account.LoginRequest(jid=small_world.bot, password=small_world.password)
    with pytest.raises(grpc.RpcError) as failure:
        small_world.xmppd.api("").accounts.Login(request)

    assert reason_of(failure.value) == ("UNAVAILABLE", "SERVER_UNREACHABLE")
    assert f"127.0.0.1:{port}" in failure.value.details()


def test_a_certificate_of_an_unknown_authority_is_refused(small_world, tmp_path):
    stranger = Authority(tmp_path)
    small_world.start_xmppd(xmpp_ca_file=stranger.certificate)

    error = _login_error(small_world.xmppd.api(""), small_world.bot, small_world.password)

    assert error == ("FAILED_PRECONDITION", "TLS_FAILED")


def test_several_accounts_live_in_one_process(world):
    api = world.start_xmppd()
    others = [world.new_account("many") for _ in range(4)]
    tokens = {jid: world.login(jid, password) for jid, password in others}

    for jid in tokens:
        eventually(lambda jid=jid: _state(world, jid) == ONLINE, f"{jid} is online")
    (first, token), (second, _) = list(tokens.items())[:2]
    listed = api.api().accounts.ListAccounts(account.ListAccountsRequest()).accounts
    assert [a.account for a in listed] == sorted(tokens)
    # A token is for its account alone.
    with pytest.raises(grpc.RpcError) as failure:
        api.api(token).chat.SendMessage(
            chat.SendMessageRequest(account=second, to=first, body="x", request_id=request_id())
        )
    assert reason_of(failure.value) == ("PERMISSION_DENIED", "ACCOUNT_NOT_ALLOWED")


def test_a_restart_brings_every_account_back_online(world):
    world.start_xmppd()
    world.login()

    world.xmppd.kill_and_restart()

    eventually(lambda: _state(world, world.bot) == ONLINE, "the bot is online again")


def test_the_session_comes_back_when_the_server_does(world):
    world.up()
    person = world.person_online()
    device = world.device()

    world.server.stop()
    eventually(lambda: _state(world, world.bot) != ONLINE, "the loss is noticed")
    world.server.start()

    person.wait_session(2)
    eventually(lambda: _state(world, world.bot) == ONLINE, "the bot is online again", 90)
    person.ask(world.bot, "lamp on", "lamp is on")
    assert device.commands() == ["ON"]


def test_a_message_accepted_while_the_server_is_away_arrives(world):
    world.up()
    api = world.xmppd.api(world.bot_token)
    world.server.stop()
    eventually(lambda: _state(world, world.bot) != ONLINE, "the loss is noticed")

    sent = api.chat.SendMessage(
        chat.SendMessageRequest(to=world.person, body="kept for you", request_id=request_id())
    )
    assert sent.stage == chat.DELIVERY_STAGE_ACCEPTED
    world.server.start()

    world.person_online().wait("kept for you", seconds=90)


def test_contacts_come_with_their_subscription(world):
    world.start_xmppd()
    api = world.xmppd.api(world.login())

    def contacts():
        return api.roster.ListContacts(roster.ListContactsRequest()).contacts

    contact = eventually(contacts, "the roster")[0]
    assert contact.jid == world.person
    assert contact.subscription == roster.SUBSCRIPTION_BOTH


def test_logout_ends_the_session_and_revokes_the_token(world):
    world.start_xmppd()
    token = world.login()

    world.xmppd.api(token).accounts.Logout(account.LogoutRequest())

    with pytest.raises(grpc.RpcError) as failure:
        world.xmppd.api(token).accounts.GetAccount(account.GetAccountRequest())
    assert reason_of(failure.value) == ("UNAUTHENTICATED", "TOKEN_INVALID")
    wait_serving(world.xmppd, "chatwire.xmpp.v1")
