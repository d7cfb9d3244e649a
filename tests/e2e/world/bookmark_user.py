"""Another client of an account, which keeps bookmarks as XEP-0402 says: raw PubSub on a ChatUser."""

from xml.etree import ElementTree

NODE = "urn:xmpp:bookmarks:1"
PUBSUB = "http://jabber.org/protocol/pubsub"
OPTIONS = {
    "FORM_TYPE": f"{PUBSUB}#publish-options",
    "pubsub#persist_items": "true",
    "pubsub#max_items": "max",
    "pubsub#send_last_published_item": "never",
    "pubsub#access_model": "whitelist",
}


class BookmarkUser:
    """The bookmarks of one ChatUser's account."""

    def __init__(self, user):
        self.user = user

    def _ask(self, kind, *payload, xmlns=PUBSUB):
        pubsub = ElementTree.Element(f"{{{xmlns}}}pubsub")
        pubsub.extend(payload)

        def send(client):
            iq = client.make_iq(itype=kind)
            iq.append(pubsub)
            return iq.send()

        return self.user.do(send)

    def put(self, room, autojoin=True, nick="", name="", password="", extensions=(), options=None):
        """Sets a bookmark; EXTENSIONS are elements; OPTIONS replace those of the XEP."""
        publish = ElementTree.Element(f"{{{PUBSUB}}}publish", node=NODE)
        item = ElementTree.SubElement(publish, f"{{{PUBSUB}}}item", id=room)
        conference = ElementTree.SubElement(
            item, f"{{{NODE}}}conference", name=name, autojoin=str(autojoin).lower()
        )
        for tag, text in (("nick", nick), ("password", password)):
            if text:
                ElementTree.SubElement(conference, f"{{{NODE}}}{tag}").text = text
        if extensions:
            ElementTree.SubElement(conference, f"{{{NODE}}}extensions").extend(extensions)
        wanted = ElementTree.Element(f"{{{PUBSUB}}}publish-options")
        form = ElementTree.SubElement(wanted, "{jabber:x:data}x", type="submit")
        for var, value in (OPTIONS if options is None else options).items():
            field = ElementTree.SubElement(form, "{jabber:x:data}field", var=var)
            ElementTree.SubElement(field, "{jabber:x:data}value").text = value
        self._ask("set", publish, wanted)

    def take(self, room):
        """Removes a bookmark."""
        retract = ElementTree.Element(f"{{{PUBSUB}}}retract", node=NODE, notify="true")
        ElementTree.SubElement(retract, f"{{{PUBSUB}}}item", id=room)
        self._ask("set", retract)

    def list(self):
        """`conference` elements by room, as the server has them."""
        answer = self._ask("get", ElementTree.Element(f"{{{PUBSUB}}}items", node=NODE))
        items = answer.xml.iter(f"{{{PUBSUB}}}item")
        return {item.get("id"): item.find(f"{{{NODE}}}conference") for item in items}

    def access_model(self):
        """Who may read the node."""
        owner = f"{PUBSUB}#owner"
        answer = self._ask("get", ElementTree.Element(f"{{{owner}}}configure", node=NODE), xmlns=owner)
        for field in answer.xml.iter("{jabber:x:data}field"):
            if field.get("var") == "pubsub#access_model":
                return field.find("{jabber:x:data}value").text
        return None
