"""The one network call there is: the page the user asked for, from a public address, within caps of size and time."""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import PurePosixPath
from threading import Timer
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from newslab.errors import LoadError
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Raw

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 65_536
# Marks that an address may hold; everything else beyond letters and digits is written as %..
KEPT = "/%:=&?~+!$,;'@()*[]"
HEADERS = {
    "User-Agent": "newslab (reads one page at its user's request)",
    "Accept": "text/html,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
# Addresses of the new internet that carry one of the old: what they carry must be public too.
NAT64 = IPv6Network("64:ff9b::/96")
SAVE_PAGE = "Open it in a browser, save the page and load the file"

Check = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, and not to this machine or its own network."""
    found = ip_address(address.split("%", 1)[0])
    if isinstance(found, IPv6Address):
        carried = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in NAT64:
            carried = IPv4Address(int(found) & 0xFFFFFFFF)
        if carried is not None and not is_public(str(carried)):
            return False
    return found.is_global and not found.is_multicast


def fetch(url: str, options: Options, check: Check = is_public) -> Raw:
    """The page at an address, after at most five redirects, each to an address that ``check`` lets pass.

    http and https only, at most ``max_download`` bytes, packed or not, in ``max_seconds`` in all. Proxies that the
    machine has set are not used: what is checked is the address that is connected to.
    """
    end = monotonic() + options.max_seconds
    target = url
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(target, url, options, check, end)
        if isinstance(answer, Raw):
            return answer
        target = urljoin(target, answer)
    raise LoadError(url, f"more than {MOST_REDIRECTS} redirects", SAVE_PAGE)


class _Plain(HTTPConnection):
    """A connection to an address that was checked: the name is looked up once, and that address is connected to."""

    def __init__(self, host: str, port: int, check: Check, end: float) -> None:
        super().__init__(host, port)
        self.check, self.end = check, end
        # Kept beside ``sock``, which http.client lets go of once an answer begins.
        self.line: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.line = _open(self.host, self.port, self.check, self.end)


class _Secure(_Plain):
    """The same under TLS, with the certificate checked against the name."""

    default_port = HTTPSConnection.default_port

    def connect(self) -> None:
        super().connect()
        self.sock = self.line = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _open(host: str, port: int, check: Check, end: float) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [entry[4] for entry in found]
    if refused := [str(address[0]) for address in addresses if not check(str(address[0]))]:
        raise LoadError(host, f"{refused[0]} is not a public address", "newslab loads pages of the public web only")
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((str(address[0]), port), timeout=max(end - monotonic(), 0.01))
        except OSError as error:
            failure = error
    raise failure


def _connect(target: str, url: str, check: Check, end: float) -> _Plain:
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError as error:
        raise LoadError(url, f"{target[:200]} is no web address", "Check the address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LoadError(url, f"{target[:200]} is no http or https address", "Check the address")
    if parts.username or parts.password:
        raise LoadError(url, "the address holds a name or a password", SAVE_PAGE)
    if parts.scheme == "https":
        return _Secure(parts.hostname, port or 443, check, end)
    return _Plain(parts.hostname, port or 80, check, end)


def _ask(target: str, url: str, options: Options, check: Check, end: float) -> Raw | str:
    """One request: the page, or the address it redirects to."""
    connection = _connect(target, url, check, end)
    # A server that sends a byte now and then would pass any timeout of a single read.
    watch = Timer(max(end - monotonic(), 0), _hang_up, [connection])
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        parts = urlsplit(target)
        path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
        connection.request("GET", path, headers=HEADERS)
        response = connection.getresponse()
        if response.status in REDIRECTS and (location := response.headers.get("Location")):
            return location
        return _read(response, target, url, options, end)
    except LoadError as error:
        raise LoadError(url, error.reason, error.next_step) from error
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        _check_time(url, options, end)
        raise LoadError(url, f"the page could not be fetched ({error})", SAVE_PAGE) from error
    finally:
        watch.cancel()
        connection.close()


def _hang_up(connection: _Plain) -> None:
    if connection.line is not None:
        with suppress(OSError):
            connection.line.shutdown(socket.SHUT_RDWR)


def _check_time(url: str, options: Options, end: float) -> None:
    if monotonic() >= end:
        check_cap(options, "max_seconds", options.max_seconds + 1, url)


def _read(response: HTTPResponse, target: str, url: str, options: Options, end: float) -> Raw:
    if response.status != 200:
        raise LoadError(url, f"the server answered {response.status} {response.reason}", SAVE_PAGE)
    packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise LoadError(url, f"the page came packed as {packing}", SAVE_PAGE)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packing != "identity" else None
    body = bytearray()
    received = 0
    while chunk := response.read1(CHUNK):
        received += len(chunk)
        body += unpack.decompress(chunk, options.max_download + 1 - len(body)) if unpack else chunk
        check_cap(options, "max_download", max(received, len(body)), url)
    # A connection that was hung up on looks like a page that ends.
    _check_time(url, options, end)
    kind, charset = response.headers.get_content_type(), response.headers.get_content_charset()
    ending = PurePosixPath(urlsplit(target).path).suffix.lower()
    return Raw(bytes(body), url, KINDS.get(kind, ending or ".html"), charset, url=target)
