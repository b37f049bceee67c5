"""The book of ads: which sightings are one ad, and acts on ads, ciphertext beside the salt of their commitment."""

import sqlalchemy as sa
from alembic import op

revision = "issue6_0001_ads"
down_revision = "issue4_0003_known_as"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; sightings of before find their ads with the next `ads import`."""
    op.create_table(
        "ads",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("key", TEXT, nullable=False, index=True),
        sa.Column("platform", TEXT),
        sa.Column("account", TEXT),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "ad_sightings",
        sa.Column("record", TEXT, primary_key=True),
        sa.Column("ad", TEXT, nullable=False, index=True),
    )
    op.create_table(
        "ad_acts",
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("ad", TEXT, nullable=False, index=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
