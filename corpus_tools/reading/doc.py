"""Word 97–2003 (.doc) and RTF, through LibreOffice where it is installed: other free readers lose tables."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading.docx import read_docx

# Seconds: generous for a cold start on a busy machine, and less than the usual limit for a file, so that we end it.
TIMEOUT = 90
PROGRAMS = ("soffice", "libreoffice")


def read_doc(data: bytes, name: str) -> Page:
    """Read a .doc file by converting it to .docx."""
    return replace(read_docx(_converted(data, "doc"), name), format="doc")


def read_rtf(data: bytes, name: str) -> Page:
    """Read an RTF file by converting it to .docx."""
    return replace(read_docx(_converted(data, "rtf"), name), format="rtf")


def _converted(data: bytes, kind: str) -> bytes:
    program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
    if program is None:
        raise Rejected("read", f"{kind}_needs_libreoffice", f"install LibreOffice or save the .{kind} as .docx")
    with TemporaryDirectory(prefix="corpus-tools-") as folder:
        source = Path(folder, f"input.{kind}")
        source.write_bytes(data)
        _convert(program, source)
        result = source.with_suffix(".docx")
        if not result.is_file():
            raise Rejected("read", "damaged", f"LibreOffice could not convert the .{kind}")
        return result.read_bytes()


def _convert(program: str, source: Path) -> None:
    """Run LibreOffice with a profile of its own, so that neither a user's open window nor another worker blocks it."""
    profile = source.with_name("profile").as_uri()
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "docx", "--outdir", str(source.parent), str(source)]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise Rejected("read", "timeout", f"LibreOffice took more than {TIMEOUT} s") from error
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started (soffice is a script that starts soffice.bin), also on Ctrl-C."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
