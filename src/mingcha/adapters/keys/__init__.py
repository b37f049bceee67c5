"""The site's keys from a file."""

from mingcha.adapters.keys.file import (
    FileKeys,
    check,
    create,
    install,
    load,
    recovery_sheet,
    restore_from_sheet,
    rotate,
)

__all__ = ["FileKeys", "check", "create", "install", "load", "recovery_sheet", "restore_from_sheet", "rotate"]
