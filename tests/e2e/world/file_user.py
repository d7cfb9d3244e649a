"""A person who sends and gets files: slixmpp for XMPP, urllib for HTTP."""

import asyncio
import ssl
import threading
import urllib.request
from xml.etree import ElementTree

from world.chat_user import ChatUser
from world.waiting import eventually
from world.xmpp_servers import DOMAIN

OOB = "{jabber:x:oob}"
UPLOAD = "{urn:xmpp:http:upload:0}"


class FileUser(ChatUser):
    """Keeps (body, URL, description) of every file that it is offered (XEP-0066)."""

    def __init__(self, stack):
        self._files = []
        self._files_lock = threading.Lock()
        self._tls = ssl.create_default_context(cafile=str(stack.authority.certificate))
        super().__init__(stack.person, stack.person_password, stack.authority, stack.server.port)

    def _heard(self, message):
        url = message.xml.find(f"{OOB}x/{OOB}url")
        if url is not None:
            offer = (message["body"], url.text, message.xml.findtext(f"{OOB}x/{OOB}desc", ""))
            with self._files_lock:
                self._files.append(offer)
        super()._heard(message)

    def files(self):
        """What has been offered so far."""
        with self._files_lock:
            return list(self._files)

    def wait_file(self, number=1):
        """Waits for the NUMBERth file that is offered."""
        return eventually(lambda: self.files()[number - 1 :], f"file {number} for {self.jid}")[0]

    def fetch(self, url):
        """The bytes behind URL."""
        with urllib.request.urlopen(url, timeout=30, context=self._tls) as answer:
            return answer.read()

    def offer(self, recipient, url, body=None, description=""):
        """Sends a message with URL beside it; the text is the URL where BODY is not given."""

        def send():
            message = self._client.make_message(recipient, body or url, mtype="chat")
            x = ElementTree.SubElement(message.xml, f"{OOB}x")
            ElementTree.SubElement(x, f"{OOB}url").text = url
            if description:
                ElementTree.SubElement(x, f"{OOB}desc").text = description
            message.send()

        self._loop.call_soon_threadsafe(send)

    def upload(self, name, content):
        """Uploads a file to the server; returns its URL."""
        put, headers, get = asyncio.run_coroutine_threadsafe(self._slot(name, content), self._loop).result(30)
        request = urllib.request.Request(
            put, content, {"Content-Type": "application/octet-stream", **headers}, method="PUT"
        )
        with urllib.request.urlopen(request, timeout=30, context=self._tls) as answer:
            assert answer.status in (200, 201)
        return get

    async def _slot(self, name, content):
        iq = self._client.make_iq_get(ito=f"upload.{DOMAIN}")
        attributes = {
            "filename": name,
            "size": str(len(content)),
            "content-type": "application/octet-stream",
        }
        iq.append(ElementTree.Element(f"{UPLOAD}request", attributes))
        slot = (await iq.send()).xml.find(f"{UPLOAD}slot")
        put = slot.find(f"{UPLOAD}put")
        headers = {header.get("name"): header.text for header in put.iterfind(f"{UPLOAD}header")}
        return put.get("url"), headers, slot.find(f"{UPLOAD}get").get("url")
