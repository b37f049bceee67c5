"""Accounts say where somebody stands, and by which names a complaint may name them or their line."""

import sqlalchemy as sa
from alembic import op

revision = "issue4_0003_known_as"
down_revision = "issue4_0002_asked"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; older accounts stand nowhere and are known by no name yet."""
    op.add_column("people", sa.Column("unit", sa.Text().with_variant(sa.Text(collation="C"), "postgresql")))
    op.add_column("people", sa.Column("known_as", sa.JSON()))
