"""The register of exhibits: ciphertext beside the salt of its commitment, and what exhibits are found by."""

import sqlalchemy as sa
from alembic import op

revision = "issue7_0001_exhibits"
down_revision = "issue6_0002_books"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "exhibits",
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("derived_from", TEXT, index=True),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), index=True),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("frames", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "exhibit_links",
        sa.Column("exhibit", TEXT, primary_key=True),
        sa.Column("of", TEXT, primary_key=True),
        sa.Index("ix_exhibit_links_of", "of"),
    )
