"""Running a notebook with the Python that runs newslab, whatever kernels and settings this machine has."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from newslab.errors import ReportError

SECONDS_A_CELL = 600
QUIET = ["--log-level=40", "--HistoryManager.enabled=False"]
# What a user's own set-up says with these would reach into the notebook's kernel.
LEFT_OUT = ("PYTHONSTARTUP", "PLOTLY_RENDERER", "IPYTHONDIR", "JUPYTER_CONFIG_PATH")


class _ThisPython(KernelSpecManager):
    """The running interpreter under every kernel's name; a kernel need not be registered."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The way to start this interpreter as a kernel."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", interrupt_mode="signal")


def run_notebook(
    notebook: NotebookNode, *, name: str, folder: Path, seconds: int = SECONDS_A_CELL, private_to_newslab: bool = False
) -> NotebookNode:
    """Run a notebook's cells in order and return it with their outputs.

    It runs in ``folder``, in a new process of the running interpreter; the user's IPython and Jupyter settings are not
    read. The process may tidy up at its end, unless it is ``private_to_newslab``, which leaves nothing behind. Raises
    ``ReportError`` with ``name``, the number of the cell and its error where a cell fails or takes more than
    ``seconds``; a cell tagged ``raises-exception`` may fail.
    """
    with tempfile.TemporaryDirectory(prefix="newslab-", ignore_cleanup_errors=True) as private:
        client = NotebookClient(
            notebook,
            km=_kernel(Path(private)),
            timeout=seconds,
            startup_timeout=120,
            extra_arguments=QUIET,
            # A kernel takes seconds to say goodbye.
            shutdown_kernel="immediate" if private_to_newslab else "graceful",
            resources={"metadata": {"path": str(folder)}},
        )
        environment = {key: value for key, value in os.environ.items() if key not in LEFT_OUT}
        environment |= {"IPYTHONDIR": f"{private}/ipython", "JUPYTER_CONFIG_DIR": f"{private}/jupyter"}
        try:
            client.execute(env=environment, cleanup_kc=True)
        except CellTimeoutError as error:
            reason = f"{_cell(notebook)} took longer than {seconds} seconds"
            raise ReportError(f"{name}: {reason}. Shorten the cell, or allow it more time.") from error
        except CellExecutionError as error:
            fault = f"{error.ename}: {error.evalue}".splitlines()[0]
            advice = "Run the notebook in JupyterLab to see the whole error."
            raise ReportError(f"{name}: {_cell(notebook)} failed with {fault}. {advice}") from error
        except (DeadKernelError, RuntimeError, OSError) as error:
            advice = f"Check that it starts: {sys.executable} -m ipykernel_launcher --version"
            raise ReportError(f"{name}: the notebook's Python process ended ({error}). {advice}") from error
    return notebook


def _kernel(private: Path) -> AsyncKernelManager:
    """A kernel manager whose sockets lie in a private folder where the system has such, not on a network port."""
    manager = AsyncKernelManager(kernel_spec_manager=_ThisPython(), kernel_name="python3")
    manager.connection_file = str(private / "kernel.json")
    if os.name != "nt":
        manager.transport = "ipc"
        manager.ip = str(private / "kernel")
    return manager


def _cell(notebook: NotebookNode) -> str:
    """Which cell was the last to begin, counted as a reader counts, with its first line."""
    begun = [place for place, cell in enumerate(notebook.cells) if "execution" in cell.metadata]
    place = begun[-1] if begun else 0
    first = (notebook.cells[place].source.strip().splitlines() or ["empty"])[0][:60]
    return f"cell {place + 1} ({first})"
