"""What others are and can do, asked over a session, on each XMPP server; and what they learn of the account."""

import subprocess
import time

import grpc
import pytest
import slixmpp
from chatwire.xmpp.v1 import data_form_pb2 as forms
from chatwire.xmpp.v1 import discovery_service_pb2 as discovery
from slixmpp.exceptions import IqError

from world.rpc import reason_of
from world.services import BIN
from world.waiting import eventually
from world.xmpp_servers import DOMAIN

PLUGINS = ("xep_0012", "xep_0030", "xep_0092", "xep_0115", "xep_0202")


@pytest.fixture
def api(world):
    """The bot's discovery."""
    world.start_xmppd()
    return world.xmppd.api(world.login()).discovery


def _is_ejabberd(world):
    return type(world.server).__name__ == "Ejabberd"


def _refused(call, request):
    with pytest.raises(grpc.RpcError) as failure:
        call(request)
    return reason_of(failure.value)


def _full_jid(user):
    return user.do(lambda client: client.boundjid.full)


def _bot_jid(world, person):
    """The bot's full JID, as the person sees it."""

    def seen():
        resources = person.do(lambda client: list(client.client_roster[world.bot].resources))
        return f"{world.bot}/{resources[0]}" if resources else None

    return eventually(seen, "the person sees the bot")


def test_a_server_tells_what_it_is_and_what_it_has(world, api):
    info = api.GetInfo(discovery.GetInfoRequest())
    features = api.GetServerFeatures(discovery.GetServerFeaturesRequest())

    assert info.jid == DOMAIN
    assert ("server", "im") in [(i.category, i.type) for i in info.info.identities]
    assert "urn:xmpp:ping" in info.info.features
    assert features.domain == DOMAIN
    assert features.server.features == info.info.features
    assert features.has_archive and features.has_personal_eventing and features.has_carbons
    if _is_ejabberd(world):
        assert features.search_services == [f"vjud.{DOMAIN}"]
        assert f"pubsub.{DOMAIN}" in features.publish_subscribe_services
        assert all(component.HasField("info") for component in features.components)
    error = _refused(api.GetInfo, discovery.GetInfoRequest(node="no-such-node"))
    assert error == ("NOT_FOUND", "XMPP_ITEM_NOT_FOUND")


def test_items_come_in_pages(world, api):
    def pages(size):
        token, found = "", []
        while True:
            request = discovery.ListItemsRequest(page_size=size, page_token=token)
            answer = api.ListItems(request)
            found.append([item.jid for item in answer.items])
            token = answer.next_page_token
            if not token:
                return found

    whole = pages(1000)
    single = pages(1)

    assert len(whole) == 1
    assert [jid for page in single for jid in page] == whole[0]
    if _is_ejabberd(world):
        assert len(whole[0]) > 1 and all(len(page) == 1 for page in single)
    error = _refused(api.ListItems, discovery.ListItemsRequest(page_token="bm9uc2Vuc2U="))
    assert error == ("INVALID_ARGUMENT", "BAD_PAGE")


def test_a_ping_tells_who_can_be_reached(world, api):
    person = world.person_online(*PLUGINS)

    for jid in ("", DOMAIN, world.person, _full_jid(person)):
        answer = api.Ping(discovery.PingRequest(jid=jid))
        assert 0 < answer.round_trip_time.ToMicroseconds() < 10_000_000, jid
    reason = _refused(api.Ping, discovery.PingRequest(jid=f"{world.person}/nowhere"))[1]
    assert reason in ("XMPP_SERVICE_UNAVAILABLE", "XMPP_RECIPIENT_UNAVAILABLE")
    reason = _refused(api.Ping, discovery.PingRequest(jid="no-such.example"))[1]
    assert reason.startswith("XMPP_")
    assert _refused(api.Ping, discovery.PingRequest(jid="@")) == ("INVALID_ARGUMENT", "BAD_JID")


def test_time_software_and_uptime_are_told(world, api):
    person = world.person_online(*PLUGINS)
    person.do(lambda client: setattr(client["xep_0092"], "software_name", "Typewriter"))

    clock = api.GetEntityTime(discovery.GetEntityTimeRequest())
    assert abs(clock.time.ToSeconds() - time.time()) < 5
    software = api.GetSoftwareVersion(discovery.GetSoftwareVersionRequest(jid=_full_jid(person))).software
    assert software.name == "Typewriter"
    server = api.GetSoftwareVersion(discovery.GetSoftwareVersionRequest()).software
    assert server.name.lower() in ("ejabberd", "prosody") and server.version
    uptime = api.GetLastActivity(discovery.GetLastActivityRequest())
    assert uptime.duration.ToSeconds() < 3600
    online = api.GetLastActivity(discovery.GetLastActivityRequest(jid=world.person))
    assert online.duration.ToSeconds() < 60
    stranger, _ = world.new_account("stranger")
    refused = _refused(api.GetLastActivity, discovery.GetLastActivityRequest(jid=stranger))
    assert refused[0] == "PERMISSION_DENIED"


