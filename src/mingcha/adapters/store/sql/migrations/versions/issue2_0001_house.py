"""The house as issue 2 built it: records, desk, chains, indexes, people, jobs, search. Never edited once released."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "issue2_0001_house"
down_revision = None
branch_labels = None
depends_on = None

Kind = sa.types.TypeEngine[Any]
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.BigInteger()
INT, BYTES, DAY, FLAG = sa.Integer(), sa.LargeBinary(), sa.Date(), sa.Boolean()
OPEN = sa.text("state = 'open'")
FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_docs', content_rowid='id', detail=none,"
        " columnsize=0, tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\")",
    ),
    "postgresql": ("CREATE INDEX search_index ON search_docs USING gin (string_to_array(btrim(words, ' '), ' '))",),
}


def _must(type_: Kind, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, type_, nullable=False) for name in names]


def _may(type_: Kind, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, type_) for name in names]


def _key(type_: Kind, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, type_, primary_key=True, autoincrement=False) for name in names]


def upgrade() -> None:
    """Make all tables."""
    _facts()
    _desk()
    _indexes()
    _people()
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


def _facts() -> None:
    op.create_table(
        "records",
        *_key(BIG, "seq"),
        *_must(TEXT, "id", "kind"),
        *_must(INT, "version"),
        *_must(TEXT, "batch", "source_system"),
        *_must(INT, "row_number"),
        *_must(TEXT, "row_digest"),
        *_may(TEXT, "text_digest"),
        *_must(TEXT, "commitment"),
        *_must(TIME, "recorded_at"),
        *_may(TIME, "erased_at"),
        *_may(BIG, "superseded_by"),
        *_must(BYTES, "wrapped", "body"),
        sa.UniqueConstraint("id", "version", name="uq_records_version"),
    )
    op.create_index("ix_records_kind", "records", ["kind", "seq", "superseded_by", "id"])
    op.create_index("ix_records_batch", "records", ["batch", "seq"])
    op.create_index("ix_records_text", "records", ["text_digest"])
    op.create_table(
        "slots",
        *_key(INT, "slot"),
        *_must(TEXT, "kind", "field"),
        sa.UniqueConstraint("kind", "field", name="uq_slots_field"),
    )
    op.create_table(
        "tokens",
        sa.Column("seq", BIG, sa.ForeignKey("records.seq"), primary_key=True, autoincrement=False),
        sa.Column("slot", INT, sa.ForeignKey("slots.slot"), primary_key=True, autoincrement=False),
        *_key(TEXT, "token"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tokens_token", "tokens", ["token", "slot"])
    op.create_table(
        "batches",
        *_key(BIG, "number"),
        sa.Column("id", TEXT, nullable=False, unique=True),
        *_must(TEXT, "kind", "source_system", "file_digest", "file_name"),
        *_must(INT, "rows", "taken", "unchanged", "amended", "rejected", "repair"),
        *_must(TEXT, "by"),
        *_must(TIME, "at"),
    )
    op.create_table(
        "links",
        *_key(TEXT, "chain"),
        *_key(BIG, "seq"),
        *_must(TIME, "at"),
        *_must(BYTES, "payload"),
        *_must(TEXT, "previous", "hash"),
    )


def _desk() -> None:
    op.create_table(
        "desk",
        *_key(TEXT, "complaint"),
        *_must(TIME, "received_at"),
        *_may(TEXT, "channel", "product"),
        *_must(TEXT, "licence", "matter"),
        *_must(DAY, "due", "first_due", "nearest"),
        *_must(INT, "lane"),
        *_must(TEXT, "state"),
        *_must(FLAG, "unread_clock", "merit_decided", "concluded"),
        *_may(TEXT, "assigned_to"),
    )
    op.create_index("ix_desk_queue", "desk", ["lane", "nearest", "complaint"])
    op.create_table(
        "assessments",
        *_key(BIG, "number"),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("complaint", TEXT, nullable=False, index=True),
        *_must(sa.BigInteger(), "as_of_seq"),
        *_must(TIME, "made_at"),
        *_must(TEXT, "digest", "label"),
        *_may(TEXT, "campaign", "group"),
        *_must(BYTES, "wrapped", "body"),
    )
    op.create_table("newest_assessments", *_key(TEXT, "complaint"), *_must(BIG, "number"), *_must(TEXT, "label"))
    op.create_table(
        "decisions",
        *_key(BIG, "number"),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("complaint", TEXT, nullable=False, index=True),
        *_must(TEXT, "stage", "verdict", "grievances", "reason"),
        *_may(TEXT, "clause"),
        *_must(TEXT, "by"),
        *_must(TIME, "at"),
        *_may(TEXT, "second", "undoes", "confirms"),
    )
    op.create_table(
        "clock_events",
        *_key(BIG, "number"),
        sa.Column("complaint", TEXT, nullable=False, index=True),
        *_must(BIG, "seq"),
        *_must(TEXT, "kind"),
        *_must(TIME, "at"),
        *_may(TEXT, "document"),
        *_must(TEXT, "by"),
        *_may(TEXT, "approver_rank"),
        *_may(TIME, "notified_at"),
        *_may(DAY, "until"),
        *_may(TEXT, "new_passage", "contacted_first_by"),
    )


def _indexes() -> None:
    op.create_table("sketches", *_key(TEXT, "complaint"), *_must(TEXT, "scheme"), *_must(BYTES, "hashes"))
    op.create_table(
        "memberships",
        *_key(TEXT, "complaint"),
        sa.Column("family", TEXT, nullable=False, index=True),
        *_must(FLAG, "representative"),
        *_must(INT, "similarity"),
    )
    op.create_table("families", *_key(TEXT, "family"), *_must(INT, "similarity_min"))
    op.create_table("summaries", *_key(TEXT, "kind", "id"), *_must(BYTES, "body"))
    op.create_table(
        "search_docs",
        *_key(BIG, "id"),
        sa.Column("complaint", TEXT, nullable=False, unique=True),
        *_must(TEXT, "words"),
    )


def _people() -> None:
    op.create_table(
        "people",
        *_key(TEXT, "name"),
        *_must(sa.JSON(), "roles"),
        *_may(TEXT, "reports_to", "password"),
        *_must(INT, "failures"),
        *_may(TIME, "locked_until"),
        *_must(FLAG, "disabled"),
    )
    op.create_table(
        "access_tokens", *_key(TEXT, "digest"), *_must(TEXT, "account", "purpose", "kind"), *_must(TIME, "expires_at")
    )
    op.create_table(
        "jobs",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        *_must(TEXT, "name", "key"),
        *_must(BYTES, "payload"),
        *_must(TIME, "due_at"),
        *_must(INT, "attempts"),
        *_may(TIME, "leased_until"),
        *_must(TEXT, "state"),
        *_may(TEXT, "error"),
    )
    op.create_index("ix_jobs_key", "jobs", ["key"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_jobs_due", "jobs", ["due_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
