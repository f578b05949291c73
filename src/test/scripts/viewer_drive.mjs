// Opens a page in headless Chromium, has it read outputs at an address (viewer_page.mjs), and prints what it found,
// what it asked for, and what the browser complained of, as JSON.
//
//   viewer_drive.mjs PACKAGES ADDRESS < REQUESTS
//
// PACKAGES is a folder with node_modules; requests are lines such as `viv images/R000.zarr` or `gene demo.zarr CD3`,
// their paths below ADDRESS. The page has an origin of its own: what it may read is what any page may read.
// CHROMIUM names another browser.

import {createServer} from 'node:http'
import {createRequire} from 'node:module'
import {readFileSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'

const [packages, address] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const required = createRequire(join(resolve(packages), 'package.json'))
const {build} = required('esbuild')
const {default: puppeteer} = await import(pathToFileURL(required.resolve('puppeteer-core')))

const bundle = await build({
    entryPoints: [join(here, 'viewer_page.mjs')], bundle: true, format: 'esm', write: false, logLevel: 'error',
    nodePaths: [join(resolve(packages), 'node_modules')], define: {global: 'globalThis'},
    external: ['node:*', 'fs', 'http', 'https', 'url'],
})
const script = Buffer.from(bundle.outputFiles[0].contents)
const html = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>'
const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : html)
})
await new Promise(listening => server.listen(0, '127.0.0.1', listening))

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--no-proxy-server'],
})
const seen = {browser: await browser.version(), answers: [], complaints: [], results: []}
try {
    const page = await browser.newPage()
    page.on('pageerror', error => seen.complaints.push(error.message))
    page.on('console', message => {
        // Of answers that are no success the list below tells more.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
            seen.complaints.push(message.text())
        }
    })
    page.on('requestfailed', request => {
        // Chromium calls every HEAD aborted whose empty body nobody reads.
        if (request.method() !== 'HEAD') {
            seen.complaints.push(`${request.url()}: ${request.failure()?.errorText}`)
        }
    })
    page.on('response', response => {
        if (response.url().startsWith(address)) {
            seen.answers.push([response.status(), response.url().slice(address.length + 1)])
        }
    })
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.waitForFunction('window.look')
    for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
        const [reader, path, ...rest] = line.split(' ')
        const words = [`${address}/${path}`, ...rest].map(word => JSON.stringify(word))
        const call = `look.${reader}(${words})`
        const found = await page.evaluate(`${call}.catch(error => ({error: String(error.stack ?? error)}))`)
        seen.results.push({request: line, found})
    }
} finally {
    await browser.close()
    server.close()
}
process.stdout.write(JSON.stringify(seen))
