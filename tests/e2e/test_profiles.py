"""Profiles, avatars, and all that is known of a contact, on each XMPP server."""

import base64
import hashlib
import itertools

import grpc
import pytest
import slixmpp
from chatwire.xmpp.v1 import event_service_pb2 as event
from chatwire.xmpp.v1 import presence_service_pb2 as presence
from chatwire.xmpp.v1 import profile_service_pb2 as profile

from world.rpc import reason_of
from world.waiting import eventually

PLUGINS = ("xep_0012", "xep_0054", "xep_0060", "xep_0084", "xep_0092", "xep_0115", "xep_0163")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OTHER_PNG = PNG + b"\0"
CHANGED = event.EVENT_KIND_AVATAR_CHANGED


@pytest.fixture
def api(world):
    """The bot's calls."""
    world.start_xmppd()
    return world.xmppd.api(world.login())


def _hash(content):
    return hashlib.sha1(content).hexdigest()


def _refused(call, request):
    with pytest.raises(grpc.RpcError) as failure:
        call(request)
    return reason_of(failure.value)


def _publish(user, content):
    def data(client):
        return client["xep_0084"].publish_avatar(content)

    def metadata(client):
        item = {"id": _hash(content), "type": "image/png", "bytes": str(len(content))}
        return client["xep_0084"].publish_avatar_metadata(items=[item])

    user.do(data)
    user.do(metadata)


def _changes(api, count):
    stream = api.events.WatchEvents(event.WatchEventsRequest(from_beginning=True, kinds=[CHANGED]))
    responses = list(itertools.islice((r for r in stream if r.HasField("event")), count))
    stream.cancel()
    return [(r.event.avatar_changed.jid, r.event.avatar_changed.hash) for r in responses]


def test_the_own_profile_is_set_and_keeps_its_avatar(world, api):
    ada = profile.Profile(
        full_name="Ada Löwe",
        family_name="Löwe",
        given_name="Ada",
        nickname="ada",
        emails=["ada@example.org"],
        urls=["https://example.org/ada"],
        description="<first> & foremost",
    )
    ejabberd = type(world.server).__name__ == "Ejabberd"
    if ejabberd:
        # Prosody stores vCards in the newer form and keeps what that knows.
        ada.other_xml = "<GEO><LAT>1.5</LAT><LON>2</LON></GEO>"
    api.profiles.SetAvatar(profile.SetAvatarRequest(content=PNG))

    api.profiles.SetProfile(profile.SetProfileRequest(profile=ada))

    kept = api.profiles.GetProfile(profile.GetProfileRequest())
    for field in ("full_name", "family_name", "given_name", "nickname"):
        assert getattr(kept.profile, field) == getattr(ada, field), field
    assert list(kept.profile.emails) == ["ada@example.org"]
    assert kept.has_photo
    if ejabberd:
        assert "<LAT>1.5</LAT>" in kept.profile.other_xml
        assert kept.profile.description == "<first> & foremost"
    person = world.person_online(*PLUGINS)
    card = person.do(lambda client: client["xep_0054"].get_vcard(world.bot))["vcard_temp"]
    assert card["FN"] == "Ada Löwe" and card["PHOTO"]["BINVAL"] == PNG
    bad = profile.Profile(other_xml="</vCard>")
    error = _refused(api.profiles.SetProfile, profile.SetProfileRequest(profile=bad))
    assert error == ("INVALID_ARGUMENT", "BAD_PROFILE")


def test_the_profile_of_a_contact_is_read(world, api):
    person = world.person_online(*PLUGINS)

    def publish(client):
        card = slixmpp.plugins.xep_0054.stanza.VCardTemp()
        card["FN"], card["NICKNAME"] = "Bob", "bobby"
        return client["xep_0054"].publish_vcard(card)

    person.do(publish)

    read = api.profiles.GetProfile(profile.GetProfileRequest(jid=world.person)).profile

    assert (read.full_name, read.nickname) == ("Bob", "bobby")


