"""The lock files: made from pyproject.toml, and checked against known advisories.

`python -m tests.lock make` writes them (it needs `uv`): requirements.lock for the server, the -dev lock for the tests,
for PyTorch either the -cpu lock, its small build, or the -cuda lock. Versions that are installed are kept.
`python -m tests.lock check` fails where a locked version has a known advisory: by the source of pip-audit where that is
reachable, else by advisories.toml, which says how old it is.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
SERVER, DEV, CPU, CUDA = (ROOT / f"requirements{part}.lock" for part in ("", "-dev", "-cpu", "-cuda"))
_LARGE = re.compile(r"(?:nvidia|cuda|triton|torch$)")
_SMALL_TORCH = "6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"
"""The hash of PyTorch's build without CUDA for Linux on x86-64 and Python 3.11, which only an index of its own has."""
_ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;\\]+)[^\n]*(?:\n[ ]{4}[^\n]*)*\n?", re.MULTILINE
)
_HEAD = "# Written by python -m tests.lock make. Install with: pip install --no-deps --require-hashes -r {}\n"


def entries(text: str) -> dict[str, tuple[str, str]]:
    """The version of each package of a lock, and its lines."""
    return {canonicalize_name(found["name"]): (found["version"], found[0]) for found in _ENTRY.finditer(text)}


def locked() -> dict[str, str]:
    """The version of every package of all lock files."""
    return {
        name: version
        for path in (SERVER, DEV, CUDA)
        for name, (version, _) in entries(path.read_text(encoding="utf-8")).items()
    }


def make() -> None:
    """Write the lock files."""
    freeze = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--exclude-editable"], capture_output=True, text=True, check=True
    )
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "constraints.txt"
        kept.write_text(re.sub(r"\+cpu\b", "", freeze.stdout), encoding="utf-8")
        server, whole = (_compiled(extra, kept) for extra in ("postgres", "dev"))
    of_server = {name: lines for name, (_, lines) in server.items()}
    others = {name: lines for name, (_, lines) in whole.items() if name not in of_server}
    cuda = {name: lines for name, lines in (of_server | others).items() if _LARGE.match(name)}
    small = f"torch=={server['torch'][0]}+cpu \\\n    --hash=sha256:{_SMALL_TORCH}\n"
    for path, held in ((SERVER, of_server), (DEV, others), (CPU, {"small": small}), (CUDA, cuda)):
        lines = (text for name, text in sorted(held.items()) if path == CUDA or name not in cuda)
        path.write_text(_HEAD.format(path.name) + "".join(lines), encoding="utf-8")


def _compiled(extra: str, constraints: Path) -> dict[str, tuple[str, str]]:
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    command = ["uv", "pip", "compile", "pyproject.toml", "--extra", extra, "--python-version", "3.11", *options]
    done = subprocess.run([*command, "-c", str(constraints)], cwd=ROOT, capture_output=True, text=True, check=True)
    return entries(done.stdout)


def advised() -> list[str]:
    """Each locked version with a known advisory that was not accepted; and on standard error by what was looked up."""
    kept = tomllib.loads((ROOT / "advisories.toml").read_text(encoding="utf-8"))
    accepted = {name for one in kept["accepted"] for name in (one["id"], *one["aliases"])}
    found = _asked()
    if found is None:
        sys.stderr.write(f"No source of advisories can be reached; checked against the list of {kept['known_at']}.\n")
        found = against(locked(), kept["advisory"])
    else:
        sys.stderr.write("Checked against the source of pip-audit.\n")
    return [f"{package}: {ids[0]}" for package, ids in found if not accepted & set(ids)]


def against(versions: dict[str, str], known: list[dict[str, str]]) -> list[tuple[str, list[str]]]:
    """Those of the versions that an advisory of a list affects, with its names."""
    return [
        (f"{one['package']} {versions[one['package']]}", [one["id"]])
        for one in known
        if SpecifierSet(one["affected"]).contains(versions.get(one["package"], "999999"), prereleases=True)
    ]


def _asked() -> list[tuple[str, list[str]]] | None:
    """What pip-audit finds; None where its source cannot be reached."""
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json"]
    files = [part for path in (SERVER, DEV) for part in ("-r", str(path))]
    command = [sys.executable, "-m", "pip_audit", *options, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        told = [one for one in json.loads(done.stdout)["dependencies"] if "vulns" in one]
    except (ValueError, KeyError):
        return None
    found = [(f"{one['name']} {one['version']}", [v["id"], *v["aliases"]]) for one in told for v in one["vulns"]]
    return found if told else None


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        make()
    elif words := advised():
        sys.exit("\n".join(["Locked versions with known advisories:", *words]))
