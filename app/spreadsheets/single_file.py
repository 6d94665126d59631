"""The pages in a "single file web page" (MHTML), which Excel saves under .mht and portals .xls."""

import binascii
import re
from collections.abc import Iterator

_START = 4096
_BOUNDARY = re.compile(rb'boundary\s*=\s*"?([^"\s;]{1,200})', re.IGNORECASE)
_HEADS = re.compile(rb"\A\s*(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+", re.ASCII)
_ENCODED = re.compile(rb"^content-transfer-encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_PAGE = re.compile(rb"^content-type:\s*text/html", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS = 2_000


def is_single_file(data: bytes) -> bool:
    """Whether a file begins as MHTML."""
    start = data[:_START]
    return b"mime-version" in start.lower() and bool(_HEADS.match(start))


def pages_of(data: bytes) -> Iterator[bytes]:
    """The pages of HTML in a file, in their order."""
    boundary = _BOUNDARY.search(data[:_START])
    parts = data.split(b"--" + boundary[1], _MOST_PARTS) if boundary else [data]
    for part in parts:
        heads = _HEADS.match(part[:_START])
        if heads and _PAGE.search(heads[0]):
            encoded = _ENCODED.search(heads[0])
            yield _plain(part[heads.end() :], encoded[1].lower() if encoded else b"")


def _plain(body: bytes, encoding: bytes) -> bytes:
    """A body as it was before it was written in plain letters."""
    if encoding == b"quoted-printable":
        return binascii.a2b_qp(body)
    if encoding == b"base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            return b""
    return body
