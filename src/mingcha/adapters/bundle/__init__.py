"""Evidence bundles on disk: written whole or not at all, as a folder or as one ZIP."""

from mingcha.adapters.bundle.writer import tools, write_folder, write_zip

__all__ = ["tools", "write_folder", "write_zip"]
