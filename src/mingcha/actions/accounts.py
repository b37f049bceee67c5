"""Local accounts: one-time set-up links, sign-in with lock-out, sessions bound to one purpose; no default password."""

from dataclasses import replace
from datetime import datetime, timedelta

from mingcha.actions.deps import Deps
from mingcha.actions.permit import may, refused
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import ACCESS, seal_act
from mingcha.errors import InputError, NotFound, NotPermitted
from mingcha.model.actor import Actor, Purpose, Role
from mingcha.model.people import Line, Person, Token
from mingcha.model.words import Words
from mingcha.text.named import LEAST

SESSION = timedelta(hours=10)
SETUP = timedelta(hours=24)
MIN_PASSWORD = 12
FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
FIRST_ADMIN = "admin"
ACT = Words("操作", "act")

NOWHERE = Line()
HOUSE = Actor(name="house", roles=frozenset({Role.ADMIN}), purpose=Purpose.ADMINISTRATION)


def setup_link(deps: Deps) -> str | None:
    """A one-time token to set the first administrator's password; None once anybody has a password."""
    with deps.store.write() as work:
        if any(person.password for person in work.accounts.all()):
            return None
        work.accounts.put(_person(FIRST_ADMIN, (Role.ADMIN.value,), None))
        return _invite(deps, work, HOUSE, FIRST_ADMIN)


def create_account(
    deps: Deps, actor: Actor, name: str, roles: tuple[Role, ...], reports_to: str | None, line: Line = NOWHERE
) -> str:
    """Make an account and return its one-time set-up token. An administrator can hold no other role.

    `line`: where they stand and what names them; what names them never reaches them, see `recusal`.
    """
    may(actor, "manage_accounts")
    if not name.strip() or not roles:
        raise InputError(
            where="account", found=name, expected=Words("名称和至少一个角色", "a name and at least one role")
        )
    if Role.ADMIN in roles and len(roles) > 1:
        raise refused(
            actor.name, "manage_accounts", Words("管理员不能查看投诉", "an administrator reads no complaints")
        )
    with deps.store.write() as work:
        if work.accounts.get(name):
            raise InputError(where="account", found=name, expected=Words("尚未使用的名称", "a name that is not taken"))
        if reports_to is not None and work.accounts.get(reports_to) is None:
            raise NotFound(what=Words("账号", "account"), which=reports_to)
        person = _person(name, tuple(sorted(role.value for role in roles)), reports_to)
        work.accounts.put(person)
        if line != NOWHERE:
            _keep_line(deps, work, actor, person, line)
        return _invite(deps, work, actor, name)


def set_line(deps: Deps, actor: Actor, name: str, line: Line) -> None:
    """Say where somebody stands, and by which names a complaint may name them: full name, staff number, agency. Sealed."""
    may(actor, "manage_accounts")
    with deps.store.write() as work:
        _keep_line(deps, work, actor, _get(work, name), line)


def _keep_line(deps: Deps, work: Work, actor: Actor, person: Person, line: Line) -> None:
    names = tuple(dict.fromkeys(name.strip() for name in (*line.known_as, *([line.unit] if line.unit else []))))
    short = [name for name in names if len(name) < LEAST]
    if short:
        expected = Words(f"每个名称至少{LEAST}个字符", f"names of at least {LEAST} characters")
        raise InputError(where="known_as", found=short[0], expected=expected)
    work.accounts.put(replace(person, unit=line.unit, known_as=names))
    digest = deps.keys.digest("known_as", "\n".join(names).encode())
    seal_act(
        deps, work, ACCESS, actor, {"act": "known_as", "account": person.name, "names": len(names), "digest": digest}
    )


def disable_account(deps: Deps, actor: Actor, name: str) -> None:
    """Shut an account; what it did stays."""
    may(actor, "manage_accounts")
    with deps.store.write() as work:
        person = _get(work, name)
        work.accounts.put(replace(person, disabled=True))
        seal_act(deps, work, ACCESS, actor, {"act": "disable_account", "account": name})


def set_password(deps: Deps, token: str, password: str) -> str:
    """Redeem a one-time token; returns the account's name. The token is gone afterwards."""
    if len(password) < MIN_PASSWORD:
        raise InputError(
            where="password",
            found="…",
            expected=Words(f"至少 {MIN_PASSWORD} 个字符", f"at least {MIN_PASSWORD} characters"),
        )
    with deps.store.write() as work:
        held = _live(deps, work, token, "setup")
        person = _get(work, held.account)
        work.accounts.drop_token(held.digest)
        hashed = deps.signin.hash_password(password)
        work.accounts.put(replace(person, password=hashed, failures=0, locked_until=None))
        seal_act(deps, work, ACCESS, _actor(person, held.purpose), {"act": "set_password", "account": person.name})
    return person.name


