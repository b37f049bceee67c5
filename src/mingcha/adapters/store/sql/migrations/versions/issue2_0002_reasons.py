"""Reasons leave the decision: ciphertext beside the salt of their commitment. What was typed before stays readable there."""

import sqlalchemy as sa
from alembic import op

revision = "issue2_0002_reasons"
down_revision = "issue2_0001_house"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reasons",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("complaint", TEXT, index=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
