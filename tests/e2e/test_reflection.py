"""A client without generated code calls every RPC with success, for two accounts at once and after a reconnect."""

import base64
import hashlib
import threading
import uuid

import grpc
import pytest

from world.cable import Cable
from world.reflection import Account, Reflection, at_once
from world.rpc import reason_of
from world.waiting import eventually
from world.xmpp_servers import DOMAIN, ROOMS

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _form(**values):
    fields = [{"name": f"muc#roomconfig_{name}", "values": [value]} for name, value in values.items()]
    return {"type": "DATA_FORM_TYPE_SUBMIT", "fields": fields}


class Tour:
    """ME calls every RPC, with PEER, a contact, on the other side; each part can be taken again."""

    def __init__(self, reflection, me, peer):
        self.reflection = reflection
        self.me, self.peer, self.spare = Account(reflection, me), Account(reflection, peer), None
        self.room = None

    def take(self):
        """All parts, one after the other."""
        self.me.wait_online()
        self.peer.wait_online()
        self.register()
        for part in (self.contacts, self.presence, self.chat, self.archive, self.discovery, self.profile):
            part()
        for part in (self.rooms, self.room_messages, self.moderation, self.bookmarks, self.files):
            part()
        for part in (self.commands, self.stanzas, self.blocking, self.unregister):
            part()

    def register(self):
        """A new account, which is a stranger to everybody."""
        asked = self.reflection.call("GetRegistrationForm", server=DOMAIN)
        assert asked.fields or asked.form.fields
        name = f"spare{uuid.uuid4().hex[:8]}"
        made = self.reflection.call(
            "Register", server=DOMAIN, username=name, password="first", login=True
        )
        self.spare = Account(self.reflection, f"{name}@{DOMAIN}")
        assert made.account.account == self.spare.jid
        self.spare.wait_online()
        self.spare.ask("ChangePassword", new_password="second")
        self.spare.ask("Logout")
        assert self.reflection.call("Login", jid=self.spare.jid, password="second").token
        self.spare.wait_online()
        listed = self.reflection.call("ListAccounts", page_size=100).accounts
        assert {self.me.jid, self.spare.jid} <= {account.account for account in listed}

    def contacts(self):
        """The roster, and subscriptions both ways."""
        me, spare = self.me, self.spare
        assert me.ask("AddContact", jid=spare.jid, name="Spare").contact.name == "Spare"
        contact = {"jid": spare.jid, "name": "Ünïcode", "groups": ["Café"]}
        me.ask("UpdateContact", contact=contact, update_mask={"paths": ["name", "groups"]})
        assert list(me.ask("GetContact", jid=spare.jid).contact.groups) == ["Café"]
        spare.ask("AddContact", jid=me.jid)
        spare.ask("RequestSubscription", jid=me.jid, message="hello")
        eventually(lambda: self._asks_me(spare.jid), "the request is listed")
        me.ask("AcceptSubscription", jid=spare.jid)
        spare.event("subscription_changed", jid=me.jid)
        me.ask("RequestSubscription", jid=spare.jid)
        spare.event("subscription_requested")
        spare.ask("DenySubscription", jid=me.jid)
        me.event("subscription_changed", jid=spare.jid)
        me.ask("CancelSubscription", jid=spare.jid, direction="SUBSCRIPTION_DIRECTION_FROM")
        assert spare.jid in [c.jid for c in me.ask("ListContacts").contacts]
        me.ask("RemoveContact", jid=spare.jid)

    def _asks_me(self, jid):
        listed = self.me.ask("ListSubscriptionRequests").subscription_requests
        return jid in [request.jid for request in listed]

    def presence(self):
        """Presence to all and to one."""
        away = {"availability": "AVAILABILITY_AWAY", "status": "午餐"}
        self.me.ask("SetPresence", presence=away)

        def seen():
            resources = self.peer.ask("GetPresence", jid=self.me.jid).resources
            return any(resource.presence.status == "午餐" for resource in resources)

        eventually(seen, "the peer sees it")
        self.me.ask("SetPresence", presence={"availability": "AVAILABILITY_ONLINE"})
        self.me.ask("SendDirectedPresence", to=self.spare.jid, presence=away)
        assert [d.to for d in self.me.ask("ListDirectedPresences").directed_presences]

    def chat(self):
        """All that messages can do."""
        me, peer = self.me, self.peer
        theirs = peer.ask("SendMessage", to=me.jid, body="olá 🙂", markable=True).message_id
        me.event("message_received", message_id=theirs)
        me.ask("MarkDisplayed", to=peer.jid, message_id=theirs)
        peer.event("message_marked", marked_message_id=theirs)
        me.ask("React", to=peer.jid, message_id=theirs, reactions=["🎉"])
        peer.event("message_reacted", target_message_id=theirs)
        mine = me.ask("SendMessage", to=peer.jid, body="lamb").message_id
        me.ask("CorrectMessage", to=peer.jid, message_id=mine, body="lamp")
        peer.event("message_corrected", corrected_message_id=mine)
        me.ask("RetractMessage", to=peer.jid, message_id=mine)
        peer.event("message_retracted", retracted_message_id=mine)
        me.ask("SendChatState", to=peer.jid, state="CHAT_STATE_COMPOSING")
        peer.event("chat_state_received")
        listed = me.ask("ListMessages", peer=peer.jid).messages
        assert {theirs, mine} <= {message.message_id for message in listed}

    def archive(self):
        """The server's archive and what goes into it."""
        assert self.me.ask("FetchArchive", peer=self.peer.jid).messages
        preferences = self.me.ask("GetArchivePreferences").preferences
        assert self.me.ask("UpdateArchivePreferences", preferences=preferences).preferences == preferences

    def discovery(self):
        """What others are."""
        me = self.me
        assert me.ask("GetInfo").info.identities and me.ask("GetServerFeatures").domain == DOMAIN
        assert me.ask("ListItems").items
        resource = me.ask("ListResources", jid=self.peer.jid).resources[0].resource
        full = f"{self.peer.jid}/{resource}"
        assert me.ask("Ping", jid=full).HasField("round_trip_time")
        assert me.ask("GetSoftwareVersion", jid=full).software.name == "Chatwire"
        assert me.ask("GetEntityTime", jid=full).time.seconds
        assert me.ask("GetLastActivity", jid=full).HasField("duration")
        for method, fields in (("GetSearchForm", {}), ("SearchUsers", {"all_users": True})):
            try:
                assert me.ask(method, **fields).service == f"vjud.{DOMAIN}"
            except grpc.RpcError as error:
                # Prosody has no such service.
                assert reason_of(error) == ("NOT_FOUND", "SEARCH_NOT_OFFERED")

    def profile(self):
        """Profile and avatar."""
        me = self.me
        me.ask("SetProfile", profile={"full_name": "Ünïcode"})
        assert self.peer.ask("GetProfile", jid=me.jid).profile.full_name == "Ünïcode"
        made = me.ask("SetAvatar", content=PIXEL).hash
        assert me.ask("GetAvatar").hash == made == hashlib.sha1(PIXEL).hexdigest()
        me.ask("RemoveAvatar")
        assert self.peer.ask("GetContactDetails", jid=me.jid).profile.full_name == "Ünïcode"

    def rooms(self):
        """A room with the peer in it."""
        self.room = f"room{uuid.uuid4().hex[:8]}@{ROOMS}"
        me, peer, room = self.me, self.peer, self.room
        me.ask("CreateRoom", room=room, nick="me", configuration=_form(publicroom="1"))
        self._affiliate(peer, "MEMBER")
        peer.ask("JoinRoom", room=room, nick="peer")
        me.ask("ConfigureRoom", room=room, configuration=_form(moderatedroom="1"))
        assert room in [listed.room for listed in me.ask("ListRooms", service=ROOMS, page_size=500).rooms]
        assert me.ask("GetRoomInfo", room=room).info.moderated
        assert room in [joined.room for joined in peer.ask("ListJoinedRooms").rooms]
        assert me.ask("ChangeNick", room=room, nick="I").nick == "I"
        self._until_nicks({"I", "peer"})
        me.ask("SetSubject", room=room, subject="lamps & 灯")
        peer.event("room_subject_changed", room=room, subject="lamps & 灯")
        assert me.ask("GetRoomConfiguration", room=room).configuration.fields
        peer.ask("RegisterNick", room=room, nick="peer")
        self.spare_declines()

    def _affiliate(self, account, affiliation):
        change = {"jid": account.jid, "affiliation": f"ROOM_AFFILIATION_{affiliation}"}
        (result,) = self.me.ask("SetAffiliations", room=self.room, changes=[change]).results
        assert result.done

    def _until_nicks(self, nicks):
        def there():
            participants = self.me.ask("ListParticipants", room=self.room).participants
            return {participant.nick for participant in participants} == nicks

        eventually(there, f"{nicks} are in the room")

    def spare_declines(self):
        """Somebody is invited, and does not come."""
        me, spare = self.me, self.spare
        (result,) = me.ask("InviteToRoom", room=self.room, invitees=[spare.jid], reason="come").results
        assert result.done
        spare.event("invitation_received")
        assert [i.room for i in spare.ask("ListInvitations").invitations] == [self.room]
        spare.ask("DeclineInvitation", room=self.room, reason="no time")
        me.event("room_invitation_declined", room=self.room)

    def room_messages(self):
        """All that messages in a room can do."""
        me, peer, room = self.me, self.peer, self.room
        mine = me.ask("SendRoomMessage", room=room, body="lamb").message_id
        heard = peer.event("room_message_received", room=room, message_id=mine)
        me.event("room_message_received", room=room, message_id=mine)
        me.ask("CorrectRoomMessage", room=room, message_id=mine, body="lamp")
        peer.event("room_message_corrected", room=room, corrected_message_id=mine)
        peer.ask("ReactInRoom", room=room, stanza_id=heard.stanza_id, reactions=["🎉"])
        me.event("room_message_reacted", room=room, target_stanza_id=heard.stanza_id)
        me.ask("RetractRoomMessage", room=room, message_id=mine)
        peer.event("room_message_retracted", room=room, retracted_message_id=mine)
        me.ask("SendRoomChatState", room=room, state="CHAT_STATE_COMPOSING")
        peer.event("room_chat_state_received", room=room)
        me.ask("SendPrivateMessage", room=room, nick="peer", body="only you")
        peer.event("room_private_message_received", room=room)

    def moderation(self):
        """Voices, roles, affiliations; and the end of the room."""
        me, peer, room = self.me, self.peer, self.room
        said = peer.ask("SendRoomMessage", room=room, body="spam").message_id
        spam = me.event("room_message_received", room=room, message_id=said)
        me.ask("ModerateMessage", room=room, stanza_id=spam.stanza_id, reason="spam")
        peer.event("message_moderated", room=room, stanza_id=spam.stanza_id)
        me.ask("SetRole", room=room, nick="peer", role="ROOM_ROLE_VISITOR")
        peer.event("participant_changed", room=room, previous_role=3)
        peer.ask("RequestVoice", room=room)
        asked = me.event("voice_requested", room=room)
        me.ask("AnswerVoiceRequest", room=room, jid=asked.jid, nick=asked.nick, grant=True)
        self.spare.ask("JoinRoom", room=room, nick="spare")
        self._until_nicks({"I", "peer", "spare"})
        me.ask("KickParticipant", room=room, nick="spare", reason="enough")
        self.spare.event("room_left", room=room)
        self._affiliate(self.spare, "OUTCAST")
        banned = me.ask("ListAffiliations", room=room, affiliation="ROOM_AFFILIATION_OUTCAST")
        assert [affiliate.jid for affiliate in banned.affiliates] == [self.spare.jid]
        peer.ask("LeaveRoom", room=room)
        me.ask("DestroyRoom", room=room, reason="over")

    def bookmarks(self):
        """Bookmarks, and what follows from them."""
        policy = self.me.ask("GetBookmarkPolicy").policy
        self.me.ask("SetBookmarkPolicy", policy={"autojoin": policy.autojoin})
        self.me.ask("SetBookmark", bookmark={"room": self.room, "name": "Ours"})
        eventually(lambda: self._bookmarked() == [self.room], "it is bookmarked")
        self.me.ask("RemoveBookmark", room=self.room)
        eventually(lambda: self._bookmarked() == [], "it is not bookmarked")

    def _bookmarked(self):
        return [bookmark.room for bookmark in self.me.ask("ListBookmarks").bookmarks]

    def files(self):
        """A file to the peer, who fetches it."""
        assert self.me.ask("GetUploadLimits").maximum_bytes
        metadata = {
            **{"account": self.me.jid, "to": self.peer.jid, "file_name": "dot.png"},
            **{"size_bytes": len(PIXEL), "request_id": str(uuid.uuid4())},
        }
        sent = list(self.reflection.exchange("SendFile", {"metadata": metadata}, {"chunk": PIXEL}))[-1].file
        got = self.peer.event("message_received", message_id=sent.message_id)
        parts = self.peer.stream("DownloadFile", url=got.attachments[0].url)
        assert b"".join(part.chunk for part in parts) == PIXEL

    def commands(self):
        """A command that the one offers and the other runs."""
        offer = self.me.stream("OfferCommands", commands=[{"node": "greet", "name": "Greet"}])
        jid = next(offer).offered.jid
        answer = {}
        run = threading.Thread(
            target=lambda: answer.update(got=self.peer.ask("RunCommand", jid=jid, node="greet"))
        )
        run.start()
        step = next(offer).requested
        notes = [{"text": "olá 🙂"}]
        self.me.ask(
            "AnswerCommand", session_id=step.session_id, step=step.step, completes={"notes": notes}
        )
        run.join()
        assert [note.text for note in answer["got"].notes] == ["olá 🙂"]
        assert [c.node for c in self.peer.ask("ListCommands", jid=jid).commands] == ["greet"]
        offer.cancel()

    def stanzas(self):
        """What has no RPC of its own."""
        said = f"raw {uuid.uuid4().hex}"
        message = f"<message to='{self.peer.jid}' type='chat'><body>{said}</body></message>"
        assert self.me.ask("SendStanza", xml=message).stanza_id
        self.peer.event("message_received", body=said)
        iq = f"<iq type='get' to='{DOMAIN}'><query xmlns='jabber:iq:version'/></iq>"
        assert "<name>" in self.me.ask("SendIq", xml=iq).xml

    def blocking(self):
        """The block list."""
        self.me.ask("Block", jids=[self.spare.jid])
        eventually(lambda: list(self.me.ask("ListBlocked").jids) == [self.spare.jid], "is blocked")
        self.me.ask("Unblock", jids=[self.spare.jid])

    def unregister(self):
        """The new account goes."""
        self.spare.ask("DeleteAccount")


