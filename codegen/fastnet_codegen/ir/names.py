"""Names are lower-case words; this cases them. Acronyms are for targets that write RTT."""

from collections.abc import Collection


def snake(words: str) -> str:
    """`rtt us` to `rtt_us`."""
    return words.replace(" ", "_")


def screaming(words: str) -> str:
    """`rtt us` to `RTT_US`."""
    return snake(words).upper()


def kebab(words: str) -> str:
    """`rtt us` to `rtt-us`."""
    return words.replace(" ", "-")


def pascal(words: str, acronyms: Collection[str] = ()) -> str:
    """`rtt us` to `RttUs`, or to `RTTUs` with the acronym rtt."""
    return "".join(word.upper() if word in acronyms else word[:1].upper() + word[1:] for word in words.split(" "))


def camel(words: str, acronyms: Collection[str] = ()) -> str:
    """`rtt us` to `rttUs`."""
    first, _, rest = words.partition(" ")
    return first + (pascal(rest, acronyms) if rest else "")


CASINGS = {"snake": snake, "screaming": screaming, "kebab": kebab, "pascal": pascal, "camel": camel}
