"""Make newslab's copy of CMUdict, in nltk's layout, from the files that Carnegie Mellon publishes.

    python tools/make_cmudict.py FOLDER

FOLDER holds ``cmudict.dict``, ``LICENSE`` and ``README`` of the CMU Pronouncing Dictionary. nltk, textstat and newslab
all read the one file made here, ``newslab/resources/nltk_data/corpora/cmudict.zip``; it is the same, byte for byte,
whenever it is made from the same dictionary.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

TARGET = Path(__file__).parent.parent / "newslab/resources/nltk_data/corpora/cmudict.zip"
LINE = re.compile(r"(?P<word>\S+?)(?:\((?P<number>\d+)\))? (?P<sounds>[^#]+)")


def convert(dictionary: str) -> str:
    """The dictionary as nltk reads it: ``NATURAL 1 N AE1 CH ER0 AH0 L``, one pronunciation a line."""
    lines = []
    for line in dictionary.splitlines():
        match = LINE.match(line)
        if match:
            lines.append(f"{match['word'].upper()} {match['number'] or 1} {match['sounds'].strip()}")
    return "\n".join(lines) + "\n"


def main(folder: Path) -> None:
    """Write the archive."""
    entries = {
        "cmudict/cmudict": convert((folder / "cmudict.dict").read_text(encoding="utf-8")),
        "cmudict/LICENSE": (folder / "LICENSE").read_text(encoding="utf-8"),
        "cmudict/README": (folder / "README").read_text(encoding="utf-8"),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(TARGET, "w") as archive:
        # textstat asks nltk for "corpora/cmudict" without the last slash, which a zip answers only with such an entry.
        archive.writestr(ZipInfo("cmudict"), "")
        for name, content in entries.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=9)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
