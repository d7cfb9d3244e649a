"""ejabberd and Prosody, started from nothing. Both serve the domain chatwire.test."""

import base64
import glob
import json
import os
import tempfile
import urllib.request
from pathlib import Path

from world.process import Process
from world.waiting import accepts, free_port

DOMAIN = "chatwire.test"
MAXIMUM_FILE_BYTES = 64 * 1024 * 1024
# Files here are in memory, so that ejabberd waits for no disk at each message that its archive keeps.
MEMORY = Path("/dev/shm")
# Where the rooms are. Anybody may create one, and each keeps an archive.
ROOMS = f"rooms.{DOMAIN}"


class XmppServer:
    """What the tests ask of an XMPP server. Sub-classes start one."""

    def __init__(self, folder, authority):
        self.folder = folder
        self.port = free_port()
        # Files go to a port of their own (XEP-0363), under a name that resolves everywhere.
        self.upload_port = free_port()
        self.certificate, self.key = authority.issue(
            type(self).__name__, f"DNS:{DOMAIN},DNS:localhost"
        )
        self.direct_port = free_port()
        self.process = None
        folder.mkdir(parents=True, exist_ok=True)

    def start(self):
        """Starts it and waits until it takes connections."""
        self.process = self.launch()
        self.process.until(lambda: accepts(self.port), f"{type(self).__name__} listens", 90)

    def stop(self):
        """Stops it."""
        self.process.stop()

    def launch(self):
        """Returns the running process."""
        raise NotImplementedError

    def register(self, name, password):
        """Adds an account."""
        raise NotImplementedError

    def befriend(self, one, other):
        """Makes each a contact of the other, subscription `both`. Both must be offline."""
        raise NotImplementedError

    def forbidden_room(self):
        """A room that an account may not make: the start of the account's name, and the room's JID."""
        raise NotImplementedError


