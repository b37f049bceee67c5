"""Books of acts: on cases, on people who were cheated and the like, ciphertext beside the salt of their commitment."""

import sqlalchemy as sa
from alembic import op

revision = "issue6_0002_books"
down_revision = "issue6_0001_ads"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "book_acts",
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("book", TEXT, nullable=False),
        sa.Column("of", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_book_acts_of", "book_acts", ["of", "book"])
