"""Drives a daemon with aioipfs, and compares what comes back with what was sent: PORT FOLDER."""

import asyncio
import hashlib
import os
import pathlib
import sys

import aioipfs


async def main(port, folder):
    ipfs = aioipfs.AsyncIPFS(maddr=f"/ip4/127.0.0.1/tcp/{port}")
    try:
        # --- files ---
        large = os.urandom(2_000_000)
        (folder / "in/sub").mkdir(parents=True)
        (folder / "in/large.bin").write_bytes(large)
        (folder / "in/sub/small.txt").write_text("small\n")
        names = {}
        async for one in ipfs.add(str(folder / "in"), recursive=True):
            names[one["Name"]] = one["Hash"]
        assert {"in", "in/large.bin", "in/sub", "in/sub/small.txt"} <= set(names), names
        assert hashlib.sha256(await ipfs.cat(names["in/large.bin"])).digest() == hashlib.sha256(large).digest()
        one = await ipfs.add_bytes(b"some bytes")
        assert await ipfs.cat(one["Hash"]) == b"some bytes"
        listing = await ipfs.core.ls(names["in"])
        assert [link["Name"] for link in listing["Objects"][0]["Links"]] == ["large.bin", "sub"], listing
        assert await ipfs.core.get(names["in"], dstdir=str(folder / "out"))
        assert (folder / "out" / names["in"] / "large.bin").read_bytes() == large

        # --- pins ---
        pinned = await ipfs.pin.ls(names["in"])
        assert pinned["Keys"][names["in"]]["Type"] == "recursive", pinned
        await ipfs.pin.rm(names["in"])
        try:
            await ipfs.pin.rm(names["in"])
            raise AssertionError("not refused")
        except aioipfs.APIError as failure:
            assert "not pinned" in failure.message, failure.message
        async for told in ipfs.pin.add(names["in"]):
            last = told
        assert last["Pins"] == [names["in"]], last

        # --- blocks, DAGs, the tree of files ---
        # its block.put and dag.put cannot be used: aiohttp has changed under them
        assert (await ipfs.block.stat(one["Hash"]))["Size"] == 18
        assert b"some bytes" in await ipfs.block.get(one["Hash"])
        assert "large.bin" in str(await ipfs.dag.get(names["in"]))
        await ipfs.files.mkdir("/aio", parents=True)
        await ipfs.files.write("/aio/a.txt", b"some text", create=True)
        assert await ipfs.files.read("/aio/a.txt") == b"some text"
        entries = await ipfs.files.ls("/aio")
        assert [entry["Name"] for entry in entries["Entries"]] == ["a.txt"]
        await ipfs.files.rm("/aio", recursive=True)

        # --- keys, names, the node ---
        key = await ipfs.key.gen("aio", type="rsa", size=2048)
        assert any(entry["Id"] == key["Id"] for entry in (await ipfs.key.list())["Keys"])
        await ipfs.key.rm("aio")
        assert (await ipfs.id())["ID"].startswith("12D3KooW")
        assert (await ipfs.version())["Version"].count(".") == 2
        gone = [entry async for entry in ipfs.repo.gc()]
        assert gone, "the block is garbage"
        assert (await ipfs.repo.stat())["NumObjects"] > 0
        assert await ipfs.cat(names["in"] + "/sub/small.txt") == b"small\n"
    finally:
        await ipfs.close()
    print("aioipfs: all is as expected")


asyncio.run(main(int(sys.argv[1]), pathlib.Path(sys.argv[2])))
