#!/usr/bin/env python3
"""Makes seal.txt from the words of SPECIFICATION.md, sections 4 and 4a, with nothing but Python's hmac and hashlib:

    python3 bridge-protocol/vectors/make_seal.py > bridge-protocol/vectors/seal.txt
"""
import hashlib
import hmac
import struct

SEND_TIME = 1732287609123456789
SESSION = 10321161653527857765
NAME = "desk-7"
SERVER_NONCE = bytes.fromhex("e555bb653e6528a7b687ecb3e2e7ad53f463f703daf5ae2bca79e249faff071a")
CLIENT_NONCE = bytes.fromhex("5b95f024d1aa2262b866dd2099f9feefcbb41548cc80a79ea0762a5bd872ba3c")
KEYS = [
    ("a key of 32 bytes", bytes(range(32))),
    ("a key longer than a block of SHA-256", bytes((3 + 7 * i) % 256 for i in range(65))),
]
SEALED, SEQUENCED = 2, 1
TAG = 16


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def frame(template, block, flags=0, sequence=0):
    return struct.pack("<IHHHHIQq", 32 + len(block), len(block), template, 21603, 3, flags, sequence, SEND_TIME) + block


def text(value, length):
    return value.encode("ascii").ljust(length, b"\0")


FRAMES = [
    ("gateway", 0, frame(6, struct.pack("<Q", 1))),
    ("gateway", 1, frame(20, bytes(range(72)), SEQUENCED, 17)),
    ("gateway", 1 << 63, frame(5, bytes(120))),
    ("client", 0, frame(7, struct.pack("<Qq", 1, SEND_TIME))),
    ("client", 0, frame(6, struct.pack("<Q", 1))),
    ("client", 255, frame(30, bytes(3 * i % 256 for i in range(392)), SEQUENCED, 9)),
    ("gateway", 3, frame(999, b"")),
    ("gateway", 4, frame(998, bytes(976))),
]


def seal(key, number, plain):
    head = struct.pack("<IHHHHI", len(plain) + TAG, *struct.unpack_from("<HHHH", plain, 4),
                       struct.unpack_from("<I", plain, 12)[0] | SEALED)
    unsigned = head + plain[16:]
    return unsigned + mac(key, struct.pack("<Q", number), unsigned)[:TAG]


def show(name, fields):
    print(f"[{name}]")
    for key, value in fields:
        print(f"{key}={value.hex() if isinstance(value, bytes) else value}")
    print()


print("# Sealed frames, made by make_seal.py. See SPECIFICATION.md, sections 4, 4a and 12.\n")
for name, key in KEYS:
    challenge = frame(1, struct.pack("<HHB3x", 3, 3, 1) + SERVER_NONCE + text("gateway", 32))
    without = frame(2, struct.pack("<QQ", SESSION - 1, 18) + CLIENT_NONCE + bytes(32) + text(NAME, 32))
    transcript = hashlib.sha256(challenge + without).digest()
    client_proof = mac(key, b"tickbridge logon client 2", SERVER_NONCE, CLIENT_NONCE, text(NAME, 32), transcript)
    gateway_proof = mac(key, b"tickbridge logon gateway 2", CLIENT_NONCE, SERVER_NONCE, struct.pack("<Q", SESSION), transcript)
    extracted = mac(SERVER_NONCE + CLIENT_NONCE, key)
    keys = {sender: mac(extracted, b"tickbridge frames " + sender.encode(), transcript, b"\x01") for sender in ("gateway", "client")}
    show(name, [
        ("key", key), ("serverNonce", SERVER_NONCE), ("clientNonce", CLIENT_NONCE), ("clientName", NAME), ("session", SESSION),
        ("challenge", challenge), ("logon", without[:80] + client_proof + without[112:]), ("transcript", transcript),
        ("clientProof", client_proof), ("gatewayProof", gateway_proof),
        ("gatewayKey", keys["gateway"]), ("clientKey", keys["client"])])
    for sender, number, plain in FRAMES:
        show(f"{name}, frame {number} of the {sender}, {len(plain)} bytes", [
            ("sender", sender), ("number", number), ("key", keys[sender]), ("plain", plain),
            ("hex", seal(keys[sender], number, plain))])