def test_a_contacts_clients_are_listed_with_their_features(world, api):
    person = world.person_online(*PLUGINS)
    person.do(lambda client: client["xep_0115"].update_caps())

    def resources():
        return api.ListResources(discovery.ListResourcesRequest(jid=world.person)).resources

    found = eventually(lambda: (r := resources()) and r[0].software_uri and r, "the bot sees the person")
    assert [r.resource for r in found] == [person.do(lambda client: client.boundjid.resource)]
    assert found[0].software_uri and not found[0].error_reason
    assert "jabber:iq:version" in found[0].info.features
    assert ("client", "bot") in [(i.category, i.type) for i in found[0].info.identities]
    # The second time it is remembered, and says the same.
    assert resources() == found
    person.close()
    eventually(lambda: not resources(), "the person is offline")


def test_others_learn_what_the_account_is(world, api):
    person = world.person_online(*PLUGINS)
    bot = _bot_jid(world, person)

    info = person.do(lambda client: client["xep_0030"].get_info(jid=bot))
    features = [f.attrib["var"] for f in info["disco_info"].xml.iterfind("{*}feature")]
    assert sorted(features) == sorted(set(features)), "a feature twice makes the hash worthless"
    assert {"urn:xmpp:ping", "jabber:iq:version", "jabber:iq:last", "urn:xmpp:time"} <= set(features)
    # slixmpp takes the features of a hash only when the hash is right.
    eventually(lambda: person.do(lambda client: client["xep_0115"].get_caps(bot)), "the hash is right")
    version = person.do(lambda client: client["xep_0092"].get_version(bot))
    assert version["software_version"]["name"] == "Chatwire"
    told = subprocess.run([BIN / "chatwire-xmppd", "--version"], capture_output=True, text=True, check=False)
    assert version["software_version"]["version"] in told.stdout.split(), "its own, not a library's"
    clock = person.do(lambda client: client["xep_0202"].get_entity_time(bot)).xml.find(".//{*}utc")
    assert clock.text.startswith(time.strftime("%Y-%m-", time.gmtime()))
    assert person.do(lambda client: client["xep_0199"].ping(bot, timeout=10)) < 10


def test_idleness_is_told_to_contacts_only(world, api):
    person = world.person_online(*PLUGINS)
    bot = _bot_jid(world, person)
    stranger = world.user_online(*world.new_account("stranger"), *PLUGINS)

    answer = person.do(lambda client: client["xep_0012"].get_last_activity(bot))
    assert 0 <= answer["last_activity"]["seconds"] < 60
    with pytest.raises(IqError) as refused:
        stranger.do(lambda client: client["xep_0012"].get_last_activity(bot))
    # ejabberd does not even pass the question on.
    assert refused.value.condition in ("forbidden", "service-unavailable")
    assert api.Ping(discovery.PingRequest(jid=_full_jid(stranger)))


def test_users_are_searched_for(world, api):
    if not _is_ejabberd(world):
        # Prosody has no search of its own.
        error = _refused(api.GetSearchForm, discovery.GetSearchFormRequest())
        assert error == ("NOT_FOUND", "SEARCH_NOT_OFFERED")
        return
    name = f"Ada{world.person.split('@')[0]}"
    person = world.person_online("xep_0054")

    def publish(client):
        card = slixmpp.plugins.xep_0054.stanza.VCardTemp()
        card["FN"], card["NICKNAME"] = name, "ada"
        return client["xep_0054"].publish_vcard(card)

    person.do(publish)

    asked = api.GetSearchForm(discovery.GetSearchFormRequest())
    assert asked.service == f"vjud.{DOMAIN}"
    assert "fn" in [field.name for field in asked.form.fields]
    form = forms.DataForm(type=forms.DATA_FORM_TYPE_SUBMIT, fields=[{"name": "fn", "values": [name]}])
    found = api.SearchUsers(discovery.SearchUsersRequest(form=form)).users
    assert [user.jid for user in found] == [world.person]
    assert found[0].fields["fn"] == name
    everybody = api.SearchUsers(discovery.SearchUsersRequest(all_users=True)).users
    assert world.person in [user.jid for user in everybody]
