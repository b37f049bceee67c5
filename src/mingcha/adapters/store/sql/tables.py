"""The tables of the house, for SQLite and PostgreSQL alike; ciphertext, keyed ids and tokens only.

An index stands here only where a port asks for it. Full-text tables differ between databases: their SQL is in
`search.py` and in the migration. What a newer version replaces is marked (`superseded_by`), never removed.
"""

from typing import Any

import sqlalchemy as sa

from mingcha.adapters.store.sql.types import SEQ, WORD, Moment, Said, SealedMoment

metadata = sa.MetaData()


def _some(type_: Any, *names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, type_, nullable=nullable) for name in names]


records = sa.Table(
    "records",
    metadata,
    sa.Column("seq", SEQ, primary_key=True, autoincrement=False),
    *_some(WORD, "id", "kind"),
    *_some(sa.Integer, "version"),
    *_some(WORD, "batch"),
    *_some(Said, "source_system"),
    *_some(sa.Integer, "row_number"),
    *_some(WORD, "row_digest"),
    *_some(WORD, "text_digest", nullable=True),
    *_some(WORD, "commitment"),
    *_some(Moment, "recorded_at"),
    *_some(Moment, "erased_at", nullable=True),
    *_some(SEQ, "superseded_by", nullable=True),
    *_some(sa.LargeBinary, "wrapped", "body"),
    sa.UniqueConstraint("id", "version", name="uq_records_version"),
)
sa.Index(
    "ix_records_kind", records.c.kind, records.c.seq, records.c.superseded_by, records.c.id
)  # covers tokens, counts
sa.Index("ix_records_batch", records.c.batch, records.c.seq)
sa.Index("ix_records_text", records.c.text_digest)

slots = sa.Table(  # a kind's field, named once: tokens are many
    "slots",
    metadata,
    sa.Column("slot", sa.Integer, primary_key=True, autoincrement=False),
    *_some(WORD, "kind", "field"),
    sa.UniqueConstraint("kind", "field", name="uq_slots_field"),
)
tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("seq", SEQ, sa.ForeignKey("records.seq"), primary_key=True, autoincrement=False),
    sa.Column("slot", sa.Integer, sa.ForeignKey("slots.slot"), primary_key=True, autoincrement=False),
    sa.Column("token", WORD, primary_key=True),
    sqlite_with_rowid=False,
)
sa.Index("ix_tokens_token", tokens.c.token, tokens.c.slot)

batches = sa.Table(
    "batches",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("id", WORD, nullable=False, unique=True),
    *_some(WORD, "kind"),
    *_some(Said, "source_system", "file_digest", "file_name"),
    *_some(sa.Integer, "rows", "taken", "unchanged", "amended", "rejected", "repair"),
    *_some(Said, "by"),
    *_some(Moment, "at"),
)

desk = sa.Table(
    "desk",
    metadata,
    sa.Column("complaint", WORD, primary_key=True),
    *_some(Moment, "received_at"),
    *_some(Said, "channel", "product", nullable=True),
    *_some(Said, "licence", "matter"),
    *_some(sa.Date, "due", "first_due", "nearest"),
    *_some(sa.Integer, "lane"),  # 0 for the welfare lane, 1 for the rest: the queue's order is one ascending index
    *_some(Said, "state"),
    *_some(sa.Boolean, "unread_clock", "merit_decided", "concluded"),
    *_some(Said, "assigned_to", nullable=True),
    sa.Column("reopened", sa.Boolean, nullable=False, server_default=sa.false()),  # added to tables that held rows
)
sa.Index("ix_desk_queue", desk.c.lane, desk.c.nearest, desk.c.complaint)

assessments = sa.Table(
    "assessments",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("id", WORD, nullable=False, unique=True),
    sa.Column("complaint", WORD, nullable=False, index=True),
    *_some(sa.BigInteger, "as_of_seq"),
    *_some(Moment, "made_at"),
    *_some(WORD, "digest", "label"),
    *_some(WORD, "campaign", "group", nullable=True),
    *_some(sa.LargeBinary, "wrapped", "body"),
)
newest_assessments = sa.Table(
    "newest_assessments",
    metadata,
    sa.Column("complaint", WORD, primary_key=True),
    *_some(SEQ, "number"),
    *_some(WORD, "label"),
)
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("id", WORD, nullable=False, unique=True),
    sa.Column("complaint", WORD, nullable=False, index=True),
    *_some(WORD, "stage", "verdict", "grievances"),
    *_some(Said, "reason"),
    *_some(Said, "clause", nullable=True),
    *_some(Said, "by"),
    *_some(Moment, "at"),
    *_some(Said, "second", nullable=True),
    *_some(WORD, "undoes", "confirms", nullable=True),
)
reasons = sa.Table(  # decisions of the first version hold theirs as typed
    "reasons",
    metadata,
    sa.Column("id", WORD, primary_key=True),
    sa.Column("complaint", WORD, nullable=True, index=True),
    *_some(sa.LargeBinary, "wrapped", "body"),
)
clock_events = sa.Table(
    "clock_events",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("complaint", WORD, nullable=False, index=True),
    *_some(SEQ, "seq"),
    *_some(WORD, "kind"),
    *_some(Moment, "at"),
    *_some(Said, "document", nullable=True),
    *_some(Said, "by"),
    *_some(Said, "approver_rank", nullable=True),
    *_some(Moment, "notified_at", nullable=True),
    *_some(sa.Date, "until", nullable=True),
    *_some(Said, "new_passage", "contacted_first_by", "channel", "offered", "matter", "asked", nullable=True),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("chain", WORD, primary_key=True),
    sa.Column("seq", SEQ, primary_key=True, autoincrement=False),
    *_some(SealedMoment, "at"),
    *_some(sa.LargeBinary, "payload"),
    *_some(WORD, "previous", "hash"),
)

