"""What a share text or a link of a platform says: which platform, which work, whose, when; nothing is fetched.

Short links say only that they are one. Ids of two platforms carry their own time: a Douyin work id holds the second it was
made in its upper 32 bits, a Xiaohongshu note id in its first eight hex digits (both as seen; a person checks before it counts).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Platform(StrEnum):
    """The platforms whose share texts are known. The codes are stable and public."""

    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    XIAOHONGSHU = "xiaohongshu"
    WECHAT = "wechat"


PLATFORM_NAMES: dict[Platform, str] = {
    Platform.DOUYIN: "抖音",
    Platform.KUAISHOU: "快手",
    Platform.XIAOHONGSHU: "小红书",
    Platform.WECHAT: "微信",
}  # as ad monitors write them in their sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share text read: `made_at` is what the work's id itself says, `author` an id or a name as the text gives it."""

    platform: Platform
    url: str
    short: bool
    work: str | None = None
    author: str | None = None
    made_at: datetime | None = None
    title: str | None = None


URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
HOSTS: tuple[tuple[Platform, "re.Pattern[str]"], ...] = (
    (Platform.DOUYIN, re.compile(r"(?:^|\.)(?:douyin|iesdouyin)\.com$")),
    (Platform.KUAISHOU, re.compile(r"(?:^|\.)(?:kuaishou|chenzhongtech|gifshow)\.com$")),
    (Platform.XIAOHONGSHU, re.compile(r"(?:^|\.)(?:xiaohongshu\.com|xhslink\.com)$")),
    (Platform.WECHAT, re.compile(r"^(?:mp|channels|weixin)\.(?:weixin\.qq|qq)\.com$")),
)
SHORT = frozenset({"v.douyin.com", "v.kuaishou.com", "xhslink.com"})
WORK: tuple[tuple[Platform, "re.Pattern[str]"], ...] = (
    (
        Platform.DOUYIN,
        re.compile(r"/(?:video|note|share/video)/(?P<work>[0-9]{15,20})|modal_id=(?P<modal>[0-9]{15,20})"),
    ),
    (Platform.KUAISHOU, re.compile(r"/(?:short-video|fw/photo)/(?P<work>[A-Za-z0-9]{8,24})")),
    (Platform.XIAOHONGSHU, re.compile(r"/(?:explore|discovery/item)/(?P<work>[0-9a-f]{24})")),
    (Platform.WECHAT, re.compile(r"/s/(?P<work>[A-Za-z0-9_-]{16,32})|[?&]sn=(?P<sn>[0-9a-f]{32})")),
)
AUTHOR = re.compile(
    r"/user/(?:profile/)?(?P<user>[A-Za-z0-9_-]{6,80})|/profile/(?P<profile>[A-Za-z0-9_-]{6,40})|[?&]__biz=(?P<biz>[A-Za-z0-9%=]{8,40})"
)
NAMED = re.compile(
    r"看看【(?P<douyin>[^】]{1,40}?)的(?:作品|图文作品|直播)】|(?:^|[\s\d])(?P<xhs>[^\s\d][^\s]{0,30}?)发布了一篇小红书笔记|【(?P<title>[^】]{2,80})】"
)
EARLIEST, LATEST = datetime(2013, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def read_share(text: str) -> tuple[Share, ...]:
    """Each link of a known platform in a text, in order, once.

    >>> [(one.platform.value, one.short) for one in read_share("7.43 复制打开抖音，看看【某某的作品】… https://v.douyin.com/AbCd12/ 03/14")]
    [('douyin', True)]
    """
    found: dict[str, Share] = {}
    named = NAMED.search(text)
    for match in URL.finditer(text):
        url = match.group().rstrip(".,;:!?'()")
        host = url.split("/")[2].rsplit("@", 1)[-1].split(":")[0].lower()
        platform = next((one for one, known in HOSTS if known.search(host)), None)
        if platform is not None:
            found.setdefault(url, _share(platform, url, host in SHORT, named))
    return tuple(found.values())


def _share(platform: Platform, url: str, short: bool, named: "re.Match[str] | None") -> Share:
    pattern = next(pattern for one, pattern in WORK if one is platform)
    work = _first(pattern.search(url))
    author = _first(AUTHOR.search(url)) or (named and (named["douyin"] or named["xhs"])) or None
    return Share(
        platform=platform,
        url=url,
        short=short,
        work=work,
        author=author,
        made_at=_made(platform, work),
        title=named["title"] if named else None,
    )


def _first(match: "re.Match[str] | None") -> str | None:
    return next((group for group in match.groups() if group), None) if match else None


def _made(platform: Platform, work: str | None) -> datetime | None:
    """When a work was made by its own id; None where an id says nothing, or nothing that can be."""
    if work is None or platform not in (Platform.DOUYIN, Platform.XIAOHONGSHU):
        return None
    seconds = int(work) >> 32 if platform is Platform.DOUYIN else int(work[:8], 16)
    made = datetime.fromtimestamp(seconds, UTC) if seconds < LATEST.timestamp() else LATEST
    return made if EARLIEST < made < LATEST else None