def sign_in(deps: Deps, name: str, password: str, purpose: Purpose) -> str:
    """A session token for one purpose. Wrong names and wrong passwords look and last the same; five misses lock."""
    ok = False
    nobodys = deps.signin.decoy()  # before anything is known of the name
    with deps.store.write() as work:
        person = work.accounts.get(name)
        hashed = person.password if person and person.password else nobodys
        right = deps.signin.verify_password(hashed, password)
        if person is not None:
            locked = person.locked_until is not None and person.locked_until > deps.now()
            ok = right and bool(person.password) and not person.disabled and not locked
            _count(deps, work, person, ok=ok, locked=locked)
        seal_act(deps, work, ACCESS, HOUSE, {"act": "sign_in", "account": name if person else "", "ok": int(ok)})
        if ok and person is not None:
            clear, digest = deps.signin.new_token()
            work.accounts.put_token(
                Token(
                    digest=digest, account=name, purpose=purpose.value, kind="session", expires_at=deps.now() + SESSION
                )
            )
    if not ok:
        raise NotPermitted(
            actor=name,
            verb=Words("登录", "sign in"),
            why=Words("名称或口令不对，或账号已锁定", "the name or password is wrong, or the account is locked"),
        )
    return clear


def vouched(deps: Deps, name: str, password: str, purpose: Purpose) -> Actor:
    """Somebody proves who they are for one act beside another person: signed in as ever, the session dropped at once."""
    token = sign_in(deps, name, password, purpose)
    try:
        return actor_of(deps, token)
    finally:
        sign_out(deps, token)


def sign_out(deps: Deps, token: str) -> None:
    """End a session."""
    with deps.store.write() as work:
        work.accounts.drop_token(deps.signin.digest(token))


def actor_of(deps: Deps, token: str) -> Actor:
    """Who holds a session token, for the purpose it was made for."""
    with deps.store.read() as work:
        held = _live(deps, work, token, "session")
        person = _get(work, held.account)
    if person.disabled:
        raise NotPermitted(actor=person.name, verb=ACT, why=Words("账号已停用", "the account is disabled"))
    return _actor(person, held.purpose)


def _live(deps: Deps, work: Work, token: str, kind: str) -> Token:
    held = work.accounts.token(deps.signin.digest(token))
    if held is None or held.kind != kind or held.expires_at <= deps.now():
        raise NotPermitted(
            actor="?", verb=ACT, why=Words("令牌不存在、已使用或已过期", "the token is unknown, used or expired")
        )
    return held


def _count(deps: Deps, work: Work, person: Person, *, ok: bool, locked: bool) -> None:
    if ok:
        work.accounts.put(replace(person, failures=0, locked_until=None))
    elif not locked:
        failures = person.failures + 1
        work.accounts.put(replace(person, failures=failures, locked_until=lock_until(failures, deps.now())))


def lock_until(failures: int, now: datetime) -> datetime | None:
    """No lock for the first misses, then a quarter of an hour, doubling up to a day."""
    if failures < FREE_TRIES:
        return None
    doublings: int = min(failures - FREE_TRIES, 10)
    return now + min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def _invite(deps: Deps, work: Work, actor: Actor, name: str) -> str:
    clear, digest = deps.signin.new_token()
    purpose = Purpose.ADMINISTRATION.value
    work.accounts.put_token(
        Token(digest=digest, account=name, purpose=purpose, kind="setup", expires_at=deps.now() + SETUP)
    )
    seal_act(deps, work, ACCESS, actor, {"act": "invite", "account": name})
    return clear


def _person(name: str, roles: tuple[str, ...], reports_to: str | None) -> Person:
    return Person(
        name=name, roles=roles, reports_to=reports_to, password=None, failures=0, locked_until=None, disabled=False
    )


def _get(work: Work, name: str) -> Person:
    person = work.accounts.get(name)
    if person is None:
        raise NotFound(what=Words("账号", "account"), which=name)
    return person


def _actor(person: Person, purpose: str) -> Actor:
    return Actor(name=person.name, roles=frozenset(Role(role) for role in person.roles), purpose=Purpose(purpose))


def list_accounts(deps: Deps, actor: Actor) -> tuple[Person, ...]:
    """All accounts, for whoever manages them."""
    may(actor, "manage_accounts")
    with deps.store.read() as work:
        return tuple(work.accounts.all())


def renew_link(deps: Deps, actor: Actor, name: str) -> str:
    """A fresh one-time set-up token for an account that is not disabled; its old password works until it is redeemed."""
    may(actor, "manage_accounts")
    with deps.store.write() as work:
        if _get(work, name).disabled:
            raise NotPermitted(
                actor=name, verb=Words("设置口令", "set a password"), why=Words("账号已停用", "the account is disabled")
            )
        return _invite(deps, work, actor, name)
