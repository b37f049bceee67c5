"""Evidence bundles on disk: written whole or not at all, as a folder or as one ZIP."""

from mingcha.adapters.bundle.writer import pack_copy, pack_zip, tools, write_copy, write_folder, write_zip

__all__ = ["pack_copy", "pack_zip", "tools", "write_copy", "write_folder", "write_zip"]
