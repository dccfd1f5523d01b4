"""Small files of the data folder: those that nobody but the account of the service may read, and those of people."""

import os
import secrets
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import SettingsError, StoreError

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, kind: type[Model], until: str) -> Model:
    """What a person wrote into a file; an empty one where there is none.

    Raises: SettingsError, which says what to mend and what holds until then.
    """
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return kind()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}. Mend it; {until}.") from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise SettingsError(f"{path}: {faults}. Mend it; {until}.") from error


def write_private(path: Path, data: bytes) -> None:
    """Write a file at once, readable by its owner alone. Raises: StoreError."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise StoreError(f'"{path}" cannot be written: {error.strerror}. Nothing was changed.') from error


def kept_secret(path: Path) -> bytes:
    """The secret in a file, which is made where there is none. Raises: StoreError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise StoreError(f'"{path}" cannot be read: {error.strerror}. Check its permissions.') from error
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    write_private(made, secrets.token_bytes(32))
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_bytes()
