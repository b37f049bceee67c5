"""Papers of clocks say which materials were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "issue4_0002_asked"
down_revision = "issue4_0001_clocks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; older papers asked for nothing."""
    op.add_column("clock_events", sa.Column("asked", sa.Text().with_variant(sa.Text(collation="C"), "postgresql")))
