"""``python -m newslab`` is the ``newslab`` command."""

import sys

from newslab.cli import main

if __name__ == "__main__":
    sys.exit(main())
