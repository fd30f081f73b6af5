"""What typed letters may mean among names: the closest first. Pure; fast enough for every key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found by typing; all of it as `prepared` gives it."""

    name: str
    id: str
    words: str
    """Whatever else is said of it: a definition, people, a district."""
    key: str = ""
    """The key that means it at once."""


def prepared(name: str, id_: str, words: Iterable[str], key: str = "") -> Entry:
    """An entry made ready once, so that each letter typed costs little."""
    return Entry(name.casefold(), id_.casefold(), "\n".join(words).casefold(), key)


_SCATTERED = 5
"""The rank of a name that has no more than the letters."""


def ranked(typed: str, entries: Sequence[Entry], first: Sequence[int] = ()) -> list[int]:
    """Places of the entries that fit, the closest first.

    A name that begins with what was typed comes before one with those words inside, and that
    before other words about it. Where nothing has the words, names fit that have the letters in
    this order, most of them where a word begins or side by side. Among equals, what is in
    ``first`` leads, then the order of the entries.

    Args:
        typed: Words or letters; nothing typed fits everything.
        entries: What there is.
        first: Places of those that were used last, the newest first.
    """
    wanted = typed.casefold().split()
    order = {place: n for n, place in enumerate(first)}
    found = []
    for place, entry in enumerate(entries):
        rank = _rank(wanted, entry)
        if rank is not None:
            found.append((rank, order.get(place, len(order)), place))
    if any(rank < _SCATTERED for rank, _, _ in found):
        found = [one for one in found if one[0] < _SCATTERED]
    return [place for _, _, place in sorted(found)]


def _rank(wanted: list[str], entry: Entry) -> int | None:
    """How far an entry is from what was typed; None where it does not fit."""
    if not wanted:
        return 0
    whole = " ".join(wanted)
    name, id_ = entry.name, entry.id
    if whole in (entry.key, id_, name):
        return 0
    if name.startswith(whole) or id_.startswith(whole):
        return 1
    if all(name.startswith(word) or f" {word}" in name for word in wanted):
        return 2
    if all(word in name or word in id_ for word in wanted):
        return 3
    if all(word in name or word in id_ or word in entry.words for word in wanted):
        return 4
    letters = "".join(wanted)
    if len(letters) > 1 and (_are_meant(letters, name) or _are_meant(letters, id_)):
        return _SCATTERED
    return None


def _are_meant(letters: str, name: str) -> bool:
    """Whether a name has these letters in this order, and not only by chance.

    Any long sentence has any six letters somewhere: at least two of three must follow the one
    before at once, or begin a word.
    """
    place, near = -1, 0
    for letter in letters:
        if 0 <= place < len(name) - 1 and name[place + 1] == letter:
            place, near = place + 1, near + 1
            continue
        begins = (at for at in range(place + 1, len(name)) if _begins_word(name, at))
        place_of_word = next((at for at in begins if name[at] == letter), -1)
        if place_of_word >= 0:
            place, near = place_of_word, near + 1
            continue
        place = name.find(letter, place + 1)
        if place < 0:
            return False
    return near * 3 >= len(letters) * 2


def _begins_word(name: str, place: int) -> bool:
    return name[place].isalnum() and (place == 0 or not name[place - 1].isalnum())
