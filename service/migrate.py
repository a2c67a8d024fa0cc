"""Makes the database where there is none, and brings its schema up to date."""

from service.access import audit
from service.settings import ServiceSettings
from service.store import Store


def migrate(settings: ServiceSettings) -> None:
    """Bring the installation's database up to date; several processes may do so at once.

    Raises KeysError where the keys that sealed it are missing.
    """
    if settings.database_url is None or settings.key_file is None:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store.of(settings)
    try:
        store.migrate()
        with store.session() as session:
            audit.seal(session)
    finally:
        store.close()
