"""Invitations into rooms, both ways, on each XMPP server."""

import pytest
from chatwire.xmpp.v1 import room_admin_service_pb2 as admin
from chatwire.xmpp.v1 import room_roles_pb2 as roles
from chatwire.xmpp.v1 import room_service_pb2 as membership

from world.room_world import RoomWorld, submit
from world.roommate import USER
from world.rpc import request_id

CONFERENCE = "{jabber:x:conference}x"
DIRECT, MEDIATED = admin.INVITATION_ROUTE_DIRECT, admin.INVITATION_ROUTE_MEDIATED


@pytest.fixture(name="rooms")
def _rooms(world):
    return RoomWorld(world)


def _invites(user):
    """How many invitations through a room USER has had."""
    return len([xml for xml in user.stanzas("message") if xml.find(f"{USER}x/{USER}invite") is not None])


def test_an_invitation_through_the_room_makes_a_member_and_is_declined(rooms):
    rooms.ask("CreateRoom", nick="bot", configuration=submit(membersonly="1"))
    request = {"invitees": [rooms.alice.jid], "reason": "Hey", "request_id": request_id()}

    (result,) = rooms.ask("InviteToRoom", **request).results

    assert result.done
    xml = rooms.alice.wait_stanza(
        "message", lambda xml: xml.find(f"{USER}x/{USER}invite") is not None, "is invited"
    )
    assert xml.findtext(f"{USER}x/{USER}invite/{USER}reason") == "Hey"
    (again,) = rooms.ask("InviteToRoom", **request).results
    assert again.done
    rooms.alice.run(
        lambda client: client["xep_0045"].decline(rooms.room, rooms.stack.bot, reason="Busy")
    )
    declined = rooms.events.wait("room_invitation_declined")
    assert (declined.room, declined.reason) == (rooms.room, "Busy")
    assert getattr(declined, "from") == rooms.alice.jid
    assert not rooms.events.all("message_received")
    assert not rooms.events.all("room_private_message_received")
    assert _invites(rooms.alice) == 1, "the repeated call invites nobody again"
    (member,) = rooms.ask("ListAffiliations", affiliation=roles.ROOM_AFFILIATION_MEMBER).affiliates
    assert member.jid == rooms.alice.jid
    rooms.alice.enter(rooms.room, "alice")


def test_two_accounts_of_ours_invite_each_other(rooms):
    rooms.bots_room(persistentroom="1")
    second, token = rooms.second_bot()
    told = rooms.follow(token)

    (result,) = rooms.ask("InviteToRoom", invitees=[second], reason="come in").results

    assert result.done
    invited = told.wait("invitation_received").invitation
    assert (invited.room, invited.text, invited.direct) == (rooms.room, "come in", False)
    rooms.rooms("DeclineInvitation", reason="not now", token=token)
    declined = rooms.events.wait("room_invitation_declined")
    assert (getattr(declined, "from"), declined.reason) == (second, "not now")
    assert not rooms.events.all("room_private_message_received")

    rooms.lose_connection()
    # What a server without a store for it gets meanwhile is lost.
    rooms.wait_online(second, token)
    (result,) = rooms.ask("InviteToRoom", invitees=[second], route=DIRECT, reason="do come").results
    assert result.done
    invited = told.wait("invitation_received", count=2).invitation
    assert (invited.direct, invited.text) == (True, "do come")
    assert getattr(invited, "from").startswith(rooms.stack.bot)
    assert rooms.join("second", token=token).state == membership.ROOM_STATE_JOINED
    rooms.events.wait("participant_joined", count=1)


def test_who_is_not_in_the_room_invites_directly(rooms):
    rooms.alice.create(rooms.room, "alice")
    stranger = rooms.stranger()

    (direct,) = rooms.ask(
        "InviteToRoom", invitees=[stranger.jid], route=DIRECT, password="cauldronburn"
    ).results

    assert direct.done
    xml = stranger.wait_stanza("message", lambda xml: xml.find(CONFERENCE) is not None, "is invited")
    assert xml.find(CONFERENCE).get("password") == "cauldronburn"
    assert _invites(stranger) == 0
    (through,) = rooms.ask("InviteToRoom", invitees=[stranger.jid], route=MEDIATED).results
    if type(rooms.stack.server).__name__ == "Ejabberd":
        # Prosody lets anybody invite.
        assert not through.done
        assert through.error_reason in ("NOT_IN_ROOM", "ROOM_PRIVILEGE_NEEDED")


def test_a_changed_nick_is_seen_by_all_and_after_a_reconnect(rooms):
    rooms.bots_room()
    _, token = rooms.second_bot()
    told = rooms.follow(token)
    rooms.join("second", token=token)

    assert rooms.rooms("ChangeNick", nick="robot").nick == "robot"

    assert told.wait("participant_changed", previous_nick="bot").participant.nick == "robot"
    taken = rooms.refusal("ChangeNick", rooms.rooms, nick="robot", token=token)
    assert taken == ("ALREADY_EXISTS", "NICK_TAKEN")
    rooms.lose_connection()
    assert rooms.standing().nick == "robot"
    rooms.stack.xmppd.kill_and_restart()
    rooms.events.wait("room_joined", rejoined=True, nick="robot", seconds=60)
