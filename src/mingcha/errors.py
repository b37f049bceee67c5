"""Everything that can go wrong, said in the words of the trade; a class's docstring is its English message.

Messages are templates over the facts given (those in words are `Words`), so that both languages always say the same; doors translate classes to
exit codes and status codes, this file knows neither.
"""

from typing import ClassVar

from mingcha.model.words import Words


class MingchaError(Exception):
    """Something went wrong."""

    zh: ClassVar[str] = "出错了。"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.say("en"))

    def say(self, locale: str) -> str:
        """The message in `zh` (Chinese) or any other locale (English)."""
        template = self.zh if locale.startswith("zh") else (type(self).__doc__ or "").strip()
        facts = {name: fact.say(locale) if isinstance(fact, Words) else fact for name, fact in self.facts.items()}
        return template.format(**facts)


class InputError(MingchaError):
    """{where}: {found!r} is not {expected}."""

    zh = "{where}：{found!r} 不符合要求，应为{expected}。"


class UnreadableFile(MingchaError):
    """{file}: this file cannot be read ({why})."""

    zh = "{file}：无法读取该文件（{why}）。"


class NotInstalled(MingchaError):
    """{what} needs an extra that is not installed: pip install mingcha[{extra}]."""

    zh = "{what}需要另行安装：pip install mingcha[{extra}]。"


class NoProgram(NotInstalled):
    """{what} needs the program {program}, which cannot be used here: {how}."""

    zh = "{what}需要程序 {program}，本机无法使用：{how}。"


class NotFound(MingchaError):
    """There is no {what} {which!r} here."""

    zh = "没有找到{what} {which!r}。"


class NotPermitted(MingchaError):
    """{actor} may not {verb}: {why}."""

    zh = "{actor} 无权{verb}：{why}。"


class OutOfOrder(MingchaError):
    """{what} cannot happen now: {why}."""

    zh = "现在不能{what}：{why}。"


class LetterRefused(MingchaError):
    """This letter cannot be an answer: {why}."""

    zh = "此信不能作为答复：{why}。"


class NotSent(MingchaError):
    """The mail was not sent: {why}."""

    zh = "邮件未发出：{why}。"


class MaybeSent(MingchaError):
    """The connection ended before the mail server said whether it took the mail ({why}): find out before sending it again."""

    zh = "邮件服务器尚未答复是否收下邮件，连接即告中断（{why}）：请先查明，再决定是否重发。"


class NotStamped(MingchaError):
    """No time-stamp was given: {why}."""

    zh = "没有取得时间戳：{why}。"


class BrokenSeal(MingchaError):
    """The {chain} chain is broken at record {seq}: {why}."""

    zh = "{chain} 链在第 {seq} 条记录处断裂：{why}。"


class ExhibitChanged(MingchaError):
    """Exhibit {exhibit} is not what was kept: {why}."""

    zh = "证据 {exhibit} 与保存时不符：{why}。"


class ExhibitMissing(ExhibitChanged):
    """Exhibit {exhibit} is not where it was kept: {why}."""

    zh = "证据 {exhibit} 不在原处：{why}。"


class KeyTrouble(MingchaError):
    """The keys cannot be used: {why}."""

    zh = "密钥不可用：{why}。"


class BadStandard(MingchaError):
    """The standard {which} is not usable: {why}."""

    zh = "标准文件 {which} 不可用：{why}。"


class BelowFloor(MingchaError):
    """The scheme {scheme} goes below a floor of the ten laws: {why}."""

    zh = "方案 {scheme} 低于十条铁律的底线：{why}。"


class StoreTrouble(MingchaError):
    """The store refused ({why}); nothing of this act was kept."""

    zh = "存储拒绝了操作（{why}）；本次操作未留下任何内容。"


class Busy(StoreTrouble):
    """Somebody else is writing and nothing of this act was kept; try again in a moment."""

    zh = "另一方正在写入，本次操作未留下任何内容；请稍后重试。"
