"""Keys and backups: the files are moved by their adapter; whether one may, and that it was done, is decided and sealed here."""

from mingcha.actions.deps import Deps
from mingcha.actions.permit import may
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.model.actor import Actor


def manage_keys(deps: Deps | None, actor: Actor, act: str) -> None:
    """Permit an act on the key file and seal it; without deps (no workspace yet, nothing to seal) permit alone."""
    may(actor, "manage_keys")
    _seal(deps, actor, act)


def copy_house(deps: Deps | None, actor: Actor, act: str) -> None:
    """Permit a backup or a restore, and seal it where there is a workspace."""
    may(actor, "backup")
    _seal(deps, actor, act)


def _seal(deps: Deps | None, actor: Actor, act: str) -> None:
    if deps is not None:
        with deps.store.write() as work:
            seal_act(deps, work, ACCESS, actor, {"act": act})
