"""Files that are not read: what a file is, told by its first bytes and its parts and never by its name."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from xgov.papers.importing import BadFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MB = 1024 * 1024
DAMAGED = "is not a spreadsheet that can be opened (.xlsx): it is damaged or something else"


@dataclass(frozen=True)
class Limits:
    """The largest file that is read, in bytes, rows and columns of a sheet, and once unpacked."""

    size: int = 20 * _MB
    rows: int = 100_000
    columns: int = 300
    unpacked: int = 400 * _MB
    ratio: int = 250  # a part that packs better than this, and is large, is made to fill a memory


USUAL = Limits()
_ENDINGS = {"xlsx": {"", ".xlsx"}, "csv": {"", ".csv", ".txt", ".tsv", ".tab"}}
_SPREADSHEETS = {".xlsx", ".xls", ".xlsb", ".ods"}
_LARGE_PART = 20 * _MB


def kind_of(data: bytes, name: str, limits: Limits = USUAL) -> str:
    """ "xlsx" or "csv", by what is in it. Raises BadFile for what is neither, or not what its name says."""
    if len(data) > limits.size:
        raise BadFile(name, f"is larger than {limits.size // _MB} MB")
    if not data.strip():
        raise BadFile(name, "is empty")
    if data.startswith(_OLE):
        raise BadFile(name, _ole_in_words(data))
    kind = "xlsx" if data.startswith(_ZIP) else "csv"
    if kind == "xlsx":
        _refuse_parts(data, name, limits)
    _refuse_wrong_name(name, kind)
    return kind


def _ole_in_words(data: bytes) -> str:
    """Office puts an encrypted workbook into the container of its old formats."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is encrypted: open it with its password, save it without one and bring that copy"
    if "VBA".encode("utf-16-le") in data:
        return "is an old Excel workbook with macros (.xls); save it as .xlsx first"
    return "is an old Excel workbook (.xls); save it as .xlsx or CSV first"


def _refuse_parts(data: bytes, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {part.filename.casefold(): part for part in packed.infolist()}
            _refuse_other_kinds(packed, parts, name)
            unpacked = sum(part.file_size for part in parts.values())
            if unpacked > limits.unpacked or any(_is_bomb(part, limits) for part in parts.values()):
                raise BadFile(name, "is far larger unpacked than a table should be")
            _refuse_definitions(packed, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, KeyError) as error:
        raise BadFile(
            name, "is not a spreadsheet that can be opened (.xlsx): it is damaged or something else"
        ) from error


def _refuse_other_kinds(packed: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> None:
    if any(part.flag_bits & 1 for part in parts.values()):
        raise BadFile(name, "is encrypted; unpack it with its password first")
    if any(part.endswith("vbaproject.bin") or "macrosheets/" in part for part in parts):
        raise BadFile(name, "has macros in it: save it as .xlsx without them and bring that copy")
    if any(part.endswith("workbook.bin") for part in parts):
        raise BadFile(name, "is a binary workbook (.xlsb); save it as .xlsx first")
    if "mimetype" in parts:
        raise BadFile(name, "is an OpenDocument file; save it as .xlsx or CSV first")
    if "word/document.xml" in parts or "ppt/presentation.xml" in parts:
        raise BadFile(name, "is a document and not a spreadsheet")
    if "[content_types].xml" not in parts:
        raise BadFile(name, "is a zip file and not a spreadsheet; unpack it first")
    types = parts["[content_types].xml"]
    if types.file_size < _MB and b"macroenabled" in packed.read(types).lower():
        raise BadFile(name, "is made for macros (.xlsm): save it as .xlsx and bring that copy")


def _is_bomb(part: zipfile.ZipInfo, limits: Limits) -> bool:
    return part.file_size > _LARGE_PART and part.file_size > limits.ratio * max(1, part.compress_size)


def _refuse_definitions(packed: zipfile.ZipFile, name: str) -> None:
    """No spreadsheet program writes a document type; with one, a small part can grow without end."""
    for part in packed.infolist():
        if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
            with packed.open(part) as opened:
                start = opened.read(2048)
            if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise BadFile(name, "holds definitions that no spreadsheet program writes, so it is not opened")


def _refuse_wrong_name(name: str, kind: str) -> None:
    ending = PurePath(name).suffix.casefold()
    if ending in {".xlsm", ".xltm", ".xlam"}:
        raise BadFile(name, "is named as a workbook with macros (.xlsm): save it as .xlsx and bring that copy")
    if ending in _ENDINGS[kind]:
        return
    if kind == "xlsx":
        raise BadFile(name, f"is named {ending} but is an .xlsx workbook inside; name it for what it is")
    if ending in _SPREADSHEETS:
        raise BadFile(name, f"is named {ending} but is not a spreadsheet inside")
    raise BadFile(name, f"is named {ending}, which is neither a workbook (.xlsx) nor a table as text (.csv)")


_PROTECTED = re.compile(rb"<(?:\w+:)?workbookProtection\b[^>]*\b(?:lockStructure|lockWindows|workbookPassword)")


def refuse_protected(packed: zipfile.ZipFile, name: str) -> None:
    with packed.open("xl/workbook.xml") as part:
        if _PROTECTED.search(part.read(_MB)):
            raise BadFile(name, "is protected: take the protection of the workbook off and bring that copy")
