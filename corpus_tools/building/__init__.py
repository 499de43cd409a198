"""From collected files to a corpus folder: each file through all stages, many at once, and never half done."""
