"""The one history of the schema (Alembic); a released step is frozen and imports no models."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

HERE = Path(__file__).parent


def known_revisions() -> set[str]:
    """Return every revision this program knows."""
    return {step.revision for step in _scripts().walk_revisions()}


def head() -> str:
    """Return the newest revision."""
    return str(_scripts().get_current_head())


def upgrade(connection: Connection) -> None:
    """Run the steps that are due on `connection`; the caller owns the transaction."""
    scripts = _scripts()
    with EnvironmentContext(
        _config(), scripts, fn=lambda revision, _: scripts._upgrade_revs("head", revision)
    ) as context:
        context.configure(connection=connection)
        context.run_migrations()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
