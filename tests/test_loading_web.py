"""Loading from the web, against a real server on this machine; the check of the address is given by the test."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from newslab.errors import LoadError
from newslab.loading import load
from newslab.loading.options import Options, make_options
from newslab.loading.raw import Raw
from newslab.loading.readers import read_raw
from newslab.loading.web import fetch, is_public

BODY = "The harbour will reopen on Monday. The mayor, Dana Whitlock, said the repairs had cost less than feared."
PAGE = (
    "<html><head><title>Café</title></head><body><article><h1>Café</h1>"
    f"<p>{BODY}</p><p>{BODY} So it was at the café.</p></article></body></html>"
)


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test's output is its own."""

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path, _, rest = self.path.partition("?")
        if path == "/story":
            self.answer(PAGE.encode("cp1252"), Content_Type="text/html; charset=windows-1252")
        elif path == "/packed":
            self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")
        elif path == "/bomb":
            self.answer(gzip.compress(b" " * 100_000_000), Content_Encoding="gzip")
        elif path == "/large":
            self.answer(b"<p>" * 4_000_000)
        elif path == "/plain":
            self.answer(BODY.encode(), Content_Type="text/plain")
        elif path == "/to":
            self.answer(b"", 302, Location=rest)
        elif path == "/round":
            self.answer(b"", 301, Location="/round")
        elif path == "/drip":
            self.drip()
        else:
            self.answer(b"no", 404)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b"<p>")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def here_only(address: str) -> bool:
    return address == "127.0.0.1"


def get(url: str, **options: Any) -> Raw:
    return fetch(url, make_options(**options), check=here_only)


def test_a_page_from_the_web(site: str) -> None:
    (article,) = read_raw(get(f"{site}/story"), Options())
    assert not isinstance(article, LoadError)
    assert article.text.endswith("So it was at the café.") and article.title == "Café"
    assert article.url == article.source == f"{site}/story"
    assert get(f"{site}/packed").data == PAGE.encode()
    assert get(f"{site}/plain").suffix == ".txt"


def test_a_redirect_is_followed_and_said(site: str) -> None:
    raw = get(f"{site}/to?/story")
    assert (raw.source, raw.url) == (f"{site}/to?/story", f"{site}/story")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none", "answered 404"),
        ("/round", "more than 5 redirects"),
        ("/bomb", "max_download"),
        ("/large", "max_download"),
        ("/to?http://127.0.0.2/story", "127.0.0.2 is not a public address"),
        ("/to?http://[::1]/story", "::1 is not a public address"),
        ("/to?file:///etc/hostname", "no http or https address"),
    ],
)
def test_what_is_refused(site: str, path: str, reason: str) -> None:
    with pytest.raises(LoadError, match=reason) as caught:
        get(site + path)
    assert caught.value.source == site + path


def test_a_server_that_never_ends_is_hung_up_on(site: str) -> None:
    with pytest.raises(LoadError, match="max_seconds"):
        get(f"{site}/drip", max_seconds=1)


def test_this_machine_is_out_of_bounds(site: str) -> None:
    with pytest.raises(LoadError, match="not a public address"):
        load(f"{site}/story")
    with pytest.raises(LoadError, match="not a public address"):
        load(site.replace("127.0.0.1", "localhost"))
    with pytest.raises(LoadError, match="no http or https address"):
        load("ftp://example.org/story.html")
    with pytest.raises(LoadError, match="a name or a password"):
        load("http://ines:secret@example.org/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
