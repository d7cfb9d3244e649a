"""A web server that behaves well or badly, as the path says."""

import http.server
import ssl
import threading

CONTENT = bytes(range(256)) * 4096


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path.startswith("/redirect/"):
            self._redirect(path.removeprefix("/redirect/"))
        elif path == "/loop":
            self._redirect("/loop")
        elif path.startswith("/status/"):
            self.send_error(int(path.rpartition("/")[2]))
        elif path == "/stall":
            self._head()
            self.wfile.write(CONTENT[:1000])
            self.wfile.flush()
            self.server.released.wait(60)
        elif path == "/cut":
            self._head()
            self.wfile.write(CONTENT[:1000])
            self.close_connection = True
        elif path == "/unknown-size":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(CONTENT), CONTENT))
        else:
            self._head()
            self.wfile.write(CONTENT)

    def _head(self):
        self.send_response(200)
        self.send_header("Content-Type", "image/png; charset=binary")
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()

    def _redirect(self, where):
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format, *args):
        self.server.asked.append(self.path)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.released = threading.Event()
        self.asked = []

    def handle_error(self, request, client_address):
        """Who goes away in the middle, or trusts nobody, is what some tests are about."""


class WebServer:
    """https on a free port, or http without a certificate."""

    def __init__(self, certificate=None, key=None):
        self._server = _Server()
        scheme = "http"
        if certificate:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{scheme}://localhost:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def asked(self):
        """The paths that were asked for."""
        return list(self._server.asked)

    def close(self):
        """Stops it."""
        self._server.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