def test_the_own_avatar_is_seen_by_others_and_removed(world, api):
    person = world.person_online(*PLUGINS)
    seen = []
    person.do(lambda client: client.add_event_handler("avatar_metadata_publish", seen.append))
    person.do(lambda client: client["xep_0163"].add_interest("urn:xmpp:avatar:metadata"))
    person.do(lambda client: client["xep_0115"].update_caps())

    answer = api.profiles.SetAvatar(profile.SetAvatarRequest(content=PNG))

    assert answer.hash == _hash(PNG)
    data = person.do(lambda client: client["xep_0084"].retrieve_avatar(world.bot, answer.hash))
    assert data["pubsub"]["items"]["item"]["avatar_data"]["value"] == PNG
    eventually(lambda: seen, "the person is told")
    own = api.profiles.GetAvatar(profile.GetAvatarRequest())
    assert (own.content, own.mime_type, own.hash) == (PNG, "image/png", answer.hash)
    api.profiles.RemoveAvatar(profile.RemoveAvatarRequest())
    error = _refused(api.profiles.GetAvatar, profile.GetAvatarRequest())
    assert error == ("NOT_FOUND", "NO_AVATAR")
    nothing = profile.SetAvatarRequest(content=b"no picture")
    assert _refused(api.profiles.SetAvatar, nothing) == ("INVALID_ARGUMENT", "BAD_AVATAR")


def test_a_contacts_avatar_is_fetched_and_its_changes_are_told_once(world, api):
    person = world.person_online(*PLUGINS)
    error = _refused(api.profiles.GetAvatar, profile.GetAvatarRequest(jid=world.person))
    assert error == ("NOT_FOUND", "NO_AVATAR")

    _publish(person, PNG)
    assert _changes(api, 1) == [(world.person, _hash(PNG))]
    got = api.profiles.GetAvatar(profile.GetAvatarRequest(jid=world.person))
    assert (got.content, got.source) == (PNG, profile.AVATAR_SOURCE_PEP)
    # A reconnect brings the same announcement again.
    world.server.stop()
    world.server.start()
    person.wait_session(2)
    eventually(lambda: _online(api, world.person), "both are back", 60)
    _publish(person, OTHER_PNG)

    assert _changes(api, 2) == [(world.person, _hash(PNG)), (world.person, _hash(OTHER_PNG))]


def _online(api, jid):
    try:
        request = profile.GetContactDetailsRequest(jid=jid)
        return api.profiles.GetContactDetails(request).clients
    except grpc.RpcError:
        return None


def test_all_that_is_known_of_a_contact_comes_in_one_call(world, api):
    person = world.person_online(*PLUGINS)
    person.do(lambda client: setattr(client["xep_0092"], "software_name", "Typewriter"))
    person.do(lambda client: client["xep_0012"].set_last_activity(seconds=42))
    eventually(lambda: _online(api, world.person), "the bot sees the person")

    details = api.profiles.GetContactDetails(profile.GetContactDetailsRequest(jid=world.person))

    assert details.jid == world.person
    assert details.contact.jid == world.person and details.contact.resources
    client = details.clients[0]
    assert client.resource.presence.availability == presence.AVAILABILITY_ONLINE
    assert client.software.name == "Typewriter"
    assert "jabber:iq:version" in client.resource.info.features
    assert client.HasField("idle") and 42 <= client.idle.ToSeconds() < 90, details.errors
    assert details.HasField("last_activity")
    stranger, _ = world.new_account("stranger")
    unknown = api.profiles.GetContactDetails(profile.GetContactDetailsRequest(jid=stranger))
    assert not unknown.HasField("contact") and not unknown.clients
    assert profile.CONTACT_PART_LAST_ACTIVITY in [e.part for e in unknown.errors]
    assert all(e.reason and e.message for e in unknown.errors)
