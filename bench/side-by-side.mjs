// The npm package datastore-s3, measured as SideBySide.java measures: node side-by-side.mjs ENDPOINT ACCESS SECRET PERCENT
import { createHash, randomBytes } from 'node:crypto'
import { S3 } from '@aws-sdk/client-s3'
import { Key } from 'interface-datastore'
import { S3Datastore } from 'datastore-s3'

const [endpoint, accessKeyId, secretAccessKey, percent] = process.argv.slice(2)
const bucket = 'side-by-side'
const s3 = new S3({
  endpoint,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId, secretAccessKey },
  requestHandler: { httpAgent: { keepAlive: true, maxSockets: 128 } }
})
const store = new S3Datastore(s3, bucket, { path: 'npm' })
const listed = new S3Datastore(s3, bucket, { path: 'listed' })

function blocks (count, size) {
  const random = randomBytes(size)
  const made = []
  for (let i = 0; i < count; i++) {
    const value = Buffer.from(random)
    value.writeUInt32BE(i, 0)
    made.push({ key: new Key('/' + createHash('sha256').update(value).digest('hex').toUpperCase()), value })
  }
  return made
}

async function run (inFlight, work, step) {
  let next = 0
  const worker = async () => {
    while (next < work.length) await step(work[next++])
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

async function cell (operation, size, inFlight, operations, work) {
  const cpu = process.cpuUsage()
  const start = process.hrtime.bigint()
  await work()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const used = process.cpuUsage(cpu)
  const cpuMillis = (used.user + used.system) / 1e3
  console.log(['npm', operation, size, inFlight, operations, seconds.toFixed(3), cpuMillis.toFixed(1)].join('\t'))
}

function check (expected, found) {
  if (expected !== found) throw new Error(`${found} instead of ${expected}`)
}

async function list () {
  let count = 0
  for await (const key of listed.queryKeys({})) count += key ? 1 : 0
  return count
}

async function batch (work) {
  const pending = store.batch()
  for (const block of work) pending.put(block.key, block.value)
  await pending.commit()
}

const get = size => async block => check(size, (await store.get(block.key)).length)
const has = async block => check(true, await store.has(block.key))
const put = async block => { await store.put(block.key, block.value) }

for (const size of [4 << 10, 256 << 10]) {
  const warm = blocks(size > 100000 ? 150 : 800, size)
  await run(16, warm, put)
  await run(16, warm, get(size))
  await run(16, warm, has)
}
await batch(blocks(200, 4 << 10))
await list()

for (const size of [4 << 10, 256 << 10]) {
  const base = size > 100000 ? 400 : 1600
  for (const inFlight of [1, 16, 64]) {
    const work = blocks((inFlight === 1 ? base / 4 : base) * percent / 100, size)
    const twice = [...work, ...work]
    await cell('put', size, inFlight, work.length, () => run(inFlight, work, put))
    await cell('get', size, inFlight, twice.length, () => run(inFlight, twice, get(size)))
    await cell('has', size, inFlight, twice.length, () => run(inFlight, twice, has))
  }
  const work = blocks(1000, size)
  await cell('batch', size, 1, work.length, () => batch(work))
}
await cell('list', 0, 1, 10000, async () => check(10000, await list()))