sketches = sa.Table(
    "sketches",
    metadata,
    sa.Column("complaint", WORD, primary_key=True),
    *_some(WORD, "scheme"),
    *_some(sa.LargeBinary, "hashes", "breaks"),
)
heads = sa.Table(
    "heads",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("complaint", WORD, nullable=False, unique=True),
    *_some(WORD, "family", nullable=True),
    *_some(sa.Integer, "units", "texts", "firms", "sures", "copies", "least"),
    *_some(sa.LargeBinary, "posted"),
)
places = sa.Table(
    "places",
    metadata,
    sa.Column("complaint", WORD, primary_key=True),
    *_some(SEQ, "head"),
    *_some(WORD, "digest"),
    *_some(sa.Integer, "how", "similarity", "held"),
    *_some(sa.LargeBinary, "bits"),
)
sa.Index("ix_places_head", places.c.head, places.c.held)
sa.Index("ix_places_text", places.c.digest, places.c.complaint)
postings = sa.Table(
    "postings",
    metadata,
    sa.Column("hash", SEQ, primary_key=True, autoincrement=False),
    *_some(sa.LargeBinary, "families", "lone"),
)
judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("id", WORD, nullable=False, unique=True),
    *_some(sa.LargeBinary, "body"),
)
memberships = sa.Table(
    "memberships",
    metadata,
    sa.Column("complaint", WORD, primary_key=True),
    sa.Column("family", WORD, nullable=False, index=True),
    *_some(sa.Boolean, "representative"),
    *_some(sa.Integer, "similarity"),
)
families = sa.Table(
    "families",
    metadata,
    sa.Column("family", WORD, primary_key=True),
    *_some(sa.Integer, "similarity_min"),
)
summaries = sa.Table(
    "summaries",
    metadata,
    sa.Column("kind", WORD, primary_key=True),
    sa.Column("id", WORD, primary_key=True),
    *_some(sa.LargeBinary, "body"),
)

ads = sa.Table(
    "ads",
    metadata,
    sa.Column("id", WORD, primary_key=True),
    sa.Column("key", WORD, nullable=False, index=True),
    *_some(Said, "platform", nullable=True),
    *_some(WORD, "account", nullable=True),
    *_some(Moment, "first_seen", "last_seen"),
)
ad_sightings = sa.Table(
    "ad_sightings",
    metadata,
    sa.Column("record", WORD, primary_key=True),
    sa.Column("ad", WORD, nullable=False, index=True),
)
ad_acts = sa.Table(
    "ad_acts",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("id", WORD, nullable=False, unique=True),
    sa.Column("ad", WORD, nullable=False, index=True),
    *_some(WORD, "kind"),
    *_some(Moment, "at"),
    *_some(Said, "by"),
    *_some(sa.LargeBinary, "wrapped", "body"),
)
book_acts = sa.Table(
    "book_acts",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("id", WORD, nullable=False, unique=True),
    *_some(WORD, "book", "of", "kind"),
    *_some(Moment, "at"),
    *_some(Said, "by"),
    *_some(sa.LargeBinary, "wrapped", "body"),
    sa.Index("ix_book_acts_of", "of", "book"),
)

exhibits = sa.Table(
    "exhibits",
    metadata,
    sa.Column("number", SEQ, primary_key=True, autoincrement=False),
    sa.Column("id", WORD, nullable=False, unique=True),
    sa.Column("derived_from", WORD, nullable=True, index=True),
    *_some(Moment, "kept_at"),
    sa.Column("gone_at", Moment, nullable=True, index=True),
    *_some(Said, "by"),
    *_some(sa.LargeBinary, "frames", "key", "wrapped", "body"),
)
exhibit_links = sa.Table(
    "exhibit_links",
    metadata,
    sa.Column("exhibit", WORD, primary_key=True),
    sa.Column("of", WORD, primary_key=True, index=True),
)

people = sa.Table(
    "people",
    metadata,
    sa.Column("name", Said, primary_key=True),
    *_some(sa.JSON, "roles"),
    *_some(Said, "reports_to", "password", nullable=True),
    *_some(sa.Integer, "failures"),
    *_some(Moment, "locked_until", nullable=True),
    *_some(sa.Boolean, "disabled"),
    *_some(Said, "unit", nullable=True),
    *_some(sa.JSON, "known_as", nullable=True),
)
access_tokens = sa.Table(
    "access_tokens",
    metadata,
    sa.Column("digest", WORD, primary_key=True),
    *_some(Said, "account"),
    *_some(WORD, "purpose", "kind"),
    *_some(Moment, "expires_at"),
)
jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", SEQ, primary_key=True, autoincrement=True),
    *_some(WORD, "name"),
    *_some(Said, "key"),
    *_some(sa.LargeBinary, "payload"),
    *_some(Moment, "due_at"),
    *_some(sa.Integer, "attempts"),
    *_some(Moment, "leased_until", nullable=True),
    *_some(WORD, "state"),
    *_some(Said, "error", nullable=True),
)
OPEN = sa.text("state = 'open'")
sa.Index("ix_jobs_key", jobs.c.key, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)  # one open job a key
sa.Index("ix_jobs_due", jobs.c.due_at, jobs.c.id, sqlite_where=OPEN, postgresql_where=OPEN)

search_docs = sa.Table(  # the SQL of its full-text index is in search.py
    "search_docs",
    metadata,
    sa.Column("id", SEQ, primary_key=True, autoincrement=False),
    sa.Column("complaint", WORD, nullable=False, unique=True),
    *_some(WORD, "words"),
)
