"""The levels of administration, from the top down, and how a chart names them."""

from __future__ import annotations

LEVELS = ("national", "province", "city", "county", "township", "school", "enterprise", "association")

WORDS = {
    "zh": {"national": "全国", "province": "省级", "city": "市级", "county": "县级", "township": "乡镇", "school": "学校",
           "enterprise": "企业", "association": "群团", "of": "{level}（{n} 篇）"},
    "en": {"national": "national", "province": "province", "city": "city", "county": "county", "township": "township",
           "school": "school", "enterprise": "enterprise", "association": "association",
           "of": "{level} (documents: {n})"},
}  # fmt: skip
