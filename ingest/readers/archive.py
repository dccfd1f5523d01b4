"""The packed XML files that Office and OpenDocument files are: opened within limits, parsed without outside help."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from ingest.readers.choose import UNPACK_ERRORS
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget

_MEGABYTE = 1_000_000
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = {"image": "a picture", "attachedTemplate": "a template", "oleObject": "an embedded object"}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(slots=True)
class Archive:
    """An opened file of parts. Raises DocumentReadError on opening where it is broken or larger than allowed."""

    data: bytes
    budget: Budget
    names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                entries = archive.infolist()
        except UNPACK_ERRORS as error:
            raise self.budget.broken("it is damaged: its parts cannot be unpacked") from error
        self._check(entries)
        self.names = frozenset(entry.filename for entry in entries)

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        limits = self.budget.limits
        if len(entries) > limits.archive_entries:
            raise self.budget.too_much(f"{len(entries):,} packed parts, more than {limits.archive_entries:,}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise self.budget.broken("it is locked with a password", "Take the password off and load that copy")
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise self.budget.too_much(f"more than {limits.unpacked_bytes // _MEGABYTE} MB when unpacked")
        for entry in entries:
            if entry.file_size > _MEGABYTE and entry.file_size > limits.archive_ratio * max(1, entry.compress_size):
                raise self.budget.too_much(f'a part ("{entry.filename[:80]}") packed more tightly than any real text')

    def read(self, name: str) -> bytes:
        """The bytes of one part, no more than its entry says."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                size = archive.getinfo(name).file_size
                with archive.open(name) as entry:
                    return entry.read(size)
        except UNPACK_ERRORS as error:
            raise self.budget.broken(f'it is damaged: its part "{name[:80]}" cannot be unpacked') from error

    def xml(self, name: str) -> _Element:
        """The root of a part, parsed."""
        return parse_xml(self.read(name), name, self.budget)

    def xml_or_none(self, name: str | None) -> _Element | None:
        """As `xml`, None where there is no such part."""
        return self.xml(name) if name in self.names and name is not None else None

    def targets(self, part: str, kind: str) -> list[str]:
        """The names of the parts to which `part` ("" for the file) points by relations of a kind such as "styles"."""
        return [name for _, of, name in self.relations(part) if of == kind and name in self.names]

    def tell(self, findings: Findings) -> None:
        """Note what a plan has no need of: macros, parts that point out of the file, names that climb out of it."""
        if any(name.endswith("vbaProject.bin") for name in self.names):
            findings.note("The file holds macros. They were not run.")
        climbing = [
            name for name in sorted(self.names) if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)
        ]
        if climbing:
            findings.note(
                f'The file holds a part with a path that leads out of it ("{climbing[0][:60]}"). It was not unpacked.'
            )
        outside: set[str] = set()
        for name in self.names:
            if name.endswith(".rels"):
                outside |= {
                    _kind(each) for each in self.xml(name).iter(_RELATION) if each.get("TargetMode") == "External"
                }
        for kind in sorted(outside - {"hyperlink", "externalLinkPath", "externalLink"}):
            findings.note(f"The file points to something outside it ({_OUTSIDE.get(kind, kind)}). It was not fetched.")

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


def parse_xml(data: bytes, name: str, budget: Budget) -> _Element:
    """The root of an XML text. No entity is resolved and nothing is fetched; a text that declares any is turned away,
    for Office never writes one. Raises DocumentReadError."""
    declares = budget.broken(
        f'its part "{name[:80]}" declares entities, as only an attack does', "Check where it is from"
    )
    if _DECLARATION.search(data[:_MEGABYTE]):
        raise declares
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise budget.broken(f'it is damaged: its part "{name[:80]}" is not whole') from error
    if root is None:
        raise budget.broken(f'it is damaged: its part "{name[:80]}" is empty')
    if root.getroottree().docinfo.internalDTD is not None:
        raise declares
    check_depth(root, name, budget)
    return root


def check_depth(root: _Element, name: str, budget: Budget) -> None:
    """Raises DocumentReadError where elements stand deeper in each other than is allowed."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > budget.limits.nesting:
            raise budget.too_much(f'more than {budget.limits.nesting} elements inside each other, in "{name[:80]}"')
