"""Notices of buyers as portals publish them: read with every defect named, never mended in silence."""
