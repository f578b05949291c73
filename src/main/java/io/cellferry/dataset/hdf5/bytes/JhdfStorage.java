package io.cellferry.dataset.hdf5.bytes;

import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Lets jHDF's message parsers read through [FileBytes], so that they too are bounded by the file and never map.
public final class JhdfStorage implements HdfBackingStorage {

    private final FileBytes bytes;
    private final Superblock superblock;

    public JhdfStorage(FileBytes bytes, Superblock superblock) {
        this.bytes = bytes;
        this.superblock = superblock;
    }

    @Override
    public ByteBuffer readBufferFromAddress(long address, int length) {
        return bytes.read(address, length);
    }

    @Override
    public ByteBuffer map(long address, long length) {
        return bytes.read(address, length);
    }

    @Override
    public ByteBuffer mapNoOffset(long address, long length) {
        return bytes.read(address - getUserBlockSize(), length);
    }

    @Override
    public long getUserBlockSize() {
        return superblock.getBaseAddressByte();
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    @Override
    public FileChannel getFileChannel() {
        throw new UnsupportedOperationException("jHDF reads through FileBytes only");
    }

    @Override
    public int getSizeOfOffsets() {
        return bytes.offsetBytes();
    }

    @Override
    public int getSizeOfLengths() {
        return bytes.lengthBytes();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the file is closed by its owner");
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public boolean inMemory() {
        return false;
    }
}
