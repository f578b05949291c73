// What pages with viewers do, in the browser itself: each function reads an output at an address with a library that
// viewers are made of, and says what it found there. viewer_drive.mjs bundles this and calls it.

import {AnnDataSource, ObsFeatureMatrixAnndataLoader} from '@vitessce/zarr'
import {loadOmeZarr} from '@vivjs/loaders'
import {NgffImage} from 'ome-zarr.js'
import * as zarr from 'zarrita'

const hexadecimal = bytes => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')

// Typed arrays are little-endian wherever browsers run.
async function fingerprint(values) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    return hexadecimal(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

async function viv(address) {
    const {data, metadata} = await loadOmeZarr(address, {type: 'multiscales'})
    const levels = []
    for (const source of data) {
        const [channels, height, width] = source.shape
        const planes = []
        for (let c = 0; c < channels; c++) {
            planes.push(await fingerprint((await source.getRaster({selection: {c}})).data))
        }
        // The last tile: cut off by the edges of the image wherever its sides are no multiples of a tile's.
        const last = {x: Math.ceil(width / source.tileSize) - 1, y: Math.ceil(height / source.tileSize) - 1}
        const tile = await source.getTile({...last, selection: {c: channels - 1}})
        levels.push({shape: source.shape, type: source.dtype, labels: source.labels, tileSize: source.tileSize, planes,
            lastTile: {...last, width: tile.width, height: tile.height, sha256: await fingerprint(tile.data)}})
    }
    return {levels, channels: (metadata.omero ?? metadata.ome.omero).channels}
}

// ome-zarr.js draws by itself: all active channels in their colours and windows, of each colour the brightest.
async function omeZarrJs(address) {
    const image = await NgffImage.load(address)
    const drawn = []
    for (const path of image.paths) {
        const {data, width, height} = await image.renderRgba({arrayPathOrIndex: path, maxSize: 1 << 20})
        drawn.push({width, height, rgba: btoa(Array.from(data, byte => String.fromCharCode(byte)).join(''))})
    }
    return {version: image.getVersion(), scales: image.getScales(), drawn}
}

// One gene of a store by its offsets, as few bytes as there are: what a page does that knows the format.
async function gene(address, name) {
    const root = await zarr.open(await zarr.withConsolidatedMetadata(new zarr.FetchStore(address)), {kind: 'group'})
    const array = path => zarr.open(root.resolve(path), {kind: 'array'})
    const position = (await zarr.get(await array('var/_index'))).data.indexOf(name)
    const [from, to] = (await zarr.get(await array('X/indptr'), [zarr.slice(position, position + 2)])).data
    const stored = [zarr.slice(Number(from), Number(to))]
    const cells = (await zarr.get(await array('X/indices'), stored)).data
    const values = (await zarr.get(await array('X/data'), stored)).data
    return {cells: [...cells], values: [...values]}
}

// The same by a viewer's own loader, and the names of the cells.
async function vitessce(address, name) {
    const dataSource = new AnnDataSource({url: address, fileType: 'anndata.zarr'})
    const loader = new ObsFeatureMatrixAnndataLoader(dataSource, {fileType: 'obsFeatureMatrix.anndata.zarr',
        options: {path: 'X'}})
    const {data} = await loader.loadGeneSelection({selection: [name]})
    return {column: [...data[0]], cells: [...await dataSource.loadObsIndex()]}
}

window.look = {viv, omeZarrJs, gene, vitessce}
