"""The bytes of exhibits: encrypted frames in files, a memory twin, and reading a file that must not change meanwhile."""

from mingcha.adapters.blobs.files import FileBlobs, copy_blobs
from mingcha.adapters.blobs.memory import MemoryBlobs
from mingcha.adapters.blobs.source import pieces_of

__all__ = ["FileBlobs", "MemoryBlobs", "copy_blobs", "pieces_of"]
