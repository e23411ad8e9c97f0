"""Zip and gzip: what they hold, unpacked in memory and never further than the caps; nothing is written to disk."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from newslab.errors import LoadError
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Item, Raw

DAMAGED = ("the archive is damaged", "Pack or download it again")
# What operating systems leave in archives and folders.
LEFTOVERS = ("__MACOSX", "Thumbs.db", "desktop.ini")


def read_zip(raw: Raw, options: Options) -> Iterator[Item]:
    """The files in a zip archive, in the order of their names."""
    if raw.packed:
        raise LoadError(raw.source, "it is an archive inside an archive", "Unpack it and load what it holds")
    archive = check_zip(raw, options)
    for member in sorted(archive.infolist(), key=lambda info: info.filename):
        if member.filename.endswith("/") or is_leftover(member.filename):
            continue
        source = f"{raw.source}/{member.filename}"
        try:
            yield _read_member(archive, member, source, options)
        except LoadError as error:
            yield error


def check_zip(raw: Raw, options: Options) -> zipfile.ZipFile:
    """The zip archive that the data is, after its count of members and its size unpacked were held to the caps."""
    try:
        archive = zipfile.ZipFile(BytesIO(raw.data))
    except Exception as error:
        # zipfile raises whatever a damaged directory leads it to; for a reader of the message it is one case.
        raise LoadError(raw.source, *DAMAGED) from error
    members = archive.infolist()
    check_cap(options, "max_members", len(members), raw.source)
    check_cap(options, "max_unpacked", sum(member.file_size for member in members), raw.source)
    return archive


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, options: Options) -> Raw:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise LoadError(source, "its name leads out of the archive", "Rename it in the archive")
    check_cap(options, "max_bytes", member.file_size, source)
    try:
        # A member never gives more than the size it states, which was held to the cap.
        data = archive.read(member)
    except RuntimeError as error:
        raise LoadError(source, "it is locked with a password", "Unpack the archive and load what it holds") from error
    except Exception as error:
        raise LoadError(source, *DAMAGED) from error
    return Raw(data, source, path.suffix.lower(), packed=1)


def read_gzip(raw: Raw, options: Options) -> Iterator[Item]:
    """The file in a gzip archive; the ending before ``.gz`` tells its kind."""
    if raw.packed > 1:
        raise LoadError(raw.source, "it is an archive inside an archive", "Unpack it and load what it holds")
    cap = "max_bytes" if options.max_bytes < options.max_unpacked else "max_unpacked"
    try:
        with gzip.GzipFile(fileobj=BytesIO(raw.data)) as packed:
            data = packed.read(getattr(options, cap) + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise LoadError(raw.source, *DAMAGED) from error
    check_cap(options, cap, len(data), raw.source)
    inner = PurePosixPath(raw.source.rsplit("/", 1)[-1][: -len(".gz")])
    yield Raw(data, raw.source, inner.suffix.lower(), raw.charset, raw.url, packed=raw.packed + 1)


def is_leftover(name: str) -> bool:
    """Whether a file of this name is hidden, or left by an operating system, and so nobody's article."""
    parts = PurePosixPath(name).parts
    return any(part in LEFTOVERS or (part.startswith(".") and part != "..") for part in parts)
