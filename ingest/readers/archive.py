"""The packed XML files that Office and OpenDocument files are: opened within limits, parsed without outside help."""

import io
import posixpath
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree
from lxml.etree import _Element

from ingest.readers.job import Job
from ingest.readers.looks import Rgb, theme_colours

UNPACK_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, LookupError, ArithmeticError),
)
"""What the standard library raises for an archive that is broken, locked or packed in an unknown way."""
Opened = TypeVar("Opened")
_MEGABYTE = 1_000_000
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = {"image": "a picture", "attachedTemplate": "a template", "oleObject": "an embedded object"}
_FOLLOWED = {"hyperlink", "externalLinkPath", "externalLink"}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HELD = {
    r"xl/media/|Pictures/": "The document holds pictures: words in pictures are not read.",
    r"xl/externalLinks/": "The workbook has links to other files. They were not followed; stored values were read.",
    r"Basic/|.*vbaProject\.bin$": "The file holds macros. They were not run.",
}
"""What parts of these names are."""


@dataclass(slots=True)
class Archive:
    """An opened file of parts. Raises DocumentReadError on opening where it is broken or larger than allowed."""

    data: bytes
    job: Job
    names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                entries = archive.infolist()
        except UNPACK_ERRORS as error:
            raise self.job.broken("it is damaged: its parts cannot be unpacked") from error
        limits = self.job.limits
        if len(entries) > limits.archive_entries:
            raise self.job.too_much(f"{len(entries):,} packed parts, more than {limits.archive_entries:,}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise self.job.broken("it is locked with a password", "Take the password off and load that copy")
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise self.job.too_much(f"more than {limits.unpacked_bytes // _MEGABYTE} MB when unpacked")
        for entry in entries:
            if entry.file_size > _MEGABYTE and entry.file_size > limits.archive_ratio * max(1, entry.compress_size):
                raise self.job.too_much(f'a part ("{entry.filename[:80]}") packed more tightly than any real text')
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The bytes of one part, no more than its entry says."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive, archive.open(name) as entry:
                return entry.read(archive.getinfo(name).file_size)
        except UNPACK_ERRORS as error:
            raise self.job.broken(f'it is damaged: its part "{name[:80]}" cannot be unpacked') from error

    def opened(self, load: Callable[[io.BytesIO], Opened], what: str) -> Opened:
        """The file as a library loads it; `what` it is made of, for the error where it cannot be put together."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # on what it leaves out, such as printer settings
                return load(io.BytesIO(self.data))
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # it raises whatever its parts raise: KeyError, TypeError, ValueError and more
            raise self.job.broken(f"it is damaged: its {what} cannot be put together") from error

    def xml(self, name: str) -> _Element:
        """The root of a part, parsed."""
        return parse_xml(self.read(name), name, self.job)

    def xml_or_none(self, name: str | None) -> _Element | None:
        """As `xml`, None where there is no such part."""
        return self.xml(name) if name in self.names and name is not None else None

    def targets(self, part: str, kind: str) -> list[str]:
        """The names of the parts to which `part` ("" for the file) points by relations of a kind such as "styles"."""
        return [name for _, of, name in self.relations(part) if of == kind and name in self.names]

    def part(self, of: str, kind: str) -> _Element | None:
        """The root of the first of the `targets`, None where there is none."""
        return self.xml_or_none(next(iter(self.targets(of, kind)), None))

    def each(self, of: str, kind: str, *tags: str) -> Iterator[_Element]:
        """The elements of those names in that part."""
        root = self.part(of, kind)
        return root.iter(*tags) if root is not None else iter(())

    def theme(self) -> dict[str, Rgb]:
        """The colours of an Office file's theme, by their names."""
        return theme_colours(self.xml_or_none(next((n for n in sorted(self.names) if "/theme/theme" in n), None)))

    def tell(self) -> None:
        """Note what a plan has no need of: macros, parts that point out of the file, names that climb out of it."""
        if any(re.match(r"(?:word|xl)/embeddings/", name) for name in self.names):
            self.job.hide("embedded files")
        for part, words in _HELD.items():
            if any(re.match(part, name) for name in self.names):
                self.job.note(words)
        climbing = sorted(name for name in self.names if re.match(r"[/\\]|(?:.*[/\\])?\.\.(?:[/\\]|$)", name))
        for name in climbing[:1]:
            self.job.note(
                f'The file holds a part with a path that leads out of it ("{name[:60]}"). It was not unpacked.'
            )
        relations = (each for name in self.names if name.endswith(".rels") for each in self.xml(name).iter(_RELATION))
        outside = {_kind(each) for each in relations if each.get("TargetMode") == "External"}
        for kind in sorted(outside - _FOLLOWED):
            self.job.note(f"The file points to something outside it ({_OUTSIDE.get(kind, kind)}). It was not fetched.")

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Of each relation of a part to another in the file: its id, its kind, and the name of that part."""
        folder, file = posixpath.split(part)
        root = self.xml_or_none(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = []
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found.append((relation.get("Id", ""), _kind(relation), path.lstrip("/")))
        return found


def _kind(relation: _Element) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2]


def parse_xml(data: bytes, name: str, job: Job) -> _Element:
    """The root of an XML text. No entity is resolved and nothing is fetched; a text that declares any is turned away,
    for Office never writes one. Raises DocumentReadError."""
    declares = job.broken(f'its part "{name[:80]}" declares entities, as only an attack does', "Check where it is from")
    if _DECLARATION.search(data[:_MEGABYTE]):
        raise declares
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise job.broken(f'it is damaged: its part "{name[:80]}" is not whole') from error
    if root is None:
        raise job.broken(f'it is damaged: its part "{name[:80]}" is empty')
    if root.getroottree().docinfo.internalDTD is not None:
        raise declares
    check_depth(root, name, job)
    return root


def check_depth(root: _Element, name: str, job: Job) -> None:
    """Raises DocumentReadError where elements stand deeper in each other than is allowed."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > job.limits.nesting:
            raise job.too_much(f'more than {job.limits.nesting} elements inside each other, in "{name[:80]}"')
