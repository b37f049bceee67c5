"""Health, and the catalogue the workbench draws its legends from; no personal data."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from mingcha import __version__
from mingcha.api.desk.shapes import HealthAnswer
from mingcha.detect.catalogue import CATALOGUE
from mingcha.model.assessment import LABEL_WORDS
from mingcha.model.kinds import KINDS

router = APIRouter(tags=["system"])


@router.get("/api/health")
def health() -> HealthAnswer:
    """Whether the desk answers."""
    return HealthAnswer(status="ok", version=__version__)


@router.get("/api/catalogue")
def catalogue() -> dict[str, Any]:
    """Kinds of records, detectors in reading order, and the words for suggestions; generated from the code."""
    return {
        "kinds": [{"code": k.code, "zh": k.label.zh, "en": k.label.en} for k in KINDS],
        "detectors": [
            {"code": d.code, "zh": d.label.zh, "en": d.label.en, "clause": d.clause, "side": d.side.value}
            for d in CATALOGUE
        ],
        "labels": [{"code": label.value, "zh": both.zh, "en": both.en} for label, both in LABEL_WORDS.items()],
    }


@router.get("/", include_in_schema=False)
def home() -> HTMLResponse:
    """A plain first page until the workbench is built in."""
    return HTMLResponse(HOME)


@router.get("/setup", include_in_schema=False)
def setup_page() -> HTMLResponse:
    """Where the one-time link leads: the token stays in the fragment and never reaches a log."""
    return HTMLResponse(SETUP)


_STYLE = (
    "<style>body{font:16px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem;"
    "color:#1b2530}h1{font-weight:600}a,button{color:#0b5fa5}input,button{font:inherit;padding:.4rem .6rem}</style>"
)
HOME = (
    "<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>明察 mingcha</title>"
    + _STYLE
    + "<h1>明察 mingcha</h1>"
    "<p>服务已启动。投诉按法定期限排队；先核诉求，后看代理与团伙；由人决定。</p>"
    "<p>The desk is running. Complaints queue by statutory deadline; merit first; people decide.</p>"
    "<ul><li><a href='/docs'>API 文档 / API pages</a></li><li><a href='/setup'>首次设置 / first set-up</a></li></ul></html>"
)
SETUP = (
    "<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>设置密码 set up</title>"
    + _STYLE
    + "<h1>设置密码 / Set a password</h1>"
    "<p>至少 12 个字符。链接只能用一次。/ At least 12 characters. The link works once.</p>"
    "<form id='f'><input id='p' type='password' minlength='12' required autofocus> <button>确定 / Set</button></form><p id='m'></p>"
    "<script>document.getElementById('f').onsubmit=async e=>{e.preventDefault();const r=await fetch('/api/setup',{method:'POST',"
    "headers:{'content-type':'application/json'},body:JSON.stringify({token:location.hash.slice(1),password:document.getElementById('p').value})});"
    "const b=await r.json();document.getElementById('m').textContent=r.ok?('已设置 / set: '+b.name):(b.zh+' '+b.en)}</script></html>"
)
