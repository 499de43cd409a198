"""What each section of the page about a corpus says: frames of the analyses, cut to what fits on a page.

A module a section, each with a function ``part`` that returns what its template in templates/report/ shows.
"""

from __future__ import annotations

from typing import Any

Part = dict[str, Any]
