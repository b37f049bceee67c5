"""Papers of clocks say which of a filing's clocks they are about, and how a withdrawal came about; complaints are reopened."""

import sqlalchemy as sa
from alembic import op

revision = "issue4_0001_clocks"
down_revision = "issue3_0001_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Older papers are about every clock, and an older withdrawal that held keeps holding: what it had not to say
    then is filled in as not recorded. Nothing was reopened yet.
    """
    op.add_column("desk", sa.Column("reopened", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("channel", "offered", "matter"):
        op.add_column("clock_events", sa.Column(name, sa.Text().with_variant(sa.Text(collation="C"), "postgresql")))
    op.execute(
        "UPDATE clock_events SET channel = '未记录 not recorded', offered = '未记录 not recorded' WHERE kind = 'withdrawal'"
    )