class Ejabberd(XmppServer):
    """ejabberd with SQLite, administered through its HTTP API."""

    def __init__(self, folder, authority):
        super().__init__(folder, authority)
        self._authority = authority
        self._api_port = free_port()
        # It goes with this object, so that a server that is started again has its data.
        self._fast = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else folder)
        self._database = Path(self._fast.name) / "ejabberd.sqlite3"

    def launch(self):
        pem = self.folder / "server.pem"
        pem.write_text(self.certificate.read_text() + self.key.read_text(), encoding="utf-8")
        config = self.folder / "ejabberd.yml"
        config.write_text(json.dumps(self._config(pem), indent=1), encoding="utf-8")
        library = os.path.dirname(glob.glob("/usr/lib/*/ejabberd-*")[0])
        return Process(
            ["erl", "-noinput", "-mnesia", "dir", f'"{self.folder}/mnesia"', "-s", "ejabberd"],
            self.folder / "output.log",
            {
                "EJABBERD_CONFIG_PATH": str(config),
                "EJABBERD_LOG_PATH": str(self.folder / "ejabberd.log"),
                "ERL_LIBS": library,
                "ERL_CRASH_DUMP": str(self.folder / "crash.dump"),
            },
        )

    def start(self):
        super().start()
        self.process.until(lambda: accepts(self._api_port), "ejabberd's HTTP API listens")

    def _config(self, pem):
        loopback = {"allow": {"acl": "loopback"}}
        return {
            "hosts": [DOMAIN],
            "loglevel": "info",
            "certfiles": [str(pem)],
            "ca_file": str(self._authority.certificate),
            "default_db": "sql",
            "sql_type": "sqlite",
            "sql_database": str(self._database),
            "auth_method": "sql",
            "auth_password_format": "scram",
            "acl": {
                "local": {"user_regexp": ""},
                "loopback": {"ip": "127.0.0.0/8"},
                "guest": {"user_regexp": "^roomless"},
            },
            "access_rules": {
                "local": {"allow": "local"},
                "c2s": {"allow": "all"},
                "make_rooms": [{"deny": "guest"}, {"allow": "all"}],
            },
            "api_permissions": {"e2e": {"who": {"access": loopback}, "what": "*"}},
            "registration_timeout": "infinity",
            "s2s_access": "none",
            "listen": [
                {
                    "port": self.port,
                    "ip": "127.0.0.1",
                    "module": "ejabberd_c2s",
                    "access": "c2s",
                    "starttls_required": True,
                },
                {
                    "port": self.direct_port,
                    "ip": "127.0.0.1",
                    "module": "ejabberd_c2s",
                    "access": "c2s",
                    "tls": True,
                },
                {
                    "port": self._api_port,
                    "ip": "127.0.0.1",
                    "module": "ejabberd_http",
                    "request_handlers": {"/api": "mod_http_api"},
                },
                {
                    "port": self.upload_port,
                    "ip": "127.0.0.1",
                    "module": "ejabberd_http",
                    "tls": True,
                    "request_handlers": {"/upload": "mod_http_upload"},
                },
            ],
            "modules": {
                "mod_adhoc": {},
                "mod_admin_extra": {},
                "mod_blocking": {},
                "mod_caps": {},
                "mod_carboncopy": {},
                "mod_disco": {},
                "mod_http_api": {},
                "mod_last": {},
                "mod_http_upload": {
                    "put_url": f"https://localhost:{self.upload_port}/upload",
                    "docroot": str(self.folder / "upload"),
                    "max_size": MAXIMUM_FILE_BYTES,
                },
                "mod_mam": {"default": "always"},
                "mod_muc": {
                    "host": ROOMS,
                    "default_room_options": {"mam": True},
                    "access_create": "make_rooms",
                },
                "mod_offline": {},
                "mod_ping": {},
                "mod_privacy": {},
                "mod_pubsub": {"plugins": ["flat", "pep"]},
                "mod_register": {},
                "mod_roster": {"versioning": True},
                "mod_stream_mgmt": {"resend_on_timeout": "if_offline"},
                "mod_time": {},
                "mod_vcard": {"search": True},
                "mod_vcard_xupdate": {},
                "mod_version": {},
            },
        }

    def _call(self, command, **arguments):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._api_port}/api/{command}",
            json.dumps(arguments).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status == 200, command

    def register(self, name, password):
        self._call("register", user=name, host=DOMAIN, password=password)

    def forbidden_room(self):
        return "roomless", f"forbidden@{ROOMS}"

    def restart_rooms(self):
        """Ends the room service, and starts it again; everything else goes on."""
        self._call("restart_module", host=DOMAIN, module="mod_muc")

    def befriend(self, one, other):
        for user, contact in ((one, other), (other, one)):
            self._call(
                "add_rosteritem",
                **{"localuser": user, "localhost": DOMAIN, "user": contact, "host": DOMAIN},
                **{"nick": contact, "groups": [], "subs": "both"},
            )


