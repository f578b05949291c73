// Lists what zarrita, the reader of viewers in browsers, finds in a folder of image pyramids: channels, and the SHA-256
// of every plane of every level. check_pyramid.py writes the same lines with --listing.
//
//   node --input-type=module - OUTPUT <zarrita_listing.mjs    where `npm install zarrita @zarrita/storage` was run
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";

async function list(folder, name) {
  const group = await zarr.open(zarr.root(new FileSystemStore(folder)), { kind: "group" });
  const said = group.attrs.ome ?? group.attrs;
  console.log(name, ...said.omero.channels.map((channel) => JSON.stringify(channel.label)));
  for (const { path } of said.multiscales[0].datasets) {
    const array = await zarr.open(group.resolve(path), { kind: "array" });
    for (let channel = 0; channel < array.shape[0]; channel++) {
      const { data, shape } = await zarr.get(array, [channel, null, null]);
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      console.log(name, path, channel, ...shape, createHash("sha256").update(bytes).digest("hex"));
    }
  }
}

const output = process.argv[2];
for (const name of readdirSync(output).sort()) {
  await list(join(output, name), name);
}
