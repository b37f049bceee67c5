"""How Alembic meets our schema: over the connection it was given, inside its transaction."""

from alembic import context

from mingcha.adapters.store.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