class Prosody(XmppServer):
    """Prosody with its plain file storage, into which accounts and rosters are written."""

    disabled_mechanisms = '"DIGEST-MD5"'

    def launch(self):
        config = self.folder / "prosody.cfg.lua"
        config.write_text(
            f"""
data_path = "{self.folder}/data"
run_as_root = true
pidfile = "{self.folder}/prosody.pid"
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {self.port} }}
c2s_direct_tls_ports = {{ {self.direct_port} }}
http_ports = {{ }}
https_ports = {{ {self.upload_port} }}
https_interfaces = {{ "127.0.0.1" }}
https_ssl = {{ certificate = "{self.certificate}", key = "{self.key}" }}
modules_enabled = {{
  "disco", "roster", "saslauth", "tls", "carbons", "mam", "smacks", "ping", "version",
  "blocklist",
  "adhoc", "lastactivity", "pep", "time", "uptime", "vcard_legacy",
  "register_ibr", "user_account_management",
}}
modules_disabled = {{ "s2s", "s2s_auth_certs" }}
c2s_require_encryption = true
authentication = "internal_plain"
allow_registration = true
disable_sasl_mechanisms = {{ {self.disabled_mechanisms} }}
archive_expires_after = "never"
-- The plain files take 10,000 messages; above that Prosody writes the whole file anew for every hundredth one.
storage_archive_item_limit = 1000000
default_archive_policy = true
log = {{ info = "{self.folder}/prosody.log" }}
ssl = {{ certificate = "{self.certificate}", key = "{self.key}" }}
VirtualHost "{DOMAIN}"
Component "upload.{DOMAIN}" "http_file_share"
  http_host = "localhost"
  http_external_url = "https://localhost:{self.upload_port}/"
  http_file_share_size_limit = {MAXIMUM_FILE_BYTES}
Component "{ROOMS}" "muc"
    modules_enabled = {{ "muc_mam", "muc_moderation" }}
Component "unmoderated.{DOMAIN}" "muc"
    modules_enabled = {{ "muc_mam" }}
Component "closed.{DOMAIN}" "muc"
    restrict_room_creation = true
""",
            encoding="utf-8",
        )
        return Process(["prosody", "-F", "--config", config], self.folder / "output.log")

    def _store(self, kind, name, lua):
        folder = self.folder / "data" / DOMAIN.replace(".", "%2e") / kind
        folder.mkdir(parents=True, exist_ok=True)
        encoded = "".join(c if c.isalnum() else f"%{ord(c):02x}" for c in name)
        (folder / f"{encoded}.dat").write_text(f"return {lua};\n", encoding="utf-8")

    def register(self, name, password):
        self._store("accounts", name, f'{{ ["password"] = "{password}" }}')

    def forbidden_room(self):
        return "anybody", f"forbidden@closed.{DOMAIN}"

    def expire_archive(self, jid):
        """As if everything in the account's archive were older than is kept."""
        folder = self.folder / "data" / DOMAIN.replace(".", "%2e") / "archive"
        for file in folder.glob(f"{jid.split('@')[0]}.*"):
            file.unlink()

    def befriend(self, one, other):
        for user, contact in ((one, other), (other, one)):
            entry = '{ ["subscription"] = "both"; ["groups"] = {}; }'
            self._store(
                "roster",
                user,
                f'{{ [false] = {{ ["version"] = 1 }}; ["{contact}@{DOMAIN}"] = {entry} }}',
            )


class PlainOnlyProsody(Prosody):
    """Lets people in by SASL PLAIN alone."""

    disabled_mechanisms = ", ".join(
        f'"SCRAM-SHA-{size}{plus}"' for size in (1, 256, 512) for plus in ("", "-PLUS")
    )


class CaptchaEjabberd(Ejabberd):
    """Asks those who register to solve a CAPTCHA (XEP-0158), whose picture is always the same. Lets an address
    register once in ten minutes."""

    # One transparent pixel.
    picture = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    )

    def _config(self, pem):
        (self.folder / "picture.png").write_bytes(self.picture)
        command = self.folder / "captcha.sh"
        command.write_text(
            f'#!/bin/sh\nprintf %s "$1" >"{self.folder}/solution"\ncat "{self.folder}/picture.png"\n',
            encoding="utf-8",
        )
        command.chmod(0o755)
        config = super()._config(pem)
        config["captcha_cmd"] = str(command)
        # Without one ejabberd 24.12 fails over every form.
        config["captcha_url"] = f"https://{DOMAIN}/captcha"
        config["registration_timeout"] = 600
        config["modules"]["mod_register"]["captcha_protected"] = True
        return config

    def solution(self):
        """Of the CAPTCHA that was asked last."""
        return (self.folder / "solution").read_text(encoding="utf-8")


SERVERS = {"ejabberd": Ejabberd, "prosody": Prosody}
