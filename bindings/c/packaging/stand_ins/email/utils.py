"""The one function that cryptography's x509 takes from email.utils: it validates mail addresses in certificates that
are being made, and ours have none. What is read from strangers' certificates does not pass here."""


def parseaddr(address: str) -> tuple[str, str]:
    """(name, address) of a bare address; a text of any other form is all name, which x509 refuses."""
    local, at, domain = address.rpartition("@")
    bare = bool(local and at and domain) and not any(letter in address for letter in ' <>"(),:;[]\\')
    return ("", address) if bare else (address, "")
