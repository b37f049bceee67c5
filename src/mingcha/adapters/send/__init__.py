"""Letters by e-mail: TLS with the certificate checked, a letter goes to everybody it is for or to nobody."""

from mingcha.adapters.send.smtp import Smtp

__all__ = ["Smtp"]
