"""Where a store lies: a folder of this machine, or an address that fsspec knows (``s3://bucket/results``)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from newslab.errors import NewslabError

HIDDEN = "."


class Place(Protocol):
    """What a store asks of the place where it lies; names are parted by ``/``, and the place can be pickled."""

    name: str

    def list(self, folder: str) -> list[str]:
        """The names of the files in a folder of the place, in order; none where there is no such folder."""

    def read(self, name: str) -> bytes | None:
        """What a file holds, or ``None`` where there is no such file."""

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file: it is there complete, or not at all, whenever the machine stops."""

    def locate(self, name: str) -> str:
        """The file's name for a library that opens it."""

    def filesystem(self) -> Any:
        """The fsspec filesystem that opens what ``locate`` names, or ``None`` for this machine's own."""


class Folder:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.name = os.fspath(path)
        self.path = Path(path).absolute()

    def list(self, folder: str) -> list[str]:
        """The names of the files in it; what is being written has a hidden name and is left out."""
        try:
            names = (path.name for path in (self.path / folder).iterdir())
            return sorted(name for name in names if not name.startswith(HIDDEN))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise self._unreadable(error) from error

    def read(self, name: str) -> bytes | None:
        """What a file holds."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._unreadable(error) from error

    def write(self, name: str, data: bytes) -> None:
        """Write under a hidden name in the same folder, and rename, which an operating system does at one stroke."""
        target = self.path / name
        hidden = target.with_name(f"{HIDDEN}{target.name}.{uuid4().hex}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                hidden.write_bytes(data)
                hidden.replace(target)
            finally:
                with suppress(OSError):  # what cannot be written cannot be removed, either
                    hidden.unlink(missing_ok=True)
        except OSError as error:
            advice = "Make room or choose another folder, and run the same again: what is written stays"
            raise NewslabError(f"{self.name} cannot be written: {error.strerror}. {advice}.") from error

    def _unreadable(self, error: OSError) -> NewslabError:
        advice = "Check who may open it, or give another folder"
        return NewslabError(f"{self.name} cannot be read: {error.strerror}. {advice}.")

    def locate(self, name: str) -> str:
        """The file's path, with the slashes that SQL strings have everywhere."""
        return (self.path / name).as_posix()

    def filesystem(self) -> None:
        """None is needed."""


class Address:
    """A place that fsspec reaches; object stores show an object when it is complete, so no renaming is needed."""

    def __init__(self, url: str) -> None:
        self.name = url.rstrip("/")

    def list(self, folder: str) -> list[str]:
        """The names of the files in it."""
        files, root = self.filesystem(), self._inside(folder)
        # Another machine has written since the library looked last.
        files.invalidate_cache()
        try:
            return sorted(str(name).rstrip("/").rsplit("/", 1)[-1] for name in files.ls(root, detail=False))
        except FileNotFoundError:
            return []

    def read(self, name: str) -> bytes | None:
        """What a file holds."""
        try:
            return bytes(self.filesystem().cat_file(self._inside(name)))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put a whole object; a filesystem behind fsspec gets it under another name first."""
        files, target = self.filesystem(), self._inside(name)
        folder = target.rsplit("/", 1)[0]
        try:
            files.makedirs(folder, exist_ok=True)
        except Exception:
            # Another writer may have made it since, and filesystems say so each in its own way.
            files.invalidate_cache()
            if not files.exists(folder):
                raise
        with files.transaction, files.open(target, "wb") as file:
            file.write(data)

    def locate(self, name: str) -> str:
        """The file's address."""
        return str(self.filesystem().unstrip_protocol(self._inside(name)))

    def filesystem(self) -> Any:
        """The filesystem for the address's protocol."""
        try:
            from fsspec.core import url_to_fs

            # The address may say more than the protocol: a host, a port, a user.
            return url_to_fs(self.name)[0]
        except (ImportError, ValueError, OSError) as error:
            advice = "Install newslab[dask] and the package that fsspec names for this protocol"
            raise NewslabError(f"{self.name}: {error}. {advice}, check the address, or give a folder.") from error

    def _inside(self, name: str) -> str:
        return f"{self.filesystem()._strip_protocol(self.name)}/{name}"


def find_place(path: str | os.PathLike[str]) -> Place:
    """The place that a path or an address names; ``NewslabError`` where it names none."""
    name = os.fspath(path)
    if not name or "\0" in name:
        raise NewslabError(f"{name!r} is no folder's name. Give one, such as results, or . for the folder you are in.")
    return Address(name) if "://" in name else Folder(name)
