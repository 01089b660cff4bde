"""No two tips give the same advice in other words, which a comparison of words (`coach knowledge check`) cannot see.

Two tips are near when the product of their vectors (`encoder.py`) is NEAR or more. Near ones need not say the same: whoever writes a
tip reads it beside the near ones, and either writes about something else, or adds the pair to `different.tsv`.
"""

import json
import os
import pathlib
import re
import unittest

from encoder import Encoder

HERE = pathlib.Path(__file__).parent
TIPS = HERE.parent.parent / "Knowledge" / "tips"
# So that a tip has two near ones on average, and that three of four tips that were said again in nearly no word of
# theirs (`planted.jsonl`) are found.
NEAR = 0.53


def tips():
    """Each tip's title and text, by topic and title."""
    found = {}
    for path in sorted(TIPS.glob("*.md")):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        for part in re.split(r"^## ", body, flags=re.M)[1:]:
            title, text = part.split("\n", 1)
            text = " ".join(re.sub(r"^(From|For):.*$", "", text, flags=re.M).split())
            found[f"{path.stem}#{title}"] = f"{title}. {text}"
    return found


def known_different():
    """The pairs that somebody has read: `one TAB other`, in alphabetical order."""
    lines = (HERE / "different.tsv").read_text(encoding="utf-8").splitlines()
    return {tuple(line.split("\t")) for line in lines if line}


class NearDuplicates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.encoder = Encoder(os.environ["MODEL"])
        cls.tips = tips()
        cls.vectors = {name: cls.encoder.vector(text) for name, text in cls.tips.items()}

    def near_pairs(self):
        names = sorted(self.vectors)
        return {
            (one, other)
            for place, other in enumerate(names)
            for one in names[:place]
            if self.vectors[one] @ self.vectors[other] >= NEAR
        }

    def test_near_tips_were_read_side_by_side(self):
        self.assertGreaterEqual(len(self.tips), 260)
        near, read = self.near_pairs(), known_different()
        unread = "\n\n".join(
            f"{self.tips[one]}\n{self.tips[other]}\n{one}\t{other}" for one, other in sorted(near - read)
        )
        self.assertFalse(
            unread, f"Do these say the same? Then rewrite one; else add the last line to different.tsv.\n\n{unread}"
        )
        stale = "\n".join("\t".join(pair) for pair in sorted(read - near))
        self.assertFalse(stale, f"These are not near, or not there, any more. Take them out of different.tsv.\n{stale}")

    def test_most_tips_in_other_words_are_near(self):
        lines = (HERE / "planted.jsonl").read_text(encoding="utf-8").splitlines()
        planted = [json.loads(line) for line in lines]
        found = 0
        for tip in planted:
            vector = self.encoder.vector(f"{tip['title']}. {tip['text']}")
            found += bool(vector @ self.vectors[tip["like"]] >= NEAR)
        self.assertGreaterEqual(len(planted), 20)
        self.assertGreaterEqual(found, 0.7 * len(planted))


if __name__ == "__main__":
    unittest.main()
