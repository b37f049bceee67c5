"""Canonical bytes, commitments, seals, Merkle roots and their verification: pure, small, and checkable in one sitting."""
