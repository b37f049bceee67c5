"""Captures that the tests make themselves; all of it is invented."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

AD = "专业停息挂账，不成功不收费，加微信 zhang_demo88"
PAGE = f"<html><title>示例</title><p>{AD}</p><script>fetch('//evil')</script></html>".encode()
DATE = "2026-03-01T02:03:04Z"
HTML = ("Content-Type", "text/html; charset=utf-8")


def response(
    uri: str = "https://shop.example/ad/1",
    body: bytes = PAGE,
    *headers: tuple[str, str],
    status: str = "200 OK",
    packed: bool = True,
    kind: str = "response",
) -> bytes:
    """One record of a WARC."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    http = StatusAndHeaders(status, list(headers or (HTML,)), protocol="HTTP/1.1") if kind != "resource" else None
    about = {"WARC-Date": DATE}
    content_type = (headers or (HTML,))[0][1] if kind == "resource" else None
    writer.write_record(
        writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict=about,
            warc_content_type=content_type or "",
        )
    )
    return out.getvalue()


def wacz(path: Path, *archives: tuple[str, bytes], stated: dict[str, bytes] | None = None, listed: bool = True) -> Path:
    """A WACZ of archives; `stated` are bytes whose digests datapackage.json gives instead."""
    with zipfile.ZipFile(path, "w") as zip_:
        for name, data in archives:
            zip_.writestr(name, data)
        if listed:
            said = dict(archives) | (stated or {})
            rows = [
                {"name": n, "path": n, "hash": f"sha256:{sha256(d).hexdigest()}", "bytes": len(d)}
                for n, d in said.items()
            ]
            zip_.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": rows}))
    return path
