// Drives a daemon with kubo-rpc-client, and compares what comes back with what was sent.
// Usage: node kubo-rpc-client.mjs URL
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { create, CID } from 'kubo-rpc-client'

const ipfs = create({ url: process.argv[2] })
const all = async (source) => {
  const items = []
  for await (const item of source) items.push(item)
  return items
}
const bytes = async (source) => Buffer.concat(await all(source))
const sha = (data) => createHash('sha256').update(data).digest('hex')

// --- who is there ---
const version = await ipfs.version()
assert.match(version.version, /^\d+\.\d+\.\d+/)
const id = await ipfs.id()
assert.ok(id.id.toString().startsWith('12D3KooW'))

// --- add and cat, with progress ---
const large = randomBytes(3_000_000)
const told = []
const added = await ipfs.add({ path: 'large.bin', content: large }, { progress: (sum, path) => told.push([sum, path]) })
assert.equal(added.path, 'large.bin')
assert.ok(told.length >= 10, `${told.length} calls of progress`)
assert.equal(told.at(-1)[0], large.length)
assert.equal(sha(await bytes(ipfs.cat(added.cid))), sha(large))
assert.equal(sha(await bytes(ipfs.cat(added.cid, { offset: 1_000_000, length: 5 }))), sha(large.subarray(1_000_000, 1_000_005)))

// --- a directory: implicit folders and an empty file in one upload ---
const tree = await all(ipfs.addAll([
  { path: 'top/a.txt', content: 'one\n' },
  { path: 'top/empty', content: '' },
  { path: 'top/sub/b.bin', content: large.subarray(0, 600_000) }
], { cidVersion: 1, pin: false }))
assert.deepEqual(tree.map((one) => one.path), ['top/a.txt', 'top/empty', 'top/sub/b.bin', 'top/sub', 'top'])
const top = tree.at(-1).cid
assert.deepEqual((await all(ipfs.ls(top))).map((one) => [one.name, one.type, one.size]),
  [['a.txt', 'file', 4], ['empty', 'file', 0], ['sub', 'dir', 0]])
assert.equal((await bytes(ipfs.cat(`/ipfs/${top}/a.txt`))).toString(), 'one\n')
const tar = await bytes(ipfs.get(top))
assert.ok(tar.includes('one\n') && tar.length % 512 === 0)
const wrapped = await all(ipfs.addAll([{ path: 'w.txt', content: 'wrapped' }], { wrapWithDirectory: true }))
assert.deepEqual(wrapped.map((one) => one.path), ['w.txt', ''])
assert.deepEqual((await all(ipfs.refs(top, { recursive: true }))).length >= 3, true)

// --- pins ---
await ipfs.pin.add(top, { name: 'tree' })
const pinned = await all(ipfs.pin.ls({ paths: [top], type: 'recursive' }))
assert.equal(pinned[0].cid.toString(), top.toString())
await assert.rejects(ipfs.pin.rm(CID.parse('bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy')), /not pinned/)

// --- blocks and DAGs ---
const block = await ipfs.block.put(new TextEncoder().encode('a block'), { format: 'raw' })
assert.equal(Buffer.from(await ipfs.block.get(block)).toString(), 'a block')
assert.equal((await ipfs.block.stat(block)).size, 7)
const node = await ipfs.dag.put({ answer: 42, link: top, list: [1, 'two', null] })
assert.equal((await ipfs.dag.get(node)).value.answer, 42)
assert.equal((await ipfs.dag.get(node, { path: 'list/1' })).value, 'two')
assert.equal((await ipfs.dag.resolve(`${node}/link/a.txt`)).cid.toString(), tree[0].cid.toString())
const car = await all(ipfs.dag.export(top))
const imported = await all(ipfs.dag.import(car))
assert.equal(imported[0].root.cid.toString(), top.toString())

// --- files ---
await ipfs.files.mkdir('/docs/deep', { parents: true })
await ipfs.files.write('/docs/n.txt', 'some text', { create: true })
await ipfs.files.write('/docs/n.txt', 'TEXT', { offset: 5 })
assert.equal((await bytes(ipfs.files.read('/docs/n.txt'))).toString(), 'some TEXT')
await ipfs.files.cp(`/ipfs/${top}`, '/docs/tree')
await ipfs.files.mv('/docs/n.txt', '/docs/deep/m.txt')
assert.deepEqual((await all(ipfs.files.ls('/docs'))).map((one) => one.name).sort(), ['deep', 'tree'])
assert.equal((await ipfs.files.stat('/docs/deep/m.txt')).size, 9)
await ipfs.files.rm('/docs', { recursive: true })
await assert.rejects(ipfs.files.stat('/docs'), /file does not exist/)

// --- keys and names ---
const key = await ipfs.key.gen('site', { type: 'ed25519' })
assert.ok((await ipfs.key.list()).some((one) => one.name === 'site' && one.id === key.id))
const name = await ipfs.name.publish(`/ipfs/${top}`, { key: 'site', allowOffline: true })
assert.equal(name.value, `/ipfs/${top}`)
assert.deepEqual(await all(ipfs.name.resolve(name.name)), [`/ipfs/${top}`])
await ipfs.key.rm('site')

// --- the repo ---
await ipfs.pin.rm(top)
const gone = await all(ipfs.repo.gc())
assert.ok(gone.every((one) => one.err === undefined || one.err === null))
assert.ok(gone.some((one) => one.cid?.multihash.digest.toString() === block.multihash.digest.toString()), 'the block is gone')
await assert.rejects(ipfs.block.stat(block), /could not find/)
assert.equal(sha(await bytes(ipfs.cat(added.cid))), sha(large))
const stat = await ipfs.repo.stat()
assert.ok(stat.numObjects > 0n && stat.repoSize > 3_000_000n)
assert.equal(await ipfs.config.get('Datastore.StorageMax'), '10GB')

console.log(`kubo-rpc-client: all is as expected of ${version.version} (${version.commit})`)
