"""What is read from a page, in a world of its own where the page's scripts cannot change the answers."""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Error

WAIT = 10_000  # milliseconds that reading may take
FEW = 400  # characters beside a form that are no page of its own
READ = """
(most) => {
  // elements named like properties must not stand in their place: everything is asked by the prototypes' own getters
  const get = (kind, name, of) => Object.getOwnPropertyDescriptor(kind.prototype, name).get.call(of);
  const words_of = (one) => one instanceof HTMLElement ? get(HTMLElement, "innerText", one) : one ? get(Node, "textContent", one) : "";
  const root = get(Document, "documentElement", document), body = get(Document, "body", document);
  const type = get(Document, "doctype", document);
  const html = (type ? new XMLSerializer().serializeToString(type) + "\\n" : "") + (root ? get(Element, "outerHTML", root) : "");
  const words = words_of(body || root);
  const area = (box) => Math.max(0, Math.min(box.right, innerWidth) - Math.max(box.left, 0))
    * Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
  const covers = (field) => {
    for (let at = field; at && at !== body; at = get(Node, "parentElement", at)) {
      const style = getComputedStyle(at);
      if (["fixed", "absolute"].includes(style.position)
        && area(Element.prototype.getBoundingClientRect.call(at)) > innerWidth * innerHeight / 2) return true;
    }
    const around = field.form || get(Node, "parentElement", field);
    const middle = Document.prototype.elementFromPoint.call(document, innerWidth / 2, innerHeight / 2);
    if (around !== body && Node.prototype.contains.call(around, middle)) return true;
    return words.length - words_of(around).length < FEW;
  };
  const asked = [...Document.prototype.querySelectorAll.call(document, "input[type=password]")].filter((one) => one.checkVisibility());
  return JSON.stringify({
    html: html.slice(0, most), htmlAll: html.length,
    text: words.slice(0, most / 4), textAll: words.length,
    wall: asked.some(covers),
  });
}
""".replace("FEW", str(FEW))
LOGIN = re.compile(r"(?:^|[._/-])(?:log-?in|sign-?in|log-?on|passport|sso|authorize)(?:$|[._/-])")


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as built by the browser: its source and words, how long they are whole, and whether a log-in covers it."""

    html: str
    html_length: int
    text: str
    text_length: int
    wall: bool
    height: int  # pixels


async def read_page(session: CDPSession, frame: str, most: int) -> PageRead:
    """Read the main frame, no more than `most` characters of it."""
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "mingcha"})
    asked = {
        "expression": f"({READ})({most})",
        "contextId": world["executionContextId"],
        "returnByValue": True,
        "timeout": WAIT,
    }
    answer = await session.send("Runtime.evaluate", asked)
    if "exceptionDetails" in answer:
        raise Error("the page cannot be read")
    said: dict[str, Any] = json.loads(answer["result"]["value"])
    metrics = await session.send("Page.getLayoutMetrics")
    height = int(metrics["cssContentSize"]["height"])
    return PageRead(said["html"], said["htmlAll"], said["text"], said["textAll"], said["wall"], height)


def login_address(asked: str, ended: str) -> bool:
    """Whether one was led to where people log in."""
    return not _logs_in(asked) and _logs_in(ended)


def _logs_in(url: str) -> bool:
    parts = urlsplit(url.lower())
    return bool(LOGIN.search(f"{parts.hostname or ''}/{parts.path.strip('/')}"))
