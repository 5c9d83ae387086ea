"""What may be said of a server's address, and whether it is this machine."""

import ipaddress
from urllib.parse import urlsplit


def at_home(address: str) -> bool:
    """Return whether an address is on this machine."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def fault(address: str, key: bool) -> str:
    """Return what is wrong with an address, as a sentence that says what to do; "" for nothing.

    `key`: whether a key is to be sent there.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return f"{address} is no address; it looks like http://127.0.0.1:8080/v1"
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return f"{address or 'no address'} is no address; it looks like http://127.0.0.1:8080/v1"
    if parts.username or parts.password:
        return "an address holds no name and no password; the key comes from the environment"
    if parts.scheme == "http" and key and not at_home(address):
        return f"the key would go to {parts.hostname} for everybody to read; name it with https://"
    return ""
