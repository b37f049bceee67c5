"""The site's keys from an owner-only file: the suite's algorithms, the ring of secrets, the file, and its sheet of paper."""

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