def _tokens(reflection, scope, *accounts):
    """A token from its making to its end."""
    made = reflection.call("CreateToken", label="guest", scopes=[scope], accounts=accounts)
    assert made.token and made.info.label == "guest"
    assert made.info.token_id in [token.token_id for token in reflection.call("ListTokens").tokens]
    reflection.call("RevokeToken", token_id=made.info.token_id)


def test_every_rpc_for_two_accounts_at_once_and_after_a_reconnect(world):
    cable = Cable(world.server.port)
    world.on_close(cable.close)
    program = world.start_xmppd(
        xmpp_route=f"{DOMAIN}=127.0.0.1:{cable.port}",
        file_allow_private_addresses="true",
        registrations_per_minute=100,
    )
    accounts = [world.new_account(name) for name in ("one", "other", "third", "fourth")]
    for one, other in (accounts[:2], accounts[2:]):
        world.server.befriend(one[0].split("@")[0], other[0].split("@")[0])
    for jid, password in accounts:
        world.login(jid, password)
    reflection = Reflection(program)
    tours = [Tour(reflection, accounts[n][0], accounts[n + 1][0]) for n in (0, 2)]

    at_once(*(tour.take for tour in tours))
    cable.pull()
    for tour in tours:
        eventually(lambda me=tour.me: me.ask("GetAccount").account.connection.state != 3, "it is noticed")
    cable.plug()
    at_once(*(tour.take for tour in tours))
    _tokens(reflection, "chat", "*")

    assert sorted(reflection.known - reflection.called) == [], "RPCs without a call here"


