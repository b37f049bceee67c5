"""Sending by SMTP, every step by hand: until the last answer a letter is not sent, and after its last byte it may have been.

Errors say what the server said, and never the user or the password.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from mingcha.adapters.send.message import message, one_line, wire
from mingcha.errors import MaybeSent, NotSent
from mingcha.model.mail import Letter, MailServer, Tls
from mingcha.model.words import Words

WAIT = 60.0  # seconds for any one answer
SAID = 200  # characters kept of what a server says
Reply = tuple[int, bytes]


class Smtp:
    """Letters by one mail server."""

    def __init__(self, server: MailServer, wait: float = WAIT) -> None:
        self._server, self._wait = server, wait

    @property
    def sender(self) -> str:
        """The address letters come from."""
        return self._server.sender

    def send(self, letter: Letter) -> str:
        """What the server said when it took a letter for everybody it is for; NotSent, or MaybeSent when that is not known."""
        body = message(letter, self.sender)
        with _troubles(), self._open() as line:
            self._announce(line, letter, body)
            _expect(line.docmd("DATA"), 354)
            return _hand_over(line, body)

    @contextmanager
    def _open(self) -> Iterator[smtplib.SMTP]:
        """A connection, protected, signed in; what is wrong with ending it changes nothing any more."""
        server, us = self._server, wire(self.sender).rpartition("@")[2]
        safe = server.tls is Tls.WRAPPED
        if safe:
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, us, timeout=self._wait, context=self._checked()
            )
        else:
            line = smtplib.SMTP(server.host, server.port, us, timeout=self._wait)
        try:
            line.ehlo_or_helo_if_needed()
            if server.tls is Tls.STARTTLS or (server.user and not safe and line.has_extn("starttls")):
                line.starttls(context=self._checked())
                line.ehlo()
                safe = True
            self._sign_in(line, safe=safe)
            yield line
            with suppress(OSError, smtplib.SMTPException):
                line.quit()
        finally:
            line.close()

    def _checked(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._server.authority is not None:
            context.load_verify_locations(cafile=self._server.authority)
        return context

    def _sign_in(self, line: smtplib.SMTP, *, safe: bool) -> None:
        if self._server.user is None or self._server.password is None:
            return
        if not safe:
            raise NotSent(
                why=Words("该服务器不支持 TLS，不向其提交口令", "without TLS the server is given no password")
            )
        line.login(self._server.user, self._server.password)

    def _announce(self, line: smtplib.SMTP, letter: Letter, body: bytes) -> None:
        """Who it is from and for; NotSent when one of them is refused: then nobody gets it."""
        most = line.esmtp_features.get("size", "")
        if most.isdigit() and 0 < int(most) < len(body):
            raise NotSent(
                why=Words(
                    f"邮件 {len(body):,} 字节，服务器最多收 {int(most):,} 字节",
                    f"it has {len(body):,} bytes, the server takes {int(most):,}",
                )
            )
        names = [wire(one) for one in (self.sender, *letter.to)]
        unicode = not all(one.isascii() for one in names)
        if unicode and not line.has_extn("smtputf8"):
            raise NotSent(
                why=Words(
                    "服务器不接受含非 ASCII 字符的地址", "the server takes no address with other than ASCII characters"
                )
            )
        told = [f"size={len(body)}"] if "size" in line.esmtp_features else []
        _expect(line.mail(names[0], [*told, "SMTPUTF8"] if unicode else told), 250)
        for name in names[1:]:
            _expect(line.rcpt(name), 250, 251, of=name)


def _hand_over(line: smtplib.SMTP, body: bytes) -> str:
    """Send the last byte and hear what is said; from the first byte on nobody knows whether it was taken but by the answer."""
    stuffed = re.sub(rb"(?m)^\.", b"..", body)
    end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        line.send(stuffed + end)
        reply = line.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise MaybeSent(why=type(error).__name__) from None
    if not 200 <= reply[0] < 600:
        raise MaybeSent(why=_said(reply))
    _expect(reply, 250)
    return _said(reply)


def _expect(reply: Reply, *codes: int, of: str = "") -> None:
    code, said = reply[0], _said(reply)
    if code in codes:
        return
    whom = f"{of}: " if of else ""
    if 400 <= code < 500:
        raise NotSent(
            why=Words(f"{whom}服务器暂缓接收，稍后可重试（{said}）", f"{whom}the server defers it, try later ({said})")
        )
    if code == 552:
        raise NotSent(
            why=Words(f"{whom}邮件过大或收件箱已满（{said}）", f"{whom}too large, or the mailbox is full ({said})")
        )
    raise NotSent(why=Words(f"{whom}服务器拒收（{said}）", f"{whom}the server refuses it ({said})"))


def _said(reply: Reply) -> str:
    return one_line(f"{reply[0]} {reply[1].decode('utf-8', 'replace')}")[:SAID]


@contextmanager
def _troubles() -> Iterator[None]:
    """Whatever ends a connection before the letter was handed over, as NotSent in words."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        why = Words(
            f"服务器证书未通过校验：{error.verify_message}", f"its certificate does not hold: {error.verify_message}"
        )
    except ssl.SSLError as error:
        why = Words(f"TLS 连接失败（{error.reason}）", f"TLS failed ({error.reason})")
    except smtplib.SMTPAuthenticationError as error:
        why = Words(
            f"服务器不接受用户名或口令（{error.smtp_code}）",
            f"it takes not the user or the password ({error.smtp_code})",
        )
    except smtplib.SMTPNotSupportedError:
        why = Words("服务器不支持 TLS 或登录方式", "the server offers no TLS, or no way to sign in")
    except (OSError, smtplib.SMTPException) as error:
        why = Words(
            f"与邮件服务器的连接失败（{type(error).__name__}）",
            f"the connection to the mail server failed ({type(error).__name__})",
        )
    else:
        return
    raise NotSent(why=why)
