"""Drives a daemon with ipfshttpclient, and compares what comes back with what was sent: PORT FOLDER."""

import hashlib
import os
import pathlib
import sys

import ipfshttpclient

port, folder = sys.argv[1], pathlib.Path(sys.argv[2])
# the class, and not connect(): that refuses every daemon of a version above 0.7
ipfs = ipfshttpclient.Client(f"/ip4/127.0.0.1/tcp/{port}/http")


def refused(call, text):
    """Makes sure that a call fails with a text."""
    try:
        call()
    except ipfshttpclient.exceptions.ErrorResponse as failure:
        assert text in str(failure), failure
        return
    raise AssertionError(f"not refused: {text}")


# --- files and folders ---
large = os.urandom(2_000_000)
(folder / "tree/sub").mkdir(parents=True)
(folder / "tree/large.bin").write_bytes(large)
(folder / "tree/sub/small.txt").write_text("small\n")
(folder / "tree/sub/.hidden").write_text("hidden\n")
added = ipfs.add(str(folder / "tree"), recursive=True, pattern="**")
names = {one["Name"]: one["Hash"] for one in added}
assert {"tree", "tree/large.bin", "tree/sub", "tree/sub/small.txt"} <= set(names), names
assert hashlib.sha256(ipfs.cat(names["tree/large.bin"])).digest() == hashlib.sha256(large).digest()
assert ipfs.cat(names["tree"] + "/sub/small.txt") == b"small\n"
assert ipfs.cat(names["tree/large.bin"], offset=10, length=20) == large[10:30]
listed = ipfs.ls(names["tree"])["Objects"][0]["Links"]
assert [(one["Name"], one["Type"]) for one in listed] == [("large.bin", 2), ("sub", 1)], listed
ipfs.get(names["tree"], target=str(folder))
assert (folder / names["tree"] / "large.bin").read_bytes() == large
assert ipfs.add_json({"a": [1, 2]}) and ipfs.get_json(ipfs.add_json({"a": [1, 2]})) == {"a": [1, 2]}

# --- pins ---
assert names["tree"] in ipfs.pin.ls(type="recursive")["Keys"]
assert ipfs.pin.rm(names["tree"])["Pins"] == [names["tree"]]
refused(lambda: ipfs.pin.rm(names["tree"]), "not pinned")
assert ipfs.pin.add(names["tree"])["Pins"] == [names["tree"]]
assert list(ipfs.pin.verify(names["tree"], verbose=True))

# --- blocks ---
import io

block = ipfs.block.put(io.BytesIO(b"a block"))
assert ipfs.block.get(block["Key"]) == b"a block"
assert ipfs.block.stat(block["Key"])["Size"] == 7

# --- the tree of files ---
ipfs.files.mkdir("/py", parents=True)
ipfs.files.write("/py/a.txt", io.BytesIO(b"some text"), create=True)
assert ipfs.files.read("/py/a.txt") == b"some text"
assert ipfs.files.read("/py/a.txt", offset=5, count=2) == b"te"
ipfs.files.cp("/ipfs/" + names["tree"], "/py/tree")
ipfs.files.mv("/py/a.txt", "/py/b.txt")
assert sorted(one["Name"] for one in ipfs.files.ls("/py")["Entries"]) == ["b.txt", "tree"]
assert ipfs.files.stat("/py/b.txt")["Size"] == 9
ipfs.files.rm("/py", recursive=True)
refused(lambda: ipfs.files.stat("/py"), "file does not exist")

# --- keys, names, the node ---
key = ipfs.key.gen("py", "rsa")
assert any(one["Name"] == "py" for one in ipfs.key.list()["Keys"])
ipfs.key.rename("py", "py2")
ipfs.key.rm("py2")
assert ipfs.id()["ID"].startswith("12D3KooW")
assert ipfs.version()["Version"].count(".") == 2
assert ipfs.repo.stat()["NumObjects"] > 0
assert ipfs.config.get()["Datastore"]["StorageMax"] == "10GB"
list(ipfs.repo.gc())
assert ipfs.cat(names["tree"] + "/sub/small.txt") == b"small\n"
refused(lambda: ipfs.block.stat(block["Key"]), "could not find")
print("ipfshttpclient: all is as expected")