@pytest.fixture(name="switches")
def _switches(small_house):
    small_house.device()
    return Reflection(small_house.mqttd)


def test_every_rpc_of_the_checkboxes(small_house, switches):
    call, base = switches.call, small_house.base
    heard = switches.stream("Subscribe", filters=[{"filter": f"{base}/news"}])
    assert next(heard).HasField("subscribed")
    call("Publish", message={"topic": f"{base}/news", "payload": b"on"})
    assert next(heard).message.payload == b"on"
    assert call("GetStatus").publisher.connected

    assert call("CreateCheckbox", name="fan", virtual_device=True).checkbox.name == "fan"
    assert call("GetCheckbox", name="fan").checkbox.virtual_device
    fan = {"name": "fan", "title": "Fan"}
    assert call("UpdateCheckbox", checkbox=fan, update_mask={"paths": ["title"]}).checkbox.title == "Fan"
    assert len(call("ListCheckboxes").checkboxes) == 2
    watch = switches.stream("WatchCheckboxes", names=["lamp"])
    assert next(watch).checkbox.name == "lamp"
    done = call(
        "SetCheckbox", name="lamp", action="CHECKBOX_ACTION_ON", wait_for="CONFIRMATION_STAGE_CONFIRMED"
    )
    assert done.checkbox.version == 1
    wishes = [{"name": name, "action": "CHECKBOX_ACTION_OFF"} for name in ("lamp", "fan")]
    assert not any(result.error_reason for result in call("SetCheckboxes", wishes=wishes).results)
    assert call("ListHistory", name="lamp").entries
    document = call("ExportCheckboxes").document
    assert call("ImportCheckboxes", document=document, dry_run=True).results
    call("DeleteCheckbox", name="fan")
    _tokens(switches, "checkbox.read")

    assert sorted(switches.known - switches.called) == [], "RPCs without a call here"
