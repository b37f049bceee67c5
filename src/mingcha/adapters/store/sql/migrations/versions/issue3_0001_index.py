"""Texts as passages, and the incremental index. Older sketches held no order: the next run cuts them again from the kept text."""

import sqlalchemy as sa
from alembic import op

revision = "issue3_0001_index"
down_revision = "issue2_0002_reasons"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Replace the sketches, make the index; families keep their ids and members."""
    op.drop_table("sketches")
    op.create_table(
        "sketches",
        sa.Column("complaint", TEXT, primary_key=True),
        sa.Column("scheme", TEXT, nullable=False),
        *_bytes("hashes", "breaks"),
    )
    op.create_table(
        "heads",
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("complaint", TEXT, nullable=False, unique=True),
        sa.Column("family", TEXT),
        *_counts("units", "texts", "firms", "sures", "copies", "least"),
        *_bytes("posted"),
    )
    op.create_table(
        "places",
        sa.Column("complaint", TEXT, primary_key=True),
        sa.Column("head", BIG, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        *_counts("how", "similarity", "held"),
        *_bytes("bits"),
    )
    op.create_index("ix_places_head", "places", ["head", "held"])
    op.create_index("ix_places_text", "places", ["digest", "complaint"])
    op.create_table(
        "postings", sa.Column("hash", BIG, primary_key=True, autoincrement=False), *_bytes("families", "lone")
    )
    op.create_table(
        "judgements",
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("id", TEXT, nullable=False, unique=True),
        *_bytes("body"),
    )


def _bytes(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
